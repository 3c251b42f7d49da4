"""What a person is told: recommendations, pathways, near roles, and why."""

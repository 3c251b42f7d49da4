"""One person: gap, advice, pathway, near roles."""

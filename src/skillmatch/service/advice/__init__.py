"""Advice to one person: gap, recommendations, pathway, near roles, and why."""

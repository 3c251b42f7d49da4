"""Scenario to plan: options per person, one problem, solvers with a proven bound, and an independent check."""

"""Scenarios and plans: built, solved while sliders move, compared."""

"""Forgetting people: what an erasure owes, where their words are left, and whether any are."""

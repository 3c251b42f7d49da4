"""Roles: what they require, how they changed, how they compare, and roles suggested from a text."""

"""Roles: written by hand or from a text, governed, compared."""

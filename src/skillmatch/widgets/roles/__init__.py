"""Roles: seen, edited, read out of an advert."""

"""Gaps of many people, and grids of them."""

"""Scenarios and the plans made from them."""

"""Customers' tables to domain values and back: parse and render only, nothing is looked up or stored."""

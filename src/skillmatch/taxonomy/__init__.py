"""Taxonomies from outside (ESCO, O*NET, tables of our own format) read into one value, and told apart."""

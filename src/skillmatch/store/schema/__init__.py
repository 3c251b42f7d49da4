"""What the tables of the store are made of."""

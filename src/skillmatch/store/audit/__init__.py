"""The audit log: a database of its own, each line bound to the one before."""

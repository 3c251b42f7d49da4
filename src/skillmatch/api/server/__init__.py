"""The processes that serve: the parent, those that answer, those that do jobs, and their log."""

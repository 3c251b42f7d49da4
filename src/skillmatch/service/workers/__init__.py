"""Threads that work for an open workspace: jobs, webhooks, and what is owed to erased people."""

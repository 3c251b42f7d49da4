"""Keys and webhooks of those who call, and answers kept for calls that are repeated."""

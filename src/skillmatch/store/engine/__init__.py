"""SQLite itself: connections, transactions, errors in our words, turns between processes, and backups."""

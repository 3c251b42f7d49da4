"""Work that is handed in at once and done later."""

"""People: looked up, changed, exported and erased; their claims, disputes and learning events."""

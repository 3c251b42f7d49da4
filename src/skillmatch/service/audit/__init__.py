"""Who saw what of whom, and asking the same question again."""

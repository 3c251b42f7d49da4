"""Notation: how other systems write dates, numbers, levels, durations, languages and lists, read into our values."""

"""Files come in and tables go out: who is refused, why, and in which row."""

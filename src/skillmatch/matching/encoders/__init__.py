"""What turns text into vectors: ours, its base, any other model, letters alone; and the one that keeps the time."""

"""What all use cases stand on: the context of a workspace, its snapshot, lookups, linking and settings."""

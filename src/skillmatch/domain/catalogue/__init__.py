"""What can be learned: credentials, offerings and stacks, and what the catalogue leaves open."""

"""The catalogue: credentials, offerings and stacks, and the review of what they teach."""

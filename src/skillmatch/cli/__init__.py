"""The command line: each command parses, makes one call on the workspace, and presents what comes back."""

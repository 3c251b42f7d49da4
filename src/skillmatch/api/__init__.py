"""The HTTP face of skillmatch: every handler parses, asks the workspace, and presents the answer."""

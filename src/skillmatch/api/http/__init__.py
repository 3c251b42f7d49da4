"""What every request passes before a handler sees it, and how it fails: limits, shares, bodies, problems, the log."""

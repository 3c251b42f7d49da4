"""skillmatch: from what a role requires and what a person can do to the micro-credentials that close the gap."""

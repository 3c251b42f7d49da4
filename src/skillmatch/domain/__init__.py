"""The words of skillmatch as frozen values with their invariants; standard library only."""

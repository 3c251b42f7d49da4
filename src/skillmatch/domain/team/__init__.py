"""Many people at once: gaps of a team, grids, and whether a selection is fair."""

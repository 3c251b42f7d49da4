"""Many people: heatmap, fairness, and the health of the workspace."""

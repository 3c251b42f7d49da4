"""Our own encoder weights: kept as a difference to the base model, checked, merged and served."""

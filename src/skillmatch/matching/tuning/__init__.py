"""Tuning on an organisation's own decisions: an adapter and a curve, measured before they are put in force."""

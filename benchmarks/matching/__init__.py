"""How well encoders rank skills and occupations for a text, beside foolish baselines; README.md says more."""

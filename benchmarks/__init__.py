"""Speed and quality, measured against baselines in the same run; see README.md beside this file."""

"""What every value is made with: levels, ids, checks, errors, reports, and how values show themselves."""

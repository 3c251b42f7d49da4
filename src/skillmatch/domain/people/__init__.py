"""People: what they hold, claim and dispute, how they stand to a role, and how they are forgotten."""

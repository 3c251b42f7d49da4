"""Plans: from a scenario to a plan, kept, approved, compared and exported."""

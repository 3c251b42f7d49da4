"""From text to skills: extraction, what people say of matches, and what is learned from it."""

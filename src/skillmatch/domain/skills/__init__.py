"""Skills and how they relate: taxonomies, an organisation's overlay, scales, and what people say of matches."""

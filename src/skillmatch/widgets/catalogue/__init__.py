"""Skills and credentials: found, explored, and looked at again."""

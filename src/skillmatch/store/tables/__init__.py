"""One file an entity: how it is read and written, as part of a view and of a change."""

"""What the tables of the store are made of; whoever imports one of them has them all."""

from skillmatch.store.schema import governance, vectors, workspace

__all__ = ["governance", "vectors", "workspace"]

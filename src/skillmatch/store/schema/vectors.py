"""Tables of what is counted once and kept: the vectors of texts, by the encoder that made them."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    Table,
)

from skillmatch.store.schema.base import ID, METADATA

encoders = Table(
    "encoders",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("dim", Integer, nullable=False),
)


vector_packs = Table(
    "vector_packs",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("encoder", Integer, ForeignKey("encoders.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("hashes", LargeBinary, nullable=False),  # the keys of its vectors, end to end
    Column("data", LargeBinary, nullable=False),  # float32, little-endian, row by row
)


blobs = Table(
    "blobs", METADATA, Column("key", ID, primary_key=True, nullable=False), Column("data", LargeBinary, nullable=False)
)

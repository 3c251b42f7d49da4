"""What all tables of a workspace share: their metadata, the type of an id, and marks on columns."""

from __future__ import annotations

from sqlalchemy import MetaData, String

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Ids sort by code point everywhere, as Python sorts them; PostgreSQL would use the language of its locale.
ID = String().with_variant(String(collation="C"), "postgresql")

STAMP = {"stamp": True}
"""Marks a column that the store fills in itself when a transaction ends: no content, so nobody compares it."""

"""Tables of the HTTP API: the keys that open it, who signed with a token, and answers kept for requests sent again."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text

from skillmatch.store.schema.base import ID, METADATA

api_keys = Table(
    "api_keys",
    METADATA,
    Column("id", ID, primary_key=True, nullable=False),
    Column("name", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),  # of salt and secret; the secret itself is nowhere
    Column("scopes", Text, nullable=False),  # JSON: texts
    Column("units", Text),  # JSON: texts; NULL for all units
    Column("person_id", ID, ForeignKey("people.id", ondelete="CASCADE"), index=True),
    Column("created", Text, nullable=False),  # ISO 8601 in UTC, as everywhere
    Column("created_by", Text, nullable=False),
    Column("expires", Text),
    Column("revoked", Text),
    Column("used", Text),
    Column("replaces", ID),
)

signers = Table(  # callers without a key of ours who signed something, so that they are known again under a key
    "signers",
    METADATA,
    Column("id", ID, primary_key=True, nullable=False),
    Column("name", Text, nullable=False),
    Column("person_id", ID, ForeignKey("people.id", ondelete="CASCADE"), index=True),
)

kept_answers = Table(
    "kept_answers",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("caller", ID, nullable=False),
    Column("key", ID, nullable=False),
    Column("fingerprint", Text, nullable=False),  # SHA-256 of method, address and body
    Column("begun", Float, nullable=False),  # seconds since 1970
    Column("status", Integer),  # blank while the request is being answered
    Column("headers", Text),  # JSON: pairs of texts
    Column("body", LargeBinary),
    Index("uq_kept_answers_caller_key", "caller", "key", unique=True),
)
Index(
    "ix_kept_answers_telling",  # those that an erasure has to blank
    kept_answers.c.number,
    sqlite_where=kept_answers.c.body.is_not(None),
    postgresql_where=kept_answers.c.body.is_not(None),
)

"""The tables of a workspace, in words that SQLite and PostgreSQL both understand.

What is always read and replaced whole with its owner (aliases, outcomes, requirements) is JSON text in the
owner's row; what comes and goes on its own (offerings, evidence, awards) has a table of its own. A change here
needs a migration beside it; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from skillmatch.store.schema.base import ID, METADATA, STAMP


def _id(name: str = "id", *, key: bool = False) -> Column[str]:
    return Column(name, ID, primary_key=key, nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _owned_by(owner: str, column: str, *, key: bool = True) -> Column[str]:
    reference = ForeignKey(f"{owner}.id", ondelete="CASCADE")
    return Column(column, ID, reference, primary_key=key, nullable=False)


def _of_taxonomy() -> Column[int]:
    reference = ForeignKey("taxonomies.number", ondelete="CASCADE")
    return Column("taxonomy", Integer, reference, primary_key=True, autoincrement=False)


settings = Table("settings", METADATA, _id("key", key=True), _text("value"))

counters = Table("counters", METADATA, _id("name", key=True), Column("value", Integer, nullable=False))

taxonomies = Table(
    "taxonomies",
    METADATA,
    Column("number", Integer, primary_key=True),
    _id("name"),
    _id("version"),
    _text("content_hash"),
    _text("imported_at"),  # ISO 8601 in UTC: SQLite has no type that keeps an offset
    _text("source"),
    Column("skills", Integer, nullable=False),
    Column("occupations", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
    UniqueConstraint("name", "version"),
)
Index(
    "ix_taxonomies_only_active",
    taxonomies.c.active,
    unique=True,
    sqlite_where=taxonomies.c.active.is_(True),
    postgresql_where=taxonomies.c.active.is_(True),
)

skills = Table(
    "skills",
    METADATA,
    _of_taxonomy(),
    _id(key=True),
    _text("label"),
    _text("aliases"),  # JSON: texts
    _text("description"),
    _text("type"),
    _text("broader"),  # JSON: skill ids
    _text("field"),
    Column("deprecated", Boolean, nullable=False),
)

relations = Table(
    "relations", METADATA, _of_taxonomy(), _id("skill", key=True), _id("kind", key=True), _id("other", key=True)
)

occupations = Table(
    "occupations",
    METADATA,
    _of_taxonomy(),
    _id(key=True),
    _text("label"),
    _text("aliases"),  # JSON: texts
    _text("code"),
    _text("description"),
    _text("requirements"),  # JSON: see pieces.py; last, so that a light listing need not read it
)

credentials = Table(
    "credentials",
    METADATA,
    _id(key=True),
    Column("external_id", ID, nullable=False, index=True),
    _text("title"),
    _text("issuer"),
    _text("description"),
    _text("url"),
    _text("outcomes"),  # JSON: see pieces.py
    _text("unmapped"),  # JSON: texts
    _text("requires_skills"),  # JSON: see pieces.py
    _text("requires_credentials"),  # JSON: credential ids
    Column("hours", Float),
    Column("weeks", Float),
    Column("cost", Float),
    _text("currency"),
    _text("language"),
    _text("mode"),
    _text("assessment"),
    _text("quality_assurance"),
    Column("level", Float),
    Column("eqf_level", Integer),
    _text("country"),
    Column("rating", Float),
    Column("rating_count", Integer, nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("validity_months", Integer),
    Column("started", Integer),
    Column("completed", Integer),
)

offerings = Table(
    "offerings",
    METADATA,
    _id(key=True),
    Column("external_id", ID, nullable=False, index=True),
    Column("credential_id", ID, ForeignKey("credentials.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
    Column("seats", Integer),
)

stacks = Table(
    "stacks",
    METADATA,
    _id(key=True),
    Column("external_id", ID, nullable=False, index=True),
    _text("title"),
    _text("credential_ids"),  # JSON: credential ids
    _text("issuer"),
    _text("description"),
    Column("required", Integer),
)

roles = Table(
    "roles",
    METADATA,
    _id(key=True),
    Column("external_id", ID, nullable=False, index=True),
    _text("title"),
    _text("description"),
    Column("occupation_id", ID),
    _text("requirements"),  # JSON: see pieces.py
)

people = Table(
    "people",
    METADATA,
    _id(key=True),
    Column("external_id", ID, nullable=False, index=True),
    _text("name"),
    _id("unit"),
    Column("role_id", ID),
    _text("languages"),  # JSON: texts
    Column("hours_per_week", Float),
    Column("touched", ID, index=True, info=STAMP),  # ISO 8601 in UTC; blank for those of before there was the column
    Index("ix_people_unit_id", "unit", "id"),
)

evidence = Table(
    "evidence",
    METADATA,
    _owned_by("people", "person_id"),
    Column("digest", LargeBinary, primary_key=True),  # of all the fields: the same statement is kept once
    _id("skill_id"),
    Column("level", Float, nullable=False),
    _text("source"),
    Column("on_date", Date, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("expires", Date),
    _text("note"),
)

waiting_lines = Table(
    "waiting_lines",
    METADATA,
    _owned_by("people", "person_id"),
    Column("digest", LargeBinary, primary_key=True),  # of all the fields, as with evidence
    _text("words"),
    Column("level", Float, nullable=False),
    _text("source"),
    Column("on_date", Date, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("expires", Date),
    _text("note"),
)

awards = Table(
    "awards",
    METADATA,
    _owned_by("people", "person_id"),
    _id("credential_id", key=True),
    Column("issued", Date, primary_key=True),
    _text("state"),
    Column("expires", Date),
)

overlay = Table(
    "overlay",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("kind"),
    _id("skill_id"),
    _text("text"),
    _text("description"),
    _text("type"),
    _text("broader"),  # JSON: skill ids
    _id("other_id"),
    Column("withdraws", Integer),
    _text("author"),
    Column("on_date", Date, nullable=False),
    _text("reason"),
)

feedback = Table(
    "feedback",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("verdict"),
    _text("text"),
    _id("skill_id"),
    _text("context"),
    _text("author"),
    Column("on_date", Date, nullable=False),
    _text("note"),
)

claims = Table(
    "claims",
    METADATA,
    _id(key=True),
    Column("person_id", ID, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("submitted", Date, nullable=False),
    _text("text"),
    Column("credential_id", ID),
    Column("skill_id", ID),
    Column("level", Float),
    _text("links"),  # JSON: texts
    Column("verdict", ID),  # from here on blank until it is decided
    Column("decided_by", Text),
    Column("reason", Text),
    Column("decided_on", Date),
    Column("decided_level", Float),
    Column("handed_in_by", Text, info=STAMP),
)

role_history = Table(
    "role_history",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("role_id", ID, nullable=False, index=True),
    _id("skill_id"),
    _text("action"),
    _text("author"),
    Column("on_date", Date, nullable=False),
    _text("before"),  # JSON: one requirement or none, see pieces.py
    _text("after"),  # JSON: as before
    _text("note"),
)

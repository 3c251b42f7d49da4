"""The first tables.

A step never changes once released, so it spells its tables out instead of importing today's.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

_ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def _ids(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, _ID, nullable=False) for name in names]


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _owner(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", ondelete="CASCADE")


def _number(name: str = "number") -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def upgrade() -> None:
    """Make every table, and start the revisions at 0."""
    _make_workspace_tables()
    _make_taxonomy_tables()
    _make_catalogue_tables()
    _make_people_tables()
    _make_cache_tables()
    for table in ("credentials", "offerings", "stacks", "roles", "people"):
        op.create_index(f"ix_{table}_external_id", table, ["external_id"])


def _make_workspace_tables() -> None:
    op.create_table("settings", *_ids("key"), *_texts("value"), _key("settings", "key"))
    counters = op.create_table("counters", *_ids("name"), _number("value"), _key("counters", "name"))
    op.bulk_insert(counters, [{"name": "revision", "value": 0}, {"name": "snapshot_revision", "value": 0}])


def _make_taxonomy_tables() -> None:
    op.create_table(
        "taxonomies",
        _number(),
        *_ids("name", "version"),
        *_texts("content_hash", "imported_at", "source"),
        sa.Column("skills", sa.Integer(), nullable=False),
        sa.Column("occupations", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        _key("taxonomies", "number"),
        sa.UniqueConstraint("name", "version", name="uq_taxonomies_name_version"),
    )
    active = sa.column("active", sa.Boolean()).is_(True)
    op.create_index(
        "ix_taxonomies_only_active",
        "taxonomies",
        ["active"],
        unique=True,
        sqlite_where=active,
        postgresql_where=active,
    )
    op.create_table(
        "skills",
        sa.Column("taxonomy", sa.Integer(), autoincrement=False, nullable=False),
        *_ids("id"),
        *_texts("label", "aliases", "description", "type", "broader", "field"),
        sa.Column("deprecated", sa.Boolean(), nullable=False),
        _owner("skills", "taxonomy", "taxonomies.number"),
        _key("skills", "taxonomy", "id"),
    )
    op.create_table(
        "relations",
        sa.Column("taxonomy", sa.Integer(), autoincrement=False, nullable=False),
        *_ids("skill", "kind", "other"),
        _owner("relations", "taxonomy", "taxonomies.number"),
        _key("relations", "taxonomy", "skill", "kind", "other"),
    )
    op.create_table(
        "occupations",
        sa.Column("taxonomy", sa.Integer(), autoincrement=False, nullable=False),
        *_ids("id"),
        *_texts("label", "aliases", "code", "description", "requirements"),
        _owner("occupations", "taxonomy", "taxonomies.number"),
        _key("occupations", "taxonomy", "id"),
    )


def _make_catalogue_tables() -> None:
    op.create_table(
        "credentials",
        *_ids("id", "external_id"),
        *_texts("title", "issuer", "description", "url"),
        *_texts("outcomes", "unmapped", "requires_skills", "requires_credentials"),
        sa.Column("hours", sa.Float()),
        sa.Column("weeks", sa.Float()),
        sa.Column("cost", sa.Float()),
        *_texts("currency", "language", "mode", "assessment", "quality_assurance"),
        sa.Column("level", sa.Float()),
        sa.Column("eqf_level", sa.Integer()),
        *_texts("country"),
        sa.Column("rating", sa.Float()),
        sa.Column("rating_count", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("validity_months", sa.Integer()),
        _key("credentials", "id"),
    )
    op.create_table(
        "offerings",
        *_ids("id", "external_id", "credential_id"),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("seats", sa.Integer()),
        _owner("offerings", "credential_id", "credentials.id"),
        _key("offerings", "id"),
    )
    op.create_index("ix_offerings_credential_id", "offerings", ["credential_id"])
    op.create_table(
        "stacks",
        *_ids("id", "external_id"),
        *_texts("title", "credential_ids", "issuer", "description"),
        sa.Column("required", sa.Integer()),
        _key("stacks", "id"),
    )
    op.create_table(
        "roles",
        *_ids("id", "external_id"),
        *_texts("title", "description"),
        sa.Column("occupation_id", _ID),
        *_texts("requirements"),
        _key("roles", "id"),
    )


def _make_people_tables() -> None:
    op.create_table(
        "people",
        *_ids("id", "external_id"),
        *_texts("name"),
        *_ids("unit"),
        sa.Column("role_id", _ID),
        *_texts("languages"),
        sa.Column("hours_per_week", sa.Float()),
        _key("people", "id"),
    )
    op.create_index("ix_people_unit_id", "people", ["unit", "id"])
    op.create_table(
        "evidence",
        *_ids("person_id"),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        *_ids("skill_id"),
        sa.Column("level", sa.Float(), nullable=False),
        *_texts("source"),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("expires", sa.Date()),
        *_texts("note"),
        _owner("evidence", "person_id", "people.id"),
        _key("evidence", "person_id", "digest"),
    )
    op.create_table(
        "awards",
        *_ids("person_id", "credential_id"),
        sa.Column("issued", sa.Date(), nullable=False),
        *_texts("state"),
        sa.Column("expires", sa.Date()),
        _owner("awards", "person_id", "people.id"),
        _key("awards", "person_id", "credential_id", "issued"),
    )


def _make_cache_tables() -> None:
    op.create_table(
        "encoders",
        _number(),
        *_ids("id"),
        sa.Column("dim", sa.Integer(), nullable=False),
        _key("encoders", "number"),
        sa.UniqueConstraint("id", name="uq_encoders_id"),
    )
    op.create_table(
        "vector_packs",
        _number(),
        sa.Column("encoder", sa.Integer(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        _owner("vector_packs", "encoder", "encoders.number"),
        _key("vector_packs", "number"),
    )
    op.create_index("ix_vector_packs_encoder", "vector_packs", ["encoder"])
    op.create_table("blobs", *_ids("key"), sa.Column("data", sa.LargeBinary(), nullable=False), _key("blobs", "key"))

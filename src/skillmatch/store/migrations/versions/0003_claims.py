"""Claims of prior learning, each with its decision once there is one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

_ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table, empty."""
    op.create_table(
        "claims",
        sa.Column("id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("submitted", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("credential_id", _ID),
        sa.Column("skill_id", _ID),
        sa.Column("level", sa.Float()),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("verdict", _ID),
        sa.Column("decided_by", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("decided_on", sa.Date()),
        sa.Column("decided_level", sa.Float()),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_claims_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
    )
    op.create_index("ix_claims_person_id", "claims", ["person_id"])

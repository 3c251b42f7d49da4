"""The history of roles: who changed which requirement, when and why; a log that only grows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

_ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table, empty."""
    op.create_table(
        "role_history",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role_id", _ID, nullable=False),
        sa.Column("skill_id", _ID, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_role_history"),
    )
    op.create_index("ix_role_history_role_id", "role_history", ["role_id"])

"""The organisation's overlay on a taxonomy, and people's decisions about links: two logs that only grow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None

_ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    """Make the two tables, empty."""
    op.create_table(
        "overlay",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        _text("kind"),
        sa.Column("skill_id", _ID, nullable=False),
        _text("text"),
        _text("description"),
        _text("type"),
        _text("broader"),
        sa.Column("other_id", _ID, nullable=False),
        sa.Column("withdraws", sa.Integer()),
        _text("author"),
        sa.Column("on_date", sa.Date(), nullable=False),
        _text("reason"),
        sa.PrimaryKeyConstraint("number", name="pk_overlay"),
    )
    op.create_table(
        "feedback",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        _text("verdict"),
        _text("text"),
        sa.Column("skill_id", _ID, nullable=False),
        _text("context"),
        _text("author"),
        sa.Column("on_date", sa.Date(), nullable=False),
        _text("note"),
        sa.PrimaryKeyConstraint("number", name="pk_feedback"),
    )

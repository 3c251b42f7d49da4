"""What is still owed to people who were erased: their words in what others wrote, and remnants between the rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision: str | None = "0012"
branch_labels: str | None = None
depends_on: str | None = None

_ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table, and an index over the kept answers that still say something."""
    op.create_table(
        "owed_erasures",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", _ID, nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("stand_in", sa.Text(), nullable=True),
        sa.Column("vectors", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_owed_erasures")),
    )
    op.create_index(
        "ix_kept_answers_telling",
        "kept_answers",
        ["number"],
        sqlite_where=sa.text("body IS NOT NULL"),
        postgresql_where=sa.text("body IS NOT NULL"),
    )

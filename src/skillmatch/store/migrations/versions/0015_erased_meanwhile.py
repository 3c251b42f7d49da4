"""Who was erased while jobs that knew them had not ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision: str | None = "0014"
branch_labels: str | None = None
depends_on: str | None = None

_ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "erased_meanwhile",
        sa.Column("digest", _ID, nullable=False),
        sa.Column("stand_in", sa.Text(), nullable=False),
        sa.Column("last_job", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_erased_meanwhile")),
    )

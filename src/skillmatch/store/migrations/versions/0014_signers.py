"""Who signed with a token, and who handed in what somebody decides, so that nobody decides about their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision: str | None = "0013"
branch_labels: str | None = None
depends_on: str | None = None

_ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table, empty, and the columns, blank: of what was handed in before nobody knows who did."""
    op.create_table(
        "signers",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("person_id", _ID, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_signers_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_signers"),
    )
    op.create_index("ix_signers_person_id", "signers", ["person_id"])
    op.add_column("claims", sa.Column("handed_in_by", sa.Text(), nullable=True))
    op.add_column("disputes", sa.Column("handed_in_by", sa.Text(), nullable=True))

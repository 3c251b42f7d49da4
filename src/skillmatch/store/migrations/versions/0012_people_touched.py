"""When something about a person was last changed, for those who ask what is new since they last looked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0011"
branch_labels: str | None = None
depends_on: str | None = None

_ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the column, blank: of changes made before nobody knows the day, so these people count as changed always."""
    op.add_column("people", sa.Column("touched", _ID, nullable=True))
    op.create_index("ix_people_touched", "people", ["touched"])

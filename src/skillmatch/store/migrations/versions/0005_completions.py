"""How many learners began a credential and how many completed it, where somebody counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the two columns, empty: nobody counted so far."""
    op.add_column("credentials", sa.Column("started", sa.Integer()))
    op.add_column("credentials", sa.Column("completed", sa.Integer()))

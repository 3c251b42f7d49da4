"""Jobs, kept plans, disputes and learning events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None

_ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables, empty."""
    op.create_table(
        "jobs",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", _ID, nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("submitted_by", sa.Text(), nullable=False),
        sa.Column("submitted", sa.Text(), nullable=False),
        sa.Column("started", sa.Text()),
        sa.Column("finished", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text()),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="pk_jobs"),
        sa.UniqueConstraint("id", name="uq_jobs_id"),
    )
    op.create_index("ix_jobs_status", "jobs", ["status"])
    op.create_table(
        "plans",
        sa.Column("id", _ID, nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.Column("kept_by", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plans"),
    )
    op.create_table(
        "disputes",
        sa.Column("id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("raised", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("credential_id", _ID),
        sa.Column("skill_id", _ID),
        sa.Column("source", _ID),
        sa.Column("verdict", _ID),
        sa.Column("decided_by", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("decided_on", sa.Date()),
        sa.Column("decided_level", sa.Float()),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_disputes_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_disputes"),
    )
    op.create_index("ix_disputes_person_id", "disputes", ["person_id"])
    op.create_table(
        "learning_events",
        sa.Column("id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("kind", _ID, nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("credential_id", _ID),
        sa.Column("skill_id", _ID),
        sa.Column("value", sa.Float()),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_learning_events_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_learning_events"),
    )
    op.create_index("ix_learning_events_person_id", "learning_events", ["person_id"])

"""The tables of what is decided and done about people: jobs, kept plans, disputes, learning events, erasures."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Integer, LargeBinary, Table, Text

from skillmatch.store.schema.base import ID, METADATA, STAMP

jobs = Table(
    "jobs",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),  # the order of coming
    Column("id", ID, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("status", ID, nullable=False, index=True),
    Column("given", Text, nullable=False),  # JSON
    Column("submitted_by", Text, nullable=False),
    Column("submitted", Text, nullable=False),  # ISO 8601 in UTC, as all moments here
    Column("started", Text),
    Column("finished", Text),
    Column("attempts", Integer, nullable=False),
    Column("result", Text),  # JSON
    Column("error", Text),  # JSON: code, message, remedy
)

plans = Table(
    "plans",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("kept", Text, nullable=False),
    Column("kept_by", Text, nullable=False),
    Column("summary", Text, nullable=False),  # JSON: what a list shows, so that it need not read the documents
    Column("document", Text, nullable=False),  # the plan's file
)

disputes = Table(
    "disputes",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("person_id", ID, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("raised", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("credential_id", ID),
    Column("skill_id", ID),
    Column("source", ID),
    Column("verdict", ID),  # from here on blank until it is decided
    Column("decided_by", Text),
    Column("note", Text),
    Column("decided_on", Date),
    Column("decided_level", Float),
    Column("handed_in_by", Text, info=STAMP),
)

learning_events = Table(
    "learning_events",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("person_id", ID, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", ID, nullable=False),
    Column("on_date", Date, nullable=False),
    Column("credential_id", ID),
    Column("skill_id", ID),
    Column("value", Float),
)

owed_erasures = Table(
    "owed_erasures",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("person_id", ID),  # from here on blank once only remnants between the rows are owed
    Column("name", Text),
    Column("stand_in", Text),  # what takes their place in kept plans
    Column("vectors", LargeBinary),  # the keys of the vectors of their words, end to end
)

erased_meanwhile = Table(
    "erased_meanwhile",
    METADATA,
    Column("digest", ID, primary_key=True),  # of a person's full id, or of the customer's own
    Column("stand_in", Text, nullable=False),  # what takes their place in plans
    Column("last_job", Integer, nullable=False),  # the last job that was there when they were erased
)

"""The tables of what is decided and done about people: jobs, kept plans, disputes, learning events, erasures."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text

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


api_keys = Table(
    "api_keys",
    METADATA,
    Column("id", ID, primary_key=True, nullable=False),
    Column("name", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),  # of salt and secret; the secret itself is nowhere
    Column("scopes", Text, nullable=False),  # JSON: texts
    Column("units", Text),  # JSON: texts; NULL for all units
    Column("person_id", ID, ForeignKey("people.id", ondelete="CASCADE"), index=True),
    Column("created", Text, nullable=False),  # ISO 8601 in UTC, as everywhere
    Column("created_by", Text, nullable=False),
    Column("expires", Text),
    Column("revoked", Text),
    Column("used", Text),
    Column("replaces", ID),
)

signers = Table(  # callers without a key of ours who signed something, so that they are known again under a key
    "signers",
    METADATA,
    Column("id", ID, primary_key=True, nullable=False),
    Column("name", Text, nullable=False),
    Column("person_id", ID, ForeignKey("people.id", ondelete="CASCADE"), index=True),
)

kept_answers = Table(
    "kept_answers",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("caller", ID, nullable=False),
    Column("key", ID, nullable=False),
    Column("fingerprint", Text, nullable=False),  # SHA-256 of method, address and body
    Column("begun", Float, nullable=False),  # seconds since 1970
    Column("status", Integer),  # blank while the request is being answered
    Column("headers", Text),  # JSON: pairs of texts
    Column("body", LargeBinary),
    Index("uq_kept_answers_caller_key", "caller", "key", unique=True),
)
Index(
    "ix_kept_answers_telling",  # those that an erasure has to blank
    kept_answers.c.number,
    sqlite_where=kept_answers.c.body.is_not(None),
    postgresql_where=kept_answers.c.body.is_not(None),
)


webhooks = Table(
    "webhooks",
    METADATA,
    Column("id", ID, primary_key=True, nullable=False),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),  # as it is: it signs what is sent
    Column("events", Text, nullable=False),  # JSON: texts
    Column("created", Text, nullable=False),  # ISO 8601 in UTC, as all moments here
    Column("created_by", Text, nullable=False),
    Column("secret_before", Text),  # the one that was replaced, which signs as well until then
    Column("secret_before_until", Text),
)

deliveries = Table(
    "webhook_deliveries",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("webhook_id", ID, ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("event", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON, as it is sent
    Column("created", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("status", ID, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("person_id", ID, ForeignKey("people.id", ondelete="CASCADE"), index=True),  # whom it tells of
    Index("ix_webhook_deliveries_status_due", "status", "due"),
)

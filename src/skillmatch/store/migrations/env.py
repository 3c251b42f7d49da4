"""What Alembic runs around the steps: they happen on the caller's connection, in its transaction."""

from __future__ import annotations

from alembic import context

from skillmatch.store.schema.base import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()

"""Migration: bringing an older workspace up to this program's tables, only when somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skillmatch.store import Store
from skillmatch.store.backup import check_database
from skillmatch.store.engine import DATABASE


@dataclass(frozen=True, slots=True)
class Migrated:
    """The schema of a workspace before and after; the same where there was nothing to do."""

    before: str
    after: str

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"before": self.before, "after": self.after, "migrated": self.before != self.after}


def migrate_workspace(folder: Path) -> Migrated:
    """Take the steps that the workspace in ``folder`` still lacks, in one transaction.

    Raises ``WorkspaceError``: missing, newer than the program, in use, damaged.
    """
    database = folder / DATABASE
    before = check_database(database) if database.is_file() else ""
    Store.open(folder, migrate=True).close()
    return Migrated(before, check_database(database))

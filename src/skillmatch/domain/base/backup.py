"""Backup: what a backup file holds, and what was put back from one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skillmatch.domain.base.display import Tabular


@dataclass(frozen=True, repr=False)
class Backup(Tabular):
    """A backup: when it was made (ISO 8601), by which program, of which schema, and the SHA-256 of each file in it."""

    made: str
    skillmatch: str
    schema: str
    files: Mapping[str, str]

    def headline(self) -> str:
        return (
            f"backup of {len(self.files)} files, schema {self.schema}, made {self.made} by skillmatch {self.skillmatch}"
        )

    def rows(self) -> Sequence[dict[str, Any]]:
        return [{"file": name, "sha256": digest} for name, digest in self.files.items()]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "made": self.made,
            "skillmatch": self.skillmatch,
            "schema": self.schema,
            "files": list(self.rows()),
        }

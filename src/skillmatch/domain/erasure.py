"""Erasure and export: what was deleted of a person, and everything that is known of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skillmatch.domain.table import Tabular


@dataclass(frozen=True, repr=False)
class Erased(Tabular):
    """What went with a person. ``subject`` is the pseudonym that the audit keeps; it means nobody any more.

    ``counts`` says how many of each kind went or lost the name. ``swept``: the old bytes were overwritten and the
    write-ahead logs emptied; where another program was reading just then, that happens with the next write. ``left``
    names files of the workspace in which the name still stands, such as for another person of that name.
    """

    subject: str
    line: int
    counts: Mapping[str, int]
    swept: bool
    left: tuple[str, ...]

    def headline(self) -> str:
        gone = ", ".join(f"{count} {what}" for what, count in self.counts.items() if count)
        return f"erased: {gone}; line {self.line} of the audit says so"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [{"what": what, "count": count} for what, count in self.counts.items()]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "subject": self.subject,
            "line": self.line,
            "counts": dict(self.counts),
            "swept": self.swept,
            "left": list(self.left),
        }

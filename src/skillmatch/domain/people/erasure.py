"""Erasure and export: what was deleted of a person, and everything that is known of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from skillmatch.domain.base.display import Tabular


@dataclass(frozen=True)
class Swept:
    """What a sweep did: whether nothing is owed any more, for how many people, and what was cleaned of each kind."""

    done: bool
    people: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, repr=False)
class Erased(Tabular):
    """What went with a person. ``subject`` is the pseudonym that the audit keeps; it means nobody any more.

    ``counts`` says how many of each kind went or lost the name. Their own rows are gone and overwritten. ``swept``:
    so is everything else, and the write-ahead logs are empty. Else the rest is owed, and ``counts`` without it: the
    name in what others wrote and signed, parts in kept plans, and remnants that moved rows left in the file. The next
    sweep does it for everybody together. ``left``, once swept, names files of the workspace in which the name still
    stands, such as for another person of that name.
    """

    subject: str
    line: int
    counts: Mapping[str, int]
    swept: bool
    left: tuple[str, ...]

    def after(self, sweep: Swept) -> Erased:
        """The same once a sweep has come to its end."""
        return replace(self, counts={**self.counts, **sweep.counts}, swept=sweep.done)

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

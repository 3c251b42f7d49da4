"""Report: what an import found, did, dropped or refused, with the place of each finding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from skillmatch.domain.base.display import Tabular
from skillmatch.domain.base.errors import InputError, Place


class Severity(StrEnum):
    """``rejected``: not taken. ``cleaned``: taken after a repair. ``note``: taken as it is, worth knowing."""

    REJECTED = "rejected"
    CLEANED = "cleaned"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an import found; ``kind`` groups findings of a sort, such as ``duplicate_alias``.

    ``times`` is above 1 for a finding that stands for so many of its kind which are not listed one by one. Of a
    rejected row ``said`` and ``remedy`` are the parts of the message, and ``column`` what the file calls the field.
    """

    kind: str
    severity: Severity
    message: str
    place: Place = field(default_factory=Place)
    times: int = 1
    said: str = ""
    remedy: str = ""
    column: str = ""

    @classmethod
    def rejected(cls, error: InputError, *, column: str = "") -> Finding:
        """A row that could not be taken, with the error's place and remedy; ``column`` is the file's name for it."""
        message = f"{error.message} {error.remedy}".strip()
        return cls("rejected_row", Severity.REJECTED, message, error.place, 1, error.message, error.remedy, column)

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "kind": self.kind,
            "severity": self.severity.value,
            "message": self.message,
            "times": self.times,
            "file": self.place.file,
            "line": self.place.line,
            "field": self.place.field,
        }


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason for which ``rows`` rows were not taken, with the first of them as an example and what to do.

    ``says`` is the message with "..." for what differs from row to row; ``column`` is what the file calls the field.
    """

    rows: int
    says: str
    example: Finding
    remedy: str

    def told(self) -> str:
        """One sentence for a person: how many, what, where, such as, and what to do."""
        place = self.example.place
        called = self.example.column or place.field or ""
        where = f" in '{called}'" if called else ""
        noun = "row" if self.rows == 1 else "rows"
        line = "" if place.line is None else f"line {place.line:,}: "
        return f"{self.rows:,} {noun}{where}, such as {line}{self.example.said or self.says} {self.remedy}".strip()

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        place = self.example.place
        return {
            "rows": self.rows,
            "says": self.says,
            "file": place.file,
            "field": place.field,
            "column": self.example.column or place.field,
            "example": {"line": place.line, "message": self.example.said or self.example.message},
            "remedy": self.remedy,
        }


_DIFFERING = re.compile(r"'[^\n]*?'(?!\w)|\b\d[\d,.-]*")


def causes_of(findings: Sequence[Finding]) -> tuple[Cause, ...]:
    """Findings put together by file, field and message, whatever text or number each quotes."""
    groups: dict[tuple[str | None, str | None, str], list[Finding]] = {}
    for item in findings:
        says = _DIFFERING.sub("...", item.said or item.message)
        groups.setdefault((item.place.file, item.place.field, says), []).append(item)
    made = [
        Cause(sum(item.times for item in group), says, group[0], group[0].remedy)
        for (_, _, says), group in groups.items()
    ]
    return tuple(sorted(made, key=lambda cause: -cause.rows))


@dataclass(frozen=True, repr=False)
class ImportReport(Tabular):
    """The result of one import. ``applied`` is False after a dry run and when rejected rows stopped it.

    ``added``, ``changed`` and ``unchanged`` count the things themselves (skills, credentials, people ...).
    """

    what: str
    source: str
    applied: bool
    dry_run: bool
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def rejected(self) -> tuple[Finding, ...]:
        """The findings for rows that were not taken."""
        return tuple(item for item in self.findings if item.severity is Severity.REJECTED)

    @property
    def rejected_count(self) -> int:
        """How many rows were not taken, listed or not."""
        return sum(item.times for item in self.rejected)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Why rows were not taken, the most frequent cause first."""
        return causes_of(self.rejected)

    def kinds(self) -> dict[str, int]:
        """How many findings there are of each kind, listed or not."""
        counts: Counter[str] = Counter()
        for item in self.findings:
            counts[item.kind] += item.times
        return dict(sorted(counts.items()))

    def headline(self) -> str:
        done = "imported" if self.applied else "dry run, nothing written" if self.dry_run else "nothing written"
        return (
            f"{self.what} from {self.source}: {done}; {self.added:,} added, {self.changed:,} changed, "
            f"{self.unchanged:,} unchanged, {self.rejected_count:,} rejected"
        )

    def rows(self) -> Sequence[dict[str, Any]]:
        return [item.to_json() for item in self.findings]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "what": self.what,
            "source": self.source,
            "applied": self.applied,
            "dry_run": self.dry_run,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": self.rejected_count,
            "counts": self.counts,
            "kinds": self.kinds(),
            "causes": [item.to_json() for item in self.causes],
            "findings": [item.to_json() for item in self.findings],
        }

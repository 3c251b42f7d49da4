"""Batch: what a reader made of a table, and what it found on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Generic, TypeVar

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.domain.base.report import Finding, Severity

MAX_REJECTED = 100_000  # findings kept of each file; the rest is counted, so that memory stays bounded
MAX_OF_A_KIND = 200

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Located(Generic[T]):
    """A value and the 1-based line that it came from (the first one, where several lines make one value)."""

    value: T
    line: int


@dataclass(frozen=True, slots=True)
class Batch(Generic[T]):
    """The values of the rows that could be taken, in the file's order, and one finding for every one that could not."""

    items: tuple[Located[T], ...]
    findings: tuple[Finding, ...]

    @property
    def values(self) -> tuple[T, ...]:
        """The values alone."""
        return tuple(item.value for item in self.items)

    @property
    def rejected(self) -> tuple[Finding, ...]:
        """The findings for rows that were not taken."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.REJECTED)


class FindingLog:
    """Collects the findings of one file: all while they are few, then only how many more there were.

    ``columns`` are the file's own names of our columns.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.columns: dict[str, str] = {}
        self._findings: list[Finding] = []
        self._seen: Counter[tuple[str, Severity]] = Counter()
        self._tallies: dict[tuple[str, Severity, str, str | None], int] = {}

    def reject(self, error: InputError) -> None:
        """A row that cannot be taken."""
        whole = error.at(file=self.file)
        self._add(Finding.rejected(whole, column=self.columns.get(whole.place.field or "", "")), MAX_REJECTED)

    def clean(self, kind: str, message: str, line: int, field: str) -> None:
        """A row that was taken after a repair."""
        self._add(Finding(kind, Severity.CLEANED, message, Place(self.file, line, field)), MAX_OF_A_KIND)

    def note(self, kind: str, message: str, line: int | None = None, field: str | None = None) -> None:
        """Something worth knowing about what was taken as it is."""
        self._add(Finding(kind, Severity.NOTE, message, Place(self.file, line, field)), MAX_OF_A_KIND)

    def tally(self, kind: str, severity: Severity, message: str, field: str | None = None) -> None:
        """One more of what is reported once a file; ``message`` goes on after the number of times."""
        key = (kind, severity, message, field)
        self._tallies[key] = self._tallies.get(key, 0) + 1

    def findings(self) -> tuple[Finding, ...]:
        """All findings in the order of their coming; tallies and counts of what is not listed at the end."""
        counted = [
            Finding(kind, severity, f"{count:,} {message}", Place(self.file, None, field), count)
            for (kind, severity, message, field), count in self._tallies.items()
        ]
        more = [
            Finding(
                kind,
                severity,
                f"{count - most:,} more rows of this kind are not listed.",
                Place(self.file),
                count - most,
            )
            for (kind, severity), count in self._seen.items()
            if count > (most := MAX_REJECTED if severity is Severity.REJECTED else MAX_OF_A_KIND)
        ]
        return (*self._findings, *counted, *more)

    def _add(self, finding: Finding, most: int) -> None:
        self._seen[finding.kind, finding.severity] += 1
        if self._seen[finding.kind, finding.severity] <= most:
            self._findings.append(finding)

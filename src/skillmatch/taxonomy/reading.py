"""Reading and its findings: what every reader of a taxonomy gives back, and how it reports on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.domain.base.report import Finding, Severity
from skillmatch.domain.skills.taxonomy import Taxonomy

MOST_OF_A_KIND = 200
"""Findings of one kind that are listed one by one; a last one then says how many there are."""

Progress = Callable[[str, int, int], None]
"""Told what is being read, how many steps are done and how many there are."""

_ORDER = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True)
class Reading:
    """A taxonomy as it was read, with what was rejected, cleaned or worth knowing.

    Rejected rows are not in the taxonomy; whether they stop an import is the caller's decision. ``counts`` holds
    the true number of findings by kind, also of those kinds of which only the first are listed.
    """

    taxonomy: Taxonomy
    findings: tuple[Finding, ...]
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def rejected(self) -> tuple[Finding, ...]:
        """The findings for rows that were not taken because they break a rule."""
        return tuple(item for item in self.findings if item.severity is Severity.REJECTED)


class Findings:
    """Collects findings while a reader works; memory stays bounded however dirty the data is."""

    def __init__(self, most: int = MOST_OF_A_KIND) -> None:
        self._most = most
        self._listed: dict[tuple[Severity, str], list[Finding]] = {}
        self._count: dict[tuple[Severity, str], int] = {}

    def reject(self, kind: str, message: str, at: Place, field: str | None = None) -> None:
        """Something was not taken because it breaks a rule."""
        self._add(Severity.REJECTED, kind, message, at, field)

    def clean(self, kind: str, message: str, at: Place, field: str | None = None) -> None:
        """Something was repaired, or left out by a rule that the data's owner knows of."""
        self._add(Severity.CLEANED, kind, message, at, field)

    def note(self, kind: str, message: str, at: Place, field: str | None = None) -> None:
        """Something was taken as it is but is worth knowing."""
        self._add(Severity.NOTE, kind, message, at, field)

    def refuse(self, error: InputError, at: Place) -> None:
        """A row whose values break a rule of the domain; the error says which."""
        found = Finding.rejected(error.at(file=at.file, line=at.line, field=at.field))
        self._add(found.severity, found.kind, found.message, found.place, None)

    def _add(self, severity: Severity, kind: str, message: str, at: Place, field: str | None) -> None:
        key = (severity, kind)
        count = self._count.get(key, 0)
        self._count[key] = count + 1
        if count < self._most:
            place = replace(at, field=field) if field is not None else at
            self._listed.setdefault(key, []).append(Finding(kind, severity, message, place))

    def counts(self) -> dict[str, int]:
        """How many findings of each kind there were, listed or not."""
        counts: dict[str, int] = {}
        for _, kind in sorted(self._count, key=lambda key: key[1]):
            counts[kind] = sum(count for (_, name), count in self._count.items() if name == kind)
        return counts

    def all(self) -> tuple[Finding, ...]:
        """The findings: rejected ones first, then by kind, then in the order in which they were met."""
        found: list[Finding] = []
        for severity, kind in sorted(self._listed, key=lambda key: (_ORDER[key[0]], key[1])):
            listed = self._listed[severity, kind]
            found += listed
            count = self._count[severity, kind]
            if count > len(listed):
                more = count - len(listed)
                found.append(Finding(kind, severity, f"{more:,} more of this kind are not listed.", times=more))
        return tuple(found)


class Steps:
    """Tells a progress callback, if there is one, which of a known number of steps is at work."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._done = -1
        self._total = total

    def begin(self, what: str) -> None:
        """The step before is done and the next one, called ``what``, begins; the last call ends the work."""
        self._done += 1
        if self._progress is not None:
            self._progress(what, min(self._done, self._total), self._total)

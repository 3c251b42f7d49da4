"""Unmet demand: skills that are wanted and that nobody teaches, as a brief that a provider can build from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.base.display import Tabular, shown


@dataclass(frozen=True, slots=True)
class Brief:
    """One skill that no credential on offer teaches as far as it is wanted.

    ``level`` is wanted, ``taught_to`` the highest level that is taught (None: nobody teaches it at all), ``wanted``
    how many people's roles ask for it, ``learners`` how many of these need it still; None where that would tell about
    too few people. ``hours`` is the estimated workload for one learner; to be done by ``latest_end`` it has to begin
    on ``latest_start`` (None where it can no longer be done in time).
    """

    skill_id: str
    label: str
    description: str
    level: float
    taught_to: float | None
    wanted: int
    learners: int | None
    hours: float
    latest_start: date | None
    latest_end: date

    def text(self) -> str:
        """The brief in words."""
        who = f"{self.wanted} people work in roles that ask for it"
        if self.learners is not None:
            who += f", {self.learners} of them need it still"
        taught = "nobody teaches it" if self.taught_to is None else f"it is taught up to level {shown(self.taught_to)}"
        when = (
            f"no longer possible in time for {self.latest_end}"
            if self.latest_start is None
            else f"begin by {self.latest_start} to be done by {self.latest_end}"
        )
        return f"{self.label} to level {shown(self.level)}: {taught}; {who}; about {self.hours:.0f} hours each; {when}."

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "skill_id": self.skill_id,
            "label": self.label,
            "description": self.description,
            "level": self.level,
            "taught_to": self.taught_to,
            "wanted": self.wanted,
            "learners": self.learners,
            "hours": self.hours,
            "latest_start": None if self.latest_start is None else self.latest_start.isoformat(),
            "latest_end": self.latest_end.isoformat(),
            "text": self.text(),
        }


@dataclass(frozen=True, repr=False)
class Unmet(Tabular):
    """All briefs, most learners first; ``looked_at`` is how many wanted skills were held against the catalogue.

    ``status`` is ``ok``, ``nothing_to_close`` (all that is needed is taught) or ``insufficient_data``.
    """

    status: Status
    detail: str
    items: tuple[Brief, ...]
    looked_at: int
    hours_per_week: float
    as_of: date
    versions: Versions

    def headline(self) -> str:
        if self.status is Status.INSUFFICIENT_DATA:
            return f"Unmet demand: insufficient data, {self.detail}"
        return f"{len(self.items)} of {self.looked_at} wanted skills are taught by nobody as far as they are wanted"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "skill": item.label,
                "level": item.level,
                "taught to": item.taught_to,
                "wanted": item.wanted,
                "learners": item.learners,
                "hours each": item.hours,
                "begin by": item.latest_start,
                "done by": item.latest_end,
            }
            for item in self.items
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "status": self.status.value,
            "detail": self.detail,
            "looked_at": self.looked_at,
            "hours_per_week": self.hours_per_week,
            "items": [item.to_json() for item in self.items],
            "as_of": self.as_of.isoformat(),
            "versions": self.versions.to_json(),
        }

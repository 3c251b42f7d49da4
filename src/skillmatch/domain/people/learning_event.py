"""Learning event: what a learning system tells of a person and a credential, each event once by its id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.display import Tabular
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.people.person import Award, AwardState, Evidence, EvidenceSource


class EventKind(StrEnum):
    """What happened: begun, got on with, completed, examined, rated."""

    STARTED = "started"
    PROGRESS = "progress"
    COMPLETED = "completed"
    SCORE = "score"
    RATING = "rating"


VALUES: dict[EventKind, tuple[float, float]] = {
    EventKind.PROGRESS: (0.0, 1.0),
    EventKind.SCORE: (0.0, 5.0),
    EventKind.RATING: (1.0, 5.0),
}
"""The range of the value that a kind needs; the others have none. A score of a credential is a share (0-1), one of a
skill a level (0-5)."""


@dataclass(frozen=True, slots=True)
class LearningEvent:
    """One thing that happened on a day, about a credential or (a score only) about a skill.

    ``id`` is the sender's, and makes sending it twice harmless. ``value`` is the share done (progress, 0-1), the
    share reached (score of a credential, 0-1), the level shown (score of a skill, 0-5) or the stars (rating, 1-5).
    """

    id: str
    person_id: str
    kind: EventKind
    on: date
    credential_id: str | None = None
    skill_id: str | None = None
    value: float | None = None

    def __post_init__(self) -> None:
        checks.text(self.id, "id", most=500)
        checks.text(self.person_id, "person", most=500)
        if (self.credential_id is None) == (self.skill_id is None):
            raise InputError("needs either a credential or a skill.", field="credential", remedy="Give one of the two.")
        if self.skill_id is not None and self.kind is not EventKind.SCORE:
            raise InputError(f"goes with a score only, not with '{self.kind.value}'.", field="skill")
        span = VALUES.get(self.kind)
        if (self.value is None) != (span is None):
            said = "is needed" if span else "goes with progress, score and rating only, not"
            raise InputError(f"{said} with '{self.kind.value}'.", field="value")
        if self.value is not None and span is not None:
            most = 1.0 if self.kind is EventKind.SCORE and self.credential_id is not None else span[1]
            checks.number(self.value, "value", least=span[0], most=most)

    def award(self) -> Award | None:
        """What it makes of the credential for the person: begun, or held from that day on; None for the others."""
        if self.credential_id is None:
            return None
        match self.kind:
            case EventKind.COMPLETED:
                return Award(self.credential_id, AwardState.HELD, self.on)
            case EventKind.STARTED | EventKind.PROGRESS:
                return Award(self.credential_id, AwardState.IN_PROGRESS, self.on)
            case _:
                return None

    def evidence(self) -> Evidence | None:
        """What a score of a skill says: an assessment at that level; None for the others."""
        if self.skill_id is None or self.value is None:
            return None
        return Evidence(self.skill_id, self.value, EvidenceSource.ASSESSMENT, self.on, note=f"event {self.id}")

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "id": self.id,
            "person": self.person_id,
            "kind": self.kind.value,
            "on": self.on.isoformat(),
            "credential_id": self.credential_id,
            "skill_id": self.skill_id,
            "value": self.value,
        }


class EventOutcome(StrEnum):
    """What became of an event: taken now, or known from before."""

    TAKEN = "taken"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class EventTaken:
    """An event with what became of it, and whether it changed what the person holds or is known to have."""

    event: LearningEvent
    outcome: EventOutcome
    changed: bool

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {**self.event.to_json(), "outcome": self.outcome.value, "changed": self.changed}


@dataclass(frozen=True, repr=False)
class EventList(Tabular):
    """Events in the order of their days."""

    items: tuple[LearningEvent, ...]

    def headline(self) -> str:
        return f"{len(self.items)} learning events"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [item.to_json() for item in self.items]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"items": list(self.rows())}

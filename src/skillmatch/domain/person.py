"""Person, evidence and award: what is known of one employee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from skillmatch.domain import checks
from skillmatch.domain.levels import check_level


class EvidenceSource(StrEnum):
    """Who or what says that a person has a skill, from most to least trusted."""

    ASSESSMENT = "assessment"
    RECOGNITION = "recognition"  # a claim of prior learning that a named person has accepted
    AWARD = "award"
    MANAGER = "manager"
    PEER = "peer"
    SELF = "self"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One dated statement that a person has a skill at a level (0-5; 0 says "not at all").

    ``confidence`` (0-1) is the source's own; ``expires`` is the first day on which it counts no more; ``note``
    is what a reader should see as its origin.
    """

    skill_id: str
    level: float
    source: EvidenceSource
    on: date
    confidence: float = 1.0
    expires: date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        checks.text(self.skill_id, "skill", most=500)
        check_level(self.level)
        checks.number(self.confidence, "confidence", least=0, most=1)
        checks.text(self.note, "note", empty=True)
        checks.ordered(self.on, self.expires, "expires")


class AwardState(StrEnum):
    """Where a person stands with a credential."""

    HELD = "held"
    RECOGNISED = "recognised"  # not earned, but a named person found that its outcomes are there
    IN_PROGRESS = "in_progress"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Award:
    """One person's credential: held, recognised or begun on ``issued``; from ``expires`` on it is no longer valid."""

    credential_id: str
    state: AwardState
    issued: date
    expires: date | None = None

    def __post_init__(self) -> None:
        checks.text(self.credential_id, "credential", most=500)
        checks.ordered(self.issued, self.expires, "expires")

    def holds_on(self, day: date) -> bool:
        """Whether the credential is held and valid on ``day``."""
        begun = self.state in (AwardState.HELD, AwardState.RECOGNISED) and self.issued <= day
        return begun and (self.expires is None or day < self.expires)


@dataclass(frozen=True, slots=True)
class Person:
    """An employee with everything that was said about them; ``hours_per_week`` is what they can spend on learning.

    Empty ``languages`` means "not recorded": then no course is refused for its language.
    """

    id: str
    name: str
    unit: str = ""
    role_id: str | None = None
    languages: tuple[str, ...] = ()
    hours_per_week: float | None = None
    evidence: tuple[Evidence, ...] = ()
    awards: tuple[Award, ...] = ()

    def __post_init__(self) -> None:
        checks.text(self.id, "id", most=500)
        checks.text(self.name, "name", most=500)
        checks.text(self.unit, "unit", empty=True, most=500)
        checks.texts(self.languages, "languages")
        if self.hours_per_week is not None:
            checks.number(self.hours_per_week, "hours_per_week", least=0, most=168, unit="hours")

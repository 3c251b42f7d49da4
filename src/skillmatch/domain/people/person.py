"""Person, evidence and award: what is known of one employee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from skillmatch.domain.base import checks
from skillmatch.domain.base.levels import check_level

UNDATED = date.min
"""The day of a statement or an award that nobody dated: before all others, and shown to nobody as a day."""


def stated_day(day: date) -> date | None:
    """The day to show; None for what nobody dated."""
    return None if day == UNDATED else day


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
class Ruling:
    """What changed for a person when an objection of theirs was upheld by ``by``, from the day ``on``; ``note`` is why.

    Of a skill: what was said until then (by one ``source`` only, if given) counts no more, and ``level`` (0-5), where
    there is one, counts instead. Of a credential: it is not recommended any more.
    """

    on: date
    by: str
    note: str
    skill_id: str | None = None
    credential_id: str | None = None
    source: EvidenceSource | None = None
    level: float | None = None

    def sets_aside(self, piece: Evidence, day: date) -> bool:
        """Whether a piece of evidence does not count on ``day`` because of this."""
        said = piece.skill_id == self.skill_id and piece.on <= self.on <= day
        return said and self.source in (None, piece.source)

    def correction(self) -> Evidence | None:
        """What counts instead, if anything."""
        if self.skill_id is None or self.level is None:
            return None
        note = f"corrected by {self.by} after an objection: {self.note}"
        return Evidence(self.skill_id, self.level, EvidenceSource.RECOGNITION, self.on, note=note)


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """What is written down of an employee; ``hours_per_week`` is what they can spend on learning.

    Empty ``languages`` means "not recorded": then no course is refused for its language. ``rulings`` are in the order
    in which they were made.
    """

    id: str
    name: str
    unit: str = ""
    role_id: str | None = None
    languages: tuple[str, ...] = ()
    hours_per_week: float | None = None
    evidence: tuple[Evidence, ...] = ()
    awards: tuple[Award, ...] = ()
    rulings: tuple[Ruling, ...] = ()

    def __post_init__(self) -> None:
        checks.text(self.id, "id", most=500)
        checks.name(self.name, "name", most=500)
        checks.name(self.unit, "unit", empty=True, most=500)
        checks.texts(self.languages, "languages")
        if self.hours_per_week is not None:
            checks.number(self.hours_per_week, "hours_per_week", least=0, most=168, unit="hours")


@dataclass(frozen=True, slots=True)
class StoredPerson(PersonRecord):
    """A person as they were given and are kept: skills that the organisation has merged since may still be named.

    Nothing is worked out from one: whoever asks where somebody stands needs a ``Person``.
    """


@dataclass(frozen=True, slots=True)
class Person(PersonRecord):
    """An employee with everything that was said about them, in the skills that the organisation has today."""

    def standing(self, day: date) -> tuple[Evidence, ...]:
        """The evidence that no ruling sets aside on ``day``, and what rulings put in its place."""
        if not self.rulings:
            return self.evidence
        said = [piece for piece in self.evidence if not any(item.sets_aside(piece, day) for item in self.rulings)]
        return (*said, *self.corrections(day))

    def corrections(self, day: date) -> tuple[Evidence, ...]:
        """What rulings made by ``day`` put in the place of what they set aside, but for what later ones set aside."""
        found = []
        for place, ruling in enumerate(self.rulings):
            piece = ruling.correction()
            later = self.rulings[place + 1 :]
            if piece is not None and ruling.on <= day and not any(item.sets_aside(piece, day) for item in later):
                found.append(piece)
        return tuple(found)

    def barred(self, day: date) -> dict[str, str]:
        """The credentials that rulings made by ``day`` keep from being recommended, each with the reason."""
        made = [item for item in self.rulings if item.credential_id is not None and item.on <= day]
        return {item.credential_id: item.note for item in made if item.credential_id is not None}

"""Credential, outcome, offering and stack: the catalogue of micro-credentials on offer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.levels import check_level


class Basis(StrEnum):
    """Where an outcome comes from: the provider stated it, or we inferred it from the description."""

    STATED = "stated"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A skill that a credential teaches and the level (above 0, at most 5) it leads to.

    ``probability`` (0-1) is how sure we are that ``given``, the provider's words, mean this skill: 1 for an id
    or an exact name.
    """

    skill_id: str
    level: float
    basis: Basis = Basis.STATED
    probability: float = 1.0
    given: str = ""

    def __post_init__(self) -> None:
        checks.text(self.skill_id, "teaches", most=500)
        checks.text(self.given, "teaches", empty=True)
        check_level(self.level, least=0.000001)
        checks.number(self.probability, "probability", least=0, most=1)


@dataclass(frozen=True, slots=True)
class SkillPrerequisite:
    """A skill and the least level (above 0) that a credential expects before it starts."""

    skill_id: str
    level: float

    def __post_init__(self) -> None:
        checks.text(self.skill_id, "requires_skills", most=500)
        check_level(self.level, least=0.000001)


@dataclass(frozen=True, slots=True)
class Offering:
    """A cohort of a credential: when it runs and how many seats it has; ``seats`` None means no limit."""

    id: str
    credential_id: str
    start: date
    end: date
    seats: int | None = None

    def __post_init__(self) -> None:
        checks.text(self.id, "id", most=500)
        checks.ordered(self.start, self.end, "end")
        if self.seats is not None:
            checks.whole(self.seats, "seats")


@dataclass(frozen=True, slots=True)
class Credential:
    """A micro-credential on offer: what it teaches, asks for, takes and costs.

    ``hours`` is the whole workload, ``weeks`` the least calendar time, ``cost`` in ``currency`` per learner;
    None means "not stated", never zero. ``level`` (above 0, at most 5) is what the course as a whole leads to, for
    skills whose own level nobody states. ``rating`` is on 1-5, from ``rating_count`` people. Of ``started`` learners
    ``completed`` did so; None where nobody counted. ``unmapped`` keeps
    the provider's words that matched no skill, so that nothing is lost. Valid on offer from ``valid_from`` to
    ``valid_until`` (both included); ``validity_months`` is how long the award stays valid. No skill is taught or
    required twice, and its ``offerings`` are its own.
    """

    id: str
    title: str
    issuer: str = ""
    description: str = ""
    url: str = ""
    outcomes: tuple[Outcome, ...] = ()
    unmapped: tuple[str, ...] = ()
    level: float | None = None
    requires_skills: tuple[SkillPrerequisite, ...] = ()
    requires_credentials: tuple[str, ...] = ()
    offerings: tuple[Offering, ...] = ()
    hours: float | None = None
    weeks: float | None = None
    cost: float | None = None
    currency: str = "EUR"
    language: str = ""
    mode: str = ""
    assessment: str = ""
    quality_assurance: str = ""
    eqf_level: int | None = None
    country: str = ""
    rating: float | None = None
    rating_count: int = 0
    valid_from: date | None = None
    valid_until: date | None = None
    validity_months: int | None = None
    started: int | None = None
    completed: int | None = None

    def __post_init__(self) -> None:
        checks.text(self.id, "id", most=500)
        checks.name(self.title, "title", most=1_000)
        checks.name(self.issuer, "issuer", empty=True)
        checks.optional_texts(
            description=self.description,
            url=self.url,
            currency=self.currency,
            language=self.language,
            mode=self.mode,
            assessment=self.assessment,
            quality_assurance=self.quality_assurance,
            country=self.country,
        )
        checks.texts(self.unmapped, "unmapped")
        checks.texts(self.requires_credentials, "requires_credentials")
        for value, field in ((self.hours, "hours"), (self.weeks, "weeks"), (self.cost, "cost")):
            if value is not None:
                checks.number(value, field, least=0)
        if self.level is not None:
            check_level(self.level, least=0.000001)
        if self.validity_months is not None:
            checks.whole(self.validity_months, "validity_months", least=1, most=1_200)
        if self.rating is not None:
            checks.number(self.rating, "rating", least=1, most=5)
        checks.whole(self.rating_count, "rating_count")
        if self.eqf_level is not None:
            checks.whole(self.eqf_level, "eqf_level", least=1, most=8)
        if self.started is not None:
            checks.whole(self.started, "started")
        if self.completed:
            if self.started is None:
                raise InputError("says how many completed it, but not how many started.", field="completed")
            checks.whole(self.completed, "completed", most=self.started)
        checks.ordered(self.valid_from, self.valid_until, "valid_until")
        checks.unique((outcome.skill_id for outcome in self.outcomes), "teaches")
        checks.unique((skill.skill_id for skill in self.requires_skills), "requires_skills")
        checks.unique((offering.id for offering in self.offerings), "offerings")
        for offering in self.offerings:
            if offering.credential_id != self.id:
                message = f"'{offering.id}' is an offering of another credential, '{offering.credential_id}'."
                raise InputError(message, field="offerings")
        if self.id in self.requires_credentials:
            raise InputError("a credential cannot require itself.", field="requires_credentials")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is taught in; ``language`` names several with commas between them."""
        return tuple(part.strip() for part in self.language.split(",") if part.strip())

    def on_offer(self, day: date) -> bool:
        """Whether it can be begun on ``day``, as far as its own validity says."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Stack:
    """Credentials that together earn a larger one; ``required`` of them are needed (all when None)."""

    id: str
    title: str
    credential_ids: tuple[str, ...]
    issuer: str = ""
    description: str = ""
    required: int | None = None

    def __post_init__(self) -> None:
        checks.text(self.id, "id", most=500)
        checks.name(self.title, "title", most=1_000)
        checks.texts(self.credential_ids, "credentials")
        checks.name(self.issuer, "issuer", empty=True)
        checks.text(self.description, "description", empty=True)
        if len(self.credential_ids) < 2:
            raise InputError("a stack needs at least two credentials.", field="credentials")
        if self.required is not None:
            checks.whole(self.required, "required", least=1, most=len(self.credential_ids))

    @property
    def needed(self) -> int:
        """How many of its credentials earn the stack."""
        return self.required if self.required is not None else len(self.credential_ids)


@dataclass(frozen=True)
class Catalogue:
    """All credentials and stacks of a workspace, findable by id and by the skill they teach."""

    credentials: dict[str, Credential]
    stacks: tuple[Stack, ...] = ()

    @classmethod
    def of(cls, credentials: Iterable[Credential], stacks: Iterable[Stack] = ()) -> Catalogue:
        """Build from values, credentials in order of their ids. Raises ``InputError`` for an id that comes twice."""
        ordered, kept = sorted(credentials, key=lambda item: item.id), tuple(stacks)
        checks.unique((item.id for item in ordered), "id")
        checks.unique((item.id for item in kept), "id")
        return cls({item.id: item for item in ordered}, kept)

    @cached_property
    def teaching(self) -> dict[str, tuple[tuple[str, Outcome], ...]]:
        """For each skill id the (credential id, outcome) pairs that teach it, in the order of credential ids."""
        table: dict[str, list[tuple[str, Outcome]]] = {}
        for credential in self.credentials.values():
            for outcome in credential.outcomes:
                table.setdefault(outcome.skill_id, []).append((credential.id, outcome))
        return {skill: tuple(pairs) for skill, pairs in table.items()}

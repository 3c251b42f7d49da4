"""Extraction: the skills that a long text speaks of, each with its place in the text, and what was left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.base.display import Tabular
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.levels import check_level
from skillmatch.domain.text.link import Link, LinkBasis

MOST_YEARS = 60.0


class Demand(StrEnum):
    """How strongly a text asks for a skill; most of CVs and course pages ask for nothing (``unstated``)."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    NICE_TO_HAVE = "nice_to_have"
    UNSTATED = "unstated"


DEMAND_ORDER = tuple(Demand)
"""Strongest first."""


class Section(StrEnum):
    """What the part of a text under a heading is about."""

    REQUIREMENTS = "requirements"
    DUTIES = "duties"
    OUTCOMES = "outcomes"
    SKILLS = "skills"
    LANGUAGES = "languages"
    EXPERIENCE = "experience"
    EDUCATION = "education"
    COURSES = "courses"
    BENEFITS = "benefits"
    ABOUT_US = "about_us"
    APPLICATION = "application"
    LEGAL = "legal"
    OTHER = "other"


class Reason(StrEnum):
    """Why a piece of text was not read for skills."""

    EQUAL_OPPORTUNITY = "equal_opportunity"
    APPLICATION = "application"
    BENEFITS = "benefits"
    COMPANY = "company"
    LEGAL = "legal"
    TERMS = "terms"  # dates, prices, badges and enrolment of courses
    PAGE = "page"  # addresses, cookies, "read more"


@dataclass(frozen=True, slots=True)
class Years:
    """Years of experience that a text names: at least ``least``, at most ``most`` (None: no upper end)."""

    least: float
    most: float | None = None

    def __post_init__(self) -> None:
        checks.number(self.least, "least", least=0, most=MOST_YEARS, unit="years")
        if self.most is not None:
            checks.number(self.most, "most", least=self.least, most=MOST_YEARS, unit="years")

    def __str__(self) -> str:
        return f"{self.least:g}+" if self.most is None else f"{self.least:g}-{self.most:g}"


@dataclass(frozen=True, slots=True)
class Cues:
    """What the words around a mention say: demand, negation, years, level (0-5), and the section they stand in."""

    demand: Demand = Demand.UNSTATED
    negated: bool = False
    years: Years | None = None
    level: float | None = None
    section: Section = Section.OTHER

    def __post_init__(self) -> None:
        if self.level is not None:
            check_level(self.level)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text names or means a skill: ``text[start:end] == quote``, offsets in characters.

    ``alternatives`` are the next best skills for the same words.
    """

    start: int
    end: int
    quote: str
    link: Link
    alternatives: tuple[Link, ...]
    cues: Cues

    def __post_init__(self) -> None:
        _check_span(self.start, self.end, self.quote)

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "skill_id": self.link.skill_id,
            "label": self.link.label,
            "probability": self.link.probability,
            "basis": self.link.basis.value,
            "demand": self.cues.demand.value,
            "negated": self.cues.negated,
            "years": None if self.cues.years is None else asdict(self.cues.years),
            "level": self.cues.level,
            "section": self.cues.section.value,
            "alternatives": [link.to_json() for link in self.alternatives],
        }


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of text that was not read for skills, and why; offsets as in :class:`Mention`."""

    start: int
    end: int
    quote: str
    reason: Reason

    def __post_init__(self) -> None:
        _check_span(self.start, self.end, self.quote)

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"start": self.start, "end": self.end, "quote": self.quote, "reason": self.reason.value}


@dataclass(frozen=True, slots=True)
class FoundSkill:
    """One skill over all its mentions: best probability, strongest demand, most years, highest level cue.

    ``negated`` says that every mention denies it; where some do not, only those count for the other fields.
    """

    skill_id: str
    label: str
    probability: float
    basis: LinkBasis
    demand: Demand
    negated: bool
    years: Years | None
    level: float | None
    mentions: int
    quote: str

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        years = None if self.years is None else asdict(self.years)
        return {**asdict(self), "basis": self.basis.value, "demand": self.demand.value, "years": years}


@dataclass(frozen=True, slots=True, repr=False)
class Extraction(Tabular):
    """The skills of one text. ``mentions`` stand in the order of the text, ``skills`` by demand, then probability.

    ``status`` is ``ok``, ``partial`` (a limit was reached; ``detail`` says where) or ``insufficient_data`` (no
    skill is sure enough, ``detail`` says why). ``text`` is what the offsets refer to. ``degraded`` says that
    the encoder was not available.
    """

    name: str
    text: str
    status: Status
    detail: str
    skills: tuple[FoundSkill, ...]
    mentions: tuple[Mention, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...] = ()
    degraded: bool = False
    versions: Versions | None = None

    def __post_init__(self) -> None:
        pieces: tuple[Mention | LeftOut, ...] = (*self.mentions, *self.left_out)
        for piece in pieces:
            if self.text[piece.start : piece.end] != piece.quote:
                raise InputError(f"'{piece.quote[:60]}' does not stand at {piece.start}.", field="mentions")

    def headline(self) -> str:
        if self.status is Status.INSUFFICIENT_DATA:
            return f"{self.name}: insufficient data ({self.detail})"
        skills = "1 skill" if len(self.skills) == 1 else f"{len(self.skills)} skills"
        places = "1 place" if len(self.mentions) == 1 else f"{len(self.mentions)} places"
        partial = f" ({self.detail})" if self.detail else ""
        return f"{self.name}: {skills} in {places}{partial}"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "skill": skill.label,
                "demand": skill.demand.value,
                "negated": skill.negated,
                "years": None if skill.years is None else str(skill.years),
                "level": skill.level,
                "probability": skill.probability,
                "mentions": skill.mentions,
                "quote": skill.quote,
            }
            for skill in self.skills
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape; the text itself is not repeated, only its length."""
        return {
            "name": self.name,
            "status": self.status.value,
            "detail": self.detail,
            "characters": len(self.text),
            "degraded": self.degraded,
            "notes": list(self.notes),
            "skills": [skill.to_json() for skill in self.skills],
            "mentions": [mention.to_json() for mention in self.mentions],
            "left_out": [piece.to_json() for piece in self.left_out],
            "versions": None if self.versions is None else self.versions.to_json(),
        }


def _check_span(start: int, end: int, quote: str) -> None:
    if not 0 <= start < end or end - start != len(quote):
        raise InputError(f"are {start} and {end} for a quote of {len(quote)} characters.", field="offsets")

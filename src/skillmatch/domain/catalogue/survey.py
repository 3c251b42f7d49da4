"""Survey: what a catalogue teaches, held against what roles ask for, and which credentials do much the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from skillmatch.domain.base.answer import Versions
from skillmatch.domain.base.display import Tabular
from skillmatch.domain.catalogue.credential import Basis
from skillmatch.domain.skills.skill import SkillType


@dataclass(frozen=True, slots=True)
class Teacher:
    """A credential that teaches a skill: how far, and how sure (0-1) we are that it does."""

    credential_id: str
    level: float
    basis: Basis
    probability: float

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "credential_id": self.credential_id,
            "level": self.level,
            "basis": self.basis.value,
            "probability": self.probability,
        }


@dataclass(frozen=True, slots=True)
class SurveyedSkill:
    """A skill that is taught or asked for: by how many ``roles`` and how far (``wanted``, None where by none).

    ``teachers`` come furthest first; those that are less likely than not to teach it, or not on offer, are no part
    of ``reached``, the furthest that one of them leads to (None: nobody teaches it). ``short``: some role asks for
    more than that.
    """

    skill_id: str
    label: str
    type: SkillType
    wanted: float | None
    roles: int
    reached: float | None
    teachers: tuple[Teacher, ...]
    short: bool

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "skill_id": self.skill_id,
            "label": self.label,
            "type": self.type.value,
            "wanted": self.wanted,
            "roles": self.roles,
            "reached": self.reached,
            "short": self.short,
            "teachers": [teacher.to_json() for teacher in self.teachers],
        }


@dataclass(frozen=True, slots=True)
class SurveyedCredential:
    """A credential with its rating as far as it is believed, and the others that teach much the same.

    ``believed`` (1-5) is the rating with usual ones added, so that few high ones prove little; None without any.
    ``wanted`` is how many of its skills a role asks for. ``overlaps`` are (credential id, share 0-1 of what the two
    teach that both teach), those that have most in common first.
    """

    credential_id: str
    title: str
    issuer: str
    hours: float | None
    cost: float | None
    currency: str
    on_offer: bool
    skills: tuple[tuple[str, float], ...]
    wanted: int
    rating: float | None
    rating_count: int
    believed: float | None
    overlaps: tuple[tuple[str, float], ...]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "credential_id": self.credential_id,
            "title": self.title,
            "issuer": self.issuer,
            "hours": self.hours,
            "cost": self.cost,
            "currency": self.currency,
            "on_offer": self.on_offer,
            "skills": [{"skill_id": skill, "level": level} for skill, level in self.skills],
            "wanted": self.wanted,
            "rating": self.rating,
            "rating_count": self.rating_count,
            "believed": self.believed,
            "overlaps": [{"credential_id": other, "share": part} for other, part in self.overlaps],
        }


@dataclass(frozen=True, repr=False)
class CatalogueSurvey(Tabular):
    """All skills that are taught or asked for, those asked for by most roles first; all credentials by title."""

    skills: tuple[SurveyedSkill, ...]
    credentials: tuple[SurveyedCredential, ...]
    as_of: date
    versions: Versions

    def headline(self) -> str:
        wanted = [skill for skill in self.skills if skill.wanted is not None]
        short = sum(skill.short for skill in wanted)
        return (
            f"{len(self.credentials):,} credentials; {len(wanted):,} skills wanted, {short:,} of them taught by nobody "
            "as far as they are wanted"
        )

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "skill": skill.label,
                "type": skill.type.value,
                "wanted": skill.wanted,
                "by roles": skill.roles,
                "taught to": skill.reached,
                "credentials": len(skill.teachers),
            }
            for skill in self.skills
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "skills": [skill.to_json() for skill in self.skills],
            "credentials": [item.to_json() for item in self.credentials],
            "as_of": self.as_of.isoformat(),
            "versions": self.versions.to_json(),
        }

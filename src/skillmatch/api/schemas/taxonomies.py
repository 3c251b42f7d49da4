"""The shapes of imported taxonomies, of what changed between two, and of occupations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from skillmatch.api.schemas.common import Moment
from skillmatch.api.schemas.envelope import Envelope, Shape
from skillmatch.domain.roles.role import Occupation as DomainOccupation
from skillmatch.domain.roles.role import RequirementKind
from skillmatch.service.values import ChangeKind, OccupationRecord, Subject, TaxonomyRecord

EXAMPLE_OCCUPATION = "occupation.care-team-leader"
_CURSOR = "Send it as `cursor` for the next page; null on the last"


class Taxonomy(Shape):
    """A taxonomy that was imported."""

    id: str = Field(description="Its name and version", examples=["starter@1.0.0"])
    name: str = Field(examples=["starter"])
    version: str = Field(examples=["1.0.0"])
    active: bool = Field(description="Whether everything refers to this one", examples=[True])
    skills: int = Field(description="How many skills it has", examples=[860])
    occupations: int = Field(description="How many occupations it has", examples=[75])
    imported: Moment = Field(examples=["2026-12-01T12:00:00+00:00"])
    source: str = Field(description="The file or folder that it came from", examples=["taxonomy"])
    content_hash: str = Field(
        description="Of all but the version: equal content, equal hash",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    attribution: str = Field(
        description="What its publishers ask to be said wherever it is used; show it to your users. Blank for nothing",
        examples=[""],
    )


class Taxonomies(Envelope):
    """The taxonomies that were imported, by name and version; one of them is active."""

    items: list[Taxonomy]


class TaxonomyChange(Shape):
    """One difference between two taxonomies."""

    subject: Subject = Field(description="What kind of thing changed", examples=["skill"])
    change: ChangeKind = Field(description="How it changed; moved: to other broader skills", examples=["renamed"])
    id: str = Field(
        description="Of what changed; of a requirement the occupation's, of a relation its first skill's",
        examples=["transversal.communication"],
    )
    other: str = Field(description="The other skill of a relation, or the skill that is required", examples=[""])
    label: str = Field(examples=["Communication"])
    before: str = Field(description="What was there; blank for nothing", examples=["Communicating"])
    after: str = Field(description="What is there now; blank for nothing", examples=["Communication"])


class ChangeCount(Shape):
    """How often something changed in one way."""

    subject: Subject = Field(examples=["skill"])
    change: ChangeKind = Field(examples=["renamed"])
    count: int = Field(examples=[1])


class TaxonomyChanges(Envelope):
    """One page of the differences between two taxonomies, by subject, then id."""

    old: str = Field(examples=["starter@1.0.0"])
    new: str = Field(examples=["starter@1.0.0"])
    counts: list[ChangeCount] = Field(description="Over all pages and kinds; what did not change is not listed")
    items: list[TaxonomyChange]
    next_cursor: str | None = Field(description=_CURSOR, examples=[None])


class OccupationSummary(Shape):
    """An occupation in a list."""

    id: str = Field(examples=[EXAMPLE_OCCUPATION])
    label: str = Field(examples=["Care team leader"])
    aliases: list[str] = Field(description="Other names for it", examples=[["senior carer"]])


class Occupations(Envelope):
    """One page of occupations, by id."""

    items: list[OccupationSummary]
    next_cursor: str | None = Field(description=_CURSOR, examples=[None])


class OccupationNeed(Shape):
    """One skill that an occupation asks for."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    level: float = Field(description="Level wanted, 0-5", examples=[3.0])
    weight: float = Field(description="Importance relative to the others", examples=[0.9])
    kind: RequirementKind = Field(examples=["essential"])


class OneOccupation(OccupationSummary, Envelope):
    """A kind of work as the active taxonomy describes it; a role may be built from it."""

    code: str = Field(description="Its code in ISCO or O*NET-SOC, if it has one", examples=["5321"])
    description: str = Field(examples=["Leads a team of carers on a unit and assures the quality of care."])
    requirements: list[OccupationNeed] = Field(description="The skills that it asks for, as the overlay left them")


def taxonomy_json(record: TaxonomyRecord) -> dict[str, Any]:
    """A taxonomy as :class:`Taxonomy` says it."""
    return {
        "id": f"{record.name}@{record.version}",
        "name": record.name,
        "version": record.version,
        "active": record.active,
        "skills": record.skills,
        "occupations": record.occupations,
        "imported": record.imported_at.isoformat(),
        "source": record.source,
        "content_hash": record.content_hash,
        "attribution": record.attribution,
    }


def occupation_summary_json(record: OccupationRecord) -> dict[str, Any]:
    """An occupation as :class:`OccupationSummary` says it."""
    return {"id": record.id, "label": record.label, "aliases": list(record.aliases)}


def occupation_json(found: DomainOccupation, labels: Mapping[str, str]) -> dict[str, Any]:
    """An occupation as :class:`OneOccupation` says it, without the envelope."""
    return {
        "id": found.id,
        "label": found.label,
        "aliases": list(found.aliases),
        "code": found.code,
        "description": found.description,
        "requirements": [
            {
                "skill_id": need.skill_id,
                "label": labels.get(need.skill_id, need.skill_id),
                "level": need.level,
                "weight": need.weight,
                "kind": need.kind.value,
            }
            for need in found.requirements
        ],
    }

"""Shapes: the JSON of things that are looked at; answers bring their own. All are described in docs/json.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from skillmatch.domain.catalogue.credential import Catalogue, Credential
from skillmatch.domain.people.gap import Profile
from skillmatch.domain.people.person import Person
from skillmatch.domain.roles.role import RequirementState, Role
from skillmatch.domain.skills.skill import Skill

if TYPE_CHECKING:
    from skillmatch.service.core.snapshot import Snapshot

Labels = Mapping[str, str]


def plain(value: Any) -> Any:
    """A domain value as JSON, its fields by their own names and in their order."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    match value:
        case Enum():
            return value.value
        case date():  # a moment is a date too
            return value.isoformat()
        case list() | tuple():
            return [plain(item) for item in value]
        case _:
            return value


def items(found: Iterable[Any]) -> dict[str, Any]:
    """A list as a document."""
    return {"items": [plain(item) for item in found]}


def skill(found: Skill, snapshot: Snapshot) -> dict[str, Any]:
    """A skill, with the labels of the broader ones, what the overlay notes about it, and the taxonomy it is from."""
    broader = [{"skill_id": item, "label": snapshot.labels.get(item, item)} for item in found.broader]
    note = snapshot.overlaid.notes.get(found.id, "")
    return {**plain(found), "broader": broader, "note": note, "taxonomy": snapshot.versions.taxonomy}


def credential_summary(found: Credential) -> dict[str, Any]:
    """A credential in a list."""
    names = ("id", "title", "issuer", "hours", "weeks", "cost", "currency", "language", "mode")
    return {**{name: getattr(found, name) for name in names}, "outcome_count": len(found.outcomes)}


def credential(found: Credential, catalogue: Catalogue, labels: Labels) -> dict[str, Any]:
    """A credential with everything that is known of it, labels beside skills, and the stacks that it belongs to."""
    document: dict[str, Any] = plain(found)
    for key in ("outcomes", "requires_skills"):
        document[key] = [_labelled(item, labels) for item in document[key]]
    document["stacks"] = [
        {"id": stack.id, "title": stack.title, "credentials": len(stack.credential_ids), "needed": stack.needed}
        for stack in catalogue.stacks
        if found.id in stack.credential_ids
    ]
    return document


def role_summary(found: Role) -> dict[str, Any]:
    """A role in a list."""
    return {
        "id": found.id,
        "title": found.title,
        "occupation_id": found.occupation_id,
        "requirement_count": len(found.requirements),
        "suggested_count": sum(need.state is RequirementState.SUGGESTED for need in found.requirements),
    }


def role(found: Role, labels: Labels) -> dict[str, Any]:
    """A role with its requirements, labels beside skills."""
    document: dict[str, Any] = plain(found)
    document["requirements"] = [_labelled(item, labels) for item in document["requirements"]]
    return document


def person_summary(found: Person) -> dict[str, Any]:
    """A person in a list."""
    return {
        "id": found.id,
        "name": found.name,
        "unit": found.unit,
        "role_id": found.role_id,
        "evidence_count": len(found.evidence),
        "award_count": len(found.awards),
    }


def person(found: Person, profile: Profile, catalogue: Catalogue, labels: Labels) -> dict[str, Any]:
    """A person with evidence and awards, and the profile that these add up to on a day."""
    document: dict[str, Any] = plain(found)
    del document["rulings"]  # what they set aside is among the ignored
    document["evidence"] = [_labelled(item, labels) for item in document["evidence"]]
    for award in document["awards"]:
        known = catalogue.credentials.get(award["credential_id"])
        award["title"] = None if known is None else known.title
    document["profile"] = [
        {
            "skill_id": skill_id,
            "label": labels.get(skill_id, skill_id),
            "level": item.level,
            "low": item.low,
            "high": item.high,
            "confidence": item.confidence,
            "thin": item.thin,
            "contradictory": item.contradictory,
        }
        for skill_id, item in profile.attainments.items()
    ]
    document["ignored"] = [_labelled(item.to_json(), labels) for item in profile.ignored]
    document["as_of"] = profile.as_of.isoformat()
    return document


def _labelled(item: dict[str, Any], labels: Labels) -> dict[str, Any]:
    """The item with the skill's label after its id; a skill that the taxonomy lost is called by its id."""
    return {"skill_id": item["skill_id"], "label": labels.get(item["skill_id"], item["skill_id"]), **item}

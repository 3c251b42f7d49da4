"""Suggestion: the requirements that a text asks for, each with the words it rests on, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from skillmatch.domain.base.answer import Status
from skillmatch.domain.base.display import Tabular
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.domain.text.extraction import Demand, Years


@dataclass(frozen=True, slots=True)
class SuggestedRequirement:
    """A requirement with what it was read from. ``level_basis`` is ``cue``, ``years`` or ``assumed``.

    ``taken`` is False where a person had decided otherwise, or the requirement was governed: then that stays.
    """

    requirement: Requirement
    label: str
    demand: Demand
    years: Years | None
    probability: float
    level_basis: str
    quote: str
    taken: bool = True

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        need = self.requirement
        return {
            "skill_id": need.skill_id,
            "label": self.label,
            "level": need.level,
            "level_basis": self.level_basis,
            "weight": need.weight,
            "kind": need.kind.value,
            "demand": self.demand.value,
            "years": None if self.years is None else str(self.years),
            "probability": self.probability,
            "quote": self.quote,
            "taken": self.taken,
        }


@dataclass(frozen=True, repr=False)
class RoleSuggestion(Tabular):
    """A role as a text suggests it. ``status`` is ``ok``, ``partial`` or ``insufficient_data``, with why in ``detail``.

    Without a requirement in the text nothing is kept: ``role`` is then what was there before, or has none.
    """

    role: Role
    source: str
    status: Status
    detail: str
    items: tuple[SuggestedRequirement, ...]
    kept: tuple[str, ...] = ()

    def headline(self) -> str:
        if self.status is Status.INSUFFICIENT_DATA:
            return f"{self.role.title}: insufficient data ({self.detail})"
        taken = sum(item.taken for item in self.items)
        governed = f", {len(self.kept)} left as people decided" if self.kept else ""
        return f"{self.role.title}: {taken} requirements suggested from {self.source}{governed}"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "skill": item.label,
                "level": item.requirement.level,
                "level from": item.level_basis,
                "weight": item.requirement.weight,
                "essential": item.requirement.essential,
                "probability": item.probability,
                "taken": item.taken,
                "quote": item.quote,
            }
            for item in self.items
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "role": self.role.id,
            "role_title": self.role.title,
            "source": self.source,
            "status": self.status.value,
            "detail": self.detail,
            "items": [item.to_json() for item in self.items],
            "kept": list(self.kept),
        }

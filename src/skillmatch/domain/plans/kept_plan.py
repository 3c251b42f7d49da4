"""Kept plan: a plan that the workspace holds, by its id, with what a list shows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.display import Tabular


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """When and by whom a plan was kept; ``summary`` holds scenario, status, coverage, bound, cost, approvals ..."""

    id: str
    kept: datetime
    by: str
    summary: Mapping[str, Any]

    def __post_init__(self) -> None:
        checks.text(self.id, "id", most=100)
        checks.text(self.by, "by", most=500)

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"id": self.id, "kept": self.kept.isoformat(), "by": self.by, **self.summary}


@dataclass(frozen=True, repr=False)
class KeptPlans(Tabular):
    """The kept plans, the latest first."""

    items: tuple[KeptPlan, ...]

    def headline(self) -> str:
        approved = sum(bool(item.summary["approvals"]) for item in self.items)
        return f"{len(self.items)} kept plans, {approved} of them approved"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [item.to_json() for item in self.items]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"items": list(self.rows())}

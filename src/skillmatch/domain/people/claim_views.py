"""Claims as people look at them: the list, what a decision changed, and which one is worth checking first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.base.answer import Versions, rounded
from skillmatch.domain.base.display import Tabular
from skillmatch.domain.people.claim import Claim


@dataclass(frozen=True, slots=True)
class Effect:
    """What recognition changes on the way to a role: coverage (0-1), and the hours of the best pathway at a pace."""

    role_id: str
    role_title: str
    coverage_before: float
    coverage_after: float
    hours_before: float
    hours_after: float

    @property
    def hours_saved(self) -> float:
        """Hours of learning that need not be spent; 0 where the pathway grows because more comes into reach."""
        return rounded(max(0.0, self.hours_before - self.hours_after))

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "role": self.role_id,
            "role_title": self.role_title,
            "coverage_before": self.coverage_before,
            "coverage_after": self.coverage_after,
            "hours_before": self.hours_before,
            "hours_after": self.hours_after,
            "hours_saved": self.hours_saved,
        }


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim with the words for what is claimed: the skill's label or the credential's title."""

    claim: Claim
    label: str

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {**self.claim.to_json(), "label": self.label}

    def row(self) -> dict[str, Any]:
        """As a row of a table."""
        made = self.claim.decision
        return {
            "claim": self.claim.id,
            "person": self.claim.person_id,
            "submitted": self.claim.submitted,
            "claims": self.label,
            "level": self.claim.level,
            "because": self.claim.text,
            "decision": "open" if made is None else made.verdict.value,
            "by": "" if made is None else made.by,
            "reason": "" if made is None else made.reason,
        }


@dataclass(frozen=True, slots=True, repr=False)
class ClaimList(Tabular):
    """Claims in the order of their submission."""

    lines: tuple[ClaimLine, ...]

    def headline(self) -> str:
        waiting = sum(line.claim.decision is None for line in self.lines)
        return f"{len(self.lines)} claims of prior learning, {waiting} not decided"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [line.row() for line in self.lines]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"items": [line.to_json() for line in self.lines]}


@dataclass(frozen=True, slots=True, repr=False)
class Decided(Tabular):
    """A claim after its decision, and what that changed; ``effect`` is None for a person without a role."""

    line: ClaimLine
    effect: Effect | None

    def headline(self) -> str:
        return self._told_of(self.line.claim.person_id)

    def caption(self) -> str:
        return self._told_of("this person")

    def _told_of(self, who: str) -> str:
        made = self.line.claim.decision
        verdict = "open" if made is None else made.verdict.value
        told = f"{self.line.claim.id}: {self.line.label} for {who}, {verdict}"
        return told if self.effect is None else f"{told}; {self.effect.hours_saved:g} hours saved"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [] if self.effect is None else [self.effect.to_json()]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {**self.line.to_json(), "effect": None if self.effect is None else self.effect.to_json()}


@dataclass(frozen=True, slots=True)
class ClaimWorth:
    """What checking an open claim is worth.

    ``chance`` (0-1) is the probability that it holds; ``effect`` is what accepting it would change, None for a person
    without a role.
    """

    line: ClaimLine
    chance: float
    effect: Effect | None

    @property
    def worth(self) -> float:
        """The hours of learning that one check is expected to save: chance x hours saved if it holds."""
        return 0.0 if self.effect is None else rounded(self.chance * self.effect.hours_saved)

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            **self.line.to_json(),
            "chance": self.chance,
            "worth": self.worth,
            "effect": None if self.effect is None else self.effect.to_json(),
        }


@dataclass(frozen=True, slots=True, repr=False)
class ClaimWorths(Tabular):
    """The open claims, those whose check is expected to save most hours first; equal ones by id."""

    items: tuple[ClaimWorth, ...]
    pace: Pace
    as_of: date
    versions: Versions

    def headline(self) -> str:
        if not self.items:
            return "there is no open claim"
        first = self.items[0]
        return f"{len(self.items)} open claims; check {first.line.claim.id} first: {first.worth:g} hours expected"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "claim": item.line.claim.id,
                "person": item.line.claim.person_id,
                "claims": item.line.label,
                "level": item.line.claim.level,
                "holds with": f"{item.chance:.0%}",
                "would save hours": None if item.effect is None else item.effect.hours_saved,
                "expected hours": item.worth,
                "towards": "no role" if item.effect is None else item.effect.role_title,
            }
            for item in self.items
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "items": [item.to_json() for item in self.items],
            "hours_per_week": self.pace.hours_per_week,
            "weeks": self.pace.weeks,
            "as_of": self.as_of.isoformat(),
            "versions": self.versions.to_json(),
        }

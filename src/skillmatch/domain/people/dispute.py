"""Dispute: a person objects to a line of their profile or to a recommendation, and a named person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.answer import content_hash
from skillmatch.domain.base.display import Tabular
from skillmatch.domain.base.errors import ConflictError, InputError
from skillmatch.domain.base.identity import OWN_SOURCE, make_id
from skillmatch.domain.base.levels import check_level
from skillmatch.domain.people.person import EvidenceSource, Ruling


class DisputeVerdict(StrEnum):
    """How a dispute was decided: the person is right (``upheld``) or not."""

    UPHELD = "upheld"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class DisputeDecision:
    """A verdict by a named person, on a day, with the reason; ``level`` (0-5) is what an upheld one corrects to."""

    verdict: DisputeVerdict
    by: str
    note: str
    on: date
    level: float | None = None

    def __post_init__(self) -> None:
        checks.text(self.by, "by", most=500)
        checks.text(self.note, "note")
        if self.level is not None:
            check_level(self.level)
            if self.verdict is DisputeVerdict.REJECTED:
                raise InputError("goes with an upheld dispute only.", field="level")


@dataclass(frozen=True, slots=True)
class Dispute:
    """What a person objects to: what is said of a skill (by one ``source`` only, if given), or a credential advised.

    Upheld, what was said of the skill until the day of the decision counts no more, and the corrected level counts
    instead where one is given; a credential is not recommended to the person any more.
    """

    id: str
    person_id: str
    raised: date
    reason: str
    skill_id: str | None = None
    credential_id: str | None = None
    source: EvidenceSource | None = None
    decision: DisputeDecision | None = None

    def __post_init__(self) -> None:
        checks.text(self.id, "id", most=500)
        checks.text(self.person_id, "person", most=500)
        checks.text(self.reason, "reason")
        if (self.credential_id is None) == (self.skill_id is None):
            raise InputError("needs either a skill or a credential.", field="skill", remedy="Give one of the two.")
        if self.source is not None and self.skill_id is None:
            raise InputError("goes with a skill, and only with it.", field="source")
        if self.decision is not None:
            checks.ordered(self.raised, self.decision.on, "decided")
            if self.decision.level is not None and self.skill_id is None:
                raise InputError("corrects a skill, and this is about a credential.", field="level")

    def decided(self, decision: DisputeDecision) -> Dispute:
        """The dispute with its decision. Raises ``ConflictError``, which names the first one, when there is one."""
        first = self.decision
        if first is not None:
            raise ConflictError(
                f"dispute '{self.id}' was decided before: {first.verdict.value} by {first.by} on {first.on} "
                f"({first.note}).",
                remedy="Raise a new one.",
            )
        return replace(self, decision=decision)

    def ruling(self) -> Ruling | None:
        """What the decision changes for the person; None where it is not upheld or not decided."""
        made = self.decision
        if made is None or made.verdict is DisputeVerdict.REJECTED:
            return None
        return Ruling(made.on, made.by, made.note, self.skill_id, self.credential_id, self.source, made.level)

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        made = self.decision
        return {
            "id": self.id,
            "person": self.person_id,
            "raised": self.raised.isoformat(),
            "reason": self.reason,
            "skill_id": self.skill_id,
            "credential_id": self.credential_id,
            "source": None if self.source is None else self.source.value,
            "decision": None
            if made is None
            else {
                "verdict": made.verdict.value,
                "by": made.by,
                "note": made.note,
                "on": made.on.isoformat(),
                "level": made.level,
            },
        }


def dispute_id(person_id: str, what: str, source: str, raised: date, reason: str) -> str:
    """An id made of what is disputed, so that the same dispute raised twice on a day is one."""
    return make_id(OWN_SOURCE, "dispute-" + content_hash([person_id, what, source, raised.isoformat(), reason])[:10])


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A dispute with the words for what it is about."""

    dispute: Dispute
    label: str

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {**self.dispute.to_json(), "label": self.label}


@dataclass(frozen=True, repr=False)
class DisputeList(Tabular):
    """Disputes in the order in which they were raised, decided ones too."""

    lines: tuple[DisputeLine, ...]

    def headline(self) -> str:
        waiting = sum(line.dispute.decision is None for line in self.lines)
        return f"{len(self.lines)} disputes, {waiting} of them not decided"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "id": line.dispute.id,
                "person": line.dispute.person_id,
                "raised": line.dispute.raised,
                "about": line.label,
                "reason": line.dispute.reason,
                "verdict": None if line.dispute.decision is None else line.dispute.decision.verdict.value,
                "by": None if line.dispute.decision is None else line.dispute.decision.by,
            }
            for line in self.lines
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"items": [line.to_json() for line in self.lines]}

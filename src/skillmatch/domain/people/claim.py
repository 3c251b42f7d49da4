"""Claim: a person says that they know something already, and a named person decides whether that is recognised."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.answer import content_hash
from skillmatch.domain.base.errors import ConflictError, InputError
from skillmatch.domain.base.identity import OWN_SOURCE, make_id
from skillmatch.domain.base.levels import check_level
from skillmatch.domain.people.person import Award, AwardState, Evidence, EvidenceSource


class Verdict(StrEnum):
    """How a claim was decided; ``partial`` recognises a lower level than was claimed."""

    ACCEPT = "accept"
    PARTIAL = "partial"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict by a named person, on a day, with the reason; ``level`` (0-5) is what a partial one recognises."""

    verdict: Verdict
    by: str
    reason: str
    on: date
    level: float | None = None

    def __post_init__(self) -> None:
        checks.text(self.by, "by", most=500)
        checks.text(self.reason, "reason")
        if (self.level is not None) != (self.verdict is Verdict.PARTIAL):
            raise InputError("goes with a partial decision, and only with it.", field="level")
        if self.level is not None:
            check_level(self.level, least=0.000001)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a person claims: a credential's outcomes, or one skill at a level (above 0, at most 5), with evidence.

    ``text`` says what it rests on, ``links`` where that can be seen.
    """

    id: str
    person_id: str
    submitted: date
    text: str
    credential_id: str | None = None
    skill_id: str | None = None
    level: float | None = None
    links: tuple[str, ...] = ()
    decision: Decision | None = None

    def __post_init__(self) -> None:
        checks.text(self.id, "id", most=500)
        checks.text(self.person_id, "person", most=500)
        checks.text(self.text, "text")
        checks.texts(self.links, "links")
        if (self.credential_id is None) == (self.skill_id is None):
            raise InputError("needs either a credential or a skill.", field="credential", remedy="Give one of the two.")
        if (self.skill_id is None) != (self.level is None):
            raise InputError("goes with a skill, and only with it.", field="level")
        if self.level is not None:
            check_level(self.level, least=0.000001)
        if self.decision is not None:
            checks.ordered(self.submitted, self.decision.on, "decided")
            if self.decision.level is not None and (self.level is None or self.decision.level >= self.level):
                raise InputError(
                    "of a partial decision must be below the level claimed.",
                    field="level",
                    remedy="Only a claim of a skill can be recognised in part; else accept or reject it.",
                )

    def decided(self, decision: Decision) -> Claim:
        """The claim with its decision. Raises ``ConflictError``, which names the first one, when there is one."""
        first = self.decision
        if first is not None:
            raise ConflictError(
                f"claim '{self.id}' was decided before: {first.verdict.value} by {first.by} on {first.on} "
                f"({first.reason}).",
                remedy="Submit a new claim with new evidence.",
            )
        return replace(self, decision=decision)

    def recognises(self) -> Evidence | Award | None:
        """What the decision adds to the person: evidence of a skill, a recognised award, or nothing.

        It counts from the day of the decision. None where the claim is rejected or not decided.
        """
        made = self.decision
        if made is None or made.verdict is Verdict.REJECT:
            return None
        if self.credential_id is not None:
            return Award(self.credential_id, AwardState.RECOGNISED, made.on)
        level = self.level if made.level is None else made.level
        if self.skill_id is None or level is None:
            return None  # never so: a claim names a skill with its level, or a credential
        note = f"claim {self.id}, recognised by {made.by}: {made.reason}"
        return Evidence(self.skill_id, level, EvidenceSource.RECOGNITION, made.on, note=note)

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        made = self.decision
        return {
            "id": self.id,
            "person": self.person_id,
            "submitted": self.submitted.isoformat(),
            "credential_id": self.credential_id,
            "skill_id": self.skill_id,
            "level": self.level,
            "text": self.text,
            "links": list(self.links),
            "decision": None
            if made is None
            else {
                "verdict": made.verdict.value,
                "by": made.by,
                "reason": made.reason,
                "on": made.on.isoformat(),
                "level": made.level,
            },
        }


def claim_id(person_id: str, what: str, level: float | None, submitted: date, text: str) -> str:
    """An id made of what is claimed, so that the same claim handed in twice is one."""
    return make_id(OWN_SOURCE, "claim-" + content_hash([person_id, what, level, submitted.isoformat(), text])[:10])

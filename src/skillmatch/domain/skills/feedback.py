"""Feedback: what people decided about the skill that a text means; kept for good and replayed in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.display import Tabular
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.skills.overlay import MAX_REASON, signed_line

MAX_FEEDBACK_TEXT = 20_000


class Verdict(StrEnum):
    """What a person decided about a text and a skill.

    ``accept``: it means this skill (among others it may mean). ``pin``: it always means this one skill.
    ``reject``: it does not mean this skill. ``block``: it never means this skill or, without a skill, any.
    """

    ACCEPT = "accept"
    REJECT = "reject"
    PIN = "pin"
    BLOCK = "block"


class Context(StrEnum):
    """Where a decision counts: in the catalogue, in requirements of roles, in evidence about people, or anywhere."""

    ANY = "any"
    CATALOGUE = "catalogue"
    REQUIREMENT = "requirement"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Decision:
    """One verdict on a whole text; ``skill_id`` is blank only where a block means every skill."""

    verdict: Verdict
    text: str
    skill_id: str = ""
    context: Context = Context.ANY

    def __post_init__(self) -> None:
        signed_line(self.text, "text", most=MAX_FEEDBACK_TEXT)
        signed_line(self.skill_id, "skill", most=500, empty=True)
        if not self.skill_id and self.verdict is not Verdict.BLOCK:
            raise InputError(f"{self.verdict.value} needs a skill.", field="skill", remedy="Name it by id or label.")


@dataclass(frozen=True, slots=True)
class FeedbackEntry:
    """A decision with its place in the log (1 is the first), and who made it when; ``note`` says why."""

    number: int
    decision: Decision
    author: str
    on: date
    note: str = ""

    def __post_init__(self) -> None:
        checks.whole(self.number, "number", least=1)
        signed_line(self.author, "author", most=200)
        signed_line(self.note, "note", most=MAX_REASON, empty=True)

    def to_json(self) -> dict[str, Any]:
        """The documented shape, which an import takes back."""
        decision = self.decision
        return {
            "number": self.number,
            "verdict": decision.verdict.value,
            "text": decision.text,
            "skill": decision.skill_id,
            "context": decision.context.value,
            "author": self.author,
            "date": self.on.isoformat(),
            "note": self.note,
        }


class FeedbackState(StrEnum):
    """Whether an entry counts now, was overruled by a later one, or waits for its skill to come (back)."""

    IN_FORCE = "in_force"
    OVERRULED = "overruled"
    DANGLING = "dangling"


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """An entry, whether it counts, and the label of the skill that it is about now ("" where there is none)."""

    entry: FeedbackEntry
    state: FeedbackState
    label: str = ""

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {**self.entry.to_json(), "label": self.label, "state": self.state.value}


@dataclass(frozen=True, slots=True, repr=False)
class FeedbackList(Tabular):
    """The log in its order, and whether each entry counts on ``taxonomy`` (name@version, "none" without one)."""

    taxonomy: str
    lines: tuple[FeedbackLine, ...]

    def headline(self) -> str:
        counting = sum(line.state is FeedbackState.IN_FORCE for line in self.lines)
        return f"{len(self.lines)} decisions about texts, {counting} in force, on {self.taxonomy}"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [line.to_json() for line in self.lines]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"taxonomy": self.taxonomy, "items": list(self.rows())}


@dataclass(frozen=True, slots=True)
class Given:
    """What became of a decision: the entry that holds it, and whether it was new (False: it was in force already)."""

    entry: FeedbackEntry
    new: bool

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {**self.entry.to_json(), "new": self.new}

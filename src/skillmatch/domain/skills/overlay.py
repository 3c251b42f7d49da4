"""Overlay: what an organisation changes in an imported taxonomy, as a list of signed entries in order.

Entries are never edited nor deleted. A later entry may withdraw an earlier one; the history stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.display import Tabular
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.skills.skill import SkillType

OWN_SKILLS = "org/"
"""What the ids of skills begin with that the organisation added itself."""

MAX_REASON = 5_000
_SLUG = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")


class ChangeKind(StrEnum):
    """What an entry does. ``unalias`` takes an alias away, ``broader`` adds a skill one step up."""

    ADD = "add"
    RENAME = "rename"
    ALIAS = "alias"
    UNALIAS = "unalias"
    MERGE = "merge"
    DEPRECATE = "deprecate"
    BROADER = "broader"
    WITHDRAW = "withdraw"


_TEXT_IS = {ChangeKind.ADD: "label", ChangeKind.RENAME: "label", ChangeKind.ALIAS: "name", ChangeKind.UNALIAS: "name"}
_NEEDS_OTHER = (ChangeKind.MERGE, ChangeKind.BROADER)


@dataclass(frozen=True, slots=True)
class OverlayChange:
    """One change to a taxonomy; make it with the method named after what it does.

    ``skill_id`` is the skill that changes, ``text`` its label or alias, ``other_id`` the skill it is merged into,
    replaced by or put under, ``withdraws`` the number of an earlier entry. Fields that the kind has no use for
    are blank.
    """

    kind: ChangeKind
    skill_id: str = ""
    text: str = ""
    description: str = ""
    type: SkillType = SkillType.SKILL
    broader: tuple[str, ...] = ()
    other_id: str = ""
    withdraws: int | None = None

    @classmethod
    def add(
        cls,
        label: str,
        *,
        slug: str = "",
        description: str = "",
        type: SkillType = SkillType.SKILL,  # noqa: A002  the field's own word
        broader: Iterable[str] = (),
    ) -> OverlayChange:
        """A skill of the organisation's own; its id is ``org/`` and the slug, which is made from the label if blank."""
        own = own_skill_id(slug or slug_of(label))
        return cls(ChangeKind.ADD, own, label, description, type, tuple(broader))

    @classmethod
    def rename(cls, skill: str, label: str) -> OverlayChange:
        """Another label; the old one stays as an alias."""
        return cls(ChangeKind.RENAME, skill, label)

    @classmethod
    def alias(cls, skill: str, name: str) -> OverlayChange:
        """One more name for a skill."""
        return cls(ChangeKind.ALIAS, skill, name)

    @classmethod
    def unalias(cls, skill: str, name: str) -> OverlayChange:
        """One alias less."""
        return cls(ChangeKind.UNALIAS, skill, name)

    @classmethod
    def merge(cls, skill: str, into: str) -> OverlayChange:
        """``skill`` becomes a part of ``into``: its names and everything that refers to it follow."""
        return cls(ChangeKind.MERGE, skill, other_id=into)

    @classmethod
    def deprecate(cls, skill: str, successor: str = "") -> OverlayChange:
        """The skill is not offered for new links any more; the successor is what should be said instead."""
        return cls(ChangeKind.DEPRECATE, skill, other_id=successor)

    @classmethod
    def broaden(cls, skill: str, broader: str) -> OverlayChange:
        """Put ``skill`` under a broader one too."""
        return cls(ChangeKind.BROADER, skill, other_id=broader)

    @classmethod
    def withdraw(cls, number: int) -> OverlayChange:
        """Make the entry of that number count no more."""
        return cls(ChangeKind.WITHDRAW, withdraws=number)

    def __post_init__(self) -> None:
        withdrawing = self.kind is ChangeKind.WITHDRAW
        if withdrawing != (self.withdraws is not None):
            raise InputError("is for entries that withdraw another, and only for these.", field="withdraws")
        if self.withdraws is not None:
            checks.whole(self.withdraws, "withdraws", least=1)
        signed_line(self.skill_id, "skill", most=500, empty=withdrawing)
        signed_line(self.other_id, "other", most=500, empty=self.kind not in _NEEDS_OTHER)
        signed_line(self.text, called := _TEXT_IS.get(self.kind, "text"), most=1_000, empty=self.kind not in _TEXT_IS)
        checks.name(self.text, called, empty=True)
        checks.text(self.description, "description", empty=True)
        checks.texts(self.broader, "broader")
        if self.skill_id and self.skill_id in (self.other_id, *self.broader):
            raise InputError("a skill cannot be merged into, replaced by or put under itself.", field="other")
        if self.kind is ChangeKind.ADD:
            own_skill_id(self.skill_id.removeprefix(OWN_SKILLS) if self.skill_id.startswith(OWN_SKILLS) else "")


@dataclass(frozen=True, slots=True)
class OverlayEntry:
    """A change with its place in the list (1 is the first), and who made it when and why."""

    number: int
    change: OverlayChange
    author: str
    on: date
    reason: str = ""

    def __post_init__(self) -> None:
        checks.whole(self.number, "number", least=1)
        signed_line(self.author, "author", most=200)
        checks.name(self.author, "author")
        signed_line(self.reason, "reason", most=MAX_REASON, empty=True)

    @property
    def title(self) -> str:
        """How messages call it: "entry 3 (rename)"."""
        return f"entry {self.number} ({self.change.kind.value})"

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        change = self.change
        return {
            "number": self.number,
            "kind": change.kind.value,
            "skill": change.skill_id,
            "text": change.text,
            "description": change.description,
            "type": change.type.value if change.kind is ChangeKind.ADD else "",
            "broader": list(change.broader),
            "other": change.other_id,
            "withdraws": change.withdraws,
            "author": self.author,
            "date": self.on.isoformat(),
            "reason": self.reason,
        }


class EntryState(StrEnum):
    """How an entry fares on the taxonomy in use.

    ``dangling``: something it names is not there; it waits. ``clashing``: the taxonomy says otherwise; see the
    message. ``withdrawn``: a later entry took it back.
    """

    APPLIED = "applied"
    DANGLING = "dangling"
    CLASHING = "clashing"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class OverlayLine:
    """An entry and how it fares; ``message`` is blank where there is nothing to add."""

    entry: OverlayEntry
    state: EntryState
    message: str = ""

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {**self.entry.to_json(), "state": self.state.value, "message": self.message}


@dataclass(frozen=True, slots=True, repr=False)
class OverlayList(Tabular):
    """The entries in their order, and how each fares on ``taxonomy`` (name@version, "none" without one)."""

    taxonomy: str
    lines: tuple[OverlayLine, ...]

    @property
    def troubled(self) -> tuple[OverlayLine, ...]:
        """The entries that wait for something or clash with the taxonomy."""
        return tuple(line for line in self.lines if line.state in (EntryState.DANGLING, EntryState.CLASHING))

    def counts(self) -> dict[str, int]:
        """How many entries there are in each state."""
        return {state.value: sum(line.state is state for line in self.lines) for state in EntryState}

    def headline(self) -> str:
        told = ", ".join(f"{count} {state}" for state, count in self.counts().items() if count)
        return f"{len(self.lines)} overlay entries on {self.taxonomy}" + (f": {told}" if told else "")

    def rows(self) -> Sequence[dict[str, Any]]:
        return [line.to_json() for line in self.lines]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"taxonomy": self.taxonomy, "counts": self.counts(), "items": list(self.rows())}


def own_skill_id(slug: str) -> str:
    """The id of a skill of the organisation's own; raises ``InputError`` for a slug of other characters."""
    checks.text(slug, "slug", most=100)
    if not _SLUG.fullmatch(slug):
        raise InputError(
            f"'{slug[:60]}' is no slug for an id.", field="slug", remedy="Use letters and digits, with - or . between."
        )
    return OWN_SKILLS + slug


def slug_of(label: str) -> str:
    """A slug from a label: its letters and digits in lower case, joined by dashes, at most 60 characters."""
    return re.sub(r"[\W_]+", "-", label[:1_000].casefold()).strip("-")[:60].rstrip("-")


def signed_line(value: str, field: str, *, most: int, empty: bool = False) -> None:
    """Require a text without control characters other than line breaks and tabs, as people sign with."""
    checks.text(value, field, most=most, empty=empty)
    if value != value.strip():
        raise InputError("has blanks at its ends.", field=field, remedy="Take them away.")
    if not value.isprintable() and any(unicodedata.category(char) == "Cc" and char not in "\n\r\t" for char in value):
        raise InputError("holds control characters.", field=field, remedy="Take them out.")

"""The shapes of the organisation's own changes to the taxonomy."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from skillmatch.api.schemas.common import GivenName
from skillmatch.api.schemas.envelope import Body, Envelope, Shape
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.skills.overlay import MAX_REASON, ChangeKind, EntryState, OverlayChange
from skillmatch.domain.skills.skill import SkillType

MAX_AUTHOR = 200
MAX_NAME = 500
MAX_BROADER = 100

_KIND = "What it does; `unalias` takes an alias away, `broader` puts a skill under another one too"
_AUTHOR = "Who stands behind it, by name"
_REASON = "Why; kept with the entry"
_ON = "The day it is signed for; else the workspace's"


class NewKind(StrEnum):
    """What a new entry may do; withdrawing has an address of its own."""

    ADD = "add"
    RENAME = "rename"
    ALIAS = "alias"
    UNALIAS = "unalias"
    MERGE = "merge"
    DEPRECATE = "deprecate"
    BROADER = "broader"


_USES = {
    NewKind.ADD: ("text", "slug", "description", "type", "broader"),
    NewKind.RENAME: ("skill", "text"),
    NewKind.ALIAS: ("skill", "text"),
    NewKind.UNALIAS: ("skill", "text"),
    NewKind.MERGE: ("skill", "other"),
    NewKind.DEPRECATE: ("skill", "other"),
    NewKind.BROADER: ("skill", "other"),
}
_OPTIONAL = {"slug", "description", "type", "broader"}
_CALLED = {"label": "text", "name": "text"}  # the domain's words for it

_MAKERS = {
    NewKind.RENAME: OverlayChange.rename,
    NewKind.ALIAS: OverlayChange.alias,
    NewKind.UNALIAS: OverlayChange.unalias,
    NewKind.MERGE: OverlayChange.merge,
    NewKind.DEPRECATE: OverlayChange.deprecate,
    NewKind.BROADER: OverlayChange.broaden,
}


class Signed(Body):
    """When a change is made and why; the caller signs it."""

    author: GivenName = None
    reason: str = Field(default="", max_length=MAX_REASON, description=_REASON, examples=["We call it so."])
    on: datetime.date | None = Field(default=None, description=_ON, examples=["2026-12-01"])


class NewOverlayEntry(Signed):
    """One change to the taxonomy, in force at once. Skills may be named by id, label or alias."""

    kind: NewKind = Field(description=_KIND, examples=["alias"])
    skill: str = Field(
        default="",
        max_length=MAX_NAME,
        description="The skill that changes; for all but `add`",
        examples=["transversal.communication"],
    )
    text: str = Field(
        default="",
        max_length=1_000,
        description="The label of an added or renamed skill, or the alias",
        examples=["getting a message across"],
    )
    other: str = Field(
        default="",
        max_length=MAX_NAME,
        description="The skill to merge into or to put another under; of a deprecated one what to say instead, if any",
        examples=[""],
    )
    slug: str = Field(
        default="",
        max_length=100,
        description="What follows `org/` in the id of an added skill; else made from its label",
        examples=[""],
    )
    description: str = Field(default="", max_length=20_000, description="What an added skill is", examples=[""])
    type: SkillType = Field(
        default=SkillType.SKILL, description="What kind of skill an added one is", examples=["skill"]
    )
    broader: list[Annotated[str, Field(min_length=1, max_length=MAX_NAME)]] = Field(
        default=[], max_length=MAX_BROADER, description="The skills one step up from an added one", examples=[[]]
    )

    def change(self) -> OverlayChange:
        """What is to change; raises ``InputError`` for what the kind needs and has not, or has no use for."""
        used = _USES[self.kind]
        for name in ("skill", "text", "other", *sorted(_OPTIONAL)):
            value = getattr(self, name)
            if name not in used and value not in ("", [], SkillType.SKILL):
                raise InputError(f"'{self.kind}' has no use for it.", field=name, remedy="Leave it out.")
            if (
                name in used
                and name not in _OPTIONAL
                and not value
                and (self.kind, name) != (NewKind.DEPRECATE, "other")
            ):
                raise InputError(f"'{self.kind}' needs it.", field=name, remedy="Say which.")
        try:
            if self.kind is NewKind.ADD:
                return OverlayChange.add(
                    self.text, slug=self.slug, description=self.description, type=self.type, broader=self.broader
                )
            return _MAKERS[self.kind](self.skill, self.text or self.other)
        except InputError as error:
            field = error.place.field
            raise InputError(error.message, field=_CALLED.get(field or "", field), remedy=error.remedy) from error


class Withdrawal(Signed):
    """Who takes an entry back, and why."""


class OverlayEntry(Shape):
    """One entry, and how it fares on the taxonomy in use."""

    number: int = Field(description="Its place in the list; the first one is 1", examples=[1])
    kind: ChangeKind = Field(description=_KIND, examples=["alias"])
    skill: str = Field(description="Id of the skill that changes", examples=["transversal.communication"])
    text: str = Field(description="The label or the alias", examples=["getting a message across"])
    description: str = Field(description="Of an added skill", examples=[""])
    type: str = Field(description="Of an added skill; else blank", examples=[""])
    broader: list[str] = Field(description="Ids of the skills one step up from an added one", examples=[[]])
    other: str = Field(description="Id of the skill merged into, said instead or put under", examples=[""])
    withdraws: int | None = Field(description="The number of the entry that this one takes back", examples=[None])
    author: str = Field(description=_AUTHOR, examples=["Mia Holt"])
    date: datetime.date = Field(description="The day it was signed for", examples=["2026-12-01"])
    reason: str = Field(description=_REASON, examples=["We call it so."])
    state: EntryState = Field(
        description="dangling: it waits for a skill that is not there; clashing: the taxonomy says otherwise",
        examples=["applied"],
    )
    message: str = Field(description="What there is to say about the state", examples=[""])


class OneOverlayEntry(Envelope, OverlayEntry):
    """One entry, and how it fares on the taxonomy in use."""


class EntryCount(Shape):
    """How many entries are in one state."""

    state: EntryState = Field(examples=["applied"])
    count: int = Field(examples=[1])


class Overlay(Envelope):
    """One page of the entries, in their order."""

    taxonomy: str = Field(description="What they lie on, and how many there are", examples=["starter@1.0.0+1"])
    counts: list[EntryCount] = Field(description="Over all pages")
    items: list[OverlayEntry]
    next_cursor: str | None = Field(
        description="Send it as `cursor` for the next page; null on the last", examples=[None]
    )

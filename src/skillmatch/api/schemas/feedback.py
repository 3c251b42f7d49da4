"""The shapes of what people decided about texts."""

from __future__ import annotations

import datetime

from pydantic import Field

from skillmatch.api.schemas.common import GivenName
from skillmatch.api.schemas.envelope import Body, Envelope, Shape
from skillmatch.api.schemas.overlay import MAX_NAME
from skillmatch.domain.skills.feedback import MAX_FEEDBACK_TEXT, Context, FeedbackState, Verdict
from skillmatch.domain.skills.overlay import MAX_REASON

_VERDICT = (
    "accept: the text means the skill; pin: it always means this one; reject: it does not; "
    "block: it never means the skill or, without one, any"
)
_TEXT = "The whole text; case and blanks do not count"
_CONTEXT = "Where it counts: in the catalogue, in requirements of roles, in evidence about people, or anywhere"
_AUTHOR = "Who decided, by name"
_NOTE = "Why; kept with the decision"


class NewFeedback(Body):
    """What a person says that a text means; nothing that is computed overrules it."""

    verdict: Verdict = Field(description=_VERDICT, examples=["accept"])
    text: str = Field(min_length=1, max_length=MAX_FEEDBACK_TEXT, description=_TEXT, examples=["cash desk close-out"])
    skill: str | None = Field(
        default=None,
        min_length=1,
        max_length=MAX_NAME,
        description="The skill by id, label or alias; only a block may do without",
        examples=["transversal.communication"],
    )
    context: Context = Field(default=Context.ANY, description=_CONTEXT, examples=["any"])
    author: GivenName = None
    note: str = Field(default="", max_length=MAX_REASON, description=_NOTE, examples=["Asked the shop."])
    on: datetime.date | None = Field(
        default=None, description="The day of the decision; else the workspace's", examples=["2026-12-01"]
    )


class FeedbackEntry(Shape):
    """One decision, and whether it counts."""

    number: int = Field(description="Its place in the log; the first one is 1", examples=[1])
    verdict: Verdict = Field(description=_VERDICT, examples=["accept"])
    text: str = Field(description=_TEXT, examples=["cash desk close-out"])
    skill: str = Field(description="Id of the skill; blank for a block of any", examples=["transversal.communication"])
    label: str = Field(description="The skill in words; blank where there is none now", examples=["Communication"])
    context: Context = Field(description=_CONTEXT, examples=["any"])
    author: str = Field(description=_AUTHOR, examples=["Mia Holt"])
    date: datetime.date = Field(description="The day of the decision", examples=["2026-12-01"])
    note: str = Field(description=_NOTE, examples=["Asked the shop."])
    state: FeedbackState = Field(
        description="overruled: by a later one; dangling: it waits for its skill to come (back)",
        examples=["in_force"],
    )


class OneFeedback(Envelope, FeedbackEntry):
    """One decision, and whether it counts."""


class GivenFeedback(OneFeedback):
    """What became of a decision."""

    new: bool = Field(description="false: it was in force already, and this is the entry that says so", examples=[True])


class Feedback(Envelope):
    """One page of the decisions, in the order in which they were made."""

    taxonomy: str = Field(description="What they are held against", examples=["starter@1.0.0"])
    items: list[FeedbackEntry]
    next_cursor: str | None = Field(
        description="Send it as `cursor` for the next page; null on the last", examples=[None]
    )

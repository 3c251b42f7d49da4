"""The shapes of learning events: what a learning system tells."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from skillmatch.api.schemas.envelope import Body, Envelope, Shape
from skillmatch.domain.people.learning_event import EventKind, EventOutcome
from skillmatch.domain.people.learning_event import LearningEvent as DomainEvent

MAX_EVENTS = 500


class LearningEvent(Body):
    """One thing that happened on a day, about a credential or (a score only) about a skill."""

    id: str = Field(
        min_length=1, max_length=500, description="Yours; sent again, it counts once", examples=["lms-20261130-1"]
    )
    person: str = Field(min_length=1, max_length=500, description="Id of the person", examples=["own/P-037"])
    kind: EventKind = Field(examples=["completed"])
    on: date = Field(examples=["2026-11-30"])
    credential_id: str | None = Field(default=None, max_length=500, examples=["own/B-025"])
    skill_id: str | None = Field(default=None, max_length=500, examples=[None])
    value: float | None = Field(
        default=None,
        allow_inf_nan=False,
        description="Share done (0-1), score (0-1, of a skill 0-5) or stars (1-5)",
        examples=[None],
    )

    def event(self) -> DomainEvent:
        """The event itself. Raises ``InputError`` for what makes no sense together."""
        return DomainEvent(self.id, self.person, self.kind, self.on, self.credential_id, self.skill_id, self.value)


class EventRequest(Body):
    """Some learning events, taken all or none."""

    items: list[LearningEvent] = Field(min_length=1, max_length=MAX_EVENTS)


class TakenEvent(Shape):
    """An event, and what became of it."""

    id: str = Field(examples=["lms-20261130-1"])
    person: str = Field(examples=["own/P-037"])
    kind: EventKind = Field(examples=["completed"])
    on: date = Field(examples=["2026-11-30"])
    credential_id: str | None = Field(examples=["own/B-025"])
    skill_id: str | None = Field(examples=[None])
    value: float | None = Field(examples=[None])
    outcome: EventOutcome = Field(description="known: it had been told before", examples=["taken"])
    changed: bool = Field(description="Whether it changed what the person holds or is known to have", examples=[True])


class TakenEvents(Envelope):
    """The events that were sent, in their order."""

    items: list[TakenEvent]

"""The shapes of people as they are sent and stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field

from skillmatch.api.schemas.common import Moment
from skillmatch.api.schemas.envelope import Body, Envelope, Shape
from skillmatch.domain.base.identity import MAX_ID, OWN_SOURCE, split_id
from skillmatch.domain.people.person import PersonRecord, StoredPerson

MAX_NAME = 500
MAX_LANGUAGES = 50

Language = Annotated[str, Field(min_length=1, max_length=35)]

_NAME = "As people call them"
_UNIT = "Where they work; empty when not recorded"
_ROLE = "The role they have today: our id (`source/id`), your own, or its title"
_LANGUAGES = "Codes of the languages that a course may be in; empty means not recorded"
_HOURS = "Hours a week that they can spend on learning, if recorded"


class PersonFields(Body):
    """What an HR system says of a person; what is left out is taken as not recorded."""

    name: str = Field(min_length=1, max_length=MAX_NAME, description=_NAME, examples=["Kerem Demirci"])
    unit: str = Field(default="", max_length=MAX_NAME, description=_UNIT, examples=["Care homes"])
    role_id: str | None = Field(
        default=None, min_length=1, max_length=MAX_NAME, description=_ROLE, examples=["own/R-B03"]
    )
    languages: list[Language] = Field(
        default=[], max_length=MAX_LANGUAGES, description=_LANGUAGES, examples=[["en", "nl"]]
    )
    hours_per_week: float | None = Field(
        default=None, ge=0, le=168, allow_inf_nan=False, description=_HOURS, examples=[4.0]
    )

    def laid_on(self, person_id: str, stored: StoredPerson | None) -> StoredPerson:
        """The person with these fields; what else is stored of them stays. Raises ``InputError``."""
        return replace(
            stored or StoredPerson(person_id, self.name),
            name=self.name,
            unit=self.unit,
            role_id=self.role_id,
            languages=tuple(self.languages),
            hours_per_week=self.hours_per_week,
        )


class NewPerson(PersonFields):
    """A person who is not there yet."""

    source: str = Field(
        default=OWN_SOURCE,
        min_length=1,
        max_length=MAX_ID,
        description="The system that the id comes from: the same id from two systems is two people",
        examples=["hris"],
    )
    external_id: str = Field(
        min_length=1, max_length=MAX_ID, description="Your own id of the person", examples=["P-900"]
    )


class PersonPatch(Body):
    """The fields to change; null takes away what is recorded."""

    name: str | None = Field(default=None, max_length=MAX_NAME, description=_NAME, examples=["Kerem Demirci"])
    unit: str | None = Field(default=None, max_length=MAX_NAME, description=_UNIT, examples=["Care homes"])
    role_id: str | None = Field(default=None, max_length=MAX_NAME, description=_ROLE, examples=["own/R-B03"])
    languages: list[Language] | None = Field(
        default=None, max_length=MAX_LANGUAGES, description=_LANGUAGES, examples=[["en", "nl"]]
    )
    hours_per_week: float | None = Field(
        default=None, ge=0, le=168, allow_inf_nan=False, description=_HOURS, examples=[6.0]
    )


class Person(Envelope):
    """An employee, without what is known of their skills; that has addresses of its own."""

    id: str = Field(description="Our id: source and external id", examples=["own/P-037"])
    source: str = Field(examples=["own"])
    external_id: str = Field(description="Your own id", examples=["P-037"])
    name: str = Field(examples=["Kerem Demirci"])
    unit: str = Field(examples=["Care homes"])
    role_id: str | None = Field(description="The role held today", examples=["own/R-B03"])
    languages: list[str] = Field(description="Empty means not recorded", examples=[["en", "nl"]])
    hours_per_week: float | None = Field(description="Hours a week for learning, if recorded", examples=[4.0])


class PersonSummary(Shape):
    """A person in a list."""

    id: str = Field(examples=["own/P-037"])
    name: str = Field(examples=["Kerem Demirci"])
    unit: str = Field(examples=["Care homes"])
    role_id: str | None = Field(description="The role held today", examples=["own/R-B03"])
    evidence_count: int = Field(description="How many statements there are about them", examples=[7])
    award_count: int = Field(description="How many credentials they hold or have begun", examples=[2])


class People(Envelope):
    """One page of people, by id."""

    items: list[PersonSummary]
    next_cursor: str | None = Field(
        description="Send it as `cursor` for the next page; null on the last", examples=[None]
    )
    next_since: Moment = Field(
        description="Send that of the first page as `updated_since` next time: nobody is missed, a few may come twice",
        examples=["2026-12-01T12:00:00+00:00"],
    )


class Count(Shape):
    """How much of one kind there was."""

    what: str = Field(examples=["evidence"])
    count: int = Field(examples=[7])


class Erasure(Envelope):
    """What went with a person; nothing brings them back."""

    subject: str = Field(
        description="What the audit calls them; it means nobody any more", examples=["9b1d6f0c2a7e4d35b8c0a1f2e3d4c5b6"]
    )
    line: int = Field(description="The line of the audit that says so", examples=[42])
    counts: list[Count] = Field(description="How much of each kind went, or lost the name, so far")
    swept: bool = Field(
        description="Nothing is owed any more. If not, their own data is gone and overwritten, and a sweep takes their "
        "name out of what others wrote, signed and planned, and overwrites what moved rows left behind, moments later",
        examples=[True],
    )
    left: list[str] = Field(
        description="Files of the workspace in which the name still stands", examples=[["encoder/notes.txt"]]
    )


def person_json(person: PersonRecord) -> dict[str, Any]:
    """A person as :class:`Person` says it, without the envelope; their tag is made from it."""
    source, external_id = split_id(person.id)
    return {
        "id": person.id,
        "source": source,
        "external_id": external_id,
        "name": person.name,
        "unit": person.unit,
        "role_id": person.role_id,
        "languages": list(person.languages),
        "hours_per_week": person.hours_per_week,
    }


def summary_json(person: PersonRecord) -> dict[str, Any]:
    """A person as :class:`PersonSummary` says it."""
    return {
        "id": person.id,
        "name": person.name,
        "unit": person.unit,
        "role_id": person.role_id,
        "evidence_count": len(person.evidence),
        "award_count": len(person.awards),
    }

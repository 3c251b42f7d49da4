"""The shapes of API keys; the secret is in one answer only."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from skillmatch.api.schemas.common import Moment
from skillmatch.api.schemas.envelope import Body, Envelope, Shape
from skillmatch.domain.access.api_key import KeyState
from skillmatch.domain.access.caller import MAX_UNITS, Scope

EXAMPLE_KEY = "0123456789ab"
MAX_NAME = 500
MOST_HOURS = 2_160

_WHEN = "2026-12-01T12:00:00+00:00"
_NAME = "What the key is for"
_SCOPES = "What it may do; `admin` holds all others, and `self` goes with a person"
_UNITS = "The units whose people it sees; null for all"


class NewKey(Body):
    """A key for a program that calls the API."""

    name: str = Field(min_length=1, max_length=200, description=_NAME, examples=["HR sync"])
    scopes: list[Scope] = Field(min_length=1, max_length=len(Scope), description=_SCOPES, examples=[["read", "write"]])
    units: list[Annotated[str, Field(min_length=1, max_length=MAX_NAME)]] | None = Field(
        default=None, min_length=1, max_length=MAX_UNITS, description=_UNITS, examples=[["Care homes"]]
    )
    person: str | None = Field(
        default=None,
        min_length=1,
        max_length=MAX_NAME,
        description="Whom the scope `self` stands for: our id or your own",
        examples=[None],
    )
    expires: datetime | None = Field(
        default=None, description="The first moment, with its offset, at which it opens nothing", examples=[None]
    )


class KeyRotation(Body):
    """How a key gives way to another."""

    overlap_hours: float = Field(
        default=24.0,
        ge=0,
        le=MOST_HOURS,
        allow_inf_nan=False,
        description="For how long the old one stays valid, so that programs can change over",
        examples=[24.0],
    )


class KeyFields(Shape):
    """A key without its secret, of which only a salted hash is stored."""

    id: str = Field(description="The middle part of the key", examples=[EXAMPLE_KEY])
    name: str = Field(description=_NAME, examples=["HR sync"])
    state: KeyState = Field(description="Whether it opens anything", examples=["valid"])
    scopes: list[Scope] = Field(description=_SCOPES, examples=[["read", "write"]])
    units: list[str] | None = Field(description=_UNITS, examples=[["Care homes"]])
    person: str | None = Field(description="Whom the scope `self` stands for", examples=[None])
    person_id: str | None = Field(
        description="Deprecated: the same as `person`", examples=[None], json_schema_extra={"deprecated": True}
    )
    created: Moment = Field(examples=[_WHEN])
    created_by: str = Field(description="Who made it", examples=["key:ab0123456789"])
    expires: Moment | None = Field(description="The first moment at which it opens nothing", examples=[None])
    revoked: Moment | None = Field(description="When it was revoked", examples=[None])
    used: Moment | None = Field(description="When it was last used, to the minute", examples=[_WHEN])
    replaces: str | None = Field(description="The id of the key that it took over from", examples=[None])


class OneKey(KeyFields, Envelope):
    """A key without its secret."""


class KeyWithSecret(OneKey):
    """A key that was just made: the text to send, which is shown this once and stored nowhere."""

    key: str = Field(description="Send it as `Authorization: Bearer`", examples=[f"sm_{EXAMPLE_KEY}_9mDk0T"])


class Keys(Envelope):
    """One page of the keys, in the order in which they were made."""

    items: list[KeyFields]
    next_cursor: str | None = Field(
        description="Send it as `cursor` for the next page; null on the last", examples=[None]
    )

"""API key: what a program outside shows to prove who it is, as far as anybody may see it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from skillmatch.domain.access.caller import Caller, Scope, check_grants
from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError


class KeyState(StrEnum):
    """Whether a key opens anything."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One key without its secret: who made it for what, until when, and when it was last used (to the minute).

    ``replaces`` is the id of the key that it took over from. All times carry an offset; ``expires`` and ``revoked``
    are the first moment at which the key opens nothing.
    """

    id: str
    name: str
    scopes: frozenset[Scope]
    created: datetime
    created_by: str
    units: tuple[str, ...] | None = None
    person_id: str | None = None
    expires: datetime | None = None
    revoked: datetime | None = None
    used: datetime | None = None
    replaces: str | None = None

    def __post_init__(self) -> None:
        checks.text(self.id, "id", most=100)
        checks.name(self.name, "name", most=200)
        checks.text(self.created_by, "created_by", most=500)
        check_grants(self.scopes, self.units, self.person_id)
        for field, moment in (("created", self.created), ("expires", self.expires), ("revoked", self.revoked)):
            if moment is not None and moment.tzinfo is None:
                raise InputError("needs an offset from UTC.", field=field, remedy="Write it as 2026-12-31T00:00:00Z.")

    def state(self, now: datetime) -> KeyState:
        """Whether the key opens anything at a moment; one that was revoked never does, whatever a clock says."""
        if self.revoked is not None:
            return KeyState.REVOKED
        if self.expires is not None and self.expires <= now:
            return KeyState.EXPIRED
        return KeyState.VALID

    def caller(self) -> Caller:
        """Who asks with this key."""
        return Caller(f"key:{self.id}", self.name, self.scopes, self.units, self.person_id)

    def to_json(self, now: datetime) -> dict[str, Any]:
        """As a plain dict, with the state at a moment."""
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state(now).value,
            "scopes": sorted(self.scopes),
            "units": None if self.units is None else list(self.units),
            "person": self.person_id,
            "person_id": self.person_id,
            "created": self.created.isoformat(),
            "created_by": self.created_by,
            "expires": _written(self.expires),
            "revoked": _written(self.revoked),
            "used": _written(self.used),
            "replaces": self.replaces,
        }


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made, with the text to send: the one time that anybody sees it."""

    key: ApiKey
    text: str

    def __repr__(self) -> str:
        return f"NewKey(key={self.key!r}, text=...)"  # so that no log ever holds it

    def to_json(self, now: datetime) -> dict[str, Any]:
        """As a plain dict, secret included."""
        return {"key": self.text, **self.key.to_json(now)}


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()

"""What an operation touches: whose things it shows or changes, and so which callers bound to units it is closed to.

Every operation says one of these beside its scopes; the page of the API, its description (``x-touches``) and the table
of operations and keys are made from it, and a test tries each of them with every kind of key.
"""

from __future__ import annotations

from enum import StrEnum


class Touches(StrEnum):
    """What an operation is about, as far as that decides who may call it."""

    NOTHING = "nothing"  # reads or computes what everybody with its scope may know; changes nothing
    PEOPLE = "people"  # people named by the request, or in the thing that it names: the caller sees each of them
    UNITS = "units"  # figures and lists of units: those granted, or none
    OWN = "own"  # what the caller handed in; an administrator's is everything
    SHARED = "shared"  # what all units share: never for a caller who sees only some people

    @property
    def told(self) -> str:
        """In words, for whoever calls it."""
        return _TOLD[self]


_TOLD = {
    Touches.NOTHING: "nothing that is somebody's: any key with the scope",
    Touches.PEOPLE: "people: those whom the key sees, anybody else is unknown to it",
    Touches.UNITS: "units: those that the key was granted, others are unknown to it",
    Touches.OWN: "what the key itself handed in; an administrator's sees all",
    Touches.SHARED: "what all units share: only keys that are not bound to units",
}

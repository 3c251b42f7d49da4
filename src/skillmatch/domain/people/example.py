"""Example: somebody to look at when nobody in particular is meant."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A person and a role whose gap is worth looking at. Its ``repr`` keeps the ids to itself: notebooks save it."""

    person_id: str
    role_id: str
    role_title: str

    def __repr__(self) -> str:
        return f"<Example: somebody on the way to {self.role_title}>"

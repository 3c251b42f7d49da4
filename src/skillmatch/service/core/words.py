"""What the words of one thing that was sent mean: its skills and its occupation, or an error that points at them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError, SkillmatchError
from skillmatch.service.core.lookups import near_labels
from skillmatch.service.core.snapshot import Snapshot

TURNS = 5
"""How often a change is worked out anew when others changed the same thing meanwhile."""


@dataclass(frozen=True, slots=True)
class LinkedWords:
    """Words that are neither the id nor a name of a skill, and the skill that they were taken to mean."""

    given: str
    skill_id: str
    label: str
    probability: float


@contextmanager
def pointed(field: str) -> Iterator[None]:
    """Makes an unknown or ambiguous name an ``InputError`` that points at the ``field`` which holds it."""
    try:
        yield
    except (NotFoundError, ConflictError) as error:
        raise InputError(error.message, field=field, remedy=error.remedy) from error


def unknown_skill(given: str, field: str, snapshot: Snapshot) -> InputError:
    """The error for words that mean no skill surely enough, with labels that are spelled alike."""
    near = near_labels(snapshot.labels, given)
    remedy = f"Did you mean {' or '.join(near)}?" if near else "Use a skill of the active taxonomy."
    return InputError(f"no skill is called '{given[:200]}'.", field=field, remedy=remedy)


def overtaken(own_id: str) -> SkillmatchError:
    """The error for a change that others were always quicker than."""
    return ConflictError(f"'{own_id}' is being changed by others all the time.", remedy="Send it again in a moment.")

"""Two hands: nobody decides alone about what they did or handed in themselves."""

from __future__ import annotations

from dataclasses import replace

from skillmatch.domain.access.signer import Signer, require_another
from skillmatch.domain.base.errors import ConflictError
from skillmatch.domain.people.person import PersonRecord
from skillmatch.service.core.settings import Settings
from skillmatch.store import Change, View


def signer_of(view: View, given: Signer | str) -> Signer:
    """Who signs, with all that is known of them: a caller, or somebody who only said their name."""
    said = Signer.of(given)
    return replace(said, makers=view.signer(said.id).makers) if said.id else said


def handed_in(change: Change, by: Signer | None) -> str | None:
    """What is kept of who hands something in, who is remembered; None where nobody said."""
    if by is None:
        return None
    if by.id:
        change.put_signer(by)
    return by.id or by.name


def refuse_own(view: View, signer: Signer, owner: PersonRecord, first: str | None, what: str) -> None:
    """Raise ``ConflictError`` where a person would decide what is about themselves, or whoever did ``what`` their own.

    The settings may allow the second (``approve_own``), never the first. ``first`` is who did it, as far as known.
    """
    if signer.is_person(owner):
        raise ConflictError(f"{signer.name} {what} and cannot decide it.", remedy="Somebody else has to.")
    if first is not None:
        refuse_first(view, signer, first, what)


def refuse_first(view: View, signer: Signer, first: str, what: str) -> None:
    """Raise ``ConflictError`` where whoever did ``what`` would approve it too, unless the settings allow that."""
    if not Settings.read().approve_own:
        require_another(signer, view.signer(first), what)

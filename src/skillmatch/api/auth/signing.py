"""Signing: whoever proved who they are answers for what they decide, whatever name the request gives."""

from __future__ import annotations

from skillmatch.api.auth.callers import ANYBODY
from skillmatch.domain.access.caller import Caller
from skillmatch.domain.access.signer import Signer
from skillmatch.domain.base.errors import InputError


def signature(caller: Caller) -> str:
    """The caller's name, fit for a line; the audit has their id beside it."""
    return Signer.caller(caller).name


def signed(caller: Caller, given: str | None, field: str) -> Signer:
    """Who signs what a caller decides; ``given`` is the name in the ``field`` of the body, which must be theirs.

    On a server that is open, which only listens to its own machine, nobody proves anything: there a name that is
    given counts, as on the command line. Raises ``InputError`` for somebody else's name.
    """
    own = Signer.caller(caller)
    if given is None:
        return own
    said = Signer(given.strip()) if given.strip() else None
    if said is None:
        raise InputError("must not be blank.", field=field, remedy="Leave it out: the caller signs.")
    if caller.id == ANYBODY.id:
        return said
    if not said.is_one_with(own) and given.strip() != caller.id:
        raise InputError(
            f"is '{said.name}', and the caller is '{own.name}'.",
            field=field,
            remedy="Leave it out: whoever asks signs. Somebody else signs with a key of their own.",
        )
    return own

"""Scopes on addresses: each says what a caller must be allowed and what it touches, and shows each caller their own
part of the people.

``caller: Annotated[Caller, needs(Scope.READ, touches=Touches.PEOPLE)]`` is all that a handler writes. A test fails for
an address under /v1 that does not say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import Depends, Request
from fastapi.routing import RouteContext

from skillmatch.api.auth.touches import Touches
from skillmatch.api.http.problems import ProblemError
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import ConflictError, NotFoundError
from skillmatch.domain.people.person import Person, PersonRecord
from skillmatch.service.workspace import Workspace


class Needs:
    """What an address needs of its caller: any one of some scopes, and to see everybody where all is touched.

    Gives the handler the caller.
    """

    def __init__(self, *any_of: Scope, touches: Touches) -> None:
        if not any_of:
            raise ValueError("an address names at least one scope")
        self.any_of = any_of
        self.touches = touches

    async def __call__(self, request: Request) -> Caller:  # async: nothing waits here, so no thread is needed
        caller = caller_of(request)
        if caller is None:
            raise unknown_caller()
        if not any(caller.has(scope) for scope in self.any_of):
            wanted = " or ".join(f"'{scope}'" for scope in self.any_of)
            raise ProblemError(
                "scope_missing",
                f"This needs the scope {wanted}; the caller has {', '.join(sorted(caller.scopes))}.",
                remedy="Ask whoever runs skillmatch for a key with that scope.",
            )
        if self.touches is Touches.SHARED and caller.restricted:
            raise ProblemError(
                "scope_missing",
                "This concerns what all units share, and the caller is bound to some of them.",
                remedy="Use a key without units.",
            )
        return caller


def needs(*any_of: Scope, touches: Touches) -> Any:
    """The dependency that lets callers with any one of these scopes in; problem 401 without a caller, 403 without one.

    ``admin`` holds every scope, so it is named only where nothing less will do. What is ``SHARED`` answers 403 to
    callers bound to units; of ``PEOPLE``, ``UNITS`` and ``OWN`` the handler shows each caller their part.
    """
    return Depends(Needs(*any_of, touches=touches))


ANY = tuple(Scope)
"""Every scope: for what is no secret inside an organisation, such as its skills, roles and catalogue."""

OPEN_TO_ALL = needs(*ANY, touches=Touches.NOTHING)
"""The dependency of addresses that show such things and change nothing."""


def caller_of(request: Request) -> Caller | None:
    """Whom the request comes from, as the gate in front of all addresses found; None when they proved nothing."""
    caller: Caller | None = request.scope.get("state", {}).get("caller")
    return caller


def unknown_caller() -> ProblemError:
    """The problem of a request that says nothing of whom it comes from."""
    return ProblemError(
        "unauthenticated",
        "The request carries no key and no token.",
        remedy="Send 'Authorization: Bearer KEY'; 'skillmatch keys create' makes a key.",
        headers={"WWW-Authenticate": 'Bearer realm="skillmatch"'},
    )


def needs_of(route: RouteContext) -> Needs | None:
    """What an address needs of its caller; None where it says nothing, which only addresses outside /v1 may."""
    return next(_needs_in(route.dependant), None)


def _needs_in(dependant: Any) -> Iterator[Needs]:
    for part in dependant.dependencies:
        if isinstance(part.call, Needs):
            yield part.call
        yield from _needs_in(part)


def visible_person(workspace: Workspace, caller: Caller, given: str) -> Person:
    """The person whom an id (ours or the customer's) means, if the caller may know of them.

    Else ``NotFoundError``, worded as for an id that nobody has: that somebody exists is not told either, and a caller
    who sees only some people is offered no near ids.
    """
    try:
        person = workspace.people.get(given, suggest=not caller.restricted)
    except (NotFoundError, ConflictError):
        if caller.restricted:
            raise NotFoundError("person", given) from None
        raise
    require_sight(caller, person, given)
    return person


def known_person(workspace: Workspace, caller: Caller, person_id: str) -> Person:
    """The person with exactly this id of ours, if the caller may know of them; else as :func:`visible_person`."""
    try:
        person = workspace.people.with_id(person_id)
    except NotFoundError:
        raise NotFoundError("person", person_id) from None
    require_sight(caller, person, person_id)
    return person


def require_sight(caller: Caller, person: PersonRecord, given: str) -> None:
    """Raise ``NotFoundError`` where a caller must not know of a person."""
    if not caller.sees(person):
        raise NotFoundError("person", given)

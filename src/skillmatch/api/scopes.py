"""Scopes on addresses: each says what a caller must be allowed, and shows each caller their own part of the people.

``caller: Annotated[Caller, needs(Scope.READ)]`` is all that a handler writes. A test fails for an address under /v1
that does not name its scopes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import Depends, Request
from fastapi.routing import RouteContext

from skillmatch.api.problems import ProblemError
from skillmatch.domain.caller import Caller, Scope
from skillmatch.domain.errors import ConflictError, NotFoundError
from skillmatch.domain.person import Person, PersonRecord
from skillmatch.service.workspace import Workspace


class Needs:
    """What an address needs of its caller: any one of some scopes. Gives the handler the caller."""

    def __init__(self, *any_of: Scope) -> None:
        if not any_of:
            raise ValueError("an address names at least one scope")
        self.any_of = any_of

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
        return caller


def needs(*any_of: Scope) -> Any:
    """The dependency that lets callers with any one of these scopes in; problem 401 without a caller, 403 without one.

    ``admin`` holds every scope, so it is named only where nothing less will do.
    """
    return Depends(Needs(*any_of))


ANY = tuple(Scope)
"""Every scope: for what is no secret inside an organisation, such as its skills, roles and catalogue."""


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


def scopes_of(route: RouteContext) -> tuple[Scope, ...]:
    """The scopes that open an address; empty when it names none, which only addresses outside /v1 may."""
    return next((need.any_of for need in _needs_in(route.dependant)), ())


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
        person = workspace.person(given, suggest=not caller.restricted)
    except (NotFoundError, ConflictError):
        if caller.restricted:
            raise NotFoundError("person", given) from None
        raise
    require_sight(caller, person, given)
    return person


def known_person(workspace: Workspace, caller: Caller, person_id: str) -> Person:
    """The person with exactly this id of ours, if the caller may know of them; else as :func:`visible_person`."""
    try:
        person = workspace.person_with_id(person_id)
    except NotFoundError:
        raise NotFoundError("person", person_id) from None
    require_sight(caller, person, person_id)
    return person


def require_sight(caller: Caller, person: PersonRecord, given: str) -> None:
    """Raise ``NotFoundError`` where a caller must not know of a person."""
    if not caller.sees(person):
        raise NotFoundError("person", given)


def require_unbound(caller: Caller, what: str) -> None:
    """Raise the problem 403 where a caller who may know of some people only wants ``what`` concerns everybody."""
    if caller.restricted:
        raise ProblemError(
            "scope_missing",
            f"A caller bound to some units may not {what}: it concerns all of them.",
            remedy="Use a key without units.",
        )

"""The gate in front of all addresses: from what a request carries to the caller that handlers are given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as Connection

from skillmatch.api.auth.scopes import unknown_caller
from skillmatch.api.http.problems import ProblemError, of_domain
from skillmatch.api.http.rates import Rates
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import SkillmatchError

ANYBODY = Caller("open", "Whoever can connect", frozenset({Scope.ADMIN}))
"""The caller where the server was started open."""

CLOSED_PART = "/v1/"
"""How the addresses begin that all name scopes; whoever proves nothing does not learn which of them there are."""

MAX_TOKEN = 16_384  # characters; no header that arrives is longer

CHECKED_AT_ONCE = 8
"""Tokens that are looked up at once: whoever sends made-up ones takes no thread of those that answer."""

_limiter: RunVar[CapacityLimiter] = RunVar("skillmatch-checkers")  # one for each loop
_REALM = 'Bearer realm="skillmatch"'


class Verifier(Protocol):
    """Tells whom the text behind ``Authorization: Bearer`` stands for; there is one for each sort of token."""

    def recall(self, token: str) -> Caller | None:
        """Whom a token stands for, if that was found out a moment ago; never waits for anything."""

    def verify(self, token: str) -> Caller | None:
        """Whom a token stands for; None for one of another sort. May wait for the disk or the network.

        Raises :func:`refused` for a token of its sort that proves nothing (any more).
        """


class Gate:
    """Finds out whom a request comes from, and lets each caller send only so many requests.

    A request without a token goes no further where every address names scopes (:data:`CLOSED_PART`), before a byte of
    its body is read; the page that explains the API and the probes it reaches without a caller. One with a token that
    proves nothing is refused here, whatever it asks for. With ``is_open`` everybody is :data:`ANYBODY`, and tokens are
    not looked at.
    """

    def __init__(self, app: ASGIApp, verifiers: Sequence[Verifier], rates: Rates, is_open: bool = False) -> None:
        self._app = app
        self._verifiers = tuple(verifiers)
        self._rates = rates
        self._open = is_open

    async def __call__(self, scope: Connection, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            caller = ANYBODY if self._open else await self._caller(scope)
            if caller is None:
                if scope["path"].startswith(CLOSED_PART):
                    raise unknown_caller()
                await self._app(scope, receive, send)
                return
            scope.setdefault("state", {})["caller"] = caller
            state = self._rates.take(caller)
            if state.refused:
                raise ProblemError(
                    "too_many_requests",
                    f"{state.quota:,} requests a minute are allowed, and they are used up.",
                    remedy=f"Wait {state.wait} s, and send requests evenly.",
                    headers={"Retry-After": str(state.wait), **state.headers},
                )
        except ProblemError as problem:
            await problem.response(scope)(scope, receive, send)
            return
        except SkillmatchError as error:  # the workspace cannot be read just now
            await of_domain(error, scope)(scope, receive, send)
            return

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in state.headers.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, send_counted)

    async def _caller(self, scope: Connection) -> Caller | None:
        given = Headers(scope=scope).getlist("authorization")
        if not given:
            return None
        scheme, _, token = given[0].partition(" ")
        token = token.strip()
        if len(given) > 1 or scheme.lower() != "bearer" or not token or len(token) > MAX_TOKEN:
            raise refused("The Authorization header is not of the form 'Bearer KEY'.")
        for verifier in self._verifiers:
            caller = verifier.recall(token)
            if caller is not None:
                return caller
        for verifier in self._verifiers:
            caller = await run_sync(verifier.verify, token, limiter=_checkers())
            if caller is not None:
                return caller
        raise refused("Nobody here knows this key or token.")


def _checkers() -> CapacityLimiter:
    try:
        return _limiter.get()
    except LookupError:
        _limiter.set(CapacityLimiter(CHECKED_AT_ONCE))
        return _limiter.get()


def refused(detail: str) -> ProblemError:
    """The problem of a request whose key or token proves nothing; ``detail`` must not repeat the token."""
    return ProblemError(
        "unauthenticated",
        detail,
        remedy="Send 'Authorization: Bearer KEY' with a valid key; 'skillmatch keys create' makes one.",
        headers={"WWW-Authenticate": f'{_REALM}, error="invalid_token"'},
    )

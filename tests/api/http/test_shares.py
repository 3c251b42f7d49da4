"""One caller's share: bodies that are half sent, requests that take long; nobody else notices."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.responses import JSONResponse
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmatch.api.http import arrivals
from skillmatch.api.http.arrivals import Room
from skillmatch.api.http.bodies import Body
from skillmatch.api.http.crowd import Crowd
from skillmatch.api.http.limits import LIMITS, Limits
from skillmatch.domain.access.caller import Caller
from skillmatch.domain.access.caller import Scope as Permission

SELF = Caller("key:self", "Ada", frozenset({Permission.SELF}), person_id="own/P-1")
HR = Caller("key:hr", "HR", frozenset({Permission.WRITE}))
ADMIN = Caller("key:admin", "Admin", frozenset({Permission.ADMIN}))
FEW = Limits(
    body_seconds=5.0,
    bodies=Room(each=4, own=2, all=6),
    uploads=Room(each=1, own=1, all=2, patient=True),
    at_once=5,
    each_at_once=3,
    own_at_once=1,
    each_waiting=4,
    own_waiting=2,
)

Answer = tuple[int, str]


def sent(app: ASGIApp, caller: Caller, body: bytes | None = b"{}", path: str = "/v1/x") -> Awaitable[Answer]:
    """Send a request; with ``body`` None half of one, and no more. Its status and the code of its problem."""

    async def run() -> Answer:
        answer: list[Message] = []
        given = [{"type": "http.request", "body": body or b"{", "more_body": body is None}]

        async def receive() -> Message:
            if not given:
                await asyncio.sleep(3_600)
            return given.pop()

        async def send(message: Message) -> None:
            answer.append(message)

        scope: Scope = {"type": "http", "method": "POST", "path": path, "headers": [], "state": {"caller": caller}}
        await app(scope, receive, send)
        return answer[0]["status"], json.loads(answer[1]["body"]).get("code", "")

    return asyncio.ensure_future(run())


async def at_once(scope: Scope, receive: Receive, send: Send) -> None:
    await JSONResponse({})(scope, receive, send)


def states(tasks: list[Any]) -> list[Answer | None]:
    """What was answered so far; None where nothing was."""
    return [task.result() if task.done() else None for task in tasks]


def trial(steps: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        await steps()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    asyncio.run(run())


def test_half_sent_bodies_of_one_caller_are_refused_and_hold_up_no_other() -> None:
    async def steps() -> None:
        app = Body(at_once, FEW)
        slow = [sent(app, SELF, None) for _ in range(20)]
        await asyncio.sleep(0.01)
        assert states(slow) == [None] * 2 + [(429, "too_many_bodies")] * 18
        assert await asyncio.gather(*(sent(app, ADMIN) for _ in range(50))) == [(200, "")] * 50

    trial(steps)


def test_slow_bodies_make_room_for_quick_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "QUICK_SECONDS", 0.0)

    async def steps() -> None:
        app = Body(at_once, FEW)
        slow = [sent(app, SELF, None) for _ in range(3)] + [sent(app, HR, None) for _ in range(4)]
        await asyncio.sleep(0.01)
        assert states(slow) == [(408, "body_too_slow"), *[None] * 6]
        assert await sent(app, SELF) == (200, "")
        sent(app, ADMIN, None)
        await asyncio.sleep(0.01)
        assert await sent(app, replace(ADMIN, id="key:4")) == (200, "")  # now there were six
        await asyncio.sleep(0.01)
        ended = [one is not None for one in states(slow)]
        assert (sum(ended[:3]), sum(ended[3:])) == (
            2,
            1,
        )  # of whoever comes; where all are too many, of whoever has most

    trial(steps)


def test_files_on_their_way_are_not_given_up_and_more_of_one_caller_are_refused() -> None:
    async def steps() -> None:
        app = Body(at_once, FEW)
        slow = [sent(app, caller, None, "/v1/imports") for caller in (HR, HR, ADMIN, replace(HR, id="key:3"))]
        await asyncio.sleep(0.05)
        assert states(slow) == [None, (429, "too_many_bodies"), None, (503, "busy")]

    trial(steps)


def test_requests_beyond_a_callers_share_wait_behind_their_own_and_then_are_refused() -> None:
    async def steps() -> None:
        held = asyncio.Event()
        began: list[str] = []

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            began.append(scope["state"]["caller"].id)
            await held.wait()
            await at_once(scope, receive, send)

        app = Crowd(slow, FEW)
        mine = [sent(app, SELF) for _ in range(4)]
        theirs = [sent(app, HR) for _ in range(4)]
        await asyncio.sleep(0.01)
        assert began == ["key:self"] + ["key:hr"] * 3
        assert states(mine) == [None] * 3 + [(429, "too_many_at_once")]
        assert await asyncio.gather(sent(app, replace(SELF, id="key:2")), _set(held)) == [(200, ""), None]
        assert await asyncio.gather(*mine[:3], *theirs) == [(200, "")] * 7
        assert app._shares == {} and app._now == 0

    async def _set(event: asyncio.Event) -> None:
        await asyncio.sleep(0.01)
        event.set()

    trial(steps)


def test_whoever_goes_while_they_wait_takes_no_turn_with_them() -> None:
    async def steps() -> None:
        held = asyncio.Event()

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            await held.wait()
            await at_once(scope, receive, send)

        app = Crowd(slow, FEW)
        tasks: list[Any] = [sent(app, SELF) for _ in range(3)]
        await asyncio.sleep(0.01)
        tasks[1].cancel()
        held.set()
        assert await asyncio.gather(tasks[0], tasks[2]) == [(200, "")] * 2
        assert app._shares == {} and app._now == 0

    trial(steps)


def test_a_share_leaves_places_and_bodies_to_others() -> None:
    assert LIMITS.each_at_once * 2 <= LIMITS.at_once and LIMITS.own_at_once * 2 <= LIMITS.each_at_once
    for room in (LIMITS.bodies, LIMITS.uploads):
        assert room.each * 2 <= room.all and room.own < room.each


def test_a_method_that_an_address_does_not_take_is_told_which_it_does(client: TestClient) -> None:
    for path, methods in (
        ("/v1/roles", "GET, POST"),
        ("/v1/webhooks", "GET, POST"),
        ("/v1/people/own/P-037", "DELETE, GET, PATCH, PUT"),
    ):
        refused = client.request("TRACE", path)
        assert (refused.status_code, refused.headers["allow"]) == (405, methods)


def test_answers_are_compressed_where_that_is_taken_and_saves_something(client: TestClient, app: FastAPI) -> None:
    with client.stream("GET", "/v1/roles", headers={"Accept-Encoding": "gzip"}) as zipped:
        raw = b"".join(zipped.iter_raw())
    plain = client.get("/v1/roles", headers={"Accept-Encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert json.loads(gzip.decompress(raw))["items"] == plain.json()["items"]
    assert len(raw) < len(plain.content) / 2
    assert "Accept-Encoding" in zipped.headers["vary"] and "Accept-Encoding" in plain.headers["vary"]
    small = client.get("/health", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in small.headers

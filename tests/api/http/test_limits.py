"""Limits: too large, too deep, too slow, too many, too long; each said in time and as a problem."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmatch.api.http.bodies import Body
from skillmatch.api.http.crowd import Crowd
from skillmatch.api.http.limits import AnswerTime, HeaderLimit, Limits
from skillmatch.api.http.nesting import nested_deeper
from skillmatch.api.http.problems import ProblemError

FILE = "/v1/imports"
SMALL = Limits(
    header_bytes=500,
    headers=10,
    body_bytes=100,
    file_bytes=1_000,
    depth=5,
    body_seconds=0.2,
    file_seconds=1.0,
    pause_seconds=0.2,
    answer_seconds=0.2,
    at_once=2,
)


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the size of the body; problems raised while it is read become answers, as in the application."""
    request = Request(scope, receive)
    try:
        response: Response = JSONResponse({"read": len(await request.body())})
    except ProblemError as problem:
        response = problem.response(scope)
    await response(scope, receive, send)


def call(
    app: ASGIApp,
    *pieces: bytes,
    path: str = "/v1/x",
    headers: dict[str, str] | None = None,
    pause: float = 0.0,
    endless: bool = False,
) -> tuple[int, dict[str, Any]]:
    """Send a request whose body comes in pieces, ``pause`` seconds apart; ``endless`` ones never say they are done."""

    async def run() -> tuple[int, dict[str, Any]]:
        return await exchange(app, *pieces, path=path, headers=headers, pause=pause, endless=endless)

    return asyncio.run(run())


async def exchange(
    app: ASGIApp,
    *pieces: bytes,
    path: str = "/v1/x",
    headers: dict[str, str] | None = None,
    pause: float = 0.0,
    endless: bool = False,
) -> tuple[int, dict[str, Any]]:
    waiting = list(pieces or (b"",))
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(pause)
        if not waiting:
            await asyncio.sleep(60)
        piece = waiting.pop(0)
        return {"type": "http.request", "body": piece, "more_body": endless or bool(waiting)}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
    }
    await app(scope, receive, send)
    starts = [message for message in sent if message["type"] == "http.response.start"]
    assert len(starts) == 1
    body = b"".join(message.get("body", b"") for message in sent)
    return starts[0]["status"], json.loads(body)


def test_a_body_within_the_limits_arrives_whole() -> None:
    assert call(Body(echo, SMALL), b"a" * 60, b"b" * 40) == (200, {"read": 100})
    assert call(Body(echo, SMALL), b"a" * 600, b"b" * 400, path=FILE) == (200, {"read": 1_000})


@pytest.mark.parametrize(("path", "most"), [("/v1/x", 100), (FILE, 1_000), (FILE + "/", 100), ("/v1/imports2", 100)])
def test_a_body_too_large_is_refused_however_it_is_declared(path: str, most: int) -> None:
    app = Body(echo, SMALL)
    for headers in ({}, {"Content-Length": "5"}, {"Content-Length": str(most + 1)}, {"Content-Length": "9" * 400}):
        status, problem = call(app, b"x" * 60, b"x" * (most - 59), path=path, headers=headers)
        assert (status, problem["code"]) == (413, "body_too_large")
        assert f"{most:,}" in problem["detail"]


def test_a_body_without_end_is_refused_as_soon_as_it_is_too_large() -> None:
    for path, times in (("/v1/x", 3), (FILE, 30)):
        assert call(Body(echo, SMALL), *[b"x" * 50] * times, path=path, endless=True)[0] == 413


def test_a_body_that_stops_is_waited_for_only_so_long() -> None:
    for path in ("/v1/x", FILE):
        status, problem = call(Body(echo, SMALL), b"{", path=path, endless=True)
        assert (status, problem["code"]) == (408, "body_too_slow")


def test_a_body_that_trickles_must_be_there_in_time_and_a_file_must_only_not_pause() -> None:
    trickle = [b"x"] * 8
    assert call(Body(echo, SMALL), *trickle, pause=0.05)[0] == 408
    assert call(Body(echo, SMALL), *trickle, path=FILE, pause=0.05)[0] == 200
    assert call(Body(echo, SMALL), *[b"x"] * 40, path=FILE, pause=0.05)[0] == 408


def test_a_client_that_has_gone_is_not_answered() -> None:
    async def run() -> None:
        async def receive() -> Message:
            return {"type": "http.disconnect"}

        async def send(_: Message) -> None:
            raise AssertionError("nobody listens")

        scope: Scope = {"type": "http", "method": "POST", "path": "/v1/x", "headers": []}
        await Body(echo, SMALL)(scope, receive, send)

    asyncio.run(run())


@pytest.mark.parametrize(
    "deep", ["[" * 6, "[" * 6 + "]" * 6, '{"a":' * 6 + "1" + "}" * 6, '[{"a":' * 3 + "1" + "}]" * 3]
)
def test_a_body_too_deep_meets_no_parser(deep: str) -> None:
    status, problem = call(Body(echo, SMALL), deep.encode())
    assert (status, problem["code"]) == (400, "body_too_deep")


def nests(depth: int) -> st.SearchStrategy[Any]:
    return st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(alphabet='[]{}"\\ab\n', max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet='[{"\\', max_size=3), inner, max_size=3)
        ),
        max_leaves=depth,
    )


def depth_of(value: Any) -> int:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if parts is None else 1 + max(map(depth_of, parts), default=0)


@given(nests(30), st.integers(0, 6), st.sampled_from([None, 1]))
def test_depth_is_that_of_the_value_whatever_its_strings_hold(value: Any, most: int, indent: int | None) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False).encode()
    assert nested_deeper(text, most) is (depth_of(value) > most)


@pytest.mark.parametrize("piece", [b"[", b"{", b'[{"a":', b"[]", b"[[]", b'"[', b'\\"', b"[}", b"]"])
def test_a_megabyte_of_anything_is_looked_through_in_one_go(piece: bytes) -> None:
    nested_deeper(piece * (1024 * 1024 // len(piece)), 40)  # ends; how fast is measured in benchmarks


def test_headers_and_addresses_too_large_are_refused() -> None:
    app = HeaderLimit(echo, SMALL)
    assert call(app)[0] == 200
    for headers, path in (
        ({"X-A": "x" * 500}, "/v1/x"),
        ({f"X-{number}": "1" for number in range(11)}, "/v1/x"),
        ({}, "/v1/" + "x" * 500),
    ):
        status, problem = call(app, headers=headers, path=path)
        assert (status, problem["code"]) == (431, "headers_too_large")


def slow(seconds: float) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(seconds)
        await echo(scope, receive, send)

    return app


def test_a_crowd_is_told_to_come_back_and_probes_are_answered_all_the_same() -> None:
    async def run() -> list[int]:
        app = Crowd(slow(0.1), SMALL)
        answers = await asyncio.gather(*(exchange(app, path=path) for path in ["/v1/x"] * 4 + ["/health"]))
        later = await exchange(app)
        return [status for status, _ in (*answers, later)]

    assert asyncio.run(run()) == [200, 200, 503, 503, 200, 200]


def test_an_answer_that_takes_too_long_is_given_up_and_what_was_begun_goes_on() -> None:
    ended = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0.4)
        await echo(scope, receive, send)  # goes nowhere
        ended.append(True)

    async def run() -> tuple[int, dict[str, Any]]:
        answer = await exchange(AnswerTime(app, SMALL))
        assert ended == []
        await asyncio.sleep(0.4)
        return answer

    status, problem = asyncio.run(run())
    assert (status, problem["code"], ended) == (503, "took_too_long", [True])


def test_an_answer_that_has_begun_is_not_cut_off_and_faults_come_through() -> None:
    async def streams(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(0.4)
        await send({"type": "http.response.body", "body": b"{}"})

    assert call(AnswerTime(streams, SMALL)) == (200, {})

    async def breaks(_: Scope, __: Receive, ___: Send) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        call(AnswerTime(breaks, SMALL))

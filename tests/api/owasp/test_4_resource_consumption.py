"""API4:2023 Unrestricted resource consumption: every operation has its limits, and strangers cost next to nothing.

How bodies, headers and slow connections are limited is tried piece by piece in ``test_limits.py``, ``test_protocol.py``
and ``test_rates.py``; ten thousand idempotency keys in ``bad_input/test_many_keys.py``; here all of it meets every
address.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Message

from skillmatch.api.app import create_app
from skillmatch.api.http.limits import LIMITS
from skillmatch.api.http.rates import Rates
from skillmatch.api.kit.cursors import MAX_LIMIT
from skillmatch.api.openapi.description import resolve
from skillmatch.api.openapi.operations import address
from skillmatch.domain.access.job import JobKind
from skillmatch.domain.base.errors import ConflictError
from skillmatch.service.jobs.jobs import MOST_WAITING
from skillmatch.service.workspace import Workspace

from ..calls import ALL, DOCUMENT, PERSON, Call, placed, places, problem_code, with_things

WITH_BODY = [name for name, call in ALL.items() if call.body_schema is not None]
PIECE = b"x" * 65_536


def taken(call: Call, client: TestClient) -> tuple[int, int]:
    """Send a body without end in place of a call's own: the status of the answer, and how many bytes were taken."""
    read = 0
    statuses: list[int] = []

    async def receive() -> Message:
        nonlocal read
        read += len(PIECE)
        assert read < 10 * LIMITS.file_bytes
        return {"type": "http.request", "body": PIECE, "more_body": True}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    where, _, query = address(call.spec, call.path, call.given).partition("?")
    kind = "text/csv" if call.content is not None else "application/json"
    headers = {"host": "127.0.0.1", "content-type": kind, **{name: client.headers[name] for name in client.headers}}
    scope = {
        "type": "http",
        "method": call.method,
        "path": unquote(where),
        "raw_path": where.encode(),
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
    }
    asyncio.run(client.app(scope, receive, send))  # type: ignore[arg-type]
    (status,) = statuses
    return status, read


@pytest.mark.parametrize("operation", WITH_BODY)
def test_a_body_too_large_or_too_deep_reaches_no_handler(victim: Workspace, admin: TestClient, operation: str) -> None:
    call = with_things(ALL[operation], victim)
    status, read = taken(call, admin)
    assert (status, read) == (413, LIMITS.body_bytes + len(PIECE))
    deep = b"[" * (LIMITS.depth + 1) + b"]" * (LIMITS.depth + 1)
    for content in (deep, b'{"a":' * 90_000, b'{"scenario":' + deep + b"}"):
        assert problem_code(call.send(admin, content=content)) == "body_too_deep"


@pytest.mark.parametrize("operation", [name for name, call in ALL.items() if call.method != "GET"])
def test_of_what_a_stranger_sends_nothing_is_read(keyed: Callable[..., TestClient], operation: str) -> None:
    assert taken(ALL[operation], keyed()) == (401, 0)


def test_whoever_may_not_import_fills_no_disk(keyed: Callable[..., TestClient]) -> None:
    call = ALL["import_file"]
    for client in (keyed("self", person=PERSON), keyed("report"), keyed("write", units=["Care homes"])):
        assert taken(call, client) == (413, LIMITS.body_bytes + len(PIECE))
        assert problem_code(call.send(client)) == "scope_missing"


def unlimited(schema: Mapping[str, Any], way: str) -> Iterator[str]:
    """Where a schema takes texts, lists or numbers of any size."""
    kind = resolve(schema, DOCUMENT)
    for part in kind.get("anyOf", ()):
        yield from unlimited(part, way)
    match kind.get("type"):
        case "string":
            if not {"maxLength", "enum", "format", "const"} & kind.keys():
                yield f"{way} (text)"
        case "array":
            if "maxItems" not in kind:
                yield f"{way} (list)"
            yield from unlimited(kind["items"], f"{way}/0")
        case "object":
            for name, part in kind.get("properties", {}).items():
                yield from unlimited(part, f"{way}/{name}")


@pytest.mark.parametrize("operation", ALL)
def test_every_text_and_list_that_is_taken_has_its_limit(operation: str) -> None:
    call = ALL[operation]
    found = [] if call.body_schema is None else list(unlimited(call.body_schema, "#"))
    for part in call.parameters("path", "query", "header"):
        schema = part["schema"]
        inner = [resolve(one, DOCUMENT) for one in schema.get("anyOf", [schema])]
        # the length of a query is that of the headers, which have a limit; only lists in it are many things at once
        found += [part["name"] for one in inner if one.get("type") == "array" and "maxItems" not in one]
        if part["in"] == "path":
            found += list(unlimited(schema, part["name"]))
    assert found == []


@pytest.mark.parametrize(
    "operation",
    [name for name, call in ALL.items() if any(part["name"] == "limit" for part in call.parameters("query"))],
)
def test_pages_and_lists_end_somewhere(admin: TestClient, operation: str) -> None:
    for limit in (MAX_LIMIT + 1, 10**9, 10**30, 0, -1):
        assert ALL[operation].send(admin, given={"limit": str(limit)}).status_code == 422
    assert ALL[operation].send(admin, given={"limit": str(MAX_LIMIT)}).is_success


@pytest.mark.parametrize("operation", [name for name in WITH_BODY if "extract" not in name])
def test_a_list_longer_than_its_limit_is_refused_before_any_work(
    victim: Workspace, admin: TestClient, operation: str
) -> None:
    call = with_things(ALL[operation], victim)
    for place in places(call):
        if "maxItems" in place.schema and place.value:
            sent = placed(call.body, place.way, [place.value[0]] * (place.schema["maxItems"] + 1))
            response = call.send(admin, body=sent)
            assert response.status_code in (413, 422), str(place)
        if "maxLength" in place.schema:
            sent = placed(call.body, place.way, "x" * (place.schema["maxLength"] + 1))
            assert call.send(admin, body=sent).status_code == 422, str(place)


def test_every_operation_is_counted(victim: Workspace, client_of: Callable[..., TestClient]) -> None:
    app: FastAPI = create_app(victim, allow_remote=False, rates=Rates(len(ALL) + 1, lambda: 0.0))
    client = client_of(app)
    client.headers["Authorization"] = f"Bearer {victim.keys.create('counted', ['report'], by='test').text}"
    for call in ALL.values():
        response = call.send(client)
        assert "ratelimit" in response.headers, call.id
    client.get("/v1/nothing")
    for call in ALL.values():
        refused = call.send(client)
        assert (refused.status_code, problem_code(refused)) == (429, "too_many_requests")
        assert int(refused.headers["retry-after"]) >= 1


def test_only_so_many_jobs_wait_at_once(own: Workspace) -> None:
    given = {"scenario": ALL["solve_plan"].body["scenario"]}
    for _ in range(MOST_WAITING):
        own.jobs.submit(JobKind.PLAN, given, by="key:1")
    with pytest.raises(ConflictError, match="wait"):
        own.jobs.submit(JobKind.PLAN, given, by="key:1")
    own.jobs.submit(JobKind.PLAN, given, by="key:2")  # nobody else is kept out

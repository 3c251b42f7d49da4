"""Line ends in what becomes a header, and requests that two servers would take for different ones."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.http.access import OPEN
from skillmatch.api.server.process import HEADER_BYTES
from skillmatch.api.server.protocol import Protocol
from skillmatch.api.server.serve import listen
from skillmatch.service.workspace import Workspace

LINES = [
    "a\r\nSet-Cookie: x=1",
    "a\nX: y",
    "a\rX: y",
    "\r\n\r\n<html>",
    "a\u2028X: y",
    "a\x85X: y",
    "a\x0bX",
    "a\u010d\u010aX: y",
]


@pytest.mark.parametrize("text", LINES)
def test_no_id_becomes_a_header_of_its_own(own_client: TestClient, text: str) -> None:
    made = own_client.post("/v1/people", json={"external_id": text, "name": text, "unit": text})
    assert made.status_code in (201, 422)
    assert not {"set-cookie", "x"} & set(made.headers.keys())
    if made.status_code == 201:
        where = made.headers["location"]
        assert where.isascii() and where.isprintable() and " " not in where
        assert own_client.get(where).json()["external_id"] == text
        page = own_client.get("/v1/people", params={"limit": 1, "unit": text})
        assert "\n" not in page.headers.get("link", "")
    put = own_client.request("PUT", "/v1/people/own/x", params={"a": text}, json={"name": text})
    assert put.status_code in (201, 422)
    assert not {"set-cookie", "x"} & set(put.headers.keys())


@pytest.mark.parametrize(
    "text", ["a%0d%0aSet-Cookie:%20x=1", "%0d%0a%0d%0a", "a%0aX:%20y", "%E2%80%A8", "%C4%8D%C4%8AX:y"]
)
def test_no_escape_in_an_address_becomes_a_header(client: TestClient, text: str) -> None:
    for path in (f"/v1/people/own/{text}", f"/docs/try/get_person?source=own&external_id={text}", f"/{text}"):
        response = client.get(path, follow_redirects=False)
        assert not {"set-cookie", "x"} & set(response.headers.keys())
        assert "\r" not in response.headers.get("location", "") and "\n" not in response.headers.get("location", "")
    for path in (f"/v1/people?limit=1&unit={text}", f"/v1/people?limit=1&x={text}", f"/v1/skills?q={text}&limit=1"):
        link = client.get(path).headers.get("link", "")
        assert link.isascii() and link.isprintable()


@pytest.mark.parametrize(
    "given", ["x" * 5_000, "a b", "0123456789abcdef;x", '"><script>', "0123456789abcdeg", "é" * 20]
)
def test_a_request_id_is_ours_unless_it_is_plain(client: TestClient, given: str) -> None:
    answer = client.get("/v1/nothing", headers=[("X-Request-Id", given.encode("latin-1"))])
    assert answer.headers["x-request-id"] != given
    assert len(answer.headers["x-request-id"]) == 32


@pytest.fixture(scope="module")
def address(demo: Workspace) -> Iterator[tuple[str, int]]:
    """A server on a port, as it is in earnest."""
    app = create_app(demo, access=OPEN, allow_remote=False)
    config = uvicorn.Config(
        app, http=Protocol, ws="none", log_config=None, server_header=False, h11_max_incomplete_event_size=HEADER_BYTES
    )
    server = uvicorn.Server(config)
    with listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield listener.getsockname()
        server.should_exit = True
        thread.join(20)


def answered(address: tuple[str, int], request: bytes) -> bytes:
    """Everything that comes back until the server hangs up or says nothing more."""
    with socket.create_connection(address, timeout=3) as link:
        link.sendall(request)
        found = b""
        try:
            while piece := link.recv(65_536):
                found += piece
        except TimeoutError:
            pass
        return found


HOST = b"Host: 127.0.0.1\r\n"
BODY = b'{"texts":["x"]}'
SMUGGLED = b"GET /v1/people HTTP/1.1\r\n" + HOST + b"\r\n"


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 5\r\nContent-Length: 15\r\n",
        b"Content-Length: 5, 15\r\n",
        b"Content-Length: +15\r\n",
        b"Content-Length: 0x0f\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 15\r\nTransfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Content-Length : 15\r\n",
        b"X: a\x00b\r\nContent-Length: 15\r\n",
        b"X\x01: y\r\nContent-Length: 15\r\n",
        b": nameless\r\nContent-Length: 15\r\n",
        b"no colon\r\nContent-Length: 15\r\n",
    ],
)
def test_a_request_of_two_meanings_is_refused_and_nothing_behind_it_read(address: tuple[str, int], head: bytes) -> None:
    request = b"POST /v1/skills/normalise HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n" + head + b"\r\n"
    said = answered(address, request + BODY + SMUGGLED)
    assert said.startswith((b"HTTP/1.1 400", b"HTTP/1.1 501")), said[:200]
    assert said.count(b"HTTP/1.1 ") == 1
    assert json.loads(said.partition(b"\r\n\r\n")[2])["request_id"]


def test_what_a_length_and_chunks_both_tell_is_not_read_twice(address: tuple[str, int]) -> None:
    """Chunks win (RFC 9112, 6.3); what a proxy that goes by the length would take for a second request is not one."""
    head = b"POST /v1/skills/normalise HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\nContent-Length: 5\r\n"
    head += b"Connection: close\r\n"
    chunked = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(BODY) + BODY + b"\r\n0\r\n\r\n"
    said = answered(address, head + chunked)
    assert said.count(b"HTTP/1.1 ") == 1
    assert said.startswith((b"HTTP/1.1 200", b"HTTP/1.1 400"))


def test_a_second_host_is_refused(address: tuple[str, int]) -> None:
    said = answered(address, b"GET /v1/people HTTP/1.1\r\n" + HOST + b"Host: evil.example\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 400")

"""On the wire: headers too large, headers that never end, connections that never speak, what is no HTTP."""

from __future__ import annotations

import gc
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from skillmatch.api.server.process import HEADER_BYTES
from skillmatch.api.server.protocol import Protocol
from skillmatch.api.server.serve import listen


class Impatient(Protocol):
    header_seconds = 0.4


async def fine(_: Scope, __: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture(scope="module")
def dial() -> Iterator[Callable[[], socket.socket]]:
    """Connects to a server of three connections at most."""
    config = uvicorn.Config(
        fine,
        http=Impatient,
        ws="none",
        lifespan="off",
        log_config=None,
        h11_max_incomplete_event_size=HEADER_BYTES,
        timeout_keep_alive=1,
    )
    server = uvicorn.Server(config)
    with listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        address = listener.getsockname()
        yield lambda: socket.create_connection(address, timeout=10)
        server.should_exit = True
        thread.join(10)


def all_of(connection: socket.socket) -> bytes:
    """Everything until the server hangs up."""
    found = b""
    while piece := connection.recv(65_536):
        found += piece
    return found


def problem_in(answer: bytes) -> tuple[int, str]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head
    problem = json.loads(body)
    assert int(head.split()[1]) == problem["status"]
    assert problem["request_id"]
    return problem["status"], problem["code"]


def test_headers_beyond_what_is_held_are_said_to_be_too_large(dial: Callable[[], socket.socket]) -> None:
    with dial() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-A: " + b"x" * (HEADER_BYTES + 10))
        assert problem_in(all_of(connection)) == (431, "headers_too_large")


@pytest.mark.parametrize(
    "words", [b"hello\r\n\r\n", b"GET / HTTP/9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n"]
)
def test_what_is_no_http_is_told_so(dial: Callable[[], socket.socket], words: bytes) -> None:
    with dial() as connection:
        connection.sendall(words)
        assert problem_in(all_of(connection)) == (400, "malformed_header")


@pytest.mark.parametrize("first", [b"G", b"GET / HTTP/1.1\r\nHost: x\r\n"])
def test_headers_that_never_end_are_given_up_though_bytes_trickle(
    dial: Callable[[], socket.socket], first: bytes
) -> None:
    with dial() as connection:
        connection.sendall(first)
        time.sleep(0.2)
        connection.sendall(b"E" if first == b"G" else b"X")
        assert problem_in(all_of(connection)) == (408, "body_too_slow")


def test_a_connection_that_never_speaks_is_closed(dial: Callable[[], socket.socket]) -> None:
    with dial() as connection:
        assert all_of(connection) == b""


def test_others_are_answered_while_two_hundred_crawl(dial: Callable[[], socket.socket]) -> None:
    crowd = [dial() for _ in range(200)]
    for connection in crowd:
        connection.sendall(b"GET / HTTP/1.1\r\nHost")
    with dial() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert all_of(connection).endswith(b"ok")
    for connection in crowd:
        connection.close()


def test_the_body_of_an_answer_does_not_wait_for_the_client(dial: Callable[[], socket.socket]) -> None:
    def links() -> set[socket.socket]:
        found = {item for item in gc.get_objects() if isinstance(item, Protocol) and not item.transport.is_closing()}
        return {protocol.transport.get_extra_info("socket") for protocol in found}

    with dial() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
        here = connection.getsockname()
        (ours,) = [link for link in links() if link.getpeername() == here]
        assert ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_one_connection_asks_again_and_again(dial: Callable[[], socket.socket]) -> None:
    with dial() as connection:
        for _ in range(3):
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            time.sleep(0.3)
            assert connection.recv(65_536).startswith(b"HTTP/1.1 200")


class Small(Impatient):
    deaf_seconds = 0.4


async def large(_: Scope, __: Receive, send: Send) -> None:
    """Answers before it has read anything, with more than any buffer between two programs holds."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"80000000")]})
    await send({"type": "http.response.body", "body": b"x" * 80_000_000})


@pytest.fixture(scope="module")
def dial_few() -> Iterator[Callable[[], socket.socket]]:
    """Connects to a server of ten connections at most, whose answers are large."""
    config = uvicorn.Config(large, http=Small, ws="none", lifespan="off", log_config=None, limit_concurrency=10)
    server = uvicorn.Server(config)
    with listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        address = listener.getsockname()
        yield lambda: socket.create_connection(address, timeout=10)
        server.should_exit = True
        thread.join(10)


def test_whoever_does_not_read_their_answer_is_left(dial_few: Callable[[], socket.socket]) -> None:
    with dial_few() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(1.0)
        try:
            read = len(all_of(connection))
        except ConnectionResetError:
            return
        assert read < 80_000_000


def test_connections_that_wait_for_nothing_make_room_for_others(dial_few: Callable[[], socket.socket]) -> None:
    crowd = [dial_few() for _ in range(30)]
    for connection in crowd:
        connection.sendall(b"GET / HTTP/1.1\r\nHost")
    with dial_few() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(12) == b"HTTP/1.1 200"
    for connection in crowd:
        connection.close()


def test_the_rest_of_a_body_that_was_answered_is_not_waited_for_without_end(dial: Callable[[], socket.socket]) -> None:
    with dial() as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
        with pytest.raises(OSError):  # whether what is sent comes too late or what is read ends
            while True:
                connection.sendall(b"x")
                time.sleep(0.1)
                connection.settimeout(0.05)
                try:
                    if not connection.recv(10):
                        raise OSError
                except TimeoutError:
                    continue

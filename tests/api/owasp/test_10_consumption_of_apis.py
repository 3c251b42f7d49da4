"""API10:2023 Unsafe consumption of APIs: issuers of tokens and listeners of webhooks that answer with malice.

How key sets and claims of a wrong form are refused, one by one, stands in ``test_tokens.py``.
"""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import RSAKey
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.auth import token_keys
from skillmatch.api.auth.token_keys import IssuerKeys, KeysUnavailableError, fetch
from skillmatch.api.auth.token_settings import PREFIX
from skillmatch.service.access import outbound
from skillmatch.service.access.outbound import HOSTS, NoConnectionError, Origins
from skillmatch.service.workspace import Workspace

KEY = RSAKey.generate_key(2048, {"kid": "k"})
SOUND = json.dumps({"keys": [KEY.as_dict(private=False)]}).encode()
OK = b"HTTP/1.1 200 OK\r\n"


class Peer:
    """Somebody on the other side who sends what they like, as slowly as they like."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.pieces: Callable[[], Iterator[bytes]] = lambda: iter(())
        self.called = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._socket.accept()
            except OSError:
                return
            self.called += 1
            threading.Thread(target=self._answer, args=(link,), daemon=True).start()

    def _answer(self, link: socket.socket) -> None:
        with link:
            try:
                link.recv(65_536)
                for piece in self.pieces():
                    link.sendall(piece)
            except OSError:
                return  # they hung up, as they should

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def peer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Peer]:
    """The other side, and our patience made short."""
    monkeypatch.setattr(token_keys, "PATIENCE", 0.3)
    monkeypatch.setattr(token_keys, "MOST_SECONDS", 0.6)
    monkeypatch.setattr(outbound, "PATIENCE", 0.3)
    made = Peer()
    yield made
    made.close()


def trickle(begin: bytes, piece: bytes, pause: float = 0.05) -> Iterator[bytes]:
    yield begin
    while True:
        time.sleep(pause)
        yield piece


def endless(begin: bytes, piece: bytes) -> Iterator[bytes]:
    yield begin
    while True:
        yield piece * 1_000


MALICE: dict[str, Callable[[], Iterator[bytes]]] = {
    "nothing": lambda: iter(()),
    "no HTTP": lambda: iter([b"\x00\xff\x16\x03 hello\r\n\r\n"]),
    "an endless status line": lambda: endless(b"HTTP/1.1 200 ", b"x"),
    "an endless header": lambda: endless(OK + b"X: ", b"x"),
    "headers without end": lambda: endless(OK, b"X-A: b\r\n"),
    "headers that trickle": lambda: trickle(OK, b"X: y\r\n"),
    "a body that trickles": lambda: trickle(OK + b"\r\n", b" "),
    "a body that stops": lambda: trickle(OK + b"Content-Length: 5000\r\n\r\n{", b"", 1.0),
    "a body without end": lambda: endless(OK + b"\r\n", b" "),
    "chunks without end": lambda: endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "chunks of a wrong size": lambda: iter([OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx"]),
    "a length that is none": lambda: iter([OK + b"Content-Length: -1\r\n\r\n{}"]),
    "a redirect to a file": lambda: iter([b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n"]),
    "a redirect inside": lambda: iter([b"HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:1/\r\n\r\n"]),
    "a bomb": lambda: iter([OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b" " * 50_000_000)]),
    "many 100s": lambda: endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "an error": lambda: iter([b"HTTP/1.1 500 Oops\r\nContent-Length: 2\r\n\r\n{}"]),
    "a page": lambda: iter([OK + b"\r\n<html>log in</html>"]),
    "a text": lambda: iter([OK + b'\r\n"keys"']),
    "keys of a wrong kind": lambda: iter([OK + b'\r\n{"keys": {"kid": "k"}}']),
    "depth": lambda: iter([OK + b"\r\n" + b"[" * 200_000]),
    "bytes that are no text": lambda: iter([OK + b"\r\n\xff\xfe\x00"]),
    "a million keys": lambda: iter([OK + b'\r\n{"keys":[' + b"{}," * 80_000 + b"{}]}"]),
    "an endless number": lambda: iter([OK + b'\r\n{"keys":' + b"9" * 200_000 + b"}"]),
}


@pytest.mark.parametrize("malice", MALICE)
def test_an_issuer_may_answer_what_it_likes_and_nobody_gets_in_or_waits_long(peer: Peer, malice: str) -> None:
    peer.pieces = MALICE[malice]
    keys = IssuerKeys(lambda: fetch(f"{peer.address}/keys"), lambda: 0.0)
    for _ in range(3):
        with pytest.raises(KeysUnavailableError):
            keys.find("k", "RS256")
    assert peer.called == 1  # and is not asked again at once


def test_a_sound_issuer_is_read_and_a_malicious_one_later_takes_nothing_away(peer: Peer) -> None:
    now = 0.0
    peer.pieces = lambda: iter([OK + b"Content-Length: %d\r\n\r\n" % len(SOUND) + SOUND])
    keys = IssuerKeys(lambda: fetch(f"{peer.address}/keys?a=b"), lambda: now)
    assert keys.find("k", "RS256") is not None
    peer.pieces = MALICE["a body without end"]
    now += token_keys.LOOK_AGAIN
    assert keys.find("other", "RS256") is None
    assert keys.find("k", "RS256") is not None


def test_callers_with_keys_are_answered_while_the_issuer_trickles(
    own: Workspace, client_of: Callable[..., TestClient], peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the whole application: a token is answered 503 with a time to come back, a key as always."""
    peer.pieces = MALICE["headers that trickle"]
    for name, value in (("ISSUER", "https://i.example"), ("AUDIENCE", "a"), ("KEYS", f"{peer.address}/keys")):
        monkeypatch.setenv(PREFIX + name, value if name != "KEYS" else "https://i.example/keys")
    monkeypatch.setattr(token_keys, "loader", lambda settings: lambda: fetch(f"{peer.address}/keys"))
    monkeypatch.setattr("skillmatch.api.auth.tokens.loader", token_keys.loader)
    client = client_of(create_app(own, allow_remote=False))
    key = own.keys.create("key", ["read"], by="test").text
    token = jws.serialize_compact({"alg": "RS256", "kid": "k"}, b"{}", KEY, algorithms=["RS256"])
    answers: list[Any] = []

    def with_token() -> None:
        answers.append(client.get("/v1/people", headers={"Authorization": f"Bearer {token}"}))

    waiting = threading.Thread(target=with_token)
    waiting.start()
    assert client.get("/v1/people", headers={"Authorization": f"Bearer {key}"}).status_code == 200
    waiting.join(20)
    (refused,) = answers
    assert (refused.status_code, refused.json()["code"]) == (503, "issuer_unavailable")
    assert int(refused.headers["retry-after"]) >= 1


@pytest.mark.parametrize("malice", [name for name in MALICE if name not in ("an error", "a page", "a text")])
def test_a_listener_may_answer_what_it_likes_and_is_left_in_time(peer: Peer, malice: str) -> None:
    """Of an answer only its status is read, whatever follows."""
    peer.pieces = MALICE[malice]
    origins = Origins.read({HOSTS: peer.address})
    try:
        assert outbound.post(f"{peer.address}/in", b"{}", {}, origins) in (200, 302, 307)
    except NoConnectionError as error:
        assert error.reason in ("no_http", "timeout", "unreachable")
    assert peer.called == 1

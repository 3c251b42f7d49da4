"""The protocol on the wire: uvicorn's, which also gives up on clients that never end what they say or never listen.

It answers headers that are too large with a problem. Where there are as many connections as are taken, one that waits
for nothing makes room.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import uuid

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from skillmatch.api.http.problems import KINDS, MEDIA_TYPE, problem_response

HEADER_SECONDS = 10.0
"""Seconds for the headers of a request to arrive, from the first byte on or from the connection; and for the rest of a
body that was answered before it had come."""

DEAF_SECONDS = 30.0
"""Seconds for a client to take something of its answer, before the connection is broken off."""


class Protocol(H11Protocol):
    """One connection."""

    header_seconds = HEADER_SECONDS
    deaf_seconds = DEAF_SECONDS
    _deadline: asyncio.TimerHandle | None = None
    _deaf: asyncio.TimerHandle | None = None
    _since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._since = self.loop.time()
        self._make_room()
        link = transport.get_extra_info("socket")
        if link is not None and link.family in (socket.AF_INET, socket.AF_INET6):
            # Else the body of an answer waits 40 ms for the client to acknowledge its headers.
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wait_for_headers()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._see_whom_it_waits_for()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._since = self.loop.time()
        self._see_whom_it_waits_for()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._deaf = self.loop.call_later(self.deaf_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        self._hears()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self._hears()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the words are ours
        """Answer what is no HTTP, or has headers larger than anybody needs, and hang up."""
        error = sys.exc_info()[1]
        hint = error.error_status_hint if isinstance(error, h11.RemoteProtocolError) else 400
        if hint == 431:
            self._refuse("headers_too_large", "The headers have more bytes than are taken.")
        else:
            self._refuse("malformed_header", "This is no request in HTTP/1.1.")

    def _header_is_missing(self) -> bool:
        """Whether part of a request's headers has come, and the rest not yet."""
        return self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0])

    def _body_is_left_over(self) -> bool:
        """Whether a request was answered before all of its body had come: what still comes is thrown away."""
        return self.conn.our_state is h11.DONE and self.conn.their_state is h11.SEND_BODY

    def _see_whom_it_waits_for(self) -> None:
        if self._header_is_missing() or self._body_is_left_over():
            self._wait_for_headers()
        else:
            self._stop_waiting()

    def _make_room(self) -> None:
        """Where there are too many connections, close the oldest on which no request is being made or answered."""
        if self.limit_concurrency is None or len(self.connections) < self.limit_concurrency:
            return
        others = [other for other in self.connections if isinstance(other, Protocol) and other is not self]
        idle = [other for other in others if other._is_idle()]
        if idle:
            oldest = min(idle, key=lambda other: other._since)
            self.connections.discard(oldest)
            oldest.transport.close()

    def _is_idle(self) -> bool:
        return self.conn.their_state is h11.IDLE and (self.cycle is None or self.cycle.response_complete)

    def _hears(self) -> None:
        if self._deaf is not None:
            self._deaf.cancel()
            self._deaf = None

    def _wait_for_headers(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.header_seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        if self.transport.is_closing():
            return
        if self._header_is_missing():
            self._refuse("body_too_slow", "The headers did not arrive in time.")
        else:
            self.transport.close()  # it never said a word

    def _refuse(self, kind: str, detail: str) -> None:
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        response = problem_response(kind, detail, uuid.uuid4().hex, remedy="Send the request again, properly.")
        body = bytes(response.body)
        headers = [
            (b"content-type", MEDIA_TYPE.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            (b"connection", b"close"),
        ]
        status = KINDS[kind].status
        for event in (h11.Response(status_code=status, headers=headers), h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

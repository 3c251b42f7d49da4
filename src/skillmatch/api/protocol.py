"""The protocol on the wire: uvicorn's, which also gives up on headers that never end and says 431 as a problem."""

from __future__ import annotations

import asyncio
import socket
import sys
import uuid

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from skillmatch.api.problems import KINDS, MEDIA_TYPE, problem_response

HEADER_SECONDS = 10.0
"""Seconds for the headers of a request to arrive, from the first byte on or from the connection."""


class Protocol(H11Protocol):
    """One connection."""

    header_seconds = HEADER_SECONDS
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        link = transport.get_extra_info("socket")
        if link is not None and link.family in (socket.AF_INET, socket.AF_INET6):
            # Else the body of an answer waits 40 ms for the client to acknowledge its headers.
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wait_for_headers()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._header_is_missing():
            self._wait_for_headers()
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
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

"""What is tried again, how long is waited, and that a change is made once whatever gets lost."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook

from skillmatch.client import (
    ApiError,
    Client,
    ConflictError,
    ForbiddenError,
    InvalidError,
    JobFailedError,
    NoAnswerError,
    TooManyRequestsError,
    UnavailableError,
    verify_webhook,
)

Step = httpx.Response | Exception


class Server:
    """Answers with one step after the other, and remembers what it was sent."""

    def __init__(self, *steps: Step) -> None:
        self._steps = list(steps)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        step = self._steps.pop(0)
        if isinstance(step, Exception):
            raise step
        return step

    @property
    def keys(self) -> list[str | None]:
        return [request.headers.get("idempotency-key") for request in self.requests]


def problem(status: int, code: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, json={"code": code, "detail": "No."}, headers=named)


FINE = {"ok": True}


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def client_of(waits: list[float]) -> Callable[[Server], Client]:
    return lambda server: Client("http://api", "k", transport=httpx.MockTransport(server), sleep=waits.append)


ClientOf = Callable[[Server], Client]


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("away"),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("cut off"),
        problem(503, "workspace_locked"),
        problem(500, "internal"),
        httpx.Response(502, text="<html>"),
        problem(409, "key_in_flight"),
    ],
)
def test_a_change_is_sent_again_under_the_same_key(client_of: ClientOf, waits: list[float], failure: Step) -> None:
    server = Server(failure, failure, httpx.Response(201, json=FINE))
    assert client_of(server).post("/v1/people", {"name": "Ada"}) == FINE
    assert len(set(server.keys)) == 1
    assert server.keys[0]
    assert len({request.content for request in server.requests}) == 1
    assert len(waits) == 2
    assert 0 < waits[0] < 1


def test_two_changes_have_two_keys_and_reading_has_none(client_of: ClientOf) -> None:
    server = Server(*[httpx.Response(200, json=FINE) for _ in range(3)])
    client = client_of(server)
    client.post("/v1/a", {})
    client.post("/v1/a", {})
    client.get("/v1/a", b=None, c=1)
    assert len(set(server.keys)) == 3
    assert server.keys[2] is None
    assert str(server.requests[2].url) == "http://api/v1/a?c=1"


def test_the_server_says_how_long_to_wait(client_of: ClientOf, waits: list[float]) -> None:
    steps = [problem(429, "too_many_requests", retry_after=value) for value in ("7", "100000", "soon")]
    client_of(Server(*steps, httpx.Response(200, json=FINE))).get("/v1/a")
    assert waits[:2] == [7.0, 60.0]
    assert 0 < waits[2] <= 2


@pytest.mark.parametrize(
    ("answer", "error", "sent"),
    [
        (problem(422, "invalid_input"), InvalidError, 1),
        (problem(403, "scope_missing"), ForbiddenError, 1),
        (problem(409, "conflict"), ConflictError, 1),
        (problem(418, "teapot"), ApiError, 1),
        (httpx.Response(302, headers={"Location": "http://evil/"}), ApiError, 1),
        (problem(429, "too_many_requests"), TooManyRequestsError, 5),
        (problem(503, "workspace"), UnavailableError, 5),
        (httpx.Response(500, json=["no problem"]), UnavailableError, 5),
        (httpx.ReadTimeout("slow"), NoAnswerError, 5),
    ],
)
def test_what_cannot_be_helped_is_raised(client_of: ClientOf, answer: Step, error: type[Exception], sent: int) -> None:
    server = Server(*[answer] * 5)
    with pytest.raises(error):
        client_of(server).get("/v1/a")
    assert len(server.requests) == sent


def test_an_upsert_reads_again_when_somebody_was_faster(client_of: ClientOf) -> None:
    def stored(unit: str) -> httpx.Response:
        return httpx.Response(200, json={"name": "Ada", "unit": unit}, headers={"ETag": f'"{unit}"'})

    server = Server(stored("A"), problem(412, "match_failed"), stored("B"), stored("C"))
    assert client_of(server).upsert("/v1/people/own/1", {"unit": "C"}) == "changed"
    assert [request.headers.get("if-match") for request in server.requests] == [None, '"A"', None, '"B"']


def test_a_file_is_read_anew_for_each_try(client_of: ClientOf, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(b"id,name\nP1,Ada\n")
    server = Server(problem(503, "busy"), httpx.Response(202, json=FINE, headers={"Location": "/v1/jobs/1"}))
    answer = client_of(server).send_file("/v1/imports", file, "text/csv", what="people")
    assert answer.headers["location"] == "/v1/jobs/1"
    assert [request.content for request in server.requests] == [file.read_bytes()] * 2
    assert {request.headers["content-length"] for request in server.requests} == {"15"}


def test_a_job_is_watched_until_it_ends(client_of: ClientOf, waits: list[float]) -> None:
    states = ["queued", "running", "done"]
    seen: list[Any] = []
    server = Server(*[httpx.Response(200, json={"id": "job-1", "job_status": state}) for state in states])
    assert client_of(server).wait_for_job("/v1/jobs/job-1", seen=seen.append)["job_status"] == "done"
    assert [job["job_status"] for job in seen] == states
    assert waits == [1.0, 1.0]


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_a_job_that_fails_is_an_error_and_one_that_lasts_too(client_of: ClientOf, state: str) -> None:
    ended = {"id": "job-1", "job_status": state, "error": {"message": "rows could not be taken"}}
    with pytest.raises(JobFailedError, match="rows could not be taken"):
        client_of(Server(httpx.Response(200, json=ended))).wait_for_job("/v1/jobs/job-1")
    running = httpx.Response(200, json={"id": "job-1", "job_status": "running"})
    with pytest.raises(NoAnswerError):
        client_of(Server(*[running] * 4)).wait_for_job("/v1/jobs/job-1", within=3)


SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode()
OTHER = "whsec_" + base64.b64encode(b"another key, 24 bytes ..").decode()


def test_a_delivery_is_believed_if_it_is_signed_as_the_standard_says_and_new() -> None:
    body, at = b'{"id": "1"}', datetime.fromtimestamp(1000, UTC)
    signed = Webhook(SECRET).sign("msg_1", at, body.decode())
    headers = {"WEBHOOK-ID": "msg_1", "Webhook-Timestamp": "1000", "webhook-signature": f"v1,zzz {signed}"}
    assert verify_webhook(SECRET, headers, body, now=1200) == {"id": "1"}
    assert verify_webhook(SECRET, headers, body, now=1301) is None
    assert verify_webhook(OTHER, headers, body, now=1000) is None
    assert verify_webhook("whsec_\u00e9", headers, body, now=1000) is None
    assert verify_webhook(SECRET, headers, body + b" ", now=1000) is None
    for name, value in (
        ("WEBHOOK-ID", "msg_2"),
        ("Webhook-Timestamp", "1001"),
        ("Webhook-Timestamp", "\u0661"),
        ("webhook-signature", ""),
        ("webhook-signature", "v1,\u00e9"),
        ("webhook-signature", signed.replace("v1,", "v2,")),
    ):
        assert verify_webhook(SECRET, {**headers, name: value}, body, now=1000) is None


def delivery(secret: str = "s", body: bytes = b'{"id": "1"}', stamp: str = "1000") -> tuple[dict[str, str], bytes]:
    signature = hmac.new(secret.encode(), stamp.encode() + b"." + body, "sha256").hexdigest()
    return {"Skillmatch-Timestamp": stamp, "SKILLMATCH-SIGNATURE": f"v1={signature}"}, body


def test_a_delivery_of_before_the_standard_is_believed_too() -> None:
    headers, body = delivery()
    assert verify_webhook("s", headers, body, now=1200) == {"id": "1"}
    assert verify_webhook("s", headers, body, now=1301) is None
    assert verify_webhook("s", headers, body, now=699) is None
    assert verify_webhook("t", headers, body, now=1000) is None
    assert verify_webhook("s", headers, body + b" ", now=1000) is None
    assert verify_webhook("s", {**headers, "Skillmatch-Timestamp": "1001"}, body, now=1000) is None
    for broken in ({}, {"Skillmatch-Timestamp": "x"}, {**headers, "SKILLMATCH-SIGNATURE": "v1=\u00e9"}):
        assert verify_webhook("s", broken, body, now=1000) is None
    assert json.loads(body) == {"id": "1"}

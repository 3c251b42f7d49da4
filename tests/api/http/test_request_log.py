"""The log tells what happened, when and how fast, and nothing by which anybody could be found."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.http.access import OPEN
from skillmatch.api.http.rates import Rates
from skillmatch.api.http.request_log import named
from skillmatch.api.server.json_log import configure
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace

ClientOf = Callable[..., TestClient]

SECRETS = ("ada.berg@example.org", "Zoltan Quixote", "sm_0123456789ab_" + "s" * 43, "eyJhbGciOiJub25lIn0.e30.x", "P-0")


@pytest.fixture
def written() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What was logged since; the loggers are as before afterwards."""
    names = ("skillmatch", "uvicorn.error")
    before = [(logging.getLogger(name), logging.getLogger(name).__dict__.copy()) for name in names]
    stream = io.StringIO()
    configure("debug", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for logger, state in before:
        logger.handlers, logger.propagate = state["handlers"], state["propagate"]
        logger.setLevel(state["level"])


def test_a_request_has_one_line(
    client_of: ClientOf, demo: Workspace, written: Callable[[], list[dict[str, Any]]]
) -> None:
    client = client_of(create_app(demo, access=OPEN, allow_remote=False))
    answer = client.get("/v1/people/own/P-001?x=ada.berg@example.org", headers={"X-Request-Id": "a" * 32})
    assert answer.status_code == 200
    (line,) = written()
    assert {name: line[name] for name in ("event", "method", "route", "status", "caller", "request_id")} == {
        "event": "request",
        "method": "GET",
        "route": "/v1/people/{source}/{external_id}",
        "status": 200,
        "caller": "open",
        "request_id": "a" * 32,
    }
    assert line["ms"] > 0
    assert line["at"].endswith("+00:00")


def test_a_thousand_requests_leave_nobody_in_log_or_figures(
    client_of: ClientOf, demo: Workspace, written: Callable[[], list[dict[str, Any]]]
) -> None:
    client = client_of(create_app(demo, access=OPEN, allow_remote=False, rates=Rates(100_000)))
    people = demo.people.all()[:50]
    role = next(iter(demo.roles.all())).id
    mail, name, key, token, _ = SECRETS
    asked = 0
    for number in range(100):
        person = people[number % len(people)]
        calls = (
            ("GET", f"/v1/people/{person.id}", {}),
            ("GET", f"/v1/people/{mail}", {}),
            ("GET", f"/v1/{name}/{person.id}", {}),
            ("GET", "/v1/people", {"params": {"unit": name, "cursor": token}}),
            ("GET", "/v1/gap", {"params": {"person": person.id, "role": f"{role}-{mail}"}}),
            ("GET", "/docs", {"headers": {"Authorization": f"Bearer {key}", "X-Request-Id": key}}),
            ("POST", "/v1/skills/normalise", {"json": {"texts": [name], "x": mail}}),
            ("POST", "/v1/skills/normalise", {"content": f'{{"{mail}": '.encode() * 60}),
            ("PUT", f"/v1/people/{person.id}", {"headers": {"Idempotency-Key": mail, "If-Match": f'"{name}"'}}),
            (f"X{number}", f"/v1/people/{person.id}", {"headers": {"X-Request-Id": person.id}}),
        )
        for method, path, more in calls:
            client.request(method, path, **more)
            asked += 1
    text = "\n".join(map(json.dumps, written())) + client.get("/metrics").text

    assert asked == 1_000
    assert sum(line["event"] == "request" for line in written()) >= 1_000
    for secret in SECRETS:
        assert secret not in text
    for person in people:
        assert person.name not in text
        assert person.id not in text


def test_a_fault_is_told_by_its_type_and_place_and_not_by_what_it_quotes(
    client_of: ClientOf,
    tmp_path: Path,
    written: Callable[[], list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def faulty() -> Any:
        raise KeyError("ada.berg@example.org")

    with Workspace.open(tmp_path / "w", create=True, encoder=NgramEncoder()) as workspace:
        monkeypatch.setattr(workspace.roles, "all", faulty)
        answer = client_of(create_app(workspace, access=OPEN, allow_remote=False)).get("/v1/roles")
    fault, request = sorted(written(), key=lambda line: line["event"] == "request")
    assert (request["status"], fault["error"], fault["level"]) == (500, "KeyError", "error")
    assert request["request_id"] == answer.headers["x-request-id"]
    assert fault["trace"][-1].startswith("test_request_log.py:")
    assert "ada" not in json.dumps(fault)


def test_probes_are_told_only_to_those_who_debug(
    client_of: ClientOf, demo: Workspace, written: Callable[[], list[dict[str, Any]]]
) -> None:
    client = client_of(create_app(demo, access=OPEN, allow_remote=False))
    client.get("/health")
    assert [line["level"] for line in written()] == ["debug"]


@pytest.mark.parametrize(
    ("caller_id", "shown"), [("key:12ab", "key:12ab"), ("open", "open"), ("token:ada@example.org", "token:")]
)
def test_keys_are_named_and_whoever_a_token_stands_for_is_not(caller_id: str, shown: str) -> None:
    found = named(Caller(caller_id, "Ada", frozenset({Scope.READ})))
    assert found is not None
    assert found.startswith(shown)
    assert "ada" not in found
    assert named(None) is None


def test_a_line_break_in_a_message_breaks_no_line(written: Callable[[], list[dict[str, Any]]]) -> None:
    logging.getLogger("skillmatch.test").warning("one\nlevel: %s", '"error"\u2028')
    (line,) = written()
    assert line["event"] == 'one\nlevel: "error"\u2028'

"""API7:2023 Server side request forgery: nothing that callers send makes the server connect; a listener proves it.

Which addresses are refused, one by one, stands in ``tests/service/access/test_outbound.py``.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.domain.people.learning_event import EventKind, LearningEvent
from skillmatch.service.access import outbound
from skillmatch.service.access.outbound import HOSTS, Origins
from skillmatch.service.workspace import Workspace

from ..calls import ALL, PERSON, placed, places, with_things
from .test_1_object_level import quick

PUBLIC = "93.184.216.34"


class Inside:
    """Something on this machine that must never be called."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.callers = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._socket.accept()
            except OSError:
                return
            self.callers += 1
            link.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def inside() -> Iterator[Inside]:
    made = Inside()
    yield made
    time.sleep(0.05)
    made.close()
    assert made.callers == 0


@pytest.fixture(autouse=True)
def no_names(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is resolved is noted, and every connection elsewhere than to this machine's listener is a failure."""
    asked: list[Any] = []
    really = socket.getaddrinfo

    def note(*given: Any, **named: Any) -> Any:
        asked.append(given[0])
        return really(*given, **named)

    monkeypatch.setattr(socket, "getaddrinfo", note)
    return asked


@pytest.mark.parametrize("operation", sorted(ALL, key=lambda name: name == "erase_person"))
def test_an_address_in_any_field_is_only_a_text(
    victim: Workspace, admin: TestClient, inside: Inside, no_names: list[Any], operation: str
) -> None:
    call = quick(with_things(ALL[operation], victim))
    lure = f"http://127.0.0.1:{inside.port}/"
    for place in places(call):
        if place.schema.get("type") == "string" and "enum" not in place.schema:
            assert call.send(admin, body=placed(call.body, place.way, lure)).status_code < 500
    for part in call.parameters("path", "query"):
        assert call.send(admin, given={part["name"]: lure}).status_code < 500
    names = ("X-Forwarded-Host", "X-Forwarded-For", "Forwarded", "Referer", "Origin", "X-Original-URL", "Destination")
    assert call.send(admin, headers=dict.fromkeys(names, lure)).status_code < 500
    if call.content is not None:
        content = f"id,name,unit,role\n{lure},{lure},{lure},{lure}\n".encode()
        assert call.send(admin, content=content).status_code < 500
        victim.jobs.run_next()
    assert no_names == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://[::1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://2130706433:{port}/",
        "http://0177.0.0.1:{port}/",
        "http://0x7f.1:{port}/",
        "http://127.1:{port}/",
        "http://0.0.0.0:{port}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "https://hooks.example.org@127.0.0.1:{port}/",
        "https://127.0.0.1:{port}/#hooks.example.org",
        "https://127.0.0.1:{port}/hooks.example.org",
        "https://hooks.example.org:{port}/",
        "http://hooks.example.org/",
        "https://hooks.example.org.evil.example/",
        "https://hooks.example.org\\@127.0.0.1/",
        "https://hooks.example.org\r\nHost: 127.0.0.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/_x",
    ],
)
def test_a_webhook_to_the_inside_is_refused_when_it_is_made(
    victim: Workspace,
    admin: TestClient,
    inside: Inside,
    no_names: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    url: str,
) -> None:
    monkeypatch.setenv(HOSTS, "hooks.example.org")
    before = len(victim.webhooks.all())
    body = {"url": url.format(port=inside.port), "events": ["completion.recorded"]}
    response = admin.post("/v1/webhooks", json=body)
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, "#/url")
    assert len(victim.webhooks.all()) == before
    assert no_names == []


@pytest.mark.parametrize(
    ("first", "later"),
    [
        (["127.0.0.1"], ["127.0.0.1"]),
        ([PUBLIC, "127.0.0.1"], [PUBLIC]),
        (["::ffff:127.0.0.1"], [PUBLIC]),
        (["169.254.169.254"], ["169.254.169.254"]),
        (["10.0.0.1"], ["10.0.0.1"]),
    ],
)
def test_an_allowed_name_that_leads_inside_is_not_followed(
    own: Workspace,
    as_caller: Callable[..., TestClient],
    inside: Inside,
    monkeypatch: pytest.MonkeyPatch,
    first: list[str],
    later: list[str],
) -> None:
    """Whatever the name says when it is asked, a webhook that was made when all was well is told nothing inside."""
    monkeypatch.setenv(HOSTS, f"http://hooks.example.org:{inside.port}")
    url = f"http://hooks.example.org:{inside.port}/in"
    admin = as_caller("admin")
    made = admin.post("/v1/webhooks", json={"url": url, "events": ["completion.recorded"]})
    own.learning.take([LearningEvent("e1", PERSON, EventKind.COMPLETED, date(2026, 5, 1), credential_id="own/B-025")])
    answers = [first, later]

    def resolve(*_: Any) -> list[str]:
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def send(*given: Any) -> int:
        return outbound.post(*given, resolve=resolve)

    assert own.webhooks.deliver_due(Origins.read(), send=send) == 0
    (delivery,) = admin.get(f"{made.headers['location']}/deliveries").json()["items"]
    assert delivery["answer"] == "forbidden_address"


def test_a_name_that_changes_between_check_and_connection_gains_nothing(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is asked once; the connection goes to the address that was checked, not to what the name says now."""
    reached: list[Any] = []

    def connect(address: tuple[str, int], **_: Any) -> socket.socket:
        reached.append(address)
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", connect)
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    url = f"http://hooks.example.org:{inside.port}/"
    with pytest.raises(outbound.NoConnectionError, match="timeout"):
        outbound.post(url, b"", {}, Origins.read({HOSTS: url}), resolve=lambda *_: next(answers))
    assert reached == [(PUBLIC, inside.port)]

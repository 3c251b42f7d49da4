"""Keys: who sends a good one is let in, anything else is refused at once, and knowing one again asks nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.auth.callers import Verifier, refused
from skillmatch.api.auth.key_ring import FRESH_SECONDS, NOTE_SECONDS, KeyRing
from skillmatch.api.http.problems import ProblemError
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.service.workspace import Workspace

ClientOf = Callable[..., TestClient]
Grant = Callable[..., TestClient]

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Ticks:
    """A clock that is set by hand, in seconds."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def ring_of(workspace: Workspace, ticks: Ticks, moment: Callable[[], datetime] = lambda: NOON) -> KeyRing:
    return KeyRing(lambda: workspace, moment=moment, ticks=ticks)


def test_a_good_key_is_let_in_and_nothing_else(as_caller: Grant) -> None:
    assert as_caller("read").get("/v1/people").status_code == 200

    nobody = as_caller()
    refusal = nobody.get("/v1/people")
    assert refusal.status_code == 401
    assert refusal.json()["code"] == "unauthenticated"
    assert refusal.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Basic c206c20=",
        "Bearer sm_",
        "Bearer sm_0123456789ab_secret",
        "Bearer " + "x" * 15_000,  # larger headers are refused before they are looked at
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
        "sm_0123456789ab_secret",
    ],
)
def test_what_proves_nothing_is_refused_wherever_it_is_sent(as_caller: Grant, header: str) -> None:
    for address in ("/v1/people", "/v1/skills?q=a", "/docs"):
        refusal = as_caller().get(address, headers={"Authorization": header})
        assert refusal.status_code == 401
        assert "secret" not in refusal.text
        assert "eyJ" not in refusal.text


def test_two_authorization_headers_are_refused(as_caller: Grant) -> None:
    client = as_caller("read")
    good = client.headers["Authorization"]
    assert client.get("/v1/people", headers=[("Authorization", good), ("Authorization", good)]).status_code == 401


def test_a_key_with_one_letter_changed_opens_nothing(own: Workspace, as_caller: Grant) -> None:
    text = own.keys.create("k", ["read"], by="test").text
    wrong = text[:-1] + ("a" if text[-1] != "a" else "b")
    assert as_caller().get("/v1/people", headers={"Authorization": f"Bearer {wrong}"}).status_code == 401


def test_a_known_key_is_not_looked_up_again(own: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = Ticks()
    ring = ring_of(own, ticks)
    text = own.keys.create("k", ["read"], by="test").text
    assert ring.recall(text) is None

    caller = ring.verify(text)

    monkeypatch.setattr(own.keys, "check", lambda text: pytest.fail("asked again"))
    monkeypatch.setattr(own.keys, "revision", lambda: pytest.fail("asked again"))
    assert caller is not None
    assert ring.recall(text) == caller
    assert ring.recall(text + "x") is None


def test_a_revoked_key_opens_nothing_once_it_was_asked_after(own: Workspace) -> None:
    ticks = Ticks()
    ring = ring_of(own, ticks, lambda: datetime.now(UTC))
    made = own.keys.create("k", ["read"], by="test")
    ring.verify(made.text)

    own.keys.revoke(made.key.id)

    ticks.now += FRESH_SECONDS * 1.01
    assert ring.recall(made.text) is None
    with pytest.raises(ProblemError, match="revoked"):
        ring.verify(made.text)


def test_a_key_that_expires_meanwhile_opens_nothing_any_more(own: Workspace) -> None:
    ticks = Ticks()
    now = [datetime.now(UTC)]
    ring = ring_of(own, ticks, lambda: now[0])
    made = own.keys.create("k", ["read"], by="test", expires=now[0] + timedelta(hours=1))
    assert ring.verify(made.text) is not None

    now[0] += timedelta(hours=1)

    assert ring.recall(made.text) is None
    with pytest.raises(ProblemError, match="expired"):
        ring.verify(made.text)


def test_the_last_use_is_noted_now_and_then(own: Workspace) -> None:
    ticks = Ticks()
    ring = ring_of(own, ticks)
    made = own.keys.create("k", ["read"], by="test")
    ring.verify(made.text)
    assert own.keys.all()[-1].used is None

    ticks.now += NOTE_SECONDS + FRESH_SECONDS * 2
    ring.verify(made.text)

    assert own.keys.all()[-1].used == NOON


def test_the_last_use_is_noted_when_the_application_stops(own: Workspace, client_of: ClientOf) -> None:
    made = own.keys.create("k", ["read"], by="test")
    with client_of(create_app(own, allow_remote=False)) as client:
        client.get("/v1/roles", headers={"Authorization": f"Bearer {made.text}"})
    assert own.keys.all()[-1].used is not None


class Tokens:
    """A verifier of tokens that begin with ``t.``; how one of another sort is plugged in."""

    def recall(self, token: str) -> Caller | None:
        return None

    def verify(self, token: str) -> Caller | None:
        if not token.startswith("t."):
            return None
        if token == "t.old":
            raise refused("The token has expired.")
        return Caller("issuer/ada", "Ada", frozenset({Scope.READ}))


def test_another_verifier_stands_beside_the_keys(own: Workspace, client_of: ClientOf) -> None:
    tokens: Verifier = Tokens()
    client = client_of(create_app(own, allow_remote=False, verifiers=[tokens]))

    def status(token: str) -> int:
        return client.get("/v1/people?limit=1", headers={"Authorization": f"Bearer {token}"}).status_code

    key = own.keys.create("k", ["read"], by="test").text
    assert [status(token) for token in ("t.new", key, "t.old", "u.new")] == [200, 200, 401, 401]
    assert own.audit.lines().items[-2].caller == "issuer/ada"


def test_open_means_that_nobody_is_asked(own_client: TestClient, own: Workspace) -> None:
    answer: Any = own_client.get("/v1/people?limit=1", headers={"Authorization": "Bearer nonsense"})
    assert answer.status_code == 200
    assert own.audit.lines().items[-1].caller == "open"

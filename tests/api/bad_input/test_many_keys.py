"""Ten thousand idempotency keys: so many answers are kept of a caller and no more, and nobody waits for them."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.http.rates import Rates
from skillmatch.service.workspace import Workspace
from skillmatch.store.tables import idempotency


def kept(workspace: Workspace) -> int:
    with sqlite3.connect(workspace.folder / "workspace.db") as database:
        return int(database.execute("SELECT count(*) FROM kept_answers").fetchone()[0])


@pytest.fixture
def caller(own: Workspace, client_of: Callable[..., TestClient]) -> TestClient:
    client = client_of(create_app(own, allow_remote=False, rates=Rates(10_000_000)))
    client.headers["Authorization"] = f"Bearer {own.keys.create('many', ['admin'], by='test').text}"
    return client


def sent(client: TestClient, key: str) -> int:
    body = {"name": "Many", "unit": key}
    answer = client.put("/v1/people/own/many", json=body, headers={"Idempotency-Key": key, "If-Match": "*"})
    return answer.status_code


def test_of_each_caller_only_the_latest_are_kept(
    own: Workspace, caller: TestClient, as_caller: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "MOST_KEPT", 50)
    caller.put("/v1/people/own/many", json={"name": "Many"})
    other = as_caller("write")
    first = other.post("/v1/people", json={"external_id": "O", "name": "O"}, headers={"Idempotency-Key": "other"})
    assert [sent(caller, f"key-{number}") for number in range(150)] == [200] * 150
    assert kept(own) == 50 + 1
    again = other.post("/v1/people", json={"external_id": "O", "name": "O"}, headers={"Idempotency-Key": "other"})
    assert (again.content, again.headers["idempotency-replayed"]) == (first.content, "true")  # nobody else's went


@pytest.mark.parametrize("key", ["", "x" * 256, "a\x01", "é", "\u202e", '"', '""'])
def test_a_key_that_is_none_reserves_nothing(own: Workspace, caller: TestClient, key: str) -> None:
    before = kept(own)
    answer = caller.post(
        "/v1/people", json={"external_id": "K", "name": "K"}, headers=[("Idempotency-Key", key.encode("utf-8"))]
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_header")
    assert kept(own) == before


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_ten_thousand_keys_cost_the_last_as_much_as_the_first(own: Workspace, caller: TestClient) -> None:
    caller.put("/v1/people/own/many", json={"name": "Many"})
    took = []
    for number in range(idempotency.MOST_KEPT + 500):
        begun = time.perf_counter()
        assert sent(caller, f"key-{number}") == 200
        took.append(time.perf_counter() - begun)
    assert kept(own) == idempotency.MOST_KEPT
    first, last = statistics.median(took[:500]), statistics.median(took[-500:])
    print({"first_ms": round(first * 1000, 2), "last_ms": round(last * 1000, 2)})
    assert last < 3 * first

"""The clock goes backwards, by an hour and by years: nothing is made twice, lost, let in or forgotten because of it.

Tokens and rates under such clocks stand in ``test_tokens.py`` and ``test_rates.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.auth.key_ring import KeyRing
from skillmatch.service.workspace import Workspace

BACK = [timedelta(seconds=1), timedelta(hours=1), timedelta(days=400)]
NEW = {"external_id": "C", "name": "Clock"}


class Clock:
    """The time, as it is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 12, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(own: Workspace, monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(own._context, "clock", made)
    return made


@pytest.fixture
def caller(own: Workspace, clock: Clock, client_of: Callable[..., TestClient]) -> TestClient:
    app = create_app(own, allow_remote=False, keys=lambda current: KeyRing(current, moment=clock))
    client = client_of(app)
    client.headers["Authorization"] = f"Bearer {own.keys.create('clock', ['admin'], by='test').text}"
    return client


@pytest.mark.parametrize("back", BACK)
def test_a_change_sent_again_is_still_made_once(caller: TestClient, clock: Clock, back: timedelta) -> None:
    first = caller.post("/v1/people", json=NEW, headers={"Idempotency-Key": "k"})
    clock.now -= back
    again = caller.post("/v1/people", json=NEW, headers={"Idempotency-Key": "k"})
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    clock.now += back + timedelta(hours=23)
    assert caller.post("/v1/people", json=NEW, headers={"Idempotency-Key": "k"}).content == first.content
    clock.now += timedelta(hours=2)
    assert caller.post("/v1/people", json=NEW, headers={"Idempotency-Key": "k"}).status_code == 409  # as for a new key


@pytest.mark.parametrize("back", BACK)
def test_pages_go_on_where_they_ended(caller: TestClient, clock: Clock, own: Workspace, back: timedelta) -> None:
    found: list[str] = []
    address: str | None = "/v1/people?limit=40"
    while address is not None:
        page = caller.get(address)
        found += [item["id"] for item in page.json()["items"]]
        link = page.headers.get("link")
        address = None if link is None else link.partition(">")[0][1:]
        clock.now -= back
    assert found == sorted(person.id for person in own.people.all())


@pytest.mark.parametrize("back", BACK)
def test_jobs_and_their_pages_keep_their_order(
    caller: TestClient, clock: Clock, own: Workspace, back: timedelta
) -> None:
    made = []
    for _ in range(5):
        headers = {"Content-Type": "text/csv"}
        made.append(caller.post("/v1/imports?what=people", content=b"id,name\nJ,Jo\n", headers=headers).json()["id"])
        clock.now -= back
    listed, address = [], "/v1/jobs?limit=2"
    while address:
        page = caller.get(address)
        listed += [item["id"] for item in page.json()["items"]]
        address = page.headers.get("link", "").partition(">")[0][1:]
    assert listed == made[::-1]
    done = [own.jobs.run_next() for _ in made]
    assert [job.id for job in done if job is not None] == made


@pytest.mark.parametrize("back", BACK)
def test_tags_tell_states_apart_and_not_times(caller: TestClient, clock: Clock, back: timedelta) -> None:
    made = caller.post("/v1/people", json=NEW)
    clock.now -= back
    read = caller.get("/v1/people/own/C")
    assert read.headers["etag"] == made.headers["etag"]
    assert caller.get("/v1/people/own/C", headers={"If-None-Match": made.headers["etag"]}).status_code == 304
    changed = caller.patch("/v1/people/own/C", json={"name": "Later"}, headers={"If-Match": made.headers["etag"]})
    assert changed.status_code == 200
    stale = caller.patch("/v1/people/own/C", json={"name": "Lost"}, headers={"If-Match": made.headers["etag"]})
    assert stale.status_code == 412


@pytest.mark.parametrize("back", BACK)
def test_the_chain_of_the_audit_holds_and_keeps_its_order(
    caller: TestClient, clock: Clock, own: Workspace, back: timedelta
) -> None:
    for number in range(6):
        assert caller.get("/v1/people/own/P-037/gap?role=own/R-B03").status_code == 200
        clock.now += back if number % 2 else -back
    check = own.audit.verify()
    assert check.whole, check.wrong
    lines = [line.seq for line in own.audit.lines().items]
    assert lines == sorted(lines)
    assert len(set(lines)) == len(lines)


def test_a_key_ends_when_its_moment_comes_however_often(caller: TestClient, clock: Clock, own: Workspace) -> None:
    key = own.keys.create("ends", ["read"], by="test", expires=clock.now + timedelta(minutes=5)).text

    def status() -> int:
        return caller.get("/v1/people?limit=1", headers={"Authorization": f"Bearer {key}"}).status_code

    assert status() == 200
    clock.now += timedelta(minutes=5)
    assert status() == 401
    clock.now -= timedelta(hours=1)
    assert status() == 200  # its moment lies ahead again, as everybody else's clock may say


@pytest.mark.parametrize("back", BACK)
def test_a_revoked_key_stays_revoked(caller: TestClient, clock: Clock, own: Workspace, back: timedelta) -> None:
    made = own.keys.create("goes", ["read"], by="test")
    own.keys.revoke(made.key.id)
    clock.now -= back
    refused = caller.get("/v1/people", headers={"Authorization": f"Bearer {made.text}"})
    assert (refused.status_code, refused.json()["code"]) == (401, "unauthenticated")


def test_erasure_reads_and_changes_go_on_under_a_clock_of_the_past(
    caller: TestClient, clock: Clock, own: Workspace
) -> None:
    clock.now -= timedelta(days=20_000)
    for call in (("get", "/v1/people?limit=1"), ("get", "/v1/team"), ("get", "/v1/jobs"), ("get", "/v1/plans")):
        assert caller.request(call[0], call[1]).status_code < 500
    assert caller.delete("/v1/people/own/P-037", headers={"If-Match": "*"}).status_code == 200
    assert own.audit.verify().whole

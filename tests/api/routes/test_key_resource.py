"""Keys over HTTP: an administrator makes, lists, replaces and revokes them; a secret leaves once and stands nowhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.auth.key_ring import KeyRing
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.service.workspace import Workspace

Grant = Callable[..., TestClient]

SYNC = {"name": "HR sync", "scopes": ["read", "write"]}


@pytest.fixture
def admin(own: Workspace, client_of: Callable[..., TestClient]) -> TestClient:
    """An administrator's client of the copy served closed, where a revoked key is known to be one at once."""
    app = create_app(own, allow_remote=False, keys=lambda current: KeyRing(current, ticks=Steps()))
    client = client_of(app)
    client.headers["Authorization"] = f"Bearer {own.keys.create('boss', ['admin'], by='test').text}"
    return client


class Steps:
    """A clock that has moved on by a second whenever it is looked at."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


def opens(client: TestClient, key: str, path: str = "/v1/people") -> int:
    return client.get(path, headers={"Authorization": f"Bearer {key}"}).status_code


def everything_stored(folder: Path) -> Iterator[bytes]:
    yield from (path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_key_is_made_used_replaced_and_revoked(admin: TestClient, own: Workspace) -> None:
    made = admin.post("/v1/keys", json={**SYNC, "units": ["Care homes"], "expires": "2090-01-01T00:00:00+02:00"})
    assert made.status_code == 201, made.text
    document = made.json()
    assert made.headers["location"] == f"/v1/keys/{document['id']}"
    assert made.headers["cache-control"] == "no-store"
    assert (document["scopes"], document["units"], document["state"], document["used"]) == (
        ["read", "write"],
        ["Care homes"],
        "valid",
        None,
    )
    assert document["created_by"].startswith("key:")
    listed = admin.get("/v1/people", headers={"Authorization": f"Bearer {document['key']}"}).json()["items"]
    assert {item["unit"] for item in listed} == {"Care homes"}

    rotated = admin.post(f"/v1/keys/{document['id']}/rotation", json={"overlap_hours": 2})
    assert rotated.status_code == 201
    new = rotated.json()
    assert (new["replaces"], new["scopes"], new["units"]) == (document["id"], ["read", "write"], ["Care homes"])
    assert opens(admin, new["key"]) == opens(admin, document["key"]) == 200
    left = datetime.fromisoformat(admin.get(f"/v1/keys/{document['id']}").json()["expires"]) - datetime.now(UTC)
    assert timedelta(hours=1) < left <= timedelta(hours=2)

    gone = admin.post(f"/v1/keys/{document['id']}/revocation")
    assert (gone.status_code, gone.json()["state"]) == (200, "revoked")
    assert opens(admin, document["key"]) == 401
    assert opens(admin, new["key"]) == 200
    assert admin.post(f"/v1/keys/{document['id']}/revocation").json() == gone.json()
    assert admin.post(f"/v1/keys/{document['id']}/rotation", json={}).status_code == 409
    assert admin.get("/v1/keys/000000000000").status_code == 404
    assert [line.action for line in own.audit.lines().items if line.action.startswith("keys.")] == [
        "keys.create",
        "keys.rotate",
        "keys.revoke",
        "keys.revoke",
    ]


def test_a_secret_is_shown_once_and_stands_nowhere(admin: TestClient, own: Workspace) -> None:
    header = {"Idempotency-Key": "k1"}
    made = admin.post("/v1/keys", json=SYNC, headers=header)
    text, id_ = made.json()["key"], made.json()["id"]
    secret = text.split("_", 2)[2]

    again = admin.post("/v1/keys", json=SYNC, headers=header)

    assert (again.status_code, again.json()["code"]) == (409, "key_forgotten")
    assert "secret" in again.json()["detail"]
    other = admin.post("/v1/keys", json={**SYNC, "name": "x"}, headers=header)
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert [key.name for key, _ in own.keys.states()] == ["boss", "HR sync"]  # made once
    shown = [admin.get("/v1/keys"), admin.get(f"/v1/keys/{id_}"), again, other]
    with own._context.store.reading() as view:
        digest = view.stored_key(id_)
    for response in shown:
        assert secret not in response.text
        assert digest.salt.hex() not in response.text
        assert digest.digest.hex() not in response.text
    turned = admin.post(f"/v1/keys/{id_}/rotation", json={}, headers={"Idempotency-Key": "k2"})
    turned_secret = turned.json()["key"].split("_", 2)[2]
    assert admin.post(f"/v1/keys/{id_}/rotation", json={}, headers={"Idempotency-Key": "k2"}).status_code == 409
    for content in everything_stored(own.folder):
        assert secret.encode() not in content
        assert turned_secret.encode() not in content
    assert secret not in json.dumps(own.audit.lines().to_json())


def test_a_refusal_is_kept_as_any_other_answer(admin: TestClient) -> None:
    body = {**SYNC, "expires": "2001-01-01T00:00:00Z"}
    first = admin.post("/v1/keys", json=body, headers={"Idempotency-Key": "k1"})
    again = admin.post("/v1/keys", json=body, headers={"Idempotency-Key": "k1"})
    assert (first.status_code, again.content) == (422, first.content)


def test_the_list_says_when_a_key_was_used_and_comes_page_by_page(admin: TestClient, own: Workspace) -> None:
    ids = [own.keys.create(f"k{place}", ["read"], by="test").key.id for place in range(4)]
    own.keys.revoke(ids[2])
    own.keys.note_use({ids[1]: datetime(2026, 3, 1, 12, tzinfo=UTC)})
    found: list[dict[str, Any]] = []
    address = "/v1/keys?limit=2"
    while address:
        page = admin.get(address)
        found += page.json()["items"]
        address = page.links.get("next", {}).get("url", "")
    assert [item["name"] for item in found] == ["boss", "k0", "k1", "k2", "k3"]
    assert [item["used"] for item in found[1:3]] == [None, "2026-03-01T12:00:00+00:00"]
    assert [item["name"] for item in admin.get("/v1/keys?state=revoked").json()["items"]] == ["k2"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"scopes": []}, "#/scopes"),
        ({"scopes": ["root"]}, "#/scopes/0"),
        ({"scopes": ["admin"], "units": ["Care homes"]}, "#/units"),
        ({"units": []}, "#/units"),
        ({"units": ["a", "a"]}, "#/units"),
        ({"scopes": ["self"]}, "#/person_id"),
        ({"scopes": ["self"], "person": "nobody-at-all"}, "#/person"),
        ({"name": " "}, "#/name"),
        ({"expires": "2001-01-01T00:00:00Z"}, "#/expires"),
        ({"expires": "2090-01-01T00:00:00"}, "#/expires"),
        ({"expires": "9999-12-31T23:59:59-12:00"}, "#/expires"),
        ({"key": "sm_mine"}, "#/key"),
        ({"created_by": "me"}, "#/created_by"),
    ],
)
def test_a_key_that_makes_no_sense_is_not_made(
    admin: TestClient, own: Workspace, body: dict[str, Any], pointer: str
) -> None:
    refusal = admin.post("/v1/keys", json={**SYNC, **body})
    assert refusal.status_code == 422, refusal.text
    assert [error["pointer"] for error in refusal.json()["errors"]] == [pointer]
    assert len(own.keys.states()) == 1


def test_a_key_for_one_person(admin: TestClient, own: Workspace) -> None:
    made = admin.post("/v1/keys", json={"name": "Kerem's page", "scopes": ["self"], "person": "P-037"}).json()
    assert made["person_id"] == "own/P-037"
    assert opens(admin, made["key"], "/v1/people/own/P-037") == 200
    assert opens(admin, made["key"], "/v1/people/own/P-001") == 404
    (line,) = own.audit.lines(person="own/P-037").items[:1]
    assert line.action == "keys.create"


def test_nobody_locks_themself_out_by_mistake(admin: TestClient, own: Workspace) -> None:
    (mine,) = admin.get("/v1/keys").json()["items"]
    refusal = admin.post(f"/v1/keys/{mine['id']}/revocation")
    assert (refusal.status_code, refusal.json()["code"]) == (409, "conflict")
    assert own.keys.get(mine["id"]).revoked is None
    new = admin.post(f"/v1/keys/{mine['id']}/rotation", json={}).json()["key"]
    done = admin.post(f"/v1/keys/{mine['id']}/revocation", headers={"Authorization": f"Bearer {new}"})
    assert done.status_code == 200
    assert admin.get("/v1/keys").status_code == 401


def test_only_admins_may(as_caller: Grant, own: Workspace) -> None:
    key_id = own.keys.create("k", ["read"], by="test").key.id
    client = as_caller("read", "write", "plan", "report")
    for method, path, body in (
        ("GET", "", None),
        ("POST", "", {"name": "x", "scopes": ["admin"]}),
        ("GET", f"/{key_id}", None),
        ("POST", f"/{key_id}/rotation", {}),
        ("POST", f"/{key_id}/revocation", None),
    ):
        assert client.request(method, f"/v1/keys{path}", json=body).status_code == 403, path
    assert own.keys.get(key_id).revoked is None


def test_nobody_grants_more_than_they_have() -> None:
    reader = Caller("a", "A", frozenset({Scope.READ, Scope.REPORT}), ("Ward 1", "Ward 2"))
    assert reader.may_grant(frozenset({Scope.READ}), ("Ward 1",))
    assert not reader.may_grant(frozenset({Scope.WRITE}), ("Ward 1",))
    assert not reader.may_grant(frozenset({Scope.READ}), ("Ward 1", "Ward 3"))
    assert not reader.may_grant(frozenset({Scope.READ}), None)
    assert not reader.may_grant(frozenset({Scope.ADMIN}), None)
    boss = Caller("b", "B", frozenset({Scope.ADMIN}))
    assert boss.may_grant(frozenset(Scope), None)
    assert boss.may_grant(frozenset({Scope.READ}), ("Ward 3",))

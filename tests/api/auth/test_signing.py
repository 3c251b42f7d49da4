"""Whoever asks signs, and nobody signs twice; planners of a unit see what they planned, and nobody else's plans."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.schemas.plans import EXAMPLE_SCENARIO
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.access.signer import Signer
from skillmatch.domain.people.person import Person
from skillmatch.service.workspace import Workspace

from ..conftest import reached

UNIT, OTHER, PERSON = "Care homes", "Hospital nursing", "own/P-037"


class Keys:
    """Makes clients with keys of their own names."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.app = create_app(workspace, allow_remote=False)

    def __call__(self, name: str, *scopes: str, by: str = "tests", **grants: Any) -> TestClient:
        return self.with_text(self.workspace.keys.create(name, scopes, by=by, **grants).text)

    def with_text(self, text: str) -> TestClient:
        client = reached(self.app)
        client.headers["Authorization"] = f"Bearer {text}"
        return client


@pytest.fixture
def keys(own: Workspace) -> Keys:
    return Keys(own)


def solved(client: TestClient, workspace: Workspace, *units: str) -> str:
    """The address of a plan that a client handed in."""
    scenario = EXAMPLE_SCENARIO | ({"units": list(units)} if units else {})
    job = client.post("/v1/plans", json={"scenario": scenario, "time_limit": 2})
    assert job.status_code == 202, job.text
    workspace.jobs.run_next()
    ended = client.get(f"/v1/jobs/{job.json()['id']}").json()
    return f"/v1/plans/{ended['result']['plan']['id']}"


def test_a_plan_needs_a_second_hand(own: Workspace, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    planner = keys("Planner", "plan")
    plan = solved(planner, own)
    admin = keys("Admin", "admin")
    made = admin.post("/v1/keys", json={"name": "Made by Admin", "scopes": ["plan"]}).json()["key"]
    same = {
        "the key itself": planner,
        "a key of the same name": keys(" PLANNER ", "plan"),
    }
    for what, client in same.items():
        assert client.post(f"{plan}/approvals", json={}).status_code == 409, what
    forged = planner.post(f"{plan}/approvals", json={"name": "Mia Holt"})
    assert (forged.status_code, forged.json()["errors"][0]["pointer"]) == (422, "#/name")

    approved = admin.post(f"{plan}/approvals", json={"note": "Agreed.", "name": "Admin"})

    assert [item["by"] for item in approved.json()["approvals"]] == ["Admin"]
    assert approved.json()["approvals"][0]["caller"].startswith("key:")
    assert keys.with_text(made).post(f"{plan}/approvals", json={}).status_code == 409, "made by who approved"
    monkeypatch.setenv("SKILLMATCH_APPROVE_OWN", "1")
    assert planner.post(f"{plan}/approvals", json={}).status_code == 200


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Signer("A", "key:1"), Signer("B", "key:1"), True),
        (Signer("Mia Holt", "key:1"), Signer("mia  holt", "token:m"), True),
        (Signer("A", "key:1", "own/P-1"), Signer("B", "key:2", "own/P-1"), True),
        (Signer("A", "key:1", makers=frozenset({"key:2"})), Signer("B", "key:2"), True),
        (Signer("A", "key:1", makers=frozenset({"cli"})), Signer("B", "key:2", makers=frozenset({"cli"})), False),
        (Signer("A"), Signer("B"), False),
    ],
)
def test_when_two_signatures_are_one_hand(one: Signer, other: Signer, same: bool) -> None:
    assert one.is_one_with(other) is same
    assert other.is_one_with(one) is same


def test_a_tokens_holder_is_known_again_under_a_key(own: Workspace) -> None:
    holder = Signer.caller(Caller("token:7", "Mia Holt", frozenset({Scope.SELF}), None, PERSON))
    own.plans.remember_signer(holder)
    own.keys.create("Ward", ["self"], by="tests", person=PERSON)
    with own._context.store.reading() as view:
        key = next(item for item in view.api_keys() if item.name == "Ward")
        assert view.signer("token:7").is_one_with(view.signer(f"key:{key.id}"))


def test_nobody_decides_what_is_theirs(own: Workspace, keys: Keys) -> None:
    address = f"/v1/people/{PERSON}"
    manager, other = keys("Manager", "write"), keys("Other", "write")
    themself = keys("Own page", "self", "write", person=PERSON)
    claim = {"skill": "Giving feedback", "level": 3, "text": "Often."}
    own_id = manager.post(f"{address}/claims", json=claim).json()["id"].partition("/")[2]
    decision = {"verdict": "accept", "reason": "Seen."}
    for client in (manager, themself):
        assert client.post(f"{address}/claims/{own_id}/decision", json=decision).status_code == 409
    forged = other.post(f"{address}/claims/{own_id}/decision", json=decision | {"by": "Mia Holt"})
    assert (forged.status_code, forged.json()["errors"][0]["pointer"]) == (422, "#/by")
    done = other.post(f"{address}/claims/{own_id}/decision", json=decision)
    assert done.json()["decision"]["by"] == "Other"

    dispute = {"skill": "Conflict resolution", "reason": "Never."}
    own_id = themself.post(f"{address}/disputes", json=dispute).json()["id"].partition("/")[2]
    ruling = {"verdict": "upheld", "note": "Yes."}
    assert themself.post(f"{address}/disputes/{own_id}/decision", json=ruling).status_code == 409
    assert manager.post(f"{address}/disputes/{own_id}/decision", json=ruling).json()["decision"]["by"] == "Manager"


def test_overlay_and_feedback_are_signed_by_the_caller(keys: Keys) -> None:
    editor = keys("Editor", "write")
    change = {"kind": "alias", "skill": "Communication", "text": "talking well"}
    said = {"verdict": "accept", "text": "talking nicely", "skill": "Communication"}
    for address, body in (("/v1/overlay/entries", change), ("/v1/feedback", said)):
        assert editor.post(address, json=body | {"author": "Mia Holt"}).status_code == 422
        assert editor.post(address, json=body).json()["author"] == "Editor"


def test_planners_of_a_unit_see_their_plan_and_other_units_do_not(own: Workspace, keys: Keys) -> None:
    ours, theirs = keys("Ours", "plan", units=[UNIT]), keys("Theirs", "plan", units=[OTHER])
    plan = solved(ours, own, UNIT)
    whole = solved(keys("All", "plan"), own)
    below = ("", "/check", "/stress", "/export/managers.csv", f"/diff/{plan.rpartition('/')[2]}")
    for part in below:
        assert ours.get(f"{plan}{part}").status_code == 200, part
        assert theirs.get(f"{plan}{part}").status_code == 404, part
        assert ours.get(f"{whole}{part}").status_code == 404, part
    assert [item["id"] for item in ours.get("/v1/plans").json()["items"]] == [plan.rpartition("/")[2]]
    assert theirs.get("/v1/plans").json()["items"] == []
    hidden = {"scenario": EXAMPLE_SCENARIO | {"units": [OTHER]}, "before": plan.rpartition("/")[2]}
    assert theirs.post("/v1/plans", json=hidden).status_code == 422

    mover = ours.get(plan).json()["plan"]["assignments"][0]["person"]

    def moved(stored: Person | None) -> Person:
        assert stored is not None
        return Person(stored.id, stored.name, OTHER, stored.role_id)

    own.people.write(mover, moved, by="tests")
    assert ours.get(plan).status_code == 404

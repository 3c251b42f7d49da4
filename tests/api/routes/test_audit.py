"""What is read or changed about a person stands in the audit before it is answered; answers can be given back."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from skillmatch.domain.access.audit import Again
from skillmatch.domain.base.errors import WorkspaceError
from skillmatch.service.workspace import Workspace

HERE = "/v1/people/own/P-037"

REPLAYED = [
    (f"{HERE}/gap?role=R-B03", "people.gap"),
    (f"{HERE}/recommendations?role=R-B03&limit=3&max_cost=400&language=en&language=nl", "people.recommend"),
    (f"{HERE}/pathway?role=R-B03&hours_per_week=4&weeks=26", "people.pathway"),
    (f"{HERE}/why?role=R-B03&credential=A-002&max_hours=60", "people.why"),
    ("/v1/gap?person=P-037&role=R-B03", "people.gap"),
]


@pytest.mark.parametrize(("address", "action"), REPLAYED)
def test_advice_can_be_given_back_and_asked_again(
    own_client: TestClient, own: Workspace, address: str, action: str
) -> None:
    answer = own_client.get(address)
    assert answer.status_code == 200, answer.text

    line = own.audit.lines(person="own/P-037").items[-1]
    replay = own.audit.replay(line.seq)

    assert (line.action, line.caller) == (action, "open")
    assert replay.answer == answer.content
    assert replay.again is Again.SAME
    assert line.snapshot == answer.json()["snapshot"]
    assert "P-037" not in json.dumps(line.to_json())


@pytest.mark.parametrize(
    ("address", "action"),
    [
        (HERE, "people.read"),
        (f"{HERE}/evidence", "people.evidence"),
        (f"{HERE}/awards", "people.awards"),
        (f"{HERE}/profile", "people.profile"),
        (f"{HERE}/adjacent", "people.adjacent"),
    ],
)
def test_every_read_about_a_person_is_written_down(
    own_client: TestClient, own: Workspace, address: str, action: str
) -> None:
    own_client.get(address)
    assert [line.action for line in own.audit.lines(person="own/P-037").items] == [action]


def test_a_list_names_everybody_on_the_page(own_client: TestClient, own: Workspace) -> None:
    page = own_client.get("/v1/people?limit=7").json()["items"]
    found = own.audit.lines()
    assert sorted(found.people.values()) == sorted(person["id"] for person in page)
    assert found.items[-1].action == "people.list"


def test_changes_say_which_fields(own_client: TestClient, own: Workspace) -> None:
    own_client.patch(HERE, json={"unit": "Hotels"}, headers={"If-Match": "*"})
    line = own.audit.lines(person="own/P-037").items[-1]
    assert (line.action, line.detail) == ("people.change", {"fields": ["unit"]})


def test_what_cannot_be_written_down_is_neither_answered_nor_done(
    own_client: TestClient, own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        raise WorkspaceError("there is no room.")

    monkeypatch.setattr(own.audit, "record", full)

    for address in (HERE, f"{HERE}/gap?role=R-B03", "/v1/people"):
        refusal = own_client.get(address)
        assert refusal.status_code == 503
        assert "Kerem" not in refusal.text
    assert own_client.patch(HERE, json={"name": "X"}, headers={"If-Match": "*"}).status_code == 503
    assert own.people.get("own/P-037").name == "Kerem Demirci"


def test_the_audit_stays_whole(own_client: TestClient, own: Workspace) -> None:
    for address, _ in REPLAYED:
        own_client.get(address)
    assert own.audit.verify().whole

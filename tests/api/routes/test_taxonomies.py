"""Taxonomies over HTTP: which there are, what changed between two page by page, and occupations to build roles from."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from skillmatch.domain.skills.overlay import OverlayChange
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace

SKILLS = """\
id,label,aliases,description,type,broader,field
a.one,One,,,skill,,a
a.two,Two,deux,,skill,,a
a.three,{three},,,skill,,a
"""
OCCUPATIONS = "id,label,aliases,description,field\nhttp://jobs/1,Counter,teller | bean counter,Counts.,a\n"
NEEDS = (
    "occupation,skill,level,weight,kind\nhttp://jobs/1,a.one,{level},1,essential\nhttp://jobs/1,a.two,2,1,optional\n"
)


@pytest.fixture
def counted(own: Workspace, tmp_path: Path) -> Workspace:
    """Two versions of a taxonomy in which a skill was renamed, two came and a requirement rose."""
    for version, three, level, more in (
        ("1", "Three", 2, ""),
        ("2", "Tres", 3, "a.x,X,,,skill,,a\na.y,Y,,,skill,,a\n"),
    ):
        folder = tmp_path / version
        folder.mkdir()
        (folder / "skills.csv").write_text(SKILLS.format(three=three) + more)
        (folder / "occupations.csv").write_text(OCCUPATIONS)
        (folder / "requirements.csv").write_text(NEEDS.format(level=level))
        (folder / "taxonomy.toml").write_text(f'name = "counting"\nversion = "{version}"\n')
        assert own.taxonomy.import_from(Layout.TABLE, folder).applied
    return own


def test_all_imported_versions_are_listed_and_one_is_active(counted: Workspace, own_client: TestClient) -> None:
    items = own_client.get("/v1/taxonomies").json()["items"]

    assert [(item["id"], item["active"]) for item in items] == [
        ("counting@1", False),
        ("counting@2", True),
        ("starter@1.0.0", False),
    ]
    assert [(item["skills"], item["occupations"]) for item in items[:2]] == [(3, 1), (5, 1)]
    assert items[0]["content_hash"] != items[1]["content_hash"]
    assert [item.name for item in counted.taxonomy.versions()] == ["counting", "counting", "starter"]


def test_changes_come_page_by_page_and_are_those_of_the_service(counted: Workspace, own_client: TestClient) -> None:
    asked = {"old": "counting@1", "new": "counting@2", "limit": "2"}
    everything = counted.taxonomy.diff(("counting", "1"), ("counting", "2"))
    assert len(everything.changes) >= 4

    first = own_client.get("/v1/taxonomies/changes", params=asked)
    pages = [first.json()]
    link = first.links["next"]["url"]
    while True:
        following = own_client.get(link)
        pages.append(following.json())
        if "next" not in following.links:
            break
        link = following.links["next"]["url"]

    assert pages[-1]["next_cursor"] is None
    assert [item for page in pages for item in page["items"]] == everything.rows()
    assert all(page["counts"] == pages[0]["counts"] for page in pages)
    assert {"subject": "skill", "change": "renamed", "count": 1} in pages[0]["counts"]
    assert {"subject": "skill", "change": "added", "count": 2} in pages[0]["counts"]


def test_changes_of_one_kind_alone(counted: Workspace, own_client: TestClient) -> None:
    asked = {"old": "counting@1", "new": "counting@2", "subject": "skill", "change": "renamed"}
    (item,) = own_client.get("/v1/taxonomies/changes", params=asked).json()["items"]
    assert (item["id"], item["before"], item["after"]) == ("a.three", "Three", "Tres")
    (raised,) = own_client.get(
        "/v1/taxonomies/changes", params={**asked, "subject": "requirement", "change": "changed"}
    ).json()["items"]
    assert (raised["id"], raised["other"]) == ("http://jobs/1", "a.one")
    back = own_client.get("/v1/taxonomies/changes", params={"old": "counting@2", "new": "counting@1"}).json()
    assert {"subject": "skill", "change": "removed", "count": 2} in back["counts"]


def test_a_kept_comparison_is_not_told_of_another_import(
    counted: Workspace, own_client: TestClient, tmp_path: Path
) -> None:
    asked = {"old": "counting@1", "new": "counting@2"}
    own_client.get("/v1/taxonomies/changes", params=asked)
    (tmp_path / "2" / "skills.csv").write_text(SKILLS.format(three="Drei"))
    assert counted.taxonomy.import_from(Layout.TABLE, tmp_path / "2").applied

    found = own_client.get("/v1/taxonomies/changes", params=asked).json()

    assert {"subject": "skill", "change": "renamed", "count": 1} in found["counts"]
    assert [item["after"] for item in found["items"] if item["change"] == "renamed"] == ["Drei"]
    assert "added" not in {item["change"] for item in found["items"]}


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"old": "counting", "new": "counting@2"}, 422),
        ({"old": "@1", "new": "counting@2"}, 422),
        ({"old": "starter@9", "new": "starter@1.0.0"}, 404),
        ({"old": "starter@1.0.0", "new": "starter@1.0.0", "subject": "person"}, 422),
        ({"old": "starter@1.0.0", "new": "starter@1.0.0", "cursor": "YQ"}, 422),
        ({"old": "starter@1.0.0", "new": "starter@1.0.0", "cursor": "wrong"}, 422),
        ({"old": "starter@1.0.0"}, 422),
    ],
)
def test_what_cannot_be_compared_is_refused(client: TestClient, params: dict[str, str], status: int) -> None:
    assert client.get("/v1/taxonomies/changes", params=params).status_code == status


def test_nothing_changed_between_a_version_and_itself(client: TestClient) -> None:
    found = client.get("/v1/taxonomies/changes", params={"old": "starter@1.0.0", "new": "starter@1.0.0"}).json()
    assert (found["counts"], found["items"], found["next_cursor"]) == ([], [], None)


def test_occupations_are_listed_and_found_by_any_name(client: TestClient, demo: Workspace) -> None:
    found: list[str] = []
    address = "/v1/occupations?limit=20"
    while address:
        page = client.get(address)
        found += [item["id"] for item in page.json()["items"]]
        address = page.links.get("next", {}).get("url", "")
    assert found == sorted(found)
    assert len(found) == next(item for item in demo.taxonomy.versions() if item.active).occupations
    named = client.get("/v1/occupations", params={"q": "SENIOR  carer"}).json()["items"]
    assert [item["id"] for item in named] == ["occupation.care-team-leader"]
    assert client.get("/v1/occupations", params={"q": "no such work"}).json()["items"] == []


def test_an_occupation_asks_for_what_the_overlay_left(counted: Workspace, own_client: TestClient) -> None:
    counted.taxonomy.overlay.change(OverlayChange.merge("a.one", "a.three"), author="Ada")
    by_id = own_client.get(f"/v1/occupations/{quote('http://jobs/1', safe='')}")
    assert by_id.status_code == 200
    assert [
        (need["skill_id"], need["label"], need["level"], need["kind"]) for need in by_id.json()["requirements"]
    ] == [
        ("a.three", "Tres", 3.0, "essential"),
        ("a.two", "Two", 2.0, "optional"),
    ]
    by_alias = own_client.get("/v1/occupations/Bean Counter")
    assert by_alias.json() == by_id.json()
    assert (
        own_client.get("/v1/occupations/Counter", headers={"If-None-Match": by_id.headers["etag"]}).status_code == 304
    )
    missing = own_client.get("/v1/occupations/Countr")
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    assert "Counter" in missing.json()["remedy"]

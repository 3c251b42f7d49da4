"""Lists of people come in pages that lose nobody and show nobody twice."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from skillmatch.api.kit.cursors import read_cursor, write_cursor
from skillmatch.domain.base.errors import InputError
from skillmatch.service.workspace import Workspace


def follow(client: TestClient, address: str) -> list[list[str]]:
    """The ids on each page, following the Link header to the end."""
    pages = []
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.text
        pages.append([person["id"] for person in response.json()["items"]])
        following = response.links.get("next", {}).get("url", "")
        assert bool(following) == bool(response.json()["next_cursor"])
        address = following
    return pages


@pytest.mark.parametrize("limit", [1, 7, 100, 200])
def test_the_pages_together_are_all_people_in_order(client: TestClient, demo: Workspace, limit: int) -> None:
    unit = "Care homes"
    pages = follow(client, f"/v1/people?limit={limit}&unit={quote(unit)}")

    assert [person for page in pages for person in page] == [person.id for person in demo.people.all([unit])]
    assert all(len(page) == limit for page in pages[:-1])
    assert pages[-1]


def test_a_unit_without_people_is_an_empty_page(client: TestClient) -> None:
    found = client.get("/v1/people", params={"unit": "nowhere"}).json()
    assert (found["items"], found["next_cursor"]) == ([], None)


@pytest.mark.parametrize("cursor", ["zz", "!!", "b3duL1AtMDAy=", "ÿ", "gICA"])
def test_a_made_up_cursor_is_refused(client: TestClient, cursor: str) -> None:
    problem = client.get("/v1/people", params={"cursor": cursor})

    assert problem.status_code == 422
    assert problem.json()["errors"][0]["pointer"] == "#/cursor"


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1))
def test_a_cursor_leads_back_to_the_id_it_was_made_of(last_id: str) -> None:
    assert read_cursor(write_cursor(last_id)) == last_id


@given(st.text())
def test_no_text_makes_a_cursor_do_anything_but_answer_or_refuse(given: str) -> None:
    try:
        assert write_cursor(read_cursor(given)) == given
    except InputError as error:
        assert error.place.field == "cursor"

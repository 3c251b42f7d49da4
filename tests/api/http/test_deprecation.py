"""Addresses that will go say since when, until when and what to ask instead, and work until then."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from skillmatch.api.http.deprecation import Deprecated
from skillmatch.api.openapi.description import describe

WHOM = {"person": "P-037", "role": "R-B03"}


def test_a_deprecated_address_answers_and_says_what_to_ask_instead(client: TestClient) -> None:
    old = client.get("/v1/gap", params=WHOM)
    since = datetime.fromtimestamp(int(old.headers["Deprecation"].removeprefix("@")), UTC)
    gone = parsedate_to_datetime(old.headers["Sunset"])
    assert (since.date(), gone.date()) == (date(2026, 11, 28), date(2027, 11, 28))
    assert old.headers["Link"] == '</v1/people/{source}/{external_id}/gap>; rel="successor-version"'

    new = client.get("/v1/people/own/P-037/gap", params={"role": "R-B03"})
    assert new.json() == old.json()
    assert not {"Deprecation", "Sunset", "Link"} & set(new.headers)


def test_a_refusal_says_it_too(client: TestClient) -> None:
    refused = client.get("/v1/gap", params={**WHOM, "person": "nobody"})
    assert refused.status_code == 404
    assert refused.headers["Deprecation"].startswith("@")


def test_the_description_and_the_page_mark_exactly_those(app: FastAPI, client: TestClient) -> None:
    document = describe(app)
    marked = {
        path for path, methods in document["paths"].items() for spec in methods.values() if spec.get("deprecated")
    }
    assert marked == {"/v1/gap", "/v1/recommendations", "/v1/pathway"}
    assert client.get("/docs").text.count("<strong>Deprecated:</strong>") == len(marked)


def test_an_address_does_not_go_before_it_was_deprecated() -> None:
    with pytest.raises(ValueError, match="only after"):
        Deprecated(date(2027, 1, 1), date(2026, 1, 1), "/v1/other")

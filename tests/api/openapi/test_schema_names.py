"""Names of schemas, as programs that make clients from the description take them."""

from __future__ import annotations

import json
import re
from typing import Any

from fastapi import FastAPI

from skillmatch.api.openapi.description import describe
from skillmatch.api.openapi.schema_names import with_plain_names

PLAIN = re.compile(r"[A-Z][A-Za-z0-9]*")


def ways(*names: str) -> dict[str, Any]:
    """A description with a schema of each name, all different, each referred to once."""
    return {
        "paths": {"/v1/things": [{"$ref": f"#/components/schemas/{name}"} for name in names]},
        "components": {"schemas": {name: {"title": "Same", "enum": [name]} for name in names}},
    }


def test_every_schema_has_a_plain_name_and_no_two_share_a_title(app: FastAPI) -> None:
    schemas = describe(app)["components"]["schemas"]
    assert all(PLAIN.fullmatch(name) for name in schemas), sorted(schemas)
    titles = [schema["title"] for schema in schemas.values() if "title" in schema]
    assert sorted(titles) == sorted(set(titles))


def test_nothing_of_our_modules_is_in_the_description(app: FastAPI) -> None:
    assert "skillmatch__" not in json.dumps(describe(app))


def test_every_reference_leads_somewhere(app: FastAPI) -> None:
    document = describe(app)
    references = set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(document)))
    assert len(references) > 100
    assert {reference.removeprefix("#/components/schemas/") for reference in references} <= document["components"][
        "schemas"
    ].keys()


def test_values_of_one_name_are_told_apart_by_what_they_belong_to() -> None:
    document = ways("skillmatch__domain__claim__Verdict", "skillmatch__service__health__Verdict", "Person")
    with_plain_names(document)
    assert document["components"]["schemas"].keys() == {"ClaimVerdict", "HealthVerdict", "Person"}
    assert document["components"]["schemas"]["ClaimVerdict"] == {
        "title": "ClaimVerdict",
        "enum": ["skillmatch__domain__claim__Verdict"],
    }
    assert [part["$ref"].rpartition("/")[2] for part in document["paths"]["/v1/things"]] == [
        "ClaimVerdict",
        "HealthVerdict",
        "Person",
    ]


def test_a_shape_of_ours_keeps_its_name_and_a_name_that_is_taken_stays() -> None:
    document = ways("skillmatch__domain__claim__Verdict", "skillmatch__api__schemas__evidence__Verdict", "ClaimVerdict")
    assert with_plain_names(document) == {
        "skillmatch__api__schemas__evidence__Verdict": "Verdict",
        "skillmatch__domain__claim__Verdict": "DomainClaimVerdict",
    }
    assert document["components"]["schemas"]["ClaimVerdict"]["enum"] == ["ClaimVerdict"]


def test_what_says_the_same_twice_is_said_once() -> None:
    document = ways("skillmatch__taxonomy__diff__ChangeKind", "ChangeKind-Input")
    schemas = document["components"]["schemas"]
    schemas["ChangeKind-Input"] = dict(schemas["skillmatch__taxonomy__diff__ChangeKind"])
    with_plain_names(document)
    assert schemas.keys() == {"DiffChangeKind"}
    assert {part["$ref"] for part in document["paths"]["/v1/things"]} == {"#/components/schemas/DiffChangeKind"}

"""API3:2023 Broken object property level authorization: fields that are the server's, sent by callers, and fields
that callers get which nobody promised them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.api.openapi.description import resolve
from skillmatch.api.openapi.operations import answer_of
from skillmatch.service.workspace import Workspace

from ..calls import ALL, DOCUMENT, PERSON, Call, placed, places, problem_code, with_things
from .test_1_object_level import everything_about, quick

SERVERS = (
    {"id", "person_id", "created", "created_by", "by", "scopes", "units", "admin", "is_admin", "role", "roles", "owner"}
    | {"status", "outcome", "versions", "snapshot", "as_of", "secret", "score", "hash", "etag", "decided", "verdict"}
    | {
        "__proto__",
        "constructor",
        "__class__",
        "_sa_instance_state",
        "*",
        "",
        "person.id",
        "evidence",
        "awards",
        "salt",
    }
)
WITH_BODY = [name for name, call in ALL.items() if call.body_schema is not None]


def answered_fields() -> set[str]:
    """The name of every field that any answer has."""
    return {name for schema in DOCUMENT["components"]["schemas"].values() for name in schema.get("properties", {})}


def objects(call: Call) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Any], Any]]:
    """Every object in a call's body: the way to it, its schema, the example."""
    assert call.body_schema is not None
    yield (), call.body_schema, call.body
    for place in places(call):
        if isinstance(place.value, dict):
            yield place.way, place.schema, place.value


def test_every_change_with_a_body_is_attacked() -> None:
    changing = {name for name, call in ALL.items() if call.method in ("POST", "PUT", "PATCH")}
    assert len(WITH_BODY) >= 18
    assert {
        name for name in changing - set(WITH_BODY) if ALL[name].content is None and "body" in ALL[name].spec
    } == set()


@pytest.mark.parametrize("operation", WITH_BODY)
def test_fields_that_nobody_asked_for_are_refused_wherever_they_stand(
    victim: Workspace, admin: TestClient, operation: str
) -> None:
    call = with_things(ALL[operation], victim)
    before = everything_about(victim, PERSON), len(victim.people.all()), len(victim.jobs.all(limit=200).items)
    for way, schema, example in objects(call):
        more = dict.fromkeys((SERVERS | answered_fields()) - set(schema.get("properties", {})), "own/P-001")
        more = {name: value for name, value in more.items() if name not in example}
        kinds = ["application/json"] + (["application/merge-patch+json"] if call.method == "PATCH" else [])
        for kind in kinds:
            if schema.get("additionalProperties") is True:  # read by a reader of its own, which stops at the first
                for name in sorted(more.keys() - {"taxonomy"}):  # which a scenario may name
                    sent = placed(call.body, (*way, name), "own/P-001")
                    assert call.send(admin, body=sent).status_code in (409, 422), (way, name)
                continue
            response = call.send(
                admin, body=placed(call.body, way, {**example, **more}), headers={"Content-Type": kind}
            )
            assert response.status_code == 422, (way, response.text[:500])
            assert problem_code(response) == "invalid_input"
            assert {error["code"] for error in response.json()["errors"]} == {"extra_forbidden"}
            assert len(response.json()["errors"]) == len(more)
    after = everything_about(victim, PERSON), len(victim.people.all()), len(victim.jobs.all(limit=200).items)
    assert after == before


@pytest.mark.parametrize("operation", [name for name, call in ALL.items() if call.method == "GET"])
def test_parameters_that_nobody_described_change_nothing(victim: Workspace, admin: TestClient, operation: str) -> None:
    call = with_things(ALL[operation], victim)
    known = {part["name"] for part in call.parameters("path", "query")}
    plain = quick(call).send(admin)
    where = plain.request.url.copy_merge_params({name: "own/P-001" for name in SERVERS if name and name not in known})
    laden = admin.get(str(where), headers=dict(call.headers))
    assert laden.status_code == plain.status_code
    assert laden.content == plain.content or _meanwhile(plain.json(), laden.json())


def _meanwhile(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether two answers differ only in when they were given, and in that the first of them was put down since."""
    moments = {"made", "next_since", "next_cursor"}
    assert before.keys() == after.keys()
    for name in before.keys() - moments:
        if name in ("items", "accesses") and isinstance(before[name], list):
            if after[name][: len(before[name])] != before[name]:
                return False
        elif after[name] != before[name]:
            return False
    return True


@pytest.mark.parametrize("operation", [name for name, call in ALL.items() if call.method != "DELETE"])
def test_an_answer_holds_what_is_described_and_no_more(victim: Workspace, admin: TestClient, operation: str) -> None:
    call = with_things(ALL[operation], victim)
    response = quick(call).send(admin, headers={"If-Match": "*"} if "if-match" in call.headers else {})
    schema = answer_of(call.spec)
    if schema is not None and response.is_success:
        assert list(undescribed(response.json(), schema, "")) == []
    if operation not in ("add_webhook", "rotate_webhook"):
        assert "whsec_" not in response.text  # shown once, when it is made


def undescribed(value: Any, schema: Mapping[str, Any], way: str) -> Iterator[str]:
    """Where a value has fields of which its schema says nothing."""
    kinds = [resolve(part, DOCUMENT) for part in schema.get("anyOf", ())] or [resolve(schema, DOCUMENT)]
    if isinstance(value, list):
        kind = next((part for part in kinds if "items" in part), None)
        for number, item in enumerate(value):
            if kind is not None:
                yield from undescribed(item, kind["items"], f"{way}/{number}")
    if isinstance(value, dict):
        free = [part for part in kinds if part.get("additionalProperties") or not part.get("properties")]
        known: dict[str, Any] = {name: part for kind in kinds for name, part in kind.get("properties", {}).items()}
        for name, item in value.items():
            if name in known:
                yield from undescribed(item, known[name], f"{way}/{name}")
            elif not free:
                yield f"{way}/{name}"

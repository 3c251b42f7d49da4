"""Whatever is wrong leaves as a problem that says where, why and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.http.access import OPEN
from skillmatch.api.http.limits import LIMITS
from skillmatch.api.http.problems import KINDS
from skillmatch.api.schemas import Problem
from skillmatch.api.schemas.linking import MAX_CHARACTERS, MAX_TEXTS
from skillmatch.domain.base import errors
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace

ClientOf = Callable[..., TestClient]

GAP = {"person": "own/P-037", "role": "own/R-B03"}
PATHWAY = {**GAP, "hours_per_week": "4", "weeks": "26"}
CALL = "0123456789abcdef0123456789abcdef"
JSON = {"Content-Type": "application/json"}


def problem_of(response: Any, status: int, code: str) -> Problem:
    """The problem in a response, whose form is checked on the way."""
    assert response.headers["content-type"] == "application/problem+json"
    problem = Problem.model_validate(response.json())
    assert (response.status_code, problem.status, problem.code) == (status, status, code)
    assert problem.detail
    assert problem.request_id == response.headers["x-request-id"]
    return problem


@pytest.mark.parametrize(
    ("path", "parameters", "pointer"),
    [
        ("/v1/gap", {"person": "own/P-037"}, "#/role"),
        ("/v1/gap", {**GAP, "person": ""}, "#/person"),
        ("/v1/gap", {**GAP, "as_of": "yesterday"}, "#/as_of"),
        ("/v1/gap", {**GAP, "as_of": "2026-02-30"}, "#/as_of"),
        ("/v1/gap", {**GAP, "role": "x" * 501}, "#/role"),
        ("/v1/recommendations", {**GAP, "limit": "0"}, "#/limit"),
        ("/v1/recommendations", {**GAP, "limit": "201"}, "#/limit"),
        ("/v1/recommendations", {**GAP, "limit": "many"}, "#/limit"),
        ("/v1/recommendations", {**GAP, "max_hours": "-1"}, "#/max_hours"),
        ("/v1/recommendations", {**GAP, "max_hours": "nan"}, "#/max_hours"),
        ("/v1/recommendations", {**GAP, "max_cost": "inf"}, "#/max_cost"),
        ("/v1/pathway", {**PATHWAY, "hours_per_week": "0"}, "#/hours_per_week"),
        ("/v1/pathway", {**PATHWAY, "hours_per_week": "169"}, "#/hours_per_week"),
        ("/v1/pathway", {**PATHWAY, "weeks": "0"}, "#/weeks"),
        ("/v1/pathway", {**PATHWAY, "weeks": "1.5"}, "#/weeks"),
        ("/v1/pathway", GAP, "#/hours_per_week"),
        ("/v1/skills", {}, "#/q"),
        ("/v1/skills", {"q": ""}, "#/q"),
        ("/v1/skills", {"q": "x" * 201}, "#/q"),
        ("/v1/people", {"limit": "-3"}, "#/limit"),
    ],
)
def test_a_wrong_parameter_is_pointed_at(
    client: TestClient, path: str, parameters: dict[str, str], pointer: str
) -> None:
    problem = problem_of(client.get(path, params=parameters), 422, "invalid_input")

    assert pointer in [error.pointer for error in problem.errors]
    assert problem.remedy


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/texts"),
        ({"texts": []}, "#/texts"),
        ({"texts": "welding"}, "#/texts"),
        ({"texts": ["a"] * (MAX_TEXTS + 1)}, "#/texts"),
        ({"texts": ["a", "b" * (MAX_CHARACTERS + 1)]}, "#/texts/1"),
        ({"texts": ["a", 7]}, "#/texts/1"),
        ({"texts": ["a"], "top": 0}, "#/top"),
        ({"texts": ["a"], "top": 51}, "#/top"),
        ({"texts": ["a"], "abstain": "perhaps"}, "#/abstain"),
        ({"texts": ["a"], "a/b~c": 1}, "#/a~1b~0c"),
        ([], "#"),
    ],
)
def test_a_wrong_body_is_pointed_at(client: TestClient, body: Any, pointer: str) -> None:
    problem = problem_of(client.post("/v1/skills/normalise", json=body), 422, "invalid_input")

    assert [error.pointer for error in problem.errors] == [pointer]
    assert problem.errors[0].location == "body"


def test_the_largest_allowed_body_is_answered(client: TestClient) -> None:
    response = client.post("/v1/skills/normalise", json={"texts": ["welding"] * MAX_TEXTS, "top": 1})
    assert response.status_code == 200
    assert len(response.json()["items"]) == MAX_TEXTS


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[" * 100_000, b'{"texts": ["\xff"]}', b'{"texts": ["a"], "top": ' + b"1" * 10_000 + b"}"]
)
def test_what_is_no_json_is_said_to_be_none(client: TestClient, body: bytes) -> None:
    response = client.post("/v1/skills/normalise", content=body, headers=JSON)
    code = "malformed_body" if body else "invalid_input"  # nothing at all is a missing body
    code = "body_too_deep" if body.startswith(b"[[") else code
    problem_of(response, 400 if body else 422, code)


def test_half_a_surrogate_pair_is_refused_rather_than_answered_with_a_fault(client: TestClient) -> None:
    response = client.post("/v1/skills/normalise", content=rb'{"texts": ["\ud800"]}', headers=JSON)
    assert problem_of(response, 422, "invalid_input").errors[0].pointer == "#/texts/0"


def test_json_that_is_not_declared_is_refused_with_the_header_to_send(client: TestClient) -> None:
    problem = problem_of(client.post("/v1/skills/normalise", content=b'{"texts": ["a"]}'), 415, "not_json")
    assert "Content-Type: application/json" in problem.detail


def test_an_unknown_thing_is_not_found_and_near_ones_are_named(client: TestClient) -> None:
    problem = problem_of(client.get("/v1/roles/own/R-B3"), 404, "not_found")
    assert "R-B03" in problem.remedy
    problem_of(client.get("/v1/people/own/nobody"), 404, "not_found")
    problem_of(client.get("/v1/skills/zzzz"), 404, "not_found")
    problem_of(client.get("/v1/gap", params={**GAP, "person": "nobody"}), 404, "not_found")
    problem_of(client.get("/v1/people/own/a%00b"), 400, "malformed_address")


def test_an_unknown_address_and_method_are_problems_too(client: TestClient) -> None:
    problem_of(client.get("/v2/gap"), 404, "no_such_route")
    refused = client.put("/v1/gap")
    problem_of(refused, 405, "method_not_allowed")
    assert refused.headers["allow"] == "GET"


def test_a_body_over_the_limit_is_refused_however_its_length_is_declared(client: TestClient) -> None:
    body = b" " * (LIMITS.body_bytes + 1)
    problem_of(client.post("/v1/skills/normalise", content=body, headers=JSON), 413, "body_too_large")
    problem_of(
        client.post("/v1/skills/normalise", content=iter([body[:-1], b" "]), headers=JSON), 413, "body_too_large"
    )
    problem_of(
        client.post("/v1/skills/normalise", content=b"{}", headers={**JSON, "Content-Length": "9" * 5_000}),
        413,
        "body_too_large",
    )
    # One byte less is read and found not to be JSON.
    problem_of(client.post("/v1/skills/normalise", content=body[:-1], headers=JSON), 400, "malformed_body")


def test_a_workspace_that_cannot_be_used_is_said_to_be_so(client_of: ClientOf, tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "closed", create=True, encoder=NgramEncoder())
    workspace.close()

    problem = problem_of(client_of(create_app(workspace, access=OPEN)).get("/v1/roles"), 503, "workspace_closed")

    assert problem.type == "/docs#problem-workspace"
    assert problem.remedy


def test_linking_without_a_taxonomy_says_what_to_import(client_of: ClientOf, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "empty", create=True, encoder=NgramEncoder()) as workspace:
        client = client_of(create_app(workspace, access=OPEN))
        problem = problem_of(client.post("/v1/skills/normalise", json={"texts": ["welding"]}), 409, "conflict")
        assert "import" in problem.remedy
        assert client.get("/v1/skills", params={"q": "welding"}).json()["items"] == []
        assert client.get("/v1/people").json()["items"] == []


def test_a_fault_of_ours_tells_nothing_of_what_is_inside(
    client_of: ClientOf, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty() -> list[Any]:
        raise ZeroDivisionError("secret of the house")

    with Workspace.open(tmp_path / "faulty", create=True, encoder=NgramEncoder()) as workspace:
        monkeypatch.setattr(workspace.roles, "all", faulty)
        response = client_of(create_app(workspace, access=OPEN)).get("/v1/roles", headers={"X-Request-Id": CALL})

    problem = problem_of(response, 500, "internal")
    assert "secret" not in response.text
    assert "Zero" not in response.text
    assert problem.request_id == CALL
    assert CALL in caplog.text
    assert "secret of the house" in caplog.text
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_request_id_that_could_break_a_log_line_or_name_somebody_is_replaced(client: TestClient) -> None:
    for given in ("a b" + "x" * 100, "P-037", "ada@example.org", "sm_0123456789ab_secret", "a" * 33):
        made = client.get("/v1/nothing", headers={"X-Request-Id": given}).headers["x-request-id"]
        assert len(made) == 32
        assert given not in made


def test_every_domain_error_has_its_row_in_the_table() -> None:
    # Commands have errors of their own, which never reach an address.
    kinds = [kind for kind in errors.SkillmatchError.__subclasses__() if kind.__module__ == errors.__name__]
    assert kinds
    assert {kind.code for kind in kinds} <= KINDS.keys()

"""The API and the command line answer alike: two views of one workspace."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.cli.main import run
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace

WHOM = {"person": "P-037", "role": "R-B03"}

SAME = [
    (["gap", *WHOM.values()], "/v1/gap", WHOM),
    (
        [
            "recommend",
            *WHOM.values(),
            "--limit",
            "3",
            "--max-hours",
            "60",
            "--max-cost",
            "400",
            "--as-of",
            "2026-06-01",
        ],
        "/v1/recommendations",
        {**WHOM, "limit": 3, "max_hours": 60, "max_cost": 400, "as_of": "2026-06-01"},
    ),
    (
        ["pathway", *WHOM.values(), "--hours-per-week", "5", "--weeks", "30"],
        "/v1/pathway",
        {**WHOM, "hours_per_week": 5, "weeks": 30},
    ),
    (["people", "show", "P-037"], "/v1/people/own/P-037/profile", {}),
    (["people", "list", "--unit", "Hotels"], "/v1/people", {"unit": "Hotels", "limit": 200}),
    (["roles", "show", "R-B03"], "/v1/roles/own/R-B03", {}),
    (["roles", "list"], "/v1/roles", {}),
    (["taxonomy", "show", "Active listening"], "/v1/skills/Active%20listening", {}),
]


OWN_ADDRESSES = {"id", "name", "unit", "role_id", "languages", "hours_per_week", "evidence", "awards"}
"""What the command line shows of a person at once, and the API under addresses of its own."""


def comparable(answer: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    """What both answers say, without what is the front end's own: how a list goes on, the encoder that a process runs.

    The API puts its own word for the status beside the exact one.
    """
    said = {**answer, "status": answer.get("outcome", answer.get("status"))}
    versions = {name: value for name, value in answer.get("versions", {}).items() if name != "encoder"}
    return {name: value for name, value in {**said, "versions": versions}.items() if name in keys}


@pytest.mark.parametrize(("command", "path", "parameters"), SAME, ids=[" ".join(item[0][:2]) for item in SAME])
def test_the_same_question_has_the_same_answer(
    client: TestClient,
    demo: Workspace,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    path: str,
    parameters: dict[str, Any],
) -> None:
    monkeypatch.setattr("skillmatch.service.workspace.make_encoder", lambda *_, **__: NgramEncoder())
    assert run([*command, "--json", "--workspace", str(demo.folder)]) == 0
    printed = json.loads(capsys.readouterr().out)

    response = client.get(path, params=parameters)

    assert response.status_code == 200, response.text
    common = response.json().keys() & printed.keys()
    assert common
    assert printed.keys() - common <= OWN_ADDRESSES
    assert comparable(response.json(), common) == comparable(printed, common)

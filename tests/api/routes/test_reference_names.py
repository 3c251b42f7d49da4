"""What an answer says can be sent back under the name that it had there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from skillmatch.api import schemas
from skillmatch.api.schemas.envelope import AS_ANSWERED, Body


def bodies(base: type[Body] = Body) -> Iterator[type[Body]]:
    for body in base.__subclasses__():
        yield body
        yield from bodies(body)


NAMED = sorted(
    {
        (body, answered, asked)
        for body in bodies()
        for answered, asked in AS_ANSWERED.items()
        if asked in body.model_fields and answered not in body.model_fields
    },
    key=str,
)


def example(body: type[Body]) -> dict[str, Any]:
    return {name: field.examples[0] for name, field in body.model_fields.items() if field.examples}


def test_there_are_such_bodies() -> None:
    assert {body.__name__ for body, _, _ in NAMED} >= {"NewKey", "NewClaim", "NewStack", "EvidenceFields", "Taught"}
    assert schemas.NewKey in {body for body, _, _ in NAMED}


@pytest.mark.parametrize(("body", "answered", "asked"), NAMED, ids=str)
def test_either_name_says_the_same_and_both_at_once_are_refused(body: type[Body], answered: str, asked: str) -> None:
    sent = {
        "skill": "Dementia care",
        "credential": "own/A-005",
        "credentials": ["own/A-002", "own/A-005"],
        "person": "own/P-037",
        "role": "own/R-B07",
    }
    given = {**example(body), asked: sent[asked]}
    renamed = {answered if name == asked else name: value for name, value in given.items()}
    assert body.model_validate(renamed) == body.model_validate(given)
    with pytest.raises(ValidationError):
        body.model_validate({**given, answered: sent[asked]})


def test_a_key_names_its_person_as_it_was_asked_to(own_client: TestClient) -> None:
    made = own_client.post("/v1/keys", json={"name": "Kerem's page", "scopes": ["self"], "person": "own/P-037"}).json()
    assert made["person"] == made["person_id"] == "own/P-037"
    again = own_client.post("/v1/keys", json={"name": "again", "scopes": ["self"], "person_id": made["person_id"]})
    assert again.json()["person"] == "own/P-037"

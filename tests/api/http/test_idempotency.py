"""A change sent again under its key is made once, and answered the same to the last byte."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.service.access.idempotency import Turn
from skillmatch.service.workspace import Workspace

BODY = {"external_id": "N1", "name": "Nia"}
KEY = {"Idempotency-Key": "0b9c"}


def test_a_repeated_change_is_made_once_and_answered_byte_for_byte(own_client: TestClient, own: Workspace) -> None:
    first = own_client.post("/v1/people", json=BODY, headers=KEY)
    own_client.patch("/v1/people/own/N1", json={"name": "Nia B."}, headers={"If-Match": "*"})

    again = own_client.post("/v1/people", json=BODY, headers=KEY)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    for name in ("etag", "location", "content-type", "content-length"):
        assert again.headers[name] == first.headers[name]
    assert again.headers["x-request-id"] != first.headers["x-request-id"]
    assert own.people.get("own/N1").name == "Nia B."


def test_a_refusal_is_given_again_too(own_client: TestClient) -> None:
    own_client.post("/v1/people", json=BODY)
    first = own_client.post("/v1/people", json=BODY, headers=KEY)
    own_client.delete("/v1/people/own/N1", headers={"If-Match": '"x"'})
    again = own_client.post("/v1/people", json=BODY, headers=KEY)
    assert first.status_code == 409
    assert (again.status_code, again.content) == (409, first.content)


@pytest.mark.parametrize(
    ("method", "path", "body", "headers"),
    [
        ("POST", "/v1/people", {**BODY, "name": "Other"}, {}),
        ("POST", "/v1/people?x=1", BODY, {}),
        ("PUT", "/v1/people/own/N1", {"name": "Nia"}, {"If-Match": "*"}),
    ],
)
def test_a_key_belongs_to_one_request(
    own_client: TestClient, method: str, path: str, body: dict[str, Any], headers: dict[str, str]
) -> None:
    own_client.post("/v1/people", json=BODY, headers=KEY)
    refusal = own_client.request(method, path, json=body, headers={**KEY, **headers})
    assert (refusal.status_code, refusal.json()["code"]) == (422, "key_reused")


def test_a_key_belongs_to_one_caller(as_caller: Any) -> None:
    first, second = as_caller("write"), as_caller("write")
    assert first.post("/v1/people", json=BODY, headers=KEY).status_code == 201
    assert second.post("/v1/people", json=BODY, headers=KEY).status_code == 409


def test_a_request_in_flight_is_not_begun_twice(own_client: TestClient, own: Workspace) -> None:
    begun, go_on = threading.Event(), threading.Event()
    write = own.people.write

    def slowly(*given: Any, **named: Any) -> Any:
        begun.set()
        assert go_on.wait(20)
        return write(*given, **named)

    own.people.write = slowly  # type: ignore[method-assign]
    answers: list[Any] = []
    first = threading.Thread(target=lambda: answers.append(own_client.post("/v1/people", json=BODY, headers=KEY)))
    first.start()
    assert begun.wait(20)
    second = own_client.post("/v1/people", json=BODY, headers=KEY)
    go_on.set()
    first.join()

    assert (second.status_code, second.json()["code"]) == (409, "key_in_flight")
    assert second.headers["retry-after"] == "1"
    assert answers[0].status_code == 201


def test_a_failure_of_ours_frees_the_key(own_client: TestClient, own: Workspace) -> None:
    write = own.people.write

    def broken(*given: Any, **named: Any) -> Any:
        raise ZeroDivisionError

    own.people.write = broken  # type: ignore[method-assign]
    assert own_client.post("/v1/people", json=BODY, headers=KEY).status_code == 500
    own.people.write = write  # type: ignore[method-assign]
    assert own_client.post("/v1/people", json=BODY, headers=KEY).status_code == 201


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "a\tb", "é"])
def test_a_key_that_cannot_be_read_is_refused(own_client: TestClient, key: str) -> None:
    refusal = own_client.post("/v1/people", json=BODY, headers={"Idempotency-Key": key.encode("latin-1")})  # type: ignore[dict-item]
    assert (refusal.status_code, refusal.json()["code"]) == (400, "malformed_header")


def test_nothing_is_kept_of_reads_or_of_strangers(own_client: TestClient, as_caller: Any, own: Workspace) -> None:
    own_client.get("/v1/people", headers=KEY)
    assert as_caller().post("/v1/people", json=BODY, headers=KEY).status_code == 401
    assert own.idempotency.reserve("open", KEY["Idempotency-Key"], "print").turn is Turn.GO

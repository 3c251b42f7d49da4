"""NUL, lone surrogates, marks that turn the direction of text, and ids of a megabyte: in every field and parameter."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.http.rates import Rates
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace

from ..calls import ALL, Call, placed, places, with_texts, with_things
from ..owasp.test_1_object_level import quick

BIDI = "\u202eP-037\u2066\u200f"
CRUEL = {
    "NUL": "a\x00b",
    "half a surrogate pair": "a\ud800b",
    "the other half": "\udfff",
    "direction marks": BIDI,
    "invisible": "\u200b\u2060\ufeff",
    "not a character": "\uffff\ufdd0",
    "beyond the first plane": "\U0010fffd\U0001f600",
    "combined": "e" + "\u0301" * 300,
    "control characters": "\x01\x1b[31m\x7f\x85",
    "blanks": " \t\u00a0\u3000 ",
    "a megabyte": "x" * 1_000_000,
}


UNSEEN = [
    *(chr(code) for code in (0x00, 0x09, 0x0A, 0x1B, 0x7F, 0x85, 0x9F, 0x061C, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E)),
    *(chr(code) for code in (0x200F, 0x2028, 0x2029, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)),
    *(chr(code) for code in (0xFFFD, 0xFFFF, 0xD800, 0xDFFF, 0xE0041)),
]

CREATE = ALL["add_person"]

LATER = ("solve_plan", "before")
"""The id of a kept plan that a job looks up when it is done, and then finds none."""


@pytest.fixture(scope="module")
def holder(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A copy of the demo that the tests of this module share."""
    folder = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("texts") / "w"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def caller(holder: Workspace, client_of: Callable[..., TestClient]) -> TestClient:
    client = client_of(create_app(holder, allow_remote=False, rates=Rates(10_000_000)))
    client.headers["Authorization"] = f"Bearer {holder.keys.create('cruel', ['admin'], by='test').text}"
    return client


def sent(call: Call, client: TestClient, body: Any) -> Any:
    """Send a body as JSON that also holds what no UTF-8 can."""
    return call.send(client, content=json.dumps(body).encode("ascii"))


@pytest.mark.parametrize("operation", with_texts())
def test_no_text_in_a_body_breaks_anything(holder: Workspace, caller: TestClient, operation: str) -> None:
    call = quick(with_things(ALL[operation], holder))
    for place in places(call):
        if place.schema.get("type") != "string":
            continue
        for name, text in CRUEL.items():
            response = sent(call, caller, placed(call.body, place.way, text))
            assert response.status_code < 500, (str(place), name, response.text[:300])
            if name in ("NUL", "half a surrogate pair", "the other half") and (call.id, str(place)) != LATER:
                assert response.status_code in (400, 404, 409, 422), (str(place), name, response.text[:300])
            if name == "a megabyte":
                assert response.status_code in (413, 422), (str(place), response.status_code)
                assert len(response.content) < 20_000  # nobody is told a megabyte back
    named = {item.name for item in holder.people.all() if "\x00" in item.name or "\ud800" in item.name}
    assert named == set()


@pytest.mark.parametrize("operation", [name for name, call in ALL.items() if call.parameters("path", "query")])
def test_no_text_in_an_address_breaks_anything(holder: Workspace, caller: TestClient, operation: str) -> None:
    call = with_things(ALL[operation], holder)
    if call.method == "DELETE":
        call = Call(**{**vars(call), "headers": {"if-match": '"none"'}})
    for part in call.parameters("path", "query"):
        for name, text in CRUEL.items():
            if "surrogate" in name or "half" in name or name == "a megabyte":
                continue  # no address can hold them; see below
            response = quick(call).send(caller, given={part["name"]: text})
            assert response.status_code < 500, (part["name"], name, response.text[:300])


@pytest.mark.parametrize(
    "escaped",
    ["%00", "%ED%A0%80", "%FF%FE", "%C0%AF", "%E2%80%AE", "%1F", "%0D%0A", "%", "%zz", "..%2f..%2fx", "%2e%2e"],
)
def test_what_is_no_text_in_an_address_is_nobody(caller: TestClient, escaped: str) -> None:
    for path in (
        f"/v1/people/own/{escaped}",
        f"/v1/people/{escaped}/x",
        f"/v1/skills/{escaped}",
        f"/v1/jobs/{escaped}",
    ):
        assert caller.get(path).status_code in (400, 404, 422), path
    for path in (f"/v1/gap?person={escaped}&role={escaped}", f"/v1/skills?q={escaped}", f"/v1/people?cursor={escaped}"):
        assert caller.get(path).status_code in (200, 400, 404, 422), path


def test_an_id_too_long_for_an_address_ends_at_the_limit_of_headers(caller: TestClient) -> None:
    for path in (f"/v1/people/own/{'x' * 60_000}", f"/v1/skills?q={'x' * 60_000}"):
        response = caller.get(path)
        assert (response.status_code, response.json()["code"]) == (431, "headers_too_large")


@pytest.mark.parametrize("text", UNSEEN)
def test_what_cannot_be_seen_is_in_no_name_and_no_id(caller: TestClient, text: str) -> None:
    """Refused at each way in, with a problem that points at the field; nobody is stored under it."""
    before = caller.get("/v1/people").json()["items"]
    for field in ("external_id", "source", "name", "unit"):
        body = {"external_id": "X", "name": "Ada", field: f"P{text}9"}
        made = sent(CREATE, caller, body)
        assert made.status_code in (400, 422), (field, text)
        assert made.json()["remedy"]
    assert caller.get("/v1/people").json()["items"] == before


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/people/own/P%FF", 400),
        ("/v1/people/own/P%E2%80%AE9", 400),
        ("/v1/people/own/P%1F9", 400),
        ("/v1/people/own/%C2%85", 400),
        ("/v1/people?unit=%FF", 400),
        ("/v1/skills?q=%ED%A0%80", 400),
        ("/v1/people?unit=a%E2%80%AEb", 422),
        ("/v1/gap?person=own/P-037%E2%80%8B&role=own/R-B03", 422),
        ("/v1/people/own/%2E%2E", 422),
        ("/v1/people/own/a%2F..%2Fb", 422),
        ("/v1/people/%2E%2E/P-037", 422),
        ("/v1/roles/own/%2E", 422),
        ("/v1/credentials/own/x%C2%AD", 422),
    ],
)
def test_an_address_that_is_no_text_is_refused_and_told_why(caller: TestClient, path: str, status: int) -> None:
    for method in ("GET", "DELETE", "PUT"):
        if method != "GET" and "?" in path:
            continue
        headers = {"if-match": "*"} if method == "DELETE" else {}
        response = caller.request(method, path, headers=headers, json={"name": "Ada"} if method == "PUT" else None)
        assert response.status_code == status, (method, response.text)
        assert response.json()["code"] == ("malformed_address" if status == 400 else "invalid_input")
        assert response.json()["remedy"]


@pytest.mark.parametrize(
    "name",
    ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0915\u094d\u200d\u0937", "\U0001f469\u200d\U0001f4bb dev"],
)
def test_names_that_need_joiners_keep_them(caller: TestClient, name: str) -> None:
    body = {"external_id": f"J{ord(name[0])}", "name": name}
    assert sent(CREATE, caller, body).json()["name"] == name

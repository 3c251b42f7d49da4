"""Links in the description: they lead to addresses that are there, with values that are in the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from skillmatch.api.openapi.description import describe, example_of, resolve
from skillmatch.api.openapi.links import LINKS, Link, add_links
from skillmatch.api.openapi.operations import address
from skillmatch.api.schemas.plans import EXAMPLE_SCENARIO
from skillmatch.service.workspace import Workspace

Operations = Mapping[str, tuple[str, str, dict[str, Any]]]


def operations_of(document: Mapping[str, Any]) -> Operations:
    """Method, path and description of each operation, by its id."""
    return {
        spec["operationId"]: (method, path, spec)
        for path, methods in document["paths"].items()
        for method, spec in methods.items()
    }


def links_of(spec: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each link of an operation, with the answer that it stands beneath."""
    for response in spec["responses"].values():
        for link in response.get("links", {}).values():
            yield response, link


def parts(schema: Mapping[str, Any], document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The shapes that a schema allows, null left out."""
    whole = resolve(schema, document)
    found = [part for way in whole["anyOf"] for part in parts(way, document)] if "anyOf" in whole else [whole]
    return [part for part in found if part.get("type") != "null"]


def leads_somewhere(pointer: str, schema: Mapping[str, Any], document: Mapping[str, Any]) -> bool:
    """Whether a JSON pointer names something that a shape may hold."""
    here = parts(schema, document)
    for step in pointer.removeprefix("/").split("/"):
        if step.isdigit():
            here = [part for way in here if way.get("type") == "array" for part in parts(way["items"], document)]
        elif any(way.get("additionalProperties") is True for way in here):
            return True  # free content, such as the result of a job; the walks below look into it
        else:
            here = [
                part
                for way in here
                if step in way.get("properties", {})
                for part in parts(way["properties"][step], document)
            ]
    return bool(here)


def test_every_link_leads_to_an_address_that_takes_its_parameters(app: FastAPI) -> None:
    known = operations_of(describe(app))
    count = 0
    for _, _, spec in known.values():
        for _, link in links_of(spec):
            target = known[link["operationId"]][2]
            taken = {part["name"] for part in target["parameters"]}
            located = {f"{part['in']}.{part['name']}" for part in target["parameters"]}
            for name in link.get("parameters", {}):
                assert name in (located if "." in name else taken), (spec["operationId"], link)
            if "requestBody" in link:
                assert "requestBody" in target, (spec["operationId"], link)
            assert link["description"]
            count += 1
    assert count >= len(LINKS)


def test_every_value_of_a_link_is_in_the_answer_or_in_the_request(app: FastAPI) -> None:
    document = describe(app)
    for name, (_, _, spec) in operations_of(document).items():
        for response, link in links_of(spec):
            for expression in link.get("parameters", {}).values():
                if expression.startswith("$request."):
                    place, _, parameter = expression.removeprefix("$request.").partition(".")
                    asked = {(part["in"], part["name"]) for part in spec["parameters"]}
                    assert (place, parameter) in asked, (name, link)
                elif expression.startswith("$response.header."):
                    assert expression.removeprefix("$response.header.") in response["headers"], (name, link)
                else:
                    pointer = expression.removeprefix("$response.body#")
                    schema = response["content"]["application/json"]["schema"]
                    assert leads_somewhere(pointer, schema, document), (name, link)


def test_a_body_that_is_handed_on_fits_where_it_goes(app: FastAPI) -> None:
    document = describe(app)
    known = operations_of(document)
    handed = [link for link in LINKS if link.body]
    assert handed
    for link in handed:
        assert link.body == "$request.body"
        given, taken = (
            resolve(known[name][2]["requestBody"]["content"]["application/json"]["schema"], document)["properties"]
            for name in (link.start, link.target)
        )
        assert given.keys() <= taken.keys()


def test_whatever_makes_something_leads_to_what_it_made(app: FastAPI) -> None:
    known = operations_of(describe(app))
    makers = {name for name, (_, _, spec) in known.items() if {"201", "202"} & spec["responses"].keys()}
    assert {"add_person", "solve_plan", "import_file", "create_key", "add_webhook"} <= makers
    for name in makers:
        responses = known[name][2]["responses"]
        for code in {"200", "201", "202"} & responses.keys():
            assert responses[code].get("links"), (name, code)


def test_no_link_is_said_twice() -> None:
    assert len({(link.start, link.target) for link in LINKS}) == len(LINKS)


def test_a_link_from_nowhere_is_a_fault(app: FastAPI) -> None:
    with pytest.raises(KeyError, match="no_such_operation"):
        add_links(describe(app), [Link("no_such_operation", "get_person", "")])


class Walk:
    """Someone who knows nothing but the description: an answer, and what its links lead to."""

    def __init__(self, client: TestClient, document: Mapping[str, Any]) -> None:
        self.client, self.document, self.known = client, document, operations_of(document)

    def start(self, operation: str, given: Mapping[str, str], body: object = None) -> dict[str, Any]:
        return self._send(operation, given, {}, body)

    def follow(self, done: Mapping[str, Any], target: str, body: object = None, **more: str) -> dict[str, Any]:
        """Follow a link; what it does not say is given by name, or is the target's own example."""
        spec, response = self.known[done["operation"]][2], done["response"]
        link = spec["responses"][str(response.status_code)]["links"][target]
        given, headers = dict(more), {}
        for name, expression in link.get("parameters", {}).items():
            value = str(self._value(expression, done))
            if name.startswith("header."):
                headers[name.removeprefix("header.")] = value
            else:
                given[name] = value
        if "requestBody" in link:
            body = done["body"]
        content = self.known[target][2].get("requestBody", {}).get("content", {}).get("application/json")
        if body is None and content:
            body = example_of(content["schema"], self.document)
        return self._send(target, given, headers, body)

    def _send(
        self, operation: str, given: Mapping[str, str], headers: Mapping[str, str], body: object
    ) -> dict[str, Any]:
        method, path, spec = self.known[operation]
        where = address(spec, path, given)
        response = self.client.request(method, where, headers=dict(headers), json=body)
        assert response.is_success, (operation, response.text)
        return {"operation": operation, "given": given, "body": body, "response": response}

    def _value(self, expression: str, done: Mapping[str, Any]) -> Any:
        if expression.startswith("$request."):
            return done["given"][expression.rpartition(".")[2]]
        if expression.startswith("$response.header."):
            return done["response"].headers[expression.rpartition(".")[2]]
        value = json.loads(done["response"].content)
        for step in expression.removeprefix("$response.body#/").split("/"):
            value = value[int(step)] if isinstance(value, list) else value[step]
        return value


@pytest.fixture
def walk(own_client: TestClient, app: FastAPI) -> Walk:
    return Walk(own_client, describe(app))


def test_from_a_new_person_to_what_they_should_learn_and_why(walk: Walk) -> None:
    person = {"source": "own", "external_id": "P-901", "name": "Ada Berg", "role_id": "own/R-B03"}
    made = walk.start("add_person", {}, person)
    gap = walk.follow(made, "person_gap")
    assert gap["response"].json()["person"] == "own/P-901"
    advised = walk.follow(made, "person_recommendations")
    first = advised["response"].json()["recommendations"][0]
    assert walk.follow(advised, "person_why")["response"].json()["credential_id"] == first["credential_id"]


def test_from_a_person_that_was_seen_to_the_same_person_changed_and_erased(walk: Walk) -> None:
    seen = walk.start("get_person", {"source": "own", "external_id": "P-037"})
    changed = walk.follow(seen, "patch_person", {"unit": "Night shift"})
    again = walk.follow(changed, "get_person")
    assert again["response"].json()["unit"] == "Night shift"
    walk.follow(again, "erase_person")
    assert walk.client.get("/v1/people/own/P-037").status_code == 404


def test_from_a_statement_to_its_removal(walk: Walk) -> None:
    seen = walk.start("get_person", {"source": "own", "external_id": "P-037"})
    added = walk.follow(seen, "add_evidence")
    piece = added["response"].json()["id"]
    assert walk.follow(added, "get_evidence")["response"].json()["id"] == piece
    walk.follow(added, "remove_evidence")
    assert walk.client.get(f"/v1/people/own/P-037/evidence/{piece}").status_code == 404


def test_from_a_scenario_to_a_file_of_its_plan(walk: Walk, own: Workspace) -> None:
    checked = walk.start("check_scenario", {}, {"scenario": EXAMPLE_SCENARIO})
    job = walk.follow(checked, "solve_plan")
    own.jobs.run_next()
    plan = walk.follow(walk.follow(job, "get_job"), "get_plan")
    assert plan["response"].json()["given"]["name"] == EXAMPLE_SCENARIO["name"]
    assert walk.follow(plan, "export_plan", part="managers.csv")["response"].content
    made = own.plans.all().items[0]
    with own._context.store.writing() as change:  # somebody else solved it
        change.put_plan(change.plan_record(made.id)._replace(by="key:planner"))
    approved = walk.follow(plan, "approve_plan")
    assert walk.follow(approved, "check_plan")["response"].json()["breaches"] == []


def test_from_a_key_to_its_end(walk: Walk) -> None:
    made = walk.start("create_key", {}, {"name": "payroll", "scopes": ["read"]})
    turned = walk.follow(made, "rotate_key")
    revoked = walk.follow(turned, "revoke_key")
    assert revoked["response"].json()["id"] == turned["response"].json()["id"]

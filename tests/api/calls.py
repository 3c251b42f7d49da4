"""Every operation of the description as a request that can be made, so that attacks need not name an address.

What is sent are the description's own examples, which work on the demo; each attack changes what it is about.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from skillmatch.api import schemas
from skillmatch.api.app import create_app
from skillmatch.api.openapi.description import example_of, resolve
from skillmatch.api.openapi.operations import address
from skillmatch.api.schemas.webhooks import EXAMPLE_WEBHOOK
from skillmatch.domain.access.job import JobStatus
from skillmatch.domain.access.webhook import Webhook, WebhookEvent
from skillmatch.domain.base.identity import make_id
from skillmatch.service.workspace import Workspace

from .test_docs import things_made

JSON = "application/json"
PERSON = "own/P-037"
UNIT = "Care homes"
"""The person of whom the examples speak, and their unit."""


@dataclass(frozen=True)
class Call:
    """One operation with the examples of its parameters and its body filled in."""

    id: str
    method: str
    path: str
    spec: Mapping[str, Any]
    document: Mapping[str, Any] = field(repr=False)
    given: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any
    content: str | None

    @property
    def scopes(self) -> frozenset[str]:
        """The scopes that open it; an administrator's opens everything."""
        return frozenset(scope for way in self.spec["security"] for scope in way["bearer"]) | {"admin"}

    @property
    def body_schema(self) -> Mapping[str, Any] | None:
        """What is said of a body in JSON, None where there is none."""
        found = self.spec.get("requestBody", {}).get("content", {}).get(JSON, {}).get("schema")
        return None if found is None else resolve(found, self.document)

    def parameters(self, *places: str) -> list[Mapping[str, Any]]:
        """What is said of the parameters in these places (``path``, ``query``, ``header``)."""
        return [part for part in self.spec.get("parameters", ()) if part["in"] in places]

    def send(self, client: TestClient, **changes: Any) -> httpx.Response:
        """Make the request; ``given``, ``headers`` (added to its own), ``body`` or ``content`` in place of its own."""
        headers = dict(self.headers) | {name.lower(): value for name, value in changes.get("headers", {}).items()}
        where = address(self.spec, self.path, {**self.given, **changes.get("given", {})})
        if "content" in changes or self.content is not None:
            content = changes.get("content", self.content)
            headers.setdefault("content-type", "text/csv" if self.content is not None else JSON)
            return client.request(self.method, where, content=content, headers=headers)
        return client.request(self.method, where, json=changes.get("body", self.body), headers=headers)

    def about(self, person: str) -> Call:
        """The same request about somebody else than the examples' person, wherever it names them."""
        source, _, own_id = person.partition("/")

        def change(value: Any) -> Any:
            if isinstance(value, str):
                return value.replace(PERSON, person) if PERSON in value else own_id if value == "P-037" else value
            if isinstance(value, dict):
                return {name: change(item) for name, item in value.items()}
            return [change(item) for item in value] if isinstance(value, list) else value

        given = change(dict(self.given))
        if self.path.startswith("/v1/people/{source}"):
            given["source"] = source
        return Call(
            self.id,
            self.method,
            self.path,
            self.spec,
            self.document,
            given,
            self.headers,
            change(copy.deepcopy(self.body)),
            self.content,
        )

    @property
    def personal(self) -> bool:
        """Whether it names one person."""
        other = self.about("own/P-000")
        return (other.given, other.body) != (self.given, self.body)


def described() -> Mapping[str, Any]:
    """The description, of an application that never answers."""
    found: Mapping[str, Any] = create_app(allow_remote=False).openapi()
    return found


DOCUMENT = described()


def calls(document: Mapping[str, Any] = DOCUMENT) -> Iterator[Call]:
    """Every operation that the description holds."""
    for path, methods in document["paths"].items():
        for method, spec in methods.items():
            given = {}
            headers = {}
            for part in spec.get("parameters", ()):
                examples = part["schema"].get("examples")
                if examples and part["in"] == "header":
                    headers[part["name"].lower()] = str(examples[0])
                elif examples and part.get("required"):
                    given[part["name"]] = str(examples[0])
            content = spec.get("requestBody", {}).get("content", {})
            sent = content.get("text/csv", {}).get("schema", {}).get("examples")
            body = example_of(content[JSON]["schema"], document) if JSON in content else None
            yield Call(
                spec["operationId"],
                method.upper(),
                path,
                spec,
                document,
                given,
                headers,
                body,
                sent[0] if sent else None,
            )


ALL = {call.id: call for call in calls()}

TWINS = {"put_credential", "patch_credential", "put_role", "put_stack", "patch_stack"}
"""Operations with many fields, all of which those that add the same thing have, too."""


def with_texts() -> list[Any]:
    """The operations that take a body, as parameters of a test that tries many texts in each field."""
    return [
        pytest.param(name, marks=pytest.mark.slow if name in TWINS else ())
        for name, call in ALL.items()
        if call.body_schema is not None
    ]


_PLANS: dict[Path, str] = {}
"""A kept plan of each workspace."""


def with_things(call: Call, workspace: Workspace) -> Call:
    """The call with the ids of things that the workspace holds, where nobody can know these before."""
    plan = _PLANS.get(workspace.folder, "")
    if "{plan_id}" in call.path and plan in {kept.id for kept in workspace.plans.all().items}:
        made = dict.fromkeys(("plan_id", "other_id"), plan)  # one that was solved for an earlier attack
    else:
        for job in workspace.jobs.all(
            status=JobStatus.QUEUED
        ).items:  # else these are done in place of the one made here
            workspace.jobs.cancel(job.id)
        made = things_made(workspace, call.path)
        _PLANS[workspace.folder] = made.get("plan_id", plan)
    if call.path.startswith("/v1/webhooks/"):
        url, events = "https://hooks.example.org/other", frozenset({WebhookEvent.JOB_FINISHED})
        with workspace._context.store.writing() as change:
            if not change.webhooks():
                then = datetime(2026, 12, 1, tzinfo=UTC)
                change.add_webhook(Webhook(EXAMPLE_WEBHOOK, url, events, then, "open"), "whsec_kept")
    if call.id == "remove_credential":
        credential = schemas.NewCredential.model_validate(ALL["add_credential"].body)
        credential_id = make_id(credential.source, credential.external_id)
        workspace.catalogue.credentials.write(credential_id, lambda _: credential.credential(credential_id), by="tests")
    if call.id == "remove_role":
        role = schemas.NewRole.model_validate(ALL["add_role"].body)
        role_id = make_id(role.source, role.external_id)
        workspace.roles.write(role_id, lambda _: role.role(role_id), by="tests")
    given = {**call.given, **{name: value for name, value in made.items() if name in call.given}}
    return Call(**{**vars(call), "given": given})


def problem_code(response: httpx.Response) -> str:
    """The code of a problem, whose form is checked on the way: it tells nothing of what is inside."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    problem = response.json()
    assert problem["status"] == response.status_code
    assert "Traceback" not in response.text and 'File "' not in response.text
    return str(problem["code"])


@dataclass(frozen=True)
class Place:
    """A field of a body: the way to it, what is said of it, and the value that the example has there."""

    way: tuple[str | int, ...]
    schema: Mapping[str, Any]
    value: Any

    def __str__(self) -> str:
        return "/".join(map(str, self.way))


def places(call: Call) -> Iterator[Place]:
    """Every field of a call's body, deeper ones too, as far as its example goes."""
    if call.body_schema is not None:
        yield from _places((), call.body_schema, call.body, call.document)


def _places(
    way: tuple[str | int, ...], schema: Mapping[str, Any], value: Any, document: Mapping[str, Any]
) -> Iterator[Place]:
    kinds = [resolve(part, document) for part in schema.get("anyOf", ())] or [resolve(schema, document)]
    kind = next((part for part in kinds if part.get("type") != "null"), kinds[0])
    if way:
        yield Place(way, kind, value)
    if isinstance(value, dict):
        for name, part in kind.get("properties", {}).items():
            if name in value:
                yield from _places((*way, name), part, value[name], document)
    if isinstance(value, list) and value and "items" in kind:
        yield from _places((*way, 0), kind["items"], value[0], document)


def placed(body: Any, way: tuple[str | int, ...], value: Any) -> Any:
    """A copy of a body with another value at a place (or, for a way that ends in a new name, one more field)."""
    if not way:
        return value
    changed = copy.deepcopy(body)
    inner = changed
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = value
    return changed

"""The OpenAPI description: what the framework writes, with our problems in it, and examples made from the schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from skillmatch.api.auth.scopes import Needs, needs_of
from skillmatch.api.http.idempotency import HEADER, MAX_KEY
from skillmatch.api.http.problems import KINDS, MEDIA_TYPE
from skillmatch.api.kit.patching import MERGE_PATCH
from skillmatch.api.openapi.links import add_links
from skillmatch.api.openapi.outgoing import with_webhooks
from skillmatch.api.openapi.schema_names import with_plain_names
from skillmatch.api.schemas import Problem
from skillmatch.domain.base import attribution

_COMPONENTS = "#/components/schemas/"
_ANSWERED = (400, 401, 403, 404, 408, 409, 413, 415, 421, 422, 429, 431, 500, 503, 507)
_CONDITIONAL = (412, 428)
_JSON = "application/json"

TOUCHES = "x-touches"
"""Where the description says of an operation what it touches: a value of :class:`Touches`."""


def _problem(status: int) -> dict[str, Any]:
    return {
        "description": "; ".join(dict.fromkeys(kind.title for kind in KINDS.values() if kind.status == status)),
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"{_COMPONENTS}{Problem.__name__}"}}},
    }


PROBLEMS: dict[int | str, dict[str, Any]] = {status: _problem(status) for status in _ANSWERED}
"""The responses that any address may give instead of its own."""

CREATED: dict[int | str, dict[str, Any]] = {
    201: {"description": "Added", "headers": {"Location": {"description": "Its address", "schema": {"type": "string"}}}}
}
"""For addresses that add something; a PUT answers with the same shape as for a change."""

ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {
        "description": "Handed in; the job says how it goes",
        "headers": {"Location": {"description": "The job's address", "schema": {"type": "string"}}},
    }
}
"""For addresses that hand in work that is done later."""

NO_CONTENT: dict[int | str, dict[str, Any]] = {204: {"description": "Gone"}}
"""For addresses that take something away and have nothing to say about it."""

_ABOUT = """\
Given where a person stands and the role they are heading for: which micro-credentials close the gap best?

Every request carries `Authorization: Bearer KEY`; `skillmatch keys create` makes a key with scopes. Answers carry
`status`, `as_of`, `versions` and `snapshot`. A change to what is there names the state that you have seen
(`If-Match`), and one sent again with the same `Idempotency-Key` is made once. `x-touches` says of each operation what
it is about: `people` and `units` are those that the key sees (others are unknown to it, 404), `own` is what the key
handed in, `shared` is what all units share and closed to keys bound to units (403), `nothing` is open to all.

Ids may be ours (`source/id`) or your own. Levels are on the scale 0-5 (0 none, 1 aware, 2 basic, 3 independent,
4 advanced, 5 expert). Days are ISO 8601. Every error is a problem (RFC 9457) with a stable `code` and a `remedy`.
The examples work on the demo workspace (`skillmatch demo`).

Where the active taxonomy (`versions.taxonomy`) is ESCO or O*NET, its publishers ask that users are told:

- ESCO: {esco}
- O*NET: {onet}
"""


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document of an application; worked out once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            description=_ABOUT.format(esco=attribution.ESCO, onet=attribution.ONET),
            routes=app.routes,
        )
        components = document.setdefault("components", {})
        schemas = components.setdefault("schemas", {})
        problem = Problem.model_json_schema(ref_template=f"{_COMPONENTS}{{model}}")
        schemas.update(problem.pop("$defs", {}))
        schemas[Problem.__name__] = problem
        components["securitySchemes"] = {
            "bearer": {
                "type": "http",
                "scheme": "bearer",
                "description": "An API key, or a token of your identity provider",
            }
        }
        needs = {str(route.name): needs_of(route) for route in routes_of(app)}
        for methods in document["paths"].values():
            for method, spec in methods.items():
                _complete(method, spec, needs.get(spec["operationId"]))
        document["servers"] = [{"url": "/", "description": "The server that gave you this"}]
        with_webhooks(document, _COMPONENTS)
        add_links(document)
        with_plain_names(document)
        app.openapi_schema = document
    return app.openapi_schema


def routes_of(app: FastAPI) -> Iterator[RouteContext]:
    """Every address of an application that has a handler, with the whole path that leads to it."""
    yield from (route for route in iter_route_contexts(app.routes) if isinstance(route.original_route, APIRoute))


def _complete(method: str, spec: dict[str, Any], needs: Needs | None) -> None:
    """Say of an operation what its parameters mean for its answers, who may call it, and what it touches."""
    parameters = spec.setdefault("parameters", [])
    responses = spec["responses"]
    names = {part["name"] for part in parameters}
    if needs is not None:
        spec["security"] = [{"bearer": [scope]} for scope in needs.any_of]
        spec[TOUCHES] = needs.touches.value
    if method == "get":
        if "if-none-match" in names:
            responses["304"] = {"description": "You have this state already"}
            _with_header(responses["200"], "ETag", "This state")
        if "cursor" in names:
            _with_header(responses["200"], "Link", "The next page, if there is one")
        return
    parameters.append(
        {
            "name": HEADER,
            "in": "header",
            "required": False,
            "description": "A new text for each change (a UUID); sent again, the answer is given again",
            "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY},
        }
    )
    if "if-match" in names:
        responses.update({str(status): _problem(status) for status in _CONDITIONAL})
    if "201" in responses and "200" in responses:
        responses["201"].setdefault("content", responses["200"]["content"])
    content = spec.get("requestBody", {}).get("content", {})
    if method == "patch" and _JSON in content:
        content[MERGE_PATCH] = content[_JSON]


def _with_header(response: dict[str, Any], name: str, description: str) -> None:
    response.setdefault("headers", {})[name] = {"description": description, "schema": {"type": "string"}}


def resolve(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema that a reference leads to, or the schema itself."""
    reference = schema.get("$ref")
    if reference is None:
        return schema
    found: Mapping[str, Any] = document["components"]["schemas"][reference.removeprefix(_COMPONENTS)]
    return found


def name_of(schema: Mapping[str, Any]) -> str:
    """The name of the schema that a reference leads to; empty for what is no reference."""
    return str(schema.get("$ref", "")).removeprefix(_COMPONENTS)


def example_of(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Any:
    """A value that fits a schema, put together from the examples of its parts."""
    if schema.get("examples"):
        return schema["examples"][0]
    if "default" in schema:
        return schema["default"]
    if "$ref" in schema:
        return example_of(resolve(schema, document), document)
    if "anyOf" in schema:
        return example_of(schema["anyOf"][0], document)
    match schema.get("type"):
        case "object":
            return {name: example_of(part, document) for name, part in schema.get("properties", {}).items()}
        case "array":
            return [example_of(schema["items"], document)]
        case _:
            raise ValueError(f"the schema {dict(schema)} has no example")  # a fault of ours; a test looks for it


def status_text(status: int) -> str:
    """A status as people write it: ``404 Not Found``."""
    return f"{status} {HTTPStatus(status).phrase}"

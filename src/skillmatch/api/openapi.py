"""The OpenAPI description: what the framework writes, with our problems in it, and examples made from the schemas."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from skillmatch.api.problems import KINDS, MEDIA_TYPE
from skillmatch.api.schemas import Problem

_COMPONENTS = "#/components/schemas/"
_ANSWERED = (400, 404, 409, 413, 415, 422, 500, 503)

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": "; ".join(dict.fromkeys(kind.title for kind in KINDS.values() if kind.status == status)),
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"{_COMPONENTS}{Problem.__name__}"}}},
    }
    for status in _ANSWERED
}
"""The responses that any address may give instead of its own."""

_ABOUT = """\
Given where a person stands and the role they are heading for: which micro-credentials close the gap best?

Ids may be ours (`source/id`) or your own. Levels are on the scale 0-5 (0 none, 1 aware, 2 basic, 3 independent,
4 advanced, 5 expert). Days are ISO 8601. Every error is a problem (RFC 9457) with a stable `code` and a `remedy`.
The examples work on the demo workspace (`skillmatch demo`).
"""


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document of an application; worked out once."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, description=_ABOUT, routes=app.routes)
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        problem = Problem.model_json_schema(ref_template=f"{_COMPONENTS}{{model}}")
        schemas.update(problem.pop("$defs", {}))
        schemas[Problem.__name__] = problem
        app.openapi_schema = document
    return app.openapi_schema


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

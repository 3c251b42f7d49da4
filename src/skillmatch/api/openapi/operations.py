"""Operations: what an OpenAPI description holds, in the words and the form in which a page shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from skillmatch.api.auth.touches import Touches
from skillmatch.api.openapi.description import TOUCHES, example_of, name_of, resolve
from skillmatch.domain.access.caller import Scope

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of a request, or one field of a schema; ``links`` is the schema that its values have."""

    name: str
    type: str
    description: str
    required: bool
    place: str = ""
    default: str = ""
    example: str = ""
    links: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one address."""

    id: str
    method: str
    path: str
    tag: str
    summary: str
    description: str
    fields: tuple[Field, ...]
    body: str
    body_schema: str
    answer: str
    answer_schema: str
    scopes: tuple[str, ...]
    touches: Touches
    statuses: tuple[tuple[str, str], ...]
    deprecated: bool = False

    @property
    def scopes_text(self) -> str:
        """The scopes that open it, in words."""
        return "any" if set(self.scopes) == set(Scope) else " or ".join(f"`{scope}`" for scope in self.scopes)

    def example_path(self, document: Mapping[str, Any]) -> str:
        """The address with the examples of its path and of its required parameters filled in."""
        given = {field.name: field.example for field in self.fields if field.required and field.place != "header"}
        return address(document["paths"][self.path][self.method.lower()], self.path, given)


def address(operation: Mapping[str, Any], path: str, given: Mapping[str, str]) -> str:
    """A path with the given values filled in and the rest as its query; empty values are left out."""
    query = {}
    for parameter in operation.get("parameters", ()):
        name, value = parameter["name"], given.get(parameter["name"], "")
        if parameter["in"] == "path":
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        elif value and parameter["in"] == "query":
            query[name] = value
    return f"{path}?{urlencode(query)}" if query else path


def operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    """Every operation of an OpenAPI document, in its order."""
    for path, methods in document["paths"].items():
        for method, spec in methods.items():
            body = spec.get("requestBody", {}).get("content", {}).get(_JSON, {}).get("schema")
            answer = answer_of(spec)
            yield Operation(
                id=spec["operationId"],
                method=method.upper(),
                path=path,
                tag=spec["tags"][0],
                summary=spec["summary"],
                description=spec.get("description", ""),
                fields=tuple(_parameter(part, document) for part in spec.get("parameters", ())),
                body=_pretty(example_of(body, document)) if body else "",
                body_schema=name_of(body) if body else "",
                answer=_pretty(example_of(answer, document)) if answer else "",
                answer_schema=name_of(answer) if answer else "",
                scopes=tuple(scope for way in spec.get("security", ()) for scope in way["bearer"]),
                touches=Touches(spec.get(TOUCHES, Touches.NOTHING)),
                statuses=tuple(
                    (code, response["description"])
                    for code, response in spec["responses"].items()
                    if not code.startswith("2")
                ),
                deprecated=spec.get("deprecated", False),
            )


def answer_of(spec: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The schema of what an operation answers when all is well; None where it answers nothing."""
    fine = next(response for code, response in sorted(spec["responses"].items()) if code.startswith("2"))
    found: Mapping[str, Any] | None = fine.get("content", {}).get(_JSON, {}).get("schema")
    return found


def fields_of(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[Field]:
    """The fields of an object schema, or its allowed values as one field."""
    required = schema.get("required", ())
    for name, part in schema.get("properties", {}).items():
        yield Field(
            name=name,
            type=_type(part, document),
            description=part.get("description", ""),
            required=name in required,
            default=_shown(part, "default"),
            links=_linked(part),
        )


def _parameter(part: Mapping[str, Any], document: Mapping[str, Any]) -> Field:
    schema = part["schema"]
    return Field(
        name=part["name"],
        type=_type(schema, document).removesuffix(" or null"),  # a parameter that is left out is simply not there
        description=part.get("description", schema.get("description", "")),
        required=part.get("required", False),
        place=part["in"],
        default=_shown(schema, "default"),
        example=str((schema.get("examples") or [""])[0]),
    )


def _type(schema: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    """A schema's type and limits in words."""
    if "anyOf" in schema:
        return " or ".join(_type(part, document) for part in schema["anyOf"])
    if "$ref" in schema:
        target = resolve(schema, document)
        if "enum" in target:
            return " | ".join(target["enum"])
        return "object"
    kind = str(schema.get("type", "any"))
    if kind == "array":
        return f"list of {_type(schema['items'], document)}s{_span(schema, 'minItems', 'maxItems', 'items')}"
    words = {"date": "day", "date-time": "moment"}.get(schema.get("format", ""), kind)
    return words + (
        _span(schema, "minLength", "maxLength", "characters")
        or _span(schema, "minimum", "maximum", "")
        or _span(schema, "exclusiveMinimum", "maximum", "")
    )


def _span(schema: Mapping[str, Any], least: str, most: str, unit: str) -> str:
    low, high = schema.get(least), schema.get(most)
    if low is None and high is None:
        return ""
    lowest = "" if low is None else f"{'above' if least.startswith('exclusive') else 'at least'} {low:,g}"
    highest = "" if high is None else f"at most {high:,g}"
    return f" ({', '.join(part for part in (lowest, highest) if part)}{f' {unit}' if unit else ''})"


def _linked(schema: Mapping[str, Any]) -> str:
    """The name of the schema that a field's values have, or that the items of its list have."""
    return name_of(schema.get("items", schema))


def _shown(schema: Mapping[str, Any], key: str) -> str:
    value = schema.get(key)
    return "" if value is None else json.dumps(value, ensure_ascii=False).strip('"')


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)

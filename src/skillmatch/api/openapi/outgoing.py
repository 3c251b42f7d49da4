"""What the OpenAPI description says of the requests that we send: one for each event that webhooks are told."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import getdoc
from typing import Any

from pydantic.json_schema import models_json_schema

from skillmatch.api.schemas.webhook_messages import MESSAGES

_HEADERS = {
    "webhook-id": "The same each time that it is sent: by it repetitions are known",
    "webhook-timestamp": "When it was sent, in seconds since 1970; do not believe what is older than five minutes",
    "webhook-signature": "`v1,` and the base64 of the HMAC-SHA256 of `id.timestamp.body`; two of them, with a blank "
    "between, while the secret is being replaced",
}


def with_webhooks(document: dict[str, Any], components: str) -> None:
    """Write into a description what webhooks are told; ``components`` is where its schemas are referred to."""
    names, found = models_json_schema(
        [(shape, "serialization") for shape in MESSAGES.values()], ref_template=f"{components}{{model}}"
    )
    schemas = document["components"]["schemas"]
    for name, schema in found["$defs"].items():
        schemas.setdefault(name, schema)
    document["webhooks"] = {
        event.value: {"post": _request(event.value, getdoc(shape) or "", names[shape, "serialization"])}
        for event, shape in MESSAGES.items()
    }


def _request(event: str, said: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "operationId": "told_" + event.replace(".", "_"),
        "tags": ["Webhooks"],
        "summary": said,
        "description": "Signed as Standard Webhooks says. Sent at least once.",
        "parameters": [
            {"name": name, "in": "header", "required": True, "description": what, "schema": {"type": "string"}}
            for name, what in _HEADERS.items()
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": dict(schema)}}},
        "responses": {"2XX": {"description": "Heard; whatever else is answered, it is sent again later"}},
    }

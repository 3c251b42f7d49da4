"""What the description says beyond our own addresses: what we send, and what makers of clients need."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.api import schemas
from skillmatch.api.schemas.webhook_messages import MESSAGES
from skillmatch.domain.access.webhook import WebhookEvent
from skillmatch.domain.people.learning_event import EventKind, LearningEvent
from skillmatch.service.access.outbound import HOSTS, Origins
from skillmatch.service.workspace import Workspace

from ..calls import DOCUMENT

ORIGINS = Origins.read({HOSTS: "hooks.example"})
BINARY = {"Content-Type": "application/octet-stream"}


def test_the_description_says_where_it_is_served_and_what_webhooks_are_told() -> None:
    assert [server["url"] for server in DOCUMENT["servers"]] == ["/"]
    assert set(DOCUMENT["webhooks"]) == {event.value for event in WebhookEvent}
    for event, methods in DOCUMENT["webhooks"].items():
        (request,) = methods.values()
        assert {part["name"] for part in request["parameters"]} == {
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
        }
        reference = request["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        schema = DOCUMENT["components"]["schemas"][reference.rpartition("/")[2]]
        assert schema["properties"]["type"]["const"] == event


def test_what_is_sent_is_what_the_description_says(own: Workspace) -> None:
    own.webhooks.create("https://hooks.example/in", list(WebhookEvent), by="t", origins=ORIGINS)
    own.learning.take([LearningEvent("e1", "P-037", EventKind.COMPLETED, date(2026, 11, 1), credential_id="A-002")])
    own.jobs.cancel(own.jobs.submit("import", {"what": "people"}, by="t", file=a_table(own)).id)
    told: list[Mapping[str, Any]] = []

    def hear(_: str, body: bytes, *__: object) -> int:
        told.append(json.loads(body))
        return 204

    own.webhooks.deliver_due(ORIGINS, send=hear)
    assert {item["type"] for item in told} == {"completion.recorded", "job.finished"}
    for item in told:
        read = MESSAGES[WebhookEvent(item["type"])].model_validate(item)
        assert datetime.fromisoformat(read.timestamp).astimezone(UTC)


def a_table(workspace: Workspace) -> Path:
    table = workspace.folder.parent / "handed-in.csv"
    table.write_text("id,name\nP-900,Ada\n")
    return table


def test_a_file_can_be_handed_in_as_plain_bytes(client: TestClient) -> None:
    """Makers of clients know bytes, and not our content types: the format is then a parameter."""
    body = DOCUMENT["paths"]["/v1/imports"]["post"]["requestBody"]["content"]
    assert next(iter(body)) == "application/octet-stream"
    assert body["application/octet-stream"]["schema"] == {"type": "string", "format": "binary"}

    where = {"what": "people", "source": "bytes"}
    table = b"id,name\nP-1,Ada\n"
    sent = client.post("/v1/imports", params={**where, "format": "csv"}, content=table, headers=BINARY)
    assert sent.status_code == 202
    assert schemas.OneJob.model_validate(sent.json()).job_status in ("queued", "running", "done")


@pytest.mark.parametrize(("given", "status"), [({}, 415), ({"format": "exe"}, 422)])
def test_bytes_of_which_nobody_says_what_they_are_are_refused(
    client: TestClient, given: dict[str, str], status: int
) -> None:
    sent = client.post("/v1/imports", params={"what": "people", **given}, content=b"id\n", headers=BINARY)
    assert sent.status_code == status
    assert sent.json()["remedy"]

"""Webhooks: who outside is told what happens here."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import needs
from skillmatch.api.auth.touches import Touches
from skillmatch.api.kit.answers import answer
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import OpenWorkspace
from skillmatch.api.openapi.description import CREATED, NO_CONTENT
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.api.schemas.webhooks import EXAMPLE_WEBHOOK
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.service.workspace import Workspace

router = APIRouter(prefix="/webhooks", tags=["Webhooks"])

Admin = Annotated[Caller, needs(Scope.ADMIN, touches=Touches.SHARED)]

WebhookId = Annotated[
    str,
    Path(alias="id", min_length=1, max_length=100, description="Id of a webhook", examples=[EXAMPLE_WEBHOOK]),
]

Most = Annotated[int, Query(ge=1, le=200, description="At most so many")]


@router.post("", summary="Add a webhook", response_model=schemas.WebhookWithSecret, status_code=201, responses=CREATED)
def add_webhook(caller: Admin, workspace: OpenWorkspace, body: schemas.NewWebhook) -> Response:
    """The answer holds the secret, this once. Nothing is sent to the address before something happens.

    Each event comes as a POST that is signed as Standard Webhooks says: `webhook-id`, `webhook-timestamp` and
    `webhook-signature: v1,` with the base64 of the HMAC-SHA256 of `id.timestamp.body`. It is sent at least once, for
    about 22 hours until it is answered with 2xx; tell repetitions by `webhook-id`. Redirects are not followed.
    """
    made = workspace.webhooks.create(body.url, body.events, by=caller.id)
    location = {"Location": f"/v1/webhooks/{made.webhook.id}"}
    return answer(_enveloped(workspace, made.to_json()), status=201, headers=location)


@router.get("", summary="List the webhooks", response_model=schemas.Webhooks)
@from_one_state
def list_webhooks(caller: Admin, workspace: OpenWorkspace) -> Response:  # noqa: ARG001 - the caller is let in
    """Without their secrets."""
    return answer(_enveloped(workspace, {"items": [item.to_json() for item in workspace.webhooks.all()]}))


@router.get("/{id}", summary="Get one webhook", response_model=schemas.Webhook)
@from_one_state
def get_webhook(caller: Admin, workspace: OpenWorkspace, webhook_id: WebhookId) -> Response:  # noqa: ARG001
    """Without its secret."""
    return answer(_enveloped(workspace, workspace.webhooks.get(webhook_id).to_json()))


@router.delete("/{id}", summary="Remove a webhook", status_code=204, responses=NO_CONTENT)
def remove_webhook(caller: Admin, workspace: OpenWorkspace, webhook_id: WebhookId) -> Response:  # noqa: ARG001
    """It is told nothing any more, not even what waits."""
    workspace.webhooks.remove(webhook_id)
    return Response(status_code=204)


@router.get("/{id}/deliveries", summary="What a webhook was told", response_model=schemas.Deliveries)
@from_one_state
def list_deliveries(
    caller: Admin,  # noqa: ARG001
    workspace: OpenWorkspace,
    webhook_id: WebhookId,
    limit: Most = 50,
) -> Response:
    """The latest first, for 30 days, with how each ended."""
    found = workspace.webhooks.deliveries(webhook_id, limit=limit)
    return answer(_enveloped(workspace, {"items": [item.to_json() for item in found]}))


@router.post("/{id}/rotate", summary="Replace a webhook's secret", response_model=schemas.WebhookWithSecret)
def rotate_webhook(caller: Admin, workspace: OpenWorkspace, webhook_id: WebhookId) -> Response:  # noqa: ARG001
    """The answer holds the new secret, this once. For a day each delivery is signed by both."""
    return answer(_enveloped(workspace, workspace.webhooks.rotate(webhook_id).to_json()))


@router.post("/{id}/replay", summary="Tell a webhook again", response_model=schemas.Replayed)
def replay_webhook(
    caller: Admin,  # noqa: ARG001
    workspace: OpenWorkspace,
    webhook_id: WebhookId,
    body: schemas.Replay,
) -> Response:
    """Everything since a moment, under the same ids; for a listener that lost what it was told."""
    count = workspace.webhooks.replay(webhook_id, since=body.since)
    return answer(_enveloped(workspace, {"deliveries": count}))


def _enveloped(workspace: Workspace, document: dict[str, Any]) -> dict[str, Any]:
    snapshot, day = workspace.present()
    return enveloped(document, snapshot.versions, day)

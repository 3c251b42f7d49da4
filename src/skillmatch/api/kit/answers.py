"""Answers: from a document to the bytes that leave, with their tag, and never before the audit knows of them.

Handlers name a ``response_model`` for the description and give one of these back; what the values say of themselves is
not read and checked a second time on its way out (a test compares the two field by field).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from starlette.responses import Response

from skillmatch.api.kit.etags import Match, etag_of
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.domain.access.audit import AccessNote
from skillmatch.domain.access.caller import Caller
from skillmatch.domain.base.answer import Versions, content_hash
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.workspace import Workspace

MEDIA_TYPE = "application/json"


def encoded(document: Mapping[str, Any]) -> bytes:
    """A document as UTF-8; the same document, the same bytes."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def answer(
    document: Mapping[str, Any],
    *,
    tag: str | None = None,
    match: Match | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The response that holds a document; 304 without it where ``match`` says that the caller has this state."""
    given = _headers(tag, headers)
    if tag is not None and match is not None and match.has(tag):
        return Response(status_code=304, headers=given)
    return Response(encoded(document), status, given, MEDIA_TYPE)


def written(
    present: tuple[Snapshot, date],
    where: str,
    document: Mapping[str, Any],
    *,
    created: bool,
    more: Mapping[str, Any] | None = None,
) -> Response:
    """The answer to a change: what is stored now, with its tag; 201 and its address ``where`` when it is new.

    ``present`` is the snapshot that the document was written from, and its day; ``more`` is said beside the document
    and is no part of its state.
    """
    snapshot, day = present
    whole = enveloped({**document, **(more or {})}, snapshot.versions, day)
    headers = {"Location": where} if created else {}
    return answer(whole, tag=etag_of(document), status=201 if created else 200, headers=headers)


def answer_about(
    workspace: Workspace,
    caller: Caller,
    action: str,
    people: Sequence[str],
    document: Mapping[str, Any],
    versions: Versions,
    *,
    detail: Mapping[str, Any] | None = None,
    tag: str | None = None,
    match: Match | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """As :func:`answer`, for what says something about people (our ids): it stands in the audit first."""
    note = AccessNote(caller.id, action, tuple(people), detail or {}, versions.to_json(), versions.snapshot)
    workspace.audit.record(note)
    return answer(document, tag=tag, match=match, headers=headers)


def advice(
    workspace: Workspace,
    caller: Caller,
    person_id: str,
    said: Mapping[str, Any],
    question: Mapping[str, Any],
    document: Mapping[str, Any],
    versions: Versions,
    match: Match,
) -> Response:
    """The answer to a question about a person that the audit can give back and ask again one day.

    ``said`` is the value's own JSON, ``document`` what leaves. Its tag is the hash of what is said.
    """
    result = content_hash(said)
    note = AccessNote(
        caller.id,
        f"people.{question['what']}",
        (person_id,),
        versions=versions.to_json(),
        snapshot=versions.snapshot,
        question=question,
        result=result,
    )
    tag = f'"{result[:32]}"'
    body = encoded(document)
    workspace.audit.record(note, body)
    given = _headers(tag, None)
    return Response(status_code=304, headers=given) if match.has(tag) else Response(body, 200, given, MEDIA_TYPE)


def _headers(tag: str | None, more: Mapping[str, str] | None) -> dict[str, str]:
    return ({} if tag is None else {"ETag": tag}) | dict(more or {})

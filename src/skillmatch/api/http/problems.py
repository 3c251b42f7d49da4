"""Problems: every error leaves as application/problem+json (RFC 9457), with a code, a remedy and a request id."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.types import Scope

from skillmatch.api.http.problem_schema import FieldProblem, Problem
from skillmatch.domain.base.errors import (
    ConflictError,
    InputError,
    ModelError,
    NotFoundError,
    SkillmatchError,
    WorkspaceError,
)

_log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = {"workspace_locked": "5"}  # seconds after which the same request may well succeed


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of problem: its HTTP status and one title that is the same every time."""

    status: int
    title: str


KINDS: dict[str, Kind] = {
    "malformed_address": Kind(400, "The address is not readable text"),
    "malformed_body": Kind(400, "The body is not JSON"),
    "malformed_header": Kind(400, "A header has a form that nobody can read"),
    "unauthenticated": Kind(401, "Nobody knows whom the request comes from"),
    "scope_missing": Kind(403, "The caller may not do this"),
    "remote_refused": Kind(403, "Requests from other machines are refused"),
    NotFoundError.code: Kind(404, "There is no such thing"),
    "no_such_route": Kind(404, "There is no such address"),
    "method_not_allowed": Kind(405, "The address does not take this method"),
    ConflictError.code: Kind(409, "The request fits more than one thing, or contradicts what is stored"),
    "body_too_slow": Kind(408, "The body did not arrive in time"),
    "key_forgotten": Kind(409, "The answer kept under this Idempotency-Key had to be forgotten"),
    "key_in_flight": Kind(409, "A request with this Idempotency-Key is still being answered"),
    "match_failed": Kind(412, "What is stored is not what the request names"),
    "body_too_large": Kind(413, "The body is too large"),
    "unsupported_media_type": Kind(415, "The body is of a type that is not read here"),
    "not_json": Kind(415, "The body is not declared as JSON"),
    "wrong_host": Kind(421, "The request is addressed to another machine"),
    "key_reused": Kind(422, "The Idempotency-Key belongs to another request"),
    InputError.code: Kind(422, "Something in the request is not valid"),
    "match_required": Kind(428, "The request does not say which state it changes"),
    "too_many_requests": Kind(429, "The caller sent too many requests"),
    "headers_too_large": Kind(431, "The headers are too large"),
    "internal": Kind(500, "skillmatch itself is at fault"),
    WorkspaceError.code: Kind(503, "The workspace cannot be used"),
    "not_ready": Kind(503, "The server is starting or stopping"),
    "busy": Kind(503, "The server has as many requests as it takes at once"),
    "issuer_unavailable": Kind(503, "The keys of the tokens' issuer cannot be read"),
    "took_too_long": Kind(503, "The answer took too long"),
    ModelError.code: Kind(503, "The encoder cannot be used"),
    "workspace_full": Kind(507, "There is no room left to store anything"),
}
"""The kinds of problem by their code: the only place where domain errors meet HTTP statuses."""


class ProblemError(Exception):
    """Raised anywhere under an address to answer with a problem of a kind in :data:`KINDS`."""

    def __init__(
        self, kind: str, detail: str, *, remedy: str = "", code: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        self.kind = kind
        self.detail = detail
        self.remedy = remedy
        self.code = code
        self.headers = dict(headers or {})
        super().__init__(detail)

    def response(self, scope: Scope) -> JSONResponse:
        """The response that says so."""
        request_id = request_id_of(scope)
        return problem_response(
            self.kind, self.detail, request_id, code=self.code, remedy=self.remedy, headers=self.headers
        )


def problem_response(
    kind_code: str,
    detail: str,
    request_id: str,
    *,
    code: str = "",
    remedy: str = "",
    errors: Sequence[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The response for a problem of a kind in :data:`KINDS`; ``code`` says more exactly which it is."""
    kind = KINDS[kind_code]
    problem = Problem(
        type=f"/docs#problem-{kind_code}",
        title=kind.title,
        status=kind.status,
        code=code or kind_code,
        detail=detail,
        errors=list(errors),
        remedy=remedy,
        request_id=request_id,
    )
    extra = {"Retry-After": RETRY_AFTER[code]} if code in RETRY_AFTER else {}
    return JSONResponse(
        problem.model_dump(mode="json"),
        status_code=kind.status,
        media_type=MEDIA_TYPE,
        headers=extra | dict(headers or {}),
    )


def request_id_of(scope: Scope) -> str:
    """The id that the outermost guard gave the request."""
    return str(scope.get("state", {}).get("request_id", ""))


def install(app: FastAPI) -> None:
    """Make the application answer errors with problems; what nobody foresaw is left to the outermost guard."""
    app.add_exception_handler(SkillmatchError, _of_domain)
    app.add_exception_handler(ProblemError, _of_refusal)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(HTTPException, _of_http)


def _of_refusal(request: Request, error: Exception) -> JSONResponse:
    return cast(ProblemError, error).response(request.scope)


def _of_domain(request: Request, error: Exception) -> JSONResponse:
    return of_domain(cast(SkillmatchError, error), request.scope)


def of_domain(error: SkillmatchError, scope: Scope) -> JSONResponse:
    """The response for an error of the domain; a field such as ``items/3/on`` is the way into the body.

    Of what is wrong on the server callers learn that it is, and what may be done about it; where its files lie, they
    do not. The log has the code.
    """
    if isinstance(error, WorkspaceError | ModelError):
        return _of_ours(error, scope)
    field = error.place.field
    pointer = _pointer(field.split("/")) if field else ""
    errors = [FieldProblem(pointer=pointer, detail=error.message, code=error.code)] if field else []
    # A single error may carry a code of its own (workspace_locked); what kind it is hangs on its class, mostly.
    return problem_response(
        error.code if error.code in KINDS else type(error).code,
        f"{pointer}: {error.message}" if field else error.message,
        request_id_of(scope),
        code=error.code,
        remedy=error.remedy,
        errors=errors,
    )


def _of_ours(error: WorkspaceError | ModelError, scope: Scope) -> JSONResponse:
    kind = error.code if error.code in KINDS else type(error).code
    request_id = request_id_of(scope)
    _log.warning("request %s: %s", request_id, error.code)
    detail = getattr(error, "public", "") or f"{KINDS[kind].title}."
    return problem_response(kind, detail, request_id, code=error.code, remedy=error.remedy)


def _of_validation(request: Request, error: Exception) -> JSONResponse:
    found = cast(RequestValidationError, error).errors()
    request_id = request_id_of(request.scope)
    if any(item["type"] == "json_invalid" for item in found):
        return problem_response(
            "malformed_body", "The body could not be read as JSON.", request_id, remedy="Send one JSON object in UTF-8."
        )
    if _undeclared(request, found):
        detail = "The body came without 'Content-Type: application/json'."
        return problem_response("not_json", detail, request_id, remedy="Send that header with the body.")
    errors = [_field_problem(item) for item in found]
    detail = f"{errors[0].pointer}: {errors[0].detail}"
    if len(errors) > 1:
        detail += f" ({len(errors)} such errors in all)"
    return problem_response(
        InputError.code, detail, request_id, errors=errors, remedy="Correct what 'errors' points at and send it again."
    )


def _undeclared(request: Request, found: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a body failed as a whole because it was not read as JSON for want of its header."""
    declared = "json" in request.headers.get("content-type", "")
    return not declared and any(tuple(item["loc"]) == ("body",) and item["type"] != "missing" for item in found)


def _of_http(request: Request, error: Exception) -> JSONResponse:
    raised = cast(HTTPException, error)
    request_id = request_id_of(request.scope)
    remedy = "GET /docs lists every address and what it takes."
    match raised.status_code:
        case 404:
            return problem_response("no_such_route", f"Nothing is at {request.url.path}.", request_id, remedy=remedy)
        case 405:
            detail = f"{request.url.path} does not take {request.method}."
            headers = {"Allow": ", ".join(sorted(_methods_at(request)))}
            return problem_response("method_not_allowed", detail, request_id, remedy=remedy, headers=headers)
        case 400:  # what the framework raises for a body that it cannot read
            detail = "The body could not be read as JSON."
            return problem_response("malformed_body", detail, request_id, remedy="Send one JSON object in UTF-8.")
        case _:
            raise raised


def _methods_at(request: Request) -> set[str]:
    """The methods of all routes that an address has; the framework knows those of the first only."""
    routes = [route for route in iter_route_contexts(request.app.routes) if route.methods]
    return {name for route in routes if route.path_regex.match(request.scope["path"]) for name in route.methods or ()}


def _field_problem(item: Mapping[str, Any]) -> FieldProblem:
    place, *way = item["loc"]
    return FieldProblem(pointer=_pointer(way), location=str(place), detail=str(item["msg"]), code=str(item["type"]))


def _pointer(way: Iterable[object]) -> str:
    """A JSON pointer as a URI fragment (RFC 6901)."""
    return "#" + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in way)

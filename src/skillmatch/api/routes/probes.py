"""Probes: does the process live, can it answer, what are its figures. For machines that watch over it."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from skillmatch.api.auth.scopes import caller_of, unknown_caller
from skillmatch.api.http.access import addressed_here, from_here
from skillmatch.api.http.metrics import MEDIA_TYPE, Metrics
from skillmatch.api.http.problems import ProblemError
from skillmatch.domain.access.caller import Scope
from skillmatch.domain.base.errors import SkillmatchError
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.workspace import Workspace

TRY_AGAIN = 1.0
"""Seconds until a workspace that could not be read is read again."""

_log = logging.getLogger(__name__)


class Readiness:
    """Whether the snapshot of a workspace is in memory, so that no request waits for it."""

    def __init__(self) -> None:
        self._loaded = threading.Event()
        self._stopping = threading.Event()
        self._settled: Snapshot | None = None

    @property
    def ready(self) -> bool:
        """Whether requests are welcome: loaded, and not about to stop."""
        return self._loaded.is_set() and not self._stopping.is_set()

    @contextmanager
    def of(self, workspace: Workspace) -> Iterator[None]:
        """Load in a thread of its own, at once; when the block ends, say that requests should go elsewhere."""
        self._stopping.clear()
        thread = threading.Thread(target=self._load, args=(workspace,), name="skillmatch-loading", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            thread.join()  # the workspace may be closed after this

    def settle(self, snapshot: Snapshot) -> None:
        """Tell the garbage collector, once for each snapshot, that it is here to stay.

        A snapshot is a million objects, and looking through them all stops every answer for a third of a second.
        """
        if snapshot is not self._settled:
            self._settled = snapshot
            gc.collect()
            gc.freeze()

    def wait(self, seconds: float) -> bool:
        """Wait until it is loaded; says whether that was in time."""
        return self._loaded.wait(seconds)

    def _load(self, workspace: Workspace) -> None:
        while not self._stopping.is_set():
            try:
                snapshot = workspace.snapshot()
                _ = snapshot.versions, snapshot.labels, snapshot.types, snapshot.kinship  # what every answer needs
                snapshot.skill_names  # noqa: B018 - made when first asked for
                self.settle(snapshot)
            except SkillmatchError as error:
                _log.warning("the workspace cannot be read: %s", error.code)
                self._stopping.wait(TRY_AGAIN)
            else:
                self._loaded.set()
                return


def router(readiness: Readiness, metrics: Metrics) -> APIRouter:
    """The three addresses, outside /v1 and outside the description of the API."""
    probes = APIRouter(include_in_schema=False)

    @probes.get("/health")
    async def alive() -> dict[str, str]:
        return {"status": "ok"}  # the process lives and its loop turns; whether it can answer, /ready says

    @probes.get("/ready")
    def can_answer(request: Request) -> JSONResponse:
        if not readiness.ready:
            raise ProblemError(
                "not_ready",
                "The workspace is still being loaded, or the server is about to stop.",
                remedy="Ask again in a second, or ask another server.",
                headers={"Retry-After": "1"},
            )
        workspace: Workspace = request.app.state.workspace
        snapshot = workspace.snapshot()
        readiness.settle(snapshot)
        return JSONResponse({"status": "ok", "snapshot": snapshot.versions.snapshot})

    @probes.get("/metrics")
    def figures(request: Request) -> Response:
        caller = caller_of(request)
        allowed = caller is not None and (caller.has(Scope.REPORT) or caller.has(Scope.ADMIN))
        if not allowed and not _asked_here(request):
            if caller is None:
                raise unknown_caller()
            detail = "The figures of the server need the scope 'report', or a question from its own machine."
            raise ProblemError("scope_missing", detail, remedy="Ask whoever runs skillmatch for a key with that scope.")
        return Response(metrics.page(), media_type=MEDIA_TYPE)

    return probes


def _asked_here(request: Request) -> bool:
    """Whether a program on this machine asks, and not a proxy on it for somebody else."""
    forwarded = any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip", "via"))
    return not forwarded and from_here(request.scope) and addressed_here(request.headers.get("host", ""))

"""The application: routes, guards and the page that explains them, around one workspace."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware import Middleware

from skillmatch.api import docs_page, probes, problems, routes
from skillmatch.api.access import LOOPBACK, OPEN, Access, check_host, remote_allowed
from skillmatch.api.callers import Gate
from skillmatch.api.guards import LocalOnly, RequestFrame
from skillmatch.api.limits import LIMITS, AnswerTime, Body, Crowd, Limits
from skillmatch.api.metrics import Metrics
from skillmatch.api.openapi import describe
from skillmatch.api.request_log import Observed
from skillmatch.service.snapshot import program_version
from skillmatch.service.workspace import Workspace


def create_app(
    workspace: Workspace | Path | None = None,
    *,
    access: Access | None = None,
    host: str = LOOPBACK,
    allow_remote: bool | None = None,
    limits: Limits = LIMITS,
) -> FastAPI:
    """Make the application for a workspace.

    An open workspace stays the caller's to close; a folder, or None for the one that the settings name, is opened
    when the application starts and closed when it stops. ``host`` is where it will listen. ``allow_remote`` None asks
    the environment; unless it is allowed, a ``host`` that other machines can reach raises ``InputError``, and requests
    from them are refused however the application came to listen.
    """
    remote = remote_allowed() if allow_remote is None else allow_remote
    check_host(host, remote)

    metrics, readiness = Metrics(), probes.Readiness()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if isinstance(workspace, Workspace):
            with readiness.of(workspace):
                yield
            return
        with Workspace.open(workspace) as opened, readiness.of(opened):
            app.state.workspace = opened
            yield

    app = FastAPI(
        title="skillmatch",
        version=program_version(),
        lifespan=lifespan,
        docs_url=None,  # the framework's own pages load their scripts from another host
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        middleware=[
            Middleware(RequestFrame),
            Middleware(Observed, metrics=metrics),
            Middleware(Crowd, limits=limits),
            *([] if remote else [Middleware(LocalOnly)]),
            Middleware(Gate, access=OPEN if access is None else access),
            Middleware(Body, limits=limits),
            Middleware(AnswerTime, limits=limits),
        ],
    )
    if isinstance(workspace, Workspace):
        app.state.workspace = workspace
    problems.install(app)
    app.include_router(routes.router())
    app.include_router(probes.router(readiness, metrics))
    app.include_router(docs_page.router())
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app

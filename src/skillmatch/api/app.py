"""The application: routes, guards and the page that explains them, around one workspace.

A request passes, from outside in: the frame (id, headers, surprises), compression, the limit of headers, this machine
only, whole segments of addresses, the gate (who, how many), the limit of bodies, the time for an answer, its turn among
all that are answered at once, kept answers; then the route with its scope.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from skillmatch.api import routes
from skillmatch.api.auth.callers import Gate, Verifier
from skillmatch.api.auth.key_ring import KeyRing
from skillmatch.api.auth.tokens import tokens_of
from skillmatch.api.http import problems
from skillmatch.api.http.access import CLOSED, LOOPBACK, Access, check_host, remote_allowed
from skillmatch.api.http.bodies import Body
from skillmatch.api.http.crowd import Crowd
from skillmatch.api.http.guards import LocalOnly, RequestFrame
from skillmatch.api.http.idempotency import Idempotent
from skillmatch.api.http.limits import LIMITS, AnswerTime, HeaderLimit, Limits
from skillmatch.api.http.metrics import Metrics
from skillmatch.api.http.rates import Rates
from skillmatch.api.http.request_log import Observed
from skillmatch.api.http.segments import WholeSegments
from skillmatch.api.openapi import docs_page
from skillmatch.api.openapi.description import describe
from skillmatch.api.routes import probes
from skillmatch.service.core.settings import Settings
from skillmatch.service.core.snapshot import program_version
from skillmatch.service.workspace import Workspace

LEAST_ZIPPED = 1_000
"""Bytes from which on an answer is compressed for whoever takes that."""


def create_app(
    workspace: Workspace | Path | None = None,
    *,
    access: Access = CLOSED,
    host: str = LOOPBACK,
    allow_remote: bool | None = None,
    rates: Rates | None = None,
    verifiers: Sequence[Verifier] = (),
    keys: Callable[[Callable[[], Workspace]], KeyRing] = KeyRing,
    limits: Limits = LIMITS,
) -> FastAPI:
    """Make the application for a workspace.

    An open workspace stays the caller's to close; a folder, or None for the one that the settings name, is opened
    when the application starts and closed when it stops. ``host`` is where it will listen. ``allow_remote`` None asks
    the environment; unless it is allowed, a ``host`` that other machines can reach raises ``InputError``, and requests
    from them are refused however the application came to listen. ``verifiers`` know other tokens than API keys;
    ``rates`` None is what the settings allow a caller.
    """
    remote = remote_allowed() if allow_remote is None else allow_remote
    check_host(host, remote, access)

    def current() -> Workspace:
        opened: Workspace = app.state.workspace
        return opened

    ring = keys(current)

    settings = Settings.read()
    metrics, readiness = Metrics(), probes.Readiness()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = limits.at_once  # who has a place never waits for a thread
        if isinstance(workspace, Workspace):
            with readiness.of(workspace):
                yield
            await run_in_threadpool(ring.note_uses, now=True)
            return
        with Workspace.open(workspace) as opened, readiness.of(opened):
            app.state.workspace = opened
            yield
            await run_in_threadpool(ring.note_uses, now=True)

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
            Middleware(GZipMiddleware, minimum_size=LEAST_ZIPPED, compresslevel=4),
            Middleware(HeaderLimit, limits=limits),
            *([] if remote else [Middleware(LocalOnly)]),
            Middleware(WholeSegments),
            Middleware(
                Gate,
                verifiers=(ring, *tokens_of(current), *verifiers),
                rates=rates or Rates(settings.requests_per_minute, own=settings.own_requests_per_minute),
                is_open=access.open,
            ),
            Middleware(Body, limits=limits),
            Middleware(AnswerTime, limits=limits),
            Middleware(Crowd, limits=limits),
            Middleware(Idempotent, workspace=current),
        ],
    )
    if isinstance(workspace, Workspace):
        app.state.workspace = workspace
    app.state.access = access
    problems.install(app)
    app.router.routes.extend(routes.version_1().routes)  # including the router would work out every route anew
    app.include_router(probes.router(readiness, metrics))
    app.include_router(docs_page.router())
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app

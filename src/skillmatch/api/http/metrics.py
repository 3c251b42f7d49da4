"""Metrics: how many requests each address had, how they ended and how long they took; nothing about whom."""

from __future__ import annotations

import os

from prometheus_client import (
    GC_COLLECTOR,
    PLATFORM_COLLECTOR,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from starlette.types import Scope

from skillmatch.api.crew import SHARED
from skillmatch.service.core.snapshot import program_version

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

UNKNOWN = "unknown"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The figures of one application, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        labels = ("method", "route")
        self._requests = Counter(
            "skillmatch_requests", "Requests answered", (*labels, "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "skillmatch_request_seconds",
            "Seconds from the request's headers to the end of its answer",
            labels,
            buckets=_SECONDS,
            registry=self._registry,
        )
        if not os.environ.get(SHARED):
            ProcessCollector(namespace="skillmatch", registry=self._registry)
            for collector in (GC_COLLECTOR, PLATFORM_COLLECTOR):
                self._registry.register(collector)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        known = method if method in _METHODS else UNKNOWN
        self._requests.labels(known, route, str(status)).inc()
        self._seconds.labels(known, route).observe(seconds)

    def page(self) -> bytes:
        """The figures in Prometheus's text format; of all server processes together where there are several."""
        registry = self._registry
        if os.environ.get(SHARED):
            from prometheus_client.multiprocess import MultiProcessCollector

            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        version = f'skillmatch_build_info{{version="{program_version()}"}} 1.0\n'
        head = "# HELP skillmatch_build_info The program that answers\n# TYPE skillmatch_build_info gauge\n"
        return generate_latest(registry) + (head + version).encode()


def route_of(scope: Scope) -> str:
    """The template of the address that a request reached (``/v1/people/{id}``), never what it was filled with."""
    # The framework puts the route as included (with the prefix /v1) here, and the one that was declared in "route".
    found = scope.get("fastapi", {}).get("effective_route_context") or scope.get("route")
    path = getattr(found, "path_format", None)
    return path if isinstance(path, str) else UNKNOWN

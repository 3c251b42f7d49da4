"""The addresses of the API, one module per subject; a handler parses, asks the workspace and presents."""

from __future__ import annotations

from fastapi import APIRouter

from skillmatch.api.openapi import PROBLEMS
from skillmatch.api.routes import advice, health, linking, people, roles, skills


def router() -> APIRouter:
    """Everything under /v1."""
    version_1 = APIRouter(prefix="/v1", responses=PROBLEMS)
    for part in (advice, people, roles, skills, linking, health):  # the order in which the page explains them
        version_1.include_router(part.router)
    return version_1

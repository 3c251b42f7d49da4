"""The addresses of the API, one module per subject; a handler parses, asks the workspace and presents."""

from __future__ import annotations

from fastapi import APIRouter

from skillmatch.api.openapi import PROBLEMS
from skillmatch.api.routes import (
    advice,
    credentials,
    evidence,
    health,
    offerings,
    people,
    person_advice,
    role_decisions,
    roles,
    skill_texts,
    skills,
    stacks,
)


def router() -> APIRouter:
    """Everything under /v1."""
    version_1 = APIRouter(prefix="/v1", responses=PROBLEMS)
    # The order in which the page explains them.
    for part in (
        *(people, evidence, person_advice, advice),
        *(roles, role_decisions),
        *(skills, skill_texts),
        *(
            credentials,
            offerings,
            stacks,
        ),
        health,
    ):
        version_1.include_router(part.router)
    return version_1

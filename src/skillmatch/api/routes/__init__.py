"""The addresses of the API, one module per subject; a handler parses, asks the workspace and presents."""

from __future__ import annotations

from fastapi import APIRouter

from skillmatch.api.openapi import PROBLEMS
from skillmatch.api.routes import (
    advice,
    audit,
    credentials,
    decisions,
    events,
    evidence,
    exports,
    feedback,
    grids,
    groups,
    health,
    jobs,
    keys,
    offerings,
    overlay,
    people,
    person_advice,
    plans,
    role_decisions,
    roles,
    skill_texts,
    skills,
    stacks,
    taxonomies,
    webhooks,
)


def router() -> APIRouter:
    """Everything under /v1."""
    version_1 = APIRouter(prefix="/v1", responses=PROBLEMS)
    # The order in which the page explains them.
    for part in (
        people,
        evidence,
        person_advice,
        advice,
        events,
        groups,
        grids,
        decisions,
        credentials,
        offerings,
        stacks,
        roles,
        role_decisions,
        skills,
        skill_texts,
        taxonomies,
        overlay,
        feedback,
        exports,
        webhooks,
        jobs,
        plans,
        keys,
        audit,
        health,
    ):
        version_1.include_router(part.router)
    return version_1

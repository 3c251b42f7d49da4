"""The addresses of the API, one module per subject; a handler parses, asks the workspace and presents."""

from __future__ import annotations

from functools import cache

from fastapi import APIRouter

from skillmatch.api.openapi.description import PROBLEMS
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


@cache
def version_1() -> APIRouter:
    """Everything under /v1, worked out once for all applications of a process."""
    found = APIRouter(prefix="/v1", responses=PROBLEMS, generate_unique_id_function=lambda route: route.name)
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
        found.include_router(part.router)
    return found

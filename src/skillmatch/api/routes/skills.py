"""Skills of the active taxonomy."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from skillmatch.api import schemas
from skillmatch.api.parameters import Limit, OpenWorkspace, path_id

router = APIRouter(tags=["Skills"])


@router.get("/skills", summary="Find skills by a part of their name")
def search_skills(
    workspace: OpenWorkspace,
    q: Annotated[
        str,
        Query(min_length=1, max_length=200, description="Part of a label or an alias", examples=["communication"]),
    ],
    limit: Limit = 10,
) -> schemas.Skills:
    """Names that begin with the text come first, then shorter ones. To match free words, link them instead."""
    snapshot = workspace.snapshot()
    return schemas.Skills(items=[schemas.Skill.of(skill, snapshot) for skill in workspace.search_skills(q, limit)])


@router.get("/skills/{id:path}", summary="Get one skill")
def get_skill(
    workspace: OpenWorkspace,
    skill: Annotated[str, path_id("Id, label or alias of a skill", "transversal.communication")],
) -> schemas.Skill:
    """A skill of the active taxonomy by its id, its label or an alias."""
    return schemas.Skill.of(workspace.skill(skill), workspace.snapshot())

"""Skills of the active taxonomy."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import OPEN_TO_ALL
from skillmatch.api.kit.answers import answer
from skillmatch.api.kit.etags import Known, etag_of
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import Limit, OpenWorkspace, SkillName
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.api.schemas.skills import skill_json

router = APIRouter(prefix="/skills", tags=["Skills"], dependencies=[OPEN_TO_ALL])


Words = Annotated[
    str, Query(min_length=1, max_length=200, description="Part of a label or an alias", examples=["communication"])
]


@router.get("", summary="Find skills by a part of their name", response_model=schemas.Skills)
@from_one_state
def search_skills(workspace: OpenWorkspace, q: Words, limit: Limit = 10) -> Response:
    """Names that begin with the text come first, then shorter ones. To match free words, normalise them instead."""
    snapshot, day = workspace.present()
    items = [skill_json(skill, snapshot) for skill in workspace.taxonomy.search(q, limit)]
    return answer(enveloped({"items": items}, snapshot.versions, day))


@router.get("/autocomplete", summary="Complete the name of a skill", response_model=schemas.Completions)
@from_one_state
def complete_skill(workspace: OpenWorkspace, q: Words, limit: Limit = 10) -> Response:
    """Labels and aliases that begin with the text, the shortest first, each skill once; little to send and quick."""
    snapshot, day = workspace.present()
    items = [
        {"skill_id": skill.id, "label": skill.label, "name": name}
        for skill, name in workspace.taxonomy.complete(q, limit)
    ]
    return answer(enveloped({"items": items}, snapshot.versions, day))


@router.get("/{skill}", summary="Get one skill", response_model=schemas.OneSkill)
@from_one_state
def get_skill(workspace: OpenWorkspace, skill: SkillName, known: Known) -> Response:
    """A skill of the active taxonomy by its id, its label or an alias."""
    snapshot, day = workspace.present()
    document = skill_json(workspace.taxonomy.skill(skill), snapshot)
    return answer(enveloped(document, snapshot.versions, day), tag=etag_of(document), match=known)


@router.get("/{skill}/related", summary="The skills around one", response_model=schemas.RelatedSkills)
@from_one_state
def related_skills(workspace: OpenWorkspace, skill: SkillName, known: Known) -> Response:
    """Broader, narrower and related skills of the taxonomy, those first that tell most about the one asked for."""
    snapshot, day = workspace.present()
    found, others = workspace.taxonomy.related(skill)
    document = {"skill_id": found.id, "label": found.label, "items": [item.to_json() for item in others]}
    return answer(enveloped(document, snapshot.versions, day), tag=etag_of(document), match=known)

"""Taxonomies: which were imported, what changed between two, and the occupations that roles are built from."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import OPEN_TO_ALL
from skillmatch.api.http.segments import segment
from skillmatch.api.kit.answers import answer
from skillmatch.api.kit.cursors import Paged
from skillmatch.api.kit.etags import Known, etag_of
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import MAX_NAME, OpenWorkspace
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.api.schemas.taxonomies import (
    EXAMPLE_OCCUPATION,
    occupation_json,
    occupation_summary_json,
    taxonomy_json,
)
from skillmatch.domain.skills.taxonomy import name_and_version
from skillmatch.service.values import ChangeKind, Subject

router = APIRouter(tags=["Taxonomies"], dependencies=[OPEN_TO_ALL])

Version = Annotated[
    str, Query(min_length=3, max_length=MAX_NAME, description="As name@version", examples=["starter@1.0.0"])
]


async def _occupation_name(
    occupation: Annotated[
        str,
        Path(
            min_length=1,
            max_length=MAX_NAME,
            description="Id, label or alias of an occupation; write a slash in it as `%2F`",
            examples=[EXAMPLE_OCCUPATION],
        ),
    ],
) -> str:
    return segment(occupation)


OccupationName = Annotated[str, Depends(_occupation_name)]


@router.get("/taxonomies", summary="List the taxonomies", response_model=schemas.Taxonomies)
@from_one_state
def list_taxonomies(workspace: OpenWorkspace) -> Response:
    """Everything that was imported stays to be compared; what is stored refers to the active one."""
    snapshot, day = workspace.present()
    items = [taxonomy_json(item) for item in workspace.taxonomy.versions()]
    return answer(enveloped({"items": items}, snapshot.versions, day))


@router.get(
    "/taxonomies/changes", summary="What changed between two taxonomies", response_model=schemas.TaxonomyChanges
)
@from_one_state
def list_taxonomy_changes(
    workspace: OpenWorkspace,
    paging: Paged,
    old: Version,
    new: Version,
    subject: Annotated[Subject | None, Query(description="Only changes of this", examples=["skill"])] = None,
    change: Annotated[ChangeKind | None, Query(description="Only changes of this kind", examples=["renamed"])] = None,
) -> Response:
    """What came, went, was renamed, moved or weighs differently, without the organisation's overlay."""
    found = workspace.taxonomy.diff(name_and_version(old, "old"), name_and_version(new, "new"))
    after = paging.after_number
    wanted = [item for item in found.changes if subject in (None, item.subject) and change in (None, item.kind)]
    places = list(enumerate(wanted[after : after + paging.enough], after + 1))
    page = paging.page(places, lambda place: str(place[0]))
    document: dict[str, Any] = {
        "old": old,
        "new": new,
        "counts": [
            {"subject": of, "change": kind, "count": count}
            for of, kinds in found.counts().items()
            for kind, count in kinds.items()
        ],
        "items": [item.to_json() for _, item in page.items],
        "next_cursor": page.next_cursor,
    }
    snapshot, day = workspace.present()
    return answer(enveloped(document, snapshot.versions, day), headers=page.headers)


@router.get("/occupations", summary="List occupations, or find some by name", response_model=schemas.Occupations)
@from_one_state
def list_occupations(
    workspace: OpenWorkspace,
    paging: Paged,
    q: Annotated[
        str, Query(max_length=200, description="Part of a label or an alias; all without it", examples=["care"])
    ] = "",
) -> Response:
    """Those of the active taxonomy, in the order of their ids; a role may be built from each."""
    page = paging.page_of_all(workspace.taxonomy.search_occupations(q), lambda item: item.id)
    snapshot, day = workspace.present()
    document = {"items": [occupation_summary_json(item) for item in page.items], "next_cursor": page.next_cursor}
    return answer(enveloped(document, snapshot.versions, day), headers=page.headers)


@router.get("/occupations/{occupation}", summary="Get one occupation", response_model=schemas.OneOccupation)
@from_one_state
def get_occupation(workspace: OpenWorkspace, occupation: OccupationName, known: Known) -> Response:
    """An occupation of the active taxonomy by its id, its label or an alias, with the skills that it asks for."""
    found, labels = workspace.taxonomy.occupation(occupation)
    snapshot, day = workspace.present()
    document = occupation_json(found, labels)
    return answer(enveloped(document, snapshot.versions, day), tag=etag_of(document), match=known)

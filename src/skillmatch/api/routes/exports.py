"""Exports: everything about one person, and tables that other systems and spreadsheets take."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import known_person, needs
from skillmatch.api.auth.touches import Touches
from skillmatch.api.kit.answers import answer_about
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import OpenWorkspace, PersonId
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.api.schemas.exports import TableFile
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.attribution import attribution_of
from skillmatch.service.imports.exports import Exportable

router = APIRouter(tags=["Exports"])

Reader = Annotated[Caller, needs(Scope.READ, touches=Touches.UNITS)]
ReaderOrSelf = Annotated[Caller, needs(Scope.READ, Scope.SELF, touches=Touches.PEOPLE)]

_CSV = "text/csv"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get(
    "/people/{source}/{external_id}/export",
    summary="Everything about a person",
    response_model=schemas.PersonExport,
)
@from_one_state
def export_person(
    caller: ReaderOrSelf,
    workspace: OpenWorkspace,
    person_id: PersonId,
    answers: Annotated[
        bool, Query(description="Whether to repeat what was answered about them", examples=[True])
    ] = True,
) -> Response:
    """All that is held about them, in one document. Who asked about them is for themselves and administrators."""
    person = known_person(workspace, caller, person_id)
    accesses = caller.has(Scope.ADMIN) or caller.person_id == person.id
    document = workspace.people.document(person.id, accesses=accesses, answers=answers)
    snapshot, day = workspace.present()
    whole = enveloped(document, snapshot.versions, day)
    name = {"Content-Disposition": 'attachment; filename="person.json"'}
    return answer_about(workspace, caller, "people.export", (person.id,), whole, snapshot.versions, headers=name)


@router.get(
    "/exports/{file}",
    summary="Get a table as a file",
    response_class=Response,
    responses={
        200: {
            "description": "The file",
            "content": {
                _CSV: {"schema": {"type": "string"}},
                _XLSX: {"schema": {"type": "string", "format": "binary"}},
            },
        }
    },
)
@from_one_state
def export_table(
    caller: Reader,
    workspace: OpenWorkspace,
    file: Annotated[TableFile, Path(description="What, and in which format", examples=["credentials.csv"])],
) -> Response:
    """It can be imported again; what a spreadsheet could run stands behind a '. It holds only people whom you see."""
    name = PurePath(file.value)
    units = None if caller.units is None else list(caller.units)
    content = workspace.export_bytes(Exportable(name.stem), name.suffix, by=caller.id, units=units)
    headers = {"Content-Disposition": f'attachment; filename="{file.value}"'}
    said = attribution_of(workspace.snapshot().versions.taxonomy)
    if said:
        headers["X-Attribution"] = said
    return Response(content, headers=headers, media_type=_CSV if name.suffix == ".csv" else _XLSX)

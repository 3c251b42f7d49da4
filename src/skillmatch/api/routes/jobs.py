"""Jobs: imports handed in as files, and how far they and the plans are."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import needs
from skillmatch.api.auth.touches import Touches
from skillmatch.api.kit.answers import answer
from skillmatch.api.kit.cursors import Paged
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import OpenWorkspace
from skillmatch.api.kit.uploads import UPLOAD, Uploaded
from skillmatch.api.openapi.description import ACCEPTED
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.api.schemas.jobs import job_json
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.access.job import Job, JobKind, JobStatus
from skillmatch.domain.base.errors import NotFoundError
from skillmatch.service.workspace import Workspace

router = APIRouter(tags=["Jobs"])

Importer = Annotated[Caller, needs(Scope.WRITE, touches=Touches.SHARED)]  # a file may hold people of any unit
Worker = Annotated[Caller, needs(Scope.WRITE, Scope.PLAN, touches=Touches.OWN)]

MAX_MAP = 8_000

JobId = Annotated[str, Path(min_length=1, max_length=100, description="Id of a job", examples=["job-0f5c9d1e7a2b4c68"])]


@router.post(
    "/imports",
    summary="Hand in a file to import",
    response_model=schemas.OneJob,
    status_code=202,
    responses=ACCEPTED,
    openapi_extra=UPLOAD,
)
def import_file(
    caller: Importer,
    workspace: OpenWorkspace,
    file: Uploaded,
    what: Annotated[
        str,
        Query(
            max_length=40,
            description="people, evidence, awards, roles, credentials, offerings or stacks",
            examples=["people"],
        ),
    ],
    source: Annotated[
        str | None,
        Query(min_length=1, max_length=100, description="The system that the ids come from", examples=["hris"]),
    ] = None,
    dry_run: Annotated[bool, Query(description="Only say what would happen", examples=[True])] = False,
    keep_going: Annotated[bool, Query(description="Take the sound rows even if others are rejected")] = False,
    column_map: Annotated[
        str | None, Query(max_length=MAX_MAP, description="TOML text that says what your columns are called here")
    ] = None,
) -> Response:
    """The rows are read later, all or none; follow the job, and read `errors.csv` for each row that was not taken."""
    given: dict[str, Any] = {"what": what, "source": source, "dry_run": dry_run, "keep_going": keep_going}
    given["column_map"] = column_map
    return accepted(workspace, workspace.jobs.submit(JobKind.IMPORT, given, by=caller.id, file=file))


@router.get("/jobs", summary="List jobs, page by page", response_model=schemas.Jobs)
@from_one_state
def list_jobs(
    caller: Worker,
    workspace: OpenWorkspace,
    paging: Paged,
    status: Annotated[JobStatus | None, Query(description="Only those that stand so")] = None,
    kind: Annotated[JobKind | None, Query(description="Only those of a kind")] = None,
) -> Response:
    """The latest first: an administrator's all, everybody else's own."""
    by = None if caller.has(Scope.ADMIN) else caller.id
    found = workspace.jobs.all(status=status, kind=kind, limit=paging.enough, before=paging.after_number, by=by)
    page = paging.page(found.items, lambda item: str(item.number))
    snapshot, day = workspace.present()
    document = {"items": [job_json(item) for item in page.items], "next_cursor": page.next_cursor}
    return answer(enveloped(document, snapshot.versions, day), headers=page.headers)


@router.get("/jobs/{job_id}", summary="Get one job", response_model=schemas.OneJob)
@from_one_state
def get_job(caller: Worker, workspace: OpenWorkspace, job_id: JobId) -> Response:
    """How far it is, and in the end its result or its error."""
    return _told(workspace, own_job(workspace, caller, job_id))


@router.post("/jobs/{job_id}/cancel", summary="Cancel a job", response_model=schemas.OneJob)
def cancel_job(caller: Worker, workspace: OpenWorkspace, job_id: JobId) -> Response:
    """A waiting job ends at once, a running one as soon as it looks up, unless it is writing already."""
    own_job(workspace, caller, job_id)
    return _told(workspace, workspace.jobs.cancel(job_id))


@router.get(
    "/jobs/{job_id}/files/{name}",
    summary="Get a file that a job wrote",
    response_class=Response,
    responses={200: {"description": "The file", "content": {"text/csv": {"schema": {"type": "string"}}}}},
)
@from_one_state
def get_job_file(
    caller: Worker,
    workspace: OpenWorkspace,
    job_id: JobId,
    name: Annotated[str, Path(min_length=1, max_length=100, description="Its name", examples=["errors.csv"])],
) -> Response:
    """`errors.csv` lists the rows that could not be taken, safe to open in a spreadsheet."""
    own_job(workspace, caller, job_id)
    content = workspace.jobs.file(job_id, name).read_bytes()
    return Response(content, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type="text/csv")


def accepted(workspace: Workspace, job: Job) -> Response:
    """The answer to work that was handed in."""
    snapshot, day = workspace.present()
    whole = enveloped(job_json(job), snapshot.versions, day)
    return answer(whole, status=202, headers={"Location": f"/v1/jobs/{job.id}", "Retry-After": "1"})


def own_job(workspace: Workspace, caller: Caller, job_id: str) -> Job:
    """A job that the caller handed in, or any for an administrator; else as if there were none."""
    job = workspace.jobs.get(job_id)
    if job.by != caller.id and not caller.has(Scope.ADMIN):
        raise NotFoundError("job", job_id)
    return job


def _told(workspace: Workspace, job: Job) -> Response:
    snapshot, day = workspace.present()
    return answer(enveloped(job_json(job), snapshot.versions, day))

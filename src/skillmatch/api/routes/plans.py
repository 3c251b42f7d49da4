"""Scenarios and plans: looked at, solved as jobs, kept, checked, compared, approved, exported."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import needs
from skillmatch.api.auth.signing import signed
from skillmatch.api.auth.touches import Touches
from skillmatch.api.http.problems import ProblemError
from skillmatch.api.kit.answers import answer, answer_about
from skillmatch.api.kit.cursors import Paged
from skillmatch.api.kit.etags import Known, etag_of
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import OpenWorkspace
from skillmatch.api.kit.plan_sight import visible_plan, visible_plans
from skillmatch.api.openapi.description import ACCEPTED, NO_CONTENT
from skillmatch.api.routes.jobs import accepted
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.api.schemas.plans import PlanPart, plan_json
from skillmatch.domain.access.audit import AccessNote
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.access.job import JobKind
from skillmatch.domain.access.signer import Signer
from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.plans.scenario import Scenario
from skillmatch.service.plans.planning import Search, diff_plan_files, read_scenario
from skillmatch.service.workspace import Workspace

router = APIRouter(tags=["Plans"])

Planner = Annotated[Caller, needs(Scope.PLAN, touches=Touches.PEOPLE)]
Asker = Annotated[Caller, needs(Scope.PLAN, touches=Touches.UNITS)]

PlanId = Annotated[
    str, Path(min_length=1, max_length=100, description="Id of a kept plan", examples=["plan-0f5c9d1e7a2b4c68"])
]

_MEDIA = {".csv": "text/csv", ".ics": "text/calendar", ".json": "application/json"}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILES: dict[str, dict[str, Any]] = {
    "text/csv": {"schema": {"type": "string"}},
    "text/calendar": {},
    "application/json": {},
    _XLSX: {},
}


@router.post("/scenarios/check", summary="Look for contradictions in a scenario", response_model=schemas.OneScenario)
def check_scenario(caller: Asker, workspace: OpenWorkspace, body: schemas.ScenarioRequest) -> Response:
    """Nothing is solved. A contradiction is a problem that names the key."""
    found = workspace.plans.find_contradictions(_scenario(caller, body.scenario), as_of=body.as_of)
    return _told(workspace, {"scenario": found.to_json()})


@router.post("/scenarios/prices", summary="What more of each limit is worth", response_model=schemas.PlanAnswer)
def price_scenario(caller: Asker, workspace: OpenWorkspace, body: schemas.QuestionRequest) -> Response:
    """The value of one more of money, hours, weeks and seats, with the gain that solving again with more finds."""
    scenario = _scenario(caller, body.scenario)
    prices = workspace.plans.prices(scenario, search=Search(body.time_limit), as_of=body.as_of)
    return _told(workspace, {"result": prices.to_json()})


@router.post(
    "/plans",
    summary="Hand in a scenario to be solved",
    response_model=schemas.OneJob,
    status_code=202,
    responses=ACCEPTED,
)
def solve_plan(caller: Asker, workspace: OpenWorkspace, body: schemas.PlanRequest) -> Response:
    """Follow the job: it says the best plan and the bound so far, and in the end the id of the plan that is kept."""
    _scenario(caller, body.scenario)
    if body.before is not None:
        try:
            visible_plan(workspace, caller, body.before)
        except NotFoundError as error:
            raise InputError(error.message, field="before", remedy=error.remedy) from error
    given = body.model_dump(mode="json")
    workspace.plans.remember_signer(Signer.caller(caller))
    return accepted(workspace, workspace.jobs.submit(JobKind.PLAN, given, by=caller.id))


@router.get("/plans", summary="List the kept plans, page by page", response_model=schemas.Plans)
@from_one_state
def list_plans(caller: Planner, workspace: OpenWorkspace, paging: Paged) -> Response:
    """The latest first; those in which the caller sees everybody."""
    found = visible_plans(workspace, caller, limit=paging.enough, before=paging.after_moment)
    page = paging.page(found, lambda item: f"{item.kept.isoformat()} {item.id}")
    document = {"items": [plan_json(item) for item in page.items], "next_cursor": page.next_cursor}
    snapshot, day = workspace.present()
    return answer(enveloped(document, snapshot.versions, day), headers=page.headers)


@router.get("/plans/{plan_id}", summary="Get one kept plan", response_model=schemas.OnePlan)
@from_one_state
def get_plan(caller: Planner, workspace: OpenWorkspace, plan_id: PlanId, known: Known) -> Response:
    """Who learns what and when, what stays unmet and why, and the bound that no plan can exceed."""
    kept, file = visible_plan(workspace, caller, plan_id)
    said = file.to_json()
    document = {
        **plan_json(kept),
        "plan": said["plan"],
        "given": said["scenario"],
        "input_hash": said["plan"]["input_hash"],
    }
    people = sorted({item.person_id for item in file.plan.assignments})
    snapshot, day = workspace.present()
    return answer_about(
        workspace,
        caller,
        "plans.read",
        people,
        enveloped(document, snapshot.versions, day),
        snapshot.versions,
        detail={"plan": plan_id},
        tag=etag_of(document),
        match=known,
    )


@router.delete("/plans/{plan_id}", summary="Forget a kept plan", status_code=204, responses=NO_CONTENT)
def remove_plan(caller: Planner, workspace: OpenWorkspace, plan_id: PlanId) -> Response:
    """One that somebody approved is kept."""
    visible_plan(workspace, caller, plan_id)
    workspace.plans.remove(plan_id)
    return Response(status_code=204)


@router.get("/plans/{plan_id}/check", summary="Check a plan against today's data", response_model=schemas.PlanCheck)
@from_one_state
def check_plan(caller: Planner, workspace: OpenWorkspace, plan_id: PlanId) -> Response:
    """Every limit and figure is computed again from people, roles and catalogue."""
    file = visible_plan(workspace, caller, plan_id)[1]
    breaches, changed = workspace.plans.check(file)
    found = [{"rule": item.rule, "where": item.where, "detail": item.detail} for item in breaches]
    people = sorted({item.person_id for item in file.plan.assignments})
    document = {"plan": plan_id, "breaches": found, "changed_inputs": list(changed)}
    snapshot, day = workspace.present()
    whole = enveloped(document, snapshot.versions, day)
    return answer_about(workspace, caller, "plans.check", people, whole, snapshot.versions, detail={"plan": plan_id})


@router.get("/plans/{plan_id}/stress", summary="A plan when people leave", response_model=schemas.PlanAnswer)
@from_one_state
def stress_plan(caller: Planner, workspace: OpenWorkspace, plan_id: PlanId) -> Response:
    """1,000 seeded draws of who completes and who leaves."""
    return _told(workspace, {"result": workspace.plans.stress(visible_plan(workspace, caller, plan_id)[1]).to_json()})


@router.get(
    "/plans/{plan_id}/diff/{other_id}", summary="What changed between two plans", response_model=schemas.PlanAnswer
)
@from_one_state
def diff_plans(
    caller: Planner,
    workspace: OpenWorkspace,
    plan_id: PlanId,
    other_id: Annotated[
        str, Path(min_length=1, max_length=100, description="The later plan", examples=["plan-0f5c9d1e7a2b4c68"])
    ],
) -> Response:
    """And which changed input changed it."""
    old, new = (visible_plan(workspace, caller, given)[1] for given in (plan_id, other_id))
    found = diff_plan_files(old, new)
    people = sorted({item.key for item in found.parts})
    snapshot, day = workspace.present()
    whole = enveloped({"result": found.to_json()}, snapshot.versions, day)
    detail = {"plan": plan_id, "other": other_id}
    return answer_about(workspace, caller, "plans.diff", people, whole, snapshot.versions, detail=detail)


@router.post("/plans/{plan_id}/approvals", summary="Approve a plan", response_model=schemas.OnePlan)
def approve_plan(
    caller: Planner, workspace: OpenWorkspace, plan_id: PlanId, body: schemas.ApprovalRequest, known: Known
) -> Response:
    """Signed by the caller, who must be another than who solved it. One that breaks a limit today is not approved."""
    visible_plan(workspace, caller, plan_id)
    signer = signed(caller, body.name, "name")
    workspace.audit.record(AccessNote(caller.id, "plans.approve", (), {"plan": plan_id, "name": signer.name}))
    workspace.plans.approve(plan_id, by=signer, note=body.note)
    return get_plan(caller=caller, workspace=workspace, plan_id=plan_id, known=known)


@router.get(
    "/plans/{plan_id}/export/{part}",
    summary="Get a plan as a file",
    response_class=Response,
    responses={200: {"description": "The file, in the format that its name says", "content": _FILES}},
)
@from_one_state
def export_plan(
    caller: Planner,
    workspace: OpenWorkspace,
    plan_id: PlanId,
    part: Annotated[PlanPart, Path(description="For whom, and in which format", examples=["managers.csv"])],
) -> Response:
    """For managers (who learns what), for providers (who comes), as a calendar, or whole. Safe in a spreadsheet."""
    file = visible_plan(workspace, caller, plan_id)[1]
    people = tuple(sorted({item.person_id for item in file.plan.assignments}))
    workspace.audit.record(AccessNote(caller.id, "plans.export", people, {"plan": plan_id, "part": part.value}))
    what = {"plan": "json"}.get(part.value.partition(".")[0], part.value.partition(".")[0])
    with tempfile.TemporaryDirectory(prefix="skillmatch-export-") as folder:
        path = FilePath(folder) / part.value
        workspace.plans.export(file, what, path)
        content = path.read_bytes()
    headers = {"Content-Disposition": f'attachment; filename="{part.value}"'}
    return Response(content, headers=headers, media_type=_MEDIA.get(path.suffix, _XLSX))


def _scenario(caller: Caller, given: Mapping[str, Any]) -> Scenario:
    """A scenario that speaks only of people whom the caller sees; else the problem 403."""
    scenario = read_scenario(given)
    if caller.units is not None and not (scenario.units and all(caller.sees_unit(unit) for unit in scenario.units)):
        raise ProblemError(
            "scope_missing",
            "This speaks of people outside the units that were granted.",
            remedy="Name granted units in the scenario, or use a key without units.",
        )
    return scenario


def _told(workspace: Workspace, document: Mapping[str, Any]) -> Response:
    snapshot, day = workspace.present()
    return answer(enveloped(document, snapshot.versions, day))

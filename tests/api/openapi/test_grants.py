"""Every operation by every kind of key, inside its units and outside: what the table of docs/grants.md says, tried."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from skillmatch.api import schemas
from skillmatch.api.app import create_app
from skillmatch.api.auth.touches import Touches
from skillmatch.api.grants import KINDS, Cell, KeyKind, table
from skillmatch.api.http.rates import Rates
from skillmatch.api.openapi.operations import Operation, operations
from skillmatch.api.schemas.plans import EXAMPLE_SCENARIO
from skillmatch.domain.access.caller import Scope
from skillmatch.domain.access.job import JobKind
from skillmatch.domain.base.identity import make_id
from skillmatch.domain.people.person import Person
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.planning.plan_file import PlanFile
from skillmatch.service.plans.planning import Search, read_scenario
from skillmatch.service.workspace import Workspace
from skillmatch.store.schema.base import METADATA

from ..calls import ALL, DOCUMENT, PERSON, UNIT, Call, problem_code, with_things

OTHER = "Hospital nursing"
"""A unit that no key here is bound to."""

OPERATIONS = {operation.id: operation for operation in operations(DOCUMENT) if operation.scopes}

STORES_NOTHING = {"normalise", "extract", "get_gaps", "check_scenario", "price_scenario"}
"""POSTs that only ask."""

NOT_COMPARED = {
    *("api_keys", "counters", "jobs", "kept_answers", "signers"),  # what was asked, and what is a caller's own
    *("encoders", "vector_packs", "webhook_deliveries"),  # what follows from the rest
    *("blobs", "relations", "occupations"),  # of taxonomies, which no request imports
}


@dataclass(frozen=True)
class Ground:
    """One organisation with a key of every kind, and a plan inside the unit and one outside."""

    workspace: Workspace
    clients: Mapping[KeyKind, TestClient]
    ids: Mapping[KeyKind, str]
    stranger: str
    inside: PlanFile
    outside: PlanFile
    inside_id: str

    def plan(self, file: PlanFile) -> str:
        """The id of a plan, which is kept (again)."""
        return self.workspace.plans.keep(file, by="somebody else").id


@pytest.fixture(scope="module")
def ground(
    pristine: Path, tmp_path_factory: pytest.TempPathFactory, client_of: Callable[..., TestClient]
) -> Iterator[Ground]:
    folder = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("grants") / "w"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        app = create_app(workspace, allow_remote=False, rates=Rates(10_000_000))
        clients, ids = {}, {}
        for kind in KINDS:
            person = PERSON if kind.scope is Scope.SELF else None
            units = [UNIT] if kind.bound else None
            made = workspace.keys.create(str(kind), [kind.scope], by="tests", units=units, person=person)
            clients[kind], ids[kind] = client_of(app), f"key:{made.key.id}"
            clients[kind].headers["Authorization"] = f"Bearer {made.text}"
        other = next(one for one in workspace.people.all() if one.unit == OTHER and one.evidence and one.awards)
        plans = [
            workspace.plan(read_scenario(EXAMPLE_SCENARIO | {"units": [unit]}), search=Search(time_limit=2))
            for unit in (UNIT, OTHER)
        ]
        inside_id = workspace.plans.keep(plans[0], by="somebody else").id
        yield Ground(workspace, clients, ids, other.id, plans[0], plans[1], inside_id)


def test_the_table_in_the_docs_is_that_of_the_program(repository: Path) -> None:
    written = (repository / "docs" / "grants.md").read_text(encoding="utf-8")
    assert written == table(DOCUMENT), "write it anew: python -m skillmatch.api.grants > docs/grants.md"


def test_every_operation_says_what_it_touches_and_every_change_touches_something() -> None:
    everything = {spec["operationId"]: spec for methods in DOCUMENT["paths"].values() for spec in methods.values()}
    assert everything.keys() == OPERATIONS.keys() == ALL.keys()
    assert all(spec["x-touches"] in set(Touches) for spec in everything.values())
    silent = {one.id for one in OPERATIONS.values() if one.method != "GET" and one.touches is Touches.NOTHING}
    assert silent <= STORES_NOTHING


SEARCHING = {"price_scenario"}
"""Operations that solve while the caller waits."""


@pytest.mark.parametrize(
    "operation_id", [pytest.param(name, marks=pytest.mark.slow if name in SEARCHING else ()) for name in OPERATIONS]
)
def test_each_kind_of_key_gets_as_far_as_it_may(ground: Ground, operation_id: str) -> None:
    operation, call = OPERATIONS[operation_id], ALL[operation_id]
    changes = operation.method != "GET"
    narrow = [kind for kind in KINDS if kind.bound or kind.scope is Scope.SELF]
    sent = about(call, ground, narrow[0])
    given = {kind: about(call, ground, kind) if operation.touches is Touches.OWN else sent for kind in narrow}
    before = everything_else(ground) if changes else {}

    for kind in narrow:
        try_cell(operation, kind, given[kind], ground)

    assert not changes or everything_else(ground) == before, "something outside has changed"
    for kind in KINDS:
        if kind not in given:
            let_in = kind.cell(operation) is not Cell.NONE
            fresh = let_in and (changes or operation.touches is Touches.OWN)
            try_cell(operation, kind, about(call, ground, kind) if fresh else sent, ground)


def try_cell(operation: Operation, kind: KeyKind, given: tuple[Call, Call], ground: Ground) -> None:
    """Make the request about something inside and the one about something outside, with a key of a kind."""
    inside, outside = given
    cell, client = kind.cell(operation), ground.clients[kind]
    if cell is Cell.NONE:
        refused = inside.send(client)
        assert (refused.status_code, problem_code(refused)) == (403, "scope_missing"), kind
        return
    let_in = inside.send(client)
    assert let_in.status_code not in (401, 403, 404), (kind, let_in.text)
    if operation.touches not in (Touches.SHARED, Touches.NOTHING):  # nothing of these is outside
        check_outside(operation, kind, cell, outside.send(client), ground)


def check_outside(operation: Operation, kind: KeyKind, cell: Cell, found: httpx.Response, ground: Ground) -> None:
    """Whether an answer about something outside is what a cell says: as usual, hidden, refused, or without it."""
    if cell is Cell.ALL:
        assert found.status_code not in (401, 403, 404), (kind, found.text)
    elif operation.id in ("check_scenario", "price_scenario", "solve_plan"):
        assert problem_code(found) == "scope_missing", kind
    elif operation.id in ("list_people", "list_jobs", "list_plans", "export_table"):
        assert found.status_code == 200
        assert ground.stranger not in found.text
        assert ground.plan(ground.outside) not in found.text
    elif operation.id == "get_gaps":
        assert found.status_code == 422, found.text
    else:
        assert problem_code(found) == "not_found", (kind, found.text)


def about(call: Call, ground: Ground, kind: KeyKind) -> tuple[Call, Call]:
    """The example of an operation about something inside the unit (or of the key's own), and about something outside.

    What earlier requests took away is put back.
    """
    workspace = ground.workspace
    if "{plan_id}" in call.path:
        plans = (ground.plan(ground.inside), ground.plan(ground.outside))
        names = [name for name in ("plan_id", "other_id") if name in call.given]
        return with_given(call, dict.fromkeys(names, plans[0])), with_given(call, dict.fromkeys(names, plans[1]))
    if "{job_id}" in call.path:
        mine, theirs = (a_job(ground, by, call) for by in (ground.ids[kind], "open"))
        return with_given(call, {"job_id": mine}), with_given(call, {"job_id": theirs})
    if call.id in ("get_team", "get_unmet", "get_unit_grid", "get_person_grid", "list_people"):
        return with_given(call, {"unit": UNIT}), with_given(call, {"unit": OTHER})
    if call.id == "export_table":
        return with_given(call, {"file": "people.csv"}), with_given(call, {"file": "people.csv"})
    if call.id in ("check_scenario", "price_scenario", "solve_plan"):
        return scenario_of(call, UNIT), scenario_of(call, OTHER)
    if call.id == "erase_person":
        return a_guest(call, workspace, "own/Z-1", UNIT), a_guest(call, workspace, "own/Z-2", OTHER)
    call = with_things(put_back(call, workspace), workspace)
    return call, hidden_thing(call.about(ground.stranger), ground) if call.personal else call


def scenario_of(call: Call, unit: str) -> Call:
    """The call with a scenario of one unit, which is not searched for long."""
    brief = {"time_limit": 0.1} if "time_limit" in call.body else {}
    return replace(call, body={**call.body, **brief, "scenario": {**EXAMPLE_SCENARIO, "units": [unit]}})


def a_guest(call: Call, workspace: Workspace, person_id: str, unit: str) -> Call:
    """The call about somebody who may be erased."""
    workspace.people.write(person_id, lambda _: Person(person_id, "Short Stay", unit), by="tests")
    return call.about(person_id)


def hidden_thing(call: Call, ground: Ground) -> Call:
    """The call about the stranger, with their unit, or a claim, a dispute or a piece of evidence that is theirs."""
    workspace, them = ground.workspace, ground.stranger
    if isinstance(call.body, dict) and "unit" in call.body:
        return replace(call, body={**call.body, "unit": OTHER})
    if "{piece_id}" in call.path:
        return with_given(call, {"piece_id": a_piece(workspace, them)})
    number = len(workspace.claims.all(them).lines) + len(workspace.disputes.all(them).lines)
    if "claims/{thing_id}" in call.path:
        claim = workspace.claims.submit(them, skill="Conflict resolution", level=3, text=f"Seen, {number}.").claim
        return with_given(call, {"thing_id": claim.id})
    if "disputes/{thing_id}" in call.path:
        dispute = workspace.disputes.submit(them, skill="Dementia care", reason=f"Long ago, {number}.").dispute
        return with_given(call, {"thing_id": dispute.id})
    return call


def a_job(ground: Ground, by: str, call: Call) -> str:
    """A job that somebody handed in; where a file of it is asked for, one that wrote it."""
    workspace = ground.workspace
    if "files" in call.path:
        for job in workspace.jobs.all().items:
            if job.by == by and "errors.csv" in job.files:
                return job.id
    for job in workspace.jobs.all(status=None).items:
        if not job.status.final:
            workspace.jobs.cancel(job.id)
    file = workspace.folder.parent / "people.csv"
    file.write_text("id,name\n,Nobody\n")
    job_id = workspace.jobs.submit(JobKind.IMPORT, {"what": "people", "keep_going": True}, by=by, file=file).id
    if "files" in call.path:
        workspace.jobs.run_next()
    return job_id


def put_back(call: Call, workspace: Workspace) -> Call:
    """The call, once what its example speaks of is there."""
    for what, fields in (("offering", schemas.OfferingFields), ("stack", schemas.StackFields)):
        if call.path.startswith(f"/v1/{what}s/{{source}}"):
            own_id = make_id(call.given["source"], call.given["external_id"])
            made = getattr(fields.model_validate(ALL[f"put_{what}"].body), what)(own_id)
            getattr(workspace.catalogue, f"{what}s").write(own_id, lambda _, made=made: made, by="tests")
    if "{piece_id}" not in call.path:
        return call
    return with_given(call, {"piece_id": a_piece(workspace, PERSON)})


def a_piece(workspace: Workspace, person_id: str) -> str:
    """The id of what is known of a person now."""
    piece = schemas.EvidenceFields.model_validate(ALL["add_evidence"].body).piece()
    return workspace.people.replace_evidence(person_id, [piece], allow=lambda *_: None, by="tests")[0].id


def with_given(call: Call, given: Mapping[str, str]) -> Call:
    return replace(call, given={**call.given, **given})


def everything_else(ground: Ground) -> dict[str, int]:
    """What all units share and what is known of other units' people, as numbers that change with it."""
    mine = {person.id for person in ground.workspace.people.all([UNIT])} | {ground.inside_id}
    found = {}
    with ground.workspace._context.store.reading() as view:
        for name, kept in METADATA.tables.items():
            if name in NOT_COMPARED:
                continue
            rows = view._connection.execute(select(kept)).mappings()
            theirs = (row for row in rows if row.get("person_id") not in mine and row.get("id") not in mine)
            found[name] = hash(frozenset(tuple(row.items()) for row in theirs))
    return found

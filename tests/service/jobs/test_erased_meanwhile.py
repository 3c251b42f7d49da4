"""Erasing somebody while jobs wait or run: it is not refused, and no job brings them back or names them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.service.jobs.test_jobs import SCENARIO, submit
from tests.service.people.test_erasure import bytes_with

from skillmatch.domain.access.job import JobStatus
from skillmatch.domain.base.errors import NotFoundError
from skillmatch.service.jobs import work
from skillmatch.service.workspace import Workspace
from skillmatch.store.schema.governance import erased_meanwhile

ROWS = "id,name,role\nzq-1,Zed Quix,R1\nzq-2,Yan Orr,R1\n"


@pytest.fixture
def known(full: Workspace, tmp_path: Path) -> Workspace:
    """The workspace with two more people."""
    path = tmp_path / "known.csv"
    path.write_text(ROWS)
    assert full.people.import_from(path).applied
    return full


def nothing_is_noted(workspace: Workspace) -> bool:
    with workspace._context.store.reading() as view:
        return not view._connection.execute(select(erased_meanwhile)).all()


def at(step: int, act: Callable[[], object]) -> Callable[[], bool]:
    """What does something when a job looks for the so manieth time whether it is to stop, which it is not."""
    looks = iter(range(100_000))

    def stopping() -> bool:
        if next(looks) == step:
            act()
        return False

    return stopping


def test_an_import_that_waits_leaves_them_out(known: Workspace, tmp_path: Path) -> None:
    submit(known, tmp_path, ROWS + "zq-3,Xia,R1\n", "p.csv")
    said = "person,skill,level,source,date\nzq-1,Teamwork,2,self,2026-03-01\nzq-2,Teamwork,3,self,2026-03-01\n"
    submit(known, tmp_path, said, "e.csv", what="evidence")
    submit(known, tmp_path, said, "f.csv", what="evidence", source="other")  # a source that does not know them
    submit(known, tmp_path, "person,credential,state,issued\nzq-1,C1,held,2026-03-01\n", "a.csv", what="awards")
    known.people.erase("zq-1", by="Kim")
    done = [known.jobs.run_next() for _ in range(4)]
    assert [job and job.status for job in done] == [JobStatus.DONE] * 4
    assert [job and job.result and job.result["counts"] for job in done] == [
        {"people": 2, "evidence": 0, "waiting": 0, "awards": 0},
        {"people": 0, "evidence": 1, "waiting": 0, "awards": 0},
        {"people": 0, "evidence": 1, "waiting": 0, "awards": 0},
        {"people": 0, "evidence": 0, "waiting": 0, "awards": 0},
    ]
    with pytest.raises(NotFoundError):
        known.people.get("zq-1")
    assert known.people.get("zq-3").name == "Xia"
    assert bytes_with(known.folder, "zq-1", "Zed Quix") == []
    assert nothing_is_noted(known)
    # Whoever hands them in again afterwards means it.
    submit(known, tmp_path, ROWS, "again.csv")
    assert known.jobs.run_next()
    assert known.people.get("zq-1").name == "Zed Quix"


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_an_import_that_runs_leaves_them_out_wherever_it_is(
    known: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    monkeypatch.setattr(work, "PIECE", 1)
    submit(known, tmp_path, "id,name,role\nzq-3,Xia,R1\nzq-1,Zed Quix,R1\nzq-4,Wes,R1\n", "p.csv")
    done = known.jobs.run_next(stopping=at(step, lambda: known.people.erase("zq-1", by="Kim")))
    assert done is not None and done.status is JobStatus.DONE, done
    assert [line.action for line in known.audit.lines().items] == ["people.erase"]
    with pytest.raises(NotFoundError):
        known.people.get("zq-1")
    assert known.people.get("zq-4").name == "Wes"
    assert nothing_is_noted(known)


def test_the_list_of_rejected_rows_does_not_name_them(known: Workspace, tmp_path: Path) -> None:
    submit(known, tmp_path, "id,name,role\nzq-1,Zed Quix,Zed Quix's job\nzq-1,Zed Quix,R1\nzq-2,Yan Orr,R9\n", "p.csv")
    failed = known.jobs.run_next(stopping=at(1, lambda: known.people.erase("zq-1", by="Kim")))
    assert failed is not None and (failed.status, failed.files) == (JobStatus.FAILED, ("errors.csv",))
    assert "role" in known.jobs.file(failed.id, "errors.csv").read_text()
    assert bytes_with(known.folder, "zq-1", "Zed Quix") == []


def test_a_plan_that_is_searched_for_ends_without_them(known: Workspace) -> None:
    demand = {**SCENARIO["demands"][0], "headcount": 3}
    known.jobs.submit("plan", {"scenario": {**SCENARIO, "demands": [demand]}}, by="Mo")

    def erase() -> None:
        for who in ("P1", "P2", "zq-1", "zq-2"):
            known.people.erase(who, by="Kim")

    looks = 6  # by then everybody's options are made
    done = known.jobs.run_next(stopping=at(looks, erase))
    assert done is not None and done.status is JobStatus.DONE, done
    assert done.result is not None
    _, file = known.plans.get(done.result["plan"]["id"])
    assert file.plan.assignments
    assert {item.person_id.partition("/")[0] for item in file.plan.assignments} == {"erased"}
    assert len({item.person_id for item in file.plan.assignments}) == len(file.plan.assignments)
    assert bytes_with(known.folder, "zq-1", "zq-2") == []
    assert nothing_is_noted(known)

"""Jobs: handed in, done by one program at a time, cancelled, begun again after a crash, never half told."""

from __future__ import annotations

import csv
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from tests.service.conftest import NOW

from skillmatch.domain.access.job import Job, JobStatus, Lane
from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.jobs.files import lock_of
from skillmatch.service.jobs.lane import MOST_ATTEMPTS
from skillmatch.service.workers.jobs import JobWorker
from skillmatch.service.workspace import Workspace
from skillmatch.store.engine.process_lock import turn

SCENARIO: dict[str, Any] = {
    "name": "Ward",
    "limits": {"hours_per_week": 5.0, "weeks": 40},
    "demands": [{"role": "R1", "headcount": 1, "by": "2026-12-31", "ready": 0.7}],
}


def submit(workspace: Workspace, tmp_path: Path, text: str, name: str = "new.csv", **given: Any) -> Job:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return workspace.jobs.submit("import", {"what": "people", **given}, by="hr", file=path)


def test_an_import_is_done_later_and_says_how_it_ended(full: Workspace, tmp_path: Path) -> None:
    job = submit(full, tmp_path, "id,name\nP8,Hal Ito\nP9,Ida Jo\n")
    assert (job.status, full.jobs.get(job.id).status) == (JobStatus.QUEUED, JobStatus.QUEUED)
    done = full.jobs.run_next()
    assert done is not None
    assert (done.id, done.status, done.attempts, done.error) == (job.id, JobStatus.DONE, 1, None)
    assert done.result is not None
    assert (done.result["added"], done.result["applied"]) == (2, True)
    assert full.people.get("P9").name == "Ida Jo"
    assert full.jobs.run_next() is None
    assert [item.id for item in full.jobs.all().items] == [job.id]
    # Once it has ended nobody needs a second copy of people's data.
    assert not list((full.folder / "jobs" / job.id).glob("input*"))


def test_jobs_are_done_in_their_order_and_ndjson_will_do(full: Workspace, tmp_path: Path) -> None:
    first = submit(full, tmp_path, '{"id": "N1", "name": "Nia", "languages": ["en", "de"]}\n', "a.ndjson")
    second = submit(full, tmp_path, "id,name\nN1,Nia Okoye\n")
    assert [full.jobs.run_next().id, full.jobs.run_next().id] == [first.id, second.id]  # type: ignore[union-attr]
    assert full.people.get("N1").name == "Nia Okoye"


def test_rows_that_cannot_be_taken_are_in_a_file(full: Workspace, tmp_path: Path) -> None:
    text = "id,name,role\nP8,Hal,R1\nP9,Ida,R77\n"
    submit(full, tmp_path, text)
    failed = full.jobs.run_next()
    assert failed is not None
    assert (failed.status, failed.files) == (JobStatus.FAILED, ("errors.csv",))
    assert failed.error is not None
    assert failed.error["code"] == "rows_rejected"
    with full.jobs.file(failed.id, "errors.csv").open(newline="") as file:
        assert [(row["line"], row["field"]) for row in csv.DictReader(file)] == [("3", "role")]
    with pytest.raises(NotFoundError):
        full.people.get("P8")
    submit(full, tmp_path, text, keep_going=True)
    kept = full.jobs.run_next()
    assert kept is not None
    assert (kept.status, kept.result and kept.result["rejected"]) == (JobStatus.DONE, 1)
    assert full.people.get("P8").name == "Hal"
    for name in ("../workspace.db", "input.csv", "progress.json"):
        with pytest.raises(NotFoundError):
            full.jobs.file(kept.id, name)


def test_a_dry_run_writes_nothing_and_a_column_map_is_heeded(full: Workspace, tmp_path: Path) -> None:
    columns = 'source = "hr"\nwhat = "people"\n[columns.id]\ncolumn = "no"\n[columns.name]\ncolumn = "who"\n'
    submit(full, tmp_path, "no,who\nP8,Hal\n", dry_run=True, column_map=columns)
    done = full.jobs.run_next()
    assert done is not None
    assert (done.status, done.result and done.result["added"]) == (JobStatus.DONE, 0)
    submit(full, tmp_path, "no,who\nP8,Hal\n", column_map=columns)
    done = full.jobs.run_next()
    assert done is not None and done.status is JobStatus.DONE, done
    assert full.people.get("P8").name == "Hal"


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("dance", {}, "kind"),
        ("import", {"what": "shoes"}, "what"),
        ("import", {"what": "people", "path": "/etc/passwd"}, "path"),
        ("import", {"what": "people", "dry_run": "yes"}, "dry_run"),
        ("import", {"what": "people"}, "file"),
        ("plan", {}, "scenario"),
        ("plan", {"scenario": {"name": "x"}}, "demands"),
        ("plan", {"scenario": SCENARIO, "time_limit": -1}, "time_limit"),
        ("plan", {"scenario": SCENARIO, "seed": True}, "seed"),
        ("plan", {"scenario": SCENARIO, "as_of": "soon"}, "as_of"),
    ],
)
def test_what_makes_no_sense_is_refused_at_once(full: Workspace, kind: str, given: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        full.jobs.submit(kind, given, by="hr")
    assert caught.value.place.field == field
    assert full.jobs.all().items == ()


def test_files_of_unknown_kinds_are_refused(full: Workspace, tmp_path: Path) -> None:
    for name in ("a.exe", "nothing.csv"):
        (tmp_path / "a.exe").write_text("x")
        with pytest.raises(InputError):
            full.jobs.submit("import", {"what": "people"}, by="hr", file=tmp_path / name)
    assert not (full.folder / "jobs").exists() or not list((full.folder / "jobs").iterdir())


def test_a_waiting_job_is_cancelled_at_once(full: Workspace, tmp_path: Path) -> None:
    job = submit(full, tmp_path, "id,name\nP8,Hal\n")
    assert full.jobs.cancel(job.id).status is JobStatus.CANCELLED
    assert full.jobs.cancel(job.id).status is JobStatus.CANCELLED
    assert full.jobs.run_next() is None
    done = submit(full, tmp_path, "id,name\nP8,Hal\n")
    full.jobs.run_next()
    with pytest.raises(ConflictError, match="done"):
        full.jobs.cancel(done.id)
    with pytest.raises(NotFoundError):
        full.jobs.cancel("job-x")


def test_a_plan_is_kept_compared_and_approved(full: Workspace) -> None:
    full.jobs.submit("plan", {"scenario": SCENARIO, "time_limit": 20}, by="Mo")
    done = full.jobs.run_next()
    assert done is not None and done.status is JobStatus.DONE, done
    assert done.result is not None
    kept = done.result["plan"]
    assert kept["status"] == "optimal"
    assert kept["coverage"] <= kept["coverage_bound"]
    assert done.progress.stage in ("searching", "options")
    plan, file = full.plans.get(kept["id"])
    assert plan.by == "Mo"
    assert full.plans.keep(file, by="Bo").by == "Mo"  # the same plan is kept once
    approved = full.plans.approve(kept["id"], by="Ana Chief", note="Go.")
    assert [item["by"] for item in approved.summary["approvals"]] == ["Ana Chief"]
    assert full.plans.all().items == (approved,)
    with pytest.raises(ConflictError, match="before"):
        full.plans.approve(kept["id"], by="Ana Chief")
    with pytest.raises(ConflictError, match="approved"):
        full.plans.remove(kept["id"])
    again = {**SCENARIO, "limits": {**SCENARIO["limits"], "budget": 0.0}}
    full.jobs.submit("plan", {"scenario": again, "before": kept["id"]}, by="Mo")
    later = full.jobs.run_next()
    assert later is not None and later.status is JobStatus.DONE, later
    assert later.result is not None
    diff = full.plans.diff(kept["id"], later.result["plan"]["id"])
    assert "limits.budget" in [item.key for item in diff.inputs]
    full.plans.remove(later.result["plan"]["id"])
    with pytest.raises(NotFoundError):
        full.plans.get(later.result["plan"]["id"])


def test_a_plan_that_cannot_be_says_why(full: Workspace) -> None:
    demand = {"role": "Astronaut", "headcount": 1, "by": "2026-12-31"}
    full.jobs.submit("plan", {"scenario": {**SCENARIO, "demands": [demand]}}, by="Mo")
    failed = full.jobs.run_next()
    assert failed is not None
    assert failed.status is JobStatus.FAILED
    assert failed.error is not None
    assert (failed.error["code"], "Astronaut" in failed.error["message"]) == ("invalid_input", True)


def test_cancelling_stops_the_search(full: Workspace) -> None:
    job = full.jobs.submit("plan", {"scenario": SCENARIO}, by="Mo")
    # The wish comes while the job is running: the first look of the worker is at the wish to stop.
    looks = iter(range(1_000))

    def stopping() -> bool:
        if next(looks) == 1:
            assert full.jobs.cancel(job.id).status is JobStatus.RUNNING
        return False

    cancelled = full.jobs.run_next(stopping=stopping)
    assert cancelled is not None
    assert (cancelled.status, cancelled.result) == (JobStatus.CANCELLED, None)
    assert full.plans.all().items == ()


def test_a_worker_that_stops_puts_its_job_back(full: Workspace, tmp_path: Path) -> None:
    job = submit(full, tmp_path, "id,name\nP8,Hal\n")
    assert full.jobs.run_next(stopping=lambda: True) is None
    assert (full.jobs.get(job.id).status, full.jobs.get(job.id).attempts) == (JobStatus.QUEUED, 0)
    done = full.jobs.run_next()
    assert done is not None and done.status is JobStatus.DONE


def test_a_job_left_running_by_a_dead_program_waits_again_until_it_has_failed(full: Workspace, tmp_path: Path) -> None:
    job = submit(full, tmp_path, "id,name\nP8,Hal\n")

    class Died(BaseException):
        """As good as a kill: nothing behind it is done."""

    def die() -> bool:
        raise Died

    for attempt in range(1, MOST_ATTEMPTS + 1):
        with pytest.raises(Died):
            full.jobs.run_next(stopping=die)
        assert (full.jobs.get(job.id).status, full.jobs.get(job.id).attempts) == (JobStatus.RUNNING, attempt)
    assert full.jobs.run_next() is None
    failed = full.jobs.get(job.id)
    assert failed.status is JobStatus.FAILED
    assert failed.error is not None
    assert failed.error["code"] == "interrupted"


def test_only_one_program_has_the_turn(full: Workspace, tmp_path: Path) -> None:
    submit(full, tmp_path, "id,name\nP8,Hal\n")
    with turn(lock_of(full.folder, Lane.DATA)) as mine:
        assert mine
        assert full.jobs.run_next() is None
    assert full.jobs.run_next() is not None


def test_a_thread_does_the_jobs_and_another_workspace_takes_over(full: Workspace, tmp_path: Path) -> None:
    def wait_for(job: Job) -> Job:
        until = time.monotonic() + 20
        while not full.jobs.get(job.id).status.final:
            assert time.monotonic() < until, full.jobs.get(job.id)
            time.sleep(0.02)
        return full.jobs.get(job.id)

    with JobWorker(full) as worker:
        assert worker.alive
        assert wait_for(submit(full, tmp_path, "id,name\nP8,Hal\n")).status is JobStatus.DONE
        assert wait_for(full.jobs.submit("plan", {"scenario": SCENARIO}, by="Mo")).status is JobStatus.DONE
    assert not worker.alive
    waiting = submit(full, tmp_path, "id,name\nP9,Ida\n")
    with (
        Workspace.open(full.folder, encoder=NgramEncoder(), clock=lambda: NOW) as other,
        JobWorker(other),
    ):
        assert wait_for(waiting).status is JobStatus.DONE
    assert full.people.get("P9").name == "Ida"


def test_other_writers_get_their_turn_while_a_large_import_is_written(full: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"Q{number},Person {number}\n" for number in range(6_000))
    submit(full, tmp_path, f"id,name\n{rows}")
    seen: list[int] = []
    over = threading.Event()

    def write_meanwhile() -> None:
        while not over.is_set():
            full.claims.submit("P1", skill="Teamwork", level=1, text=f"Claim {len(seen)}.")
            seen.append(sum(full.people.units().values()))

    thread = threading.Thread(target=write_meanwhile)
    thread.start()
    done = full.jobs.run_next()
    over.set()
    thread.join()
    assert done is not None and done.status is JobStatus.DONE
    # Others saw the import grow by pieces: it did not hold the writer's turn for all of it.
    assert {count for count in seen if 2 < count < 6_002}

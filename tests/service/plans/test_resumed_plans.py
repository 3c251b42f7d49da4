"""A plan whose program is killed goes on: from its best plan and bound, with the time that is left."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.service.jobs.test_jobs import SCENARIO

from skillmatch.domain.access.job import Job, JobProgress, JobStatus
from skillmatch.planning.solve import solve
from skillmatch.service.jobs import work
from skillmatch.service.jobs.files import JobFiles
from skillmatch.service.plans import kept_search
from skillmatch.service.workspace import Workspace

PEOPLE = 40

# A program that does a job, keeps every step of its search, and is killed after so many of them have been told.
KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.planning import solve
from skillmatch.service.jobs import work as job_work
from skillmatch.service.plans import kept_search
from skillmatch.service.workspace import Workspace

kept_search.EVERY = 0.0
kept_search.SHARE = 1e9
solve.EXACT_OPTIONS = 0
left = int(sys.argv[2])
EARLIER = datetime(2026, 5, 31, 23, tzinfo=UTC)  # the day before it goes on

class Saying(job_work.Saying):
    def __call__(self, progress):
        global left
        self._files.say(progress)
        left -= progress.stage == "searching"
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

job_work.Saying = Saying
with Workspace.open(Path(sys.argv[1]), encoder=NgramEncoder(), clock=lambda: EARLIER) as workspace:
    workspace.jobs.run_next()
"""


@pytest.fixture
def large(full: Workspace, tmp_path: Path) -> Workspace:
    """The workspace with many nurses, of whom few places and little money make a search of some steps."""
    path = tmp_path / "many.csv"
    rows = "".join(f"N{number},Nurse {number},Ward {number % 3},R1\n" for number in range(PEOPLE))
    path.write_text(f"id,name,unit,role\n{rows}")
    full.people.import_from(path)
    said = "".join(
        f"N{number},{skill},{1 + number % 4},manager,2026-03-01\n"
        for number in range(PEOPLE)
        for skill in ("Hand hygiene", "Teamwork")[: 1 + number % 2]
    )
    path.write_text(f"person,skill,level,source,date\n{said}")
    assert full.people.import_from(path, what="evidence").applied
    return full


def wanted(name: str = "Ward") -> dict[str, object]:
    demand = {"role": "R1", "headcount": 25, "by": "2026-12-31", "ready": 0.5}
    return {**SCENARIO, "name": name, "limits": {**SCENARIO["limits"], "budget": 4_300}, "demands": [demand]}


def killed(workspace: Workspace, steps: int) -> JobProgress:
    """What the only job had told when the program that did it was killed."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(workspace.folder), str(steps)], check=False)
    assert done.returncode == -signal.SIGKILL
    (job,) = workspace.jobs.all().items
    assert job.status is JobStatus.RUNNING
    return job.progress


def gone_on(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> tuple[Job, list[JobProgress]]:
    """The only job once it has been done, and all that its search told from then on."""
    said: list[JobProgress] = []

    class Saying(work.Saying):
        def __call__(self, progress: JobProgress) -> None:
            said.append(progress)

    monkeypatch.setattr(work, "Saying", Saying)
    monkeypatch.setattr(kept_search, "EVERY", 0.0)
    monkeypatch.setattr("skillmatch.planning.solve.EXACT_OPTIONS", 0)
    done = workspace.jobs.run_next()
    assert done is not None and done.status is JobStatus.DONE, done
    return done, [item for item in said if item.stage == "searching"]


def test_a_killed_search_never_takes_anything_back(large: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    large.jobs.submit("plan", {"scenario": wanted(), "gap": 0, "time_limit": 600}, by="Mo")
    told = killed(large, 4)
    assert told.best is not None and told.bound is not None
    job, said = gone_on(large, monkeypatch)
    assert job.attempts == 2
    assert all(item.best is not None and item.best >= told.best for item in said)
    assert all(item.bound is not None and item.bound <= told.bound for item in said)
    assert job.result is not None
    assert told.best <= job.result["plan"]["objective"] <= job.result["plan"]["bound"] <= told.bound
    assert job.result["plan"]["as_of"] == "2026-05-31"
    assert not JobFiles.of(large.folder, job.id).search.exists()


def test_time_that_was_spent_counts_and_nothing_is_lost_when_none_is_left(
    large: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = large.jobs.submit("plan", {"scenario": wanted(), "gap": 0, "time_limit": 600}, by="Mo")
    told = killed(large, 3)
    search = JobFiles.of(large.folder, job.id).search
    kept = json.loads(search.read_text())
    assert kept["chosen"] and "N1" not in search.read_text()  # it names nobody
    search.write_text(json.dumps({**kept, "seconds": 599.0 + kept["seconds"]}))
    limits: list[float | None] = []

    def noted(*args: object, time_limit: float | None, **given: object) -> object:
        limits.append(time_limit)
        return solve(*args, time_limit=0.0, **given)

    monkeypatch.setattr("skillmatch.planning.solve.solve", noted)
    done, _ = gone_on(large, monkeypatch)
    (limit,) = limits
    assert limit is not None and 0 <= limit < 1.01
    assert done.result is not None and told.best is not None
    assert done.result["plan"]["objective"] >= told.best


def test_a_bound_that_was_proven_for_other_data_counts_for_nothing(
    large: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    scenario = wanted()
    job = large.jobs.submit("plan", {"scenario": scenario, "gap": 0, "time_limit": 600}, by="Mo")
    told = killed(large, 3)
    search = JobFiles.of(large.folder, job.id).search
    kept = json.loads(search.read_text())
    search.write_text(json.dumps({**kept, "bound": kept["best"]}))
    path = tmp_path / "ready.csv"
    path.write_text(
        "person,skill,level,source,date\n" + "".join(f"N{n},Wound care,4,manager,2026-03-01\n" for n in range(30))
    )
    assert large.people.import_from(path, what="evidence").applied
    done, _ = gone_on(large, monkeypatch)
    assert done.result is not None and told.best is not None
    assert done.result["plan"]["objective"] > told.best + 1
    assert done.result["plan"]["bound"] >= done.result["plan"]["objective"]

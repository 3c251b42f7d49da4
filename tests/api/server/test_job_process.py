"""Jobs in a process of their own: begun when there is something to do, ended when there is not, never lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from skillmatch.api.server.job_process import JobProcess
from skillmatch.domain.access.job import JobStatus
from skillmatch.service.workspace import Workspace

PEOPLE = "id,name,unit\nX-1,Ada,Lab\nX-2,Ben,Lab\n"


def until(found: Callable[[], Any], seconds: float = 60.0) -> Any:
    """What is found, once it is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what := found():
            return what
        time.sleep(0.05)
    raise AssertionError("it never happened")


def children() -> list[psutil.Process]:
    mine = psutil.Process().children()
    living = [item for item in mine if item.status() != psutil.STATUS_ZOMBIE]
    return [item for item in living if "skillmatch.api.server.job_process" in item.cmdline()]


def submit(workspace: Workspace, folder: Path, lines: str = PEOPLE) -> str:
    file = folder / "people.csv"
    file.write_text(lines)
    return workspace.jobs.submit("import", {"what": "people", "source": "x"}, by="test", file=file).id


def ended(workspace: Workspace, job_id: str) -> bool:
    return workspace.jobs.get(job_id).status.final


def test_the_process_comes_with_a_job_and_goes_when_there_is_none(own: Workspace, tmp_path: Path) -> None:
    with JobProcess(own, log_level="warning", idle=0.5):
        time.sleep(0.6)
        assert children() == []
        for _ in range(2):
            job = submit(own, tmp_path)
            until(children)
            until(lambda job=job: ended(own, job))
            assert own.jobs.get(job).status is JobStatus.DONE
            until(lambda: not children())
    assert own.people.get("x/X-2").name == "Ben"


def test_a_job_whose_process_is_killed_is_begun_again(own: Workspace, tmp_path: Path) -> None:
    many = PEOPLE + "".join(f"Y-{number},Person {number},Lab\n" for number in range(20_000))
    with JobProcess(own, log_level="error", idle=0.5):
        job = submit(own, tmp_path, many)
        until(lambda: own.jobs.get(job).status is JobStatus.RUNNING)
        children()[0].kill()
        until(lambda: ended(own, job))
        assert own.jobs.get(job).status is JobStatus.DONE
        assert own.jobs.get(job).attempts == 2
    assert own.people.get("x/Y-19999").unit == "Lab"


def test_a_running_job_goes_back_into_the_queue_when_the_server_stops(own: Workspace, tmp_path: Path) -> None:
    many = PEOPLE + "".join(f"Y-{number},Person {number},Lab\n" for number in range(20_000))
    with JobProcess(own, log_level="error"):
        job = submit(own, tmp_path, many)
        until(lambda: own.jobs.get(job).status is JobStatus.RUNNING)
    assert children() == []
    assert own.jobs.get(job).status in (JobStatus.QUEUED, JobStatus.DONE)
    if not ended(own, job):
        own.jobs.run_next()
    assert own.people.get("x/Y-19999").unit == "Lab"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_it_does_not_outlive_its_server(own: Workspace) -> None:
    script = (
        "import sys, time; from pathlib import Path; from skillmatch.service.workspace import Workspace\n"
        "from skillmatch.api.server.job_process import JobProcess\n"
        "with Workspace.open(Path(sys.argv[1])) as workspace, JobProcess(workspace, log_level='error'):\n"
        "    time.sleep(60)\n"
    )
    file = own.folder.parent / "people.csv"
    file.write_text(PEOPLE)
    server = subprocess.Popen([sys.executable, "-c", script, str(own.folder)])
    try:
        job = own.jobs.submit("import", {"what": "people", "source": "x"}, by="test", file=file).id
        until(lambda: ended(own, job))
        (child,) = psutil.Process(server.pid).children()
        os.kill(server.pid, signal.SIGKILL)
        until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)
    finally:
        server.kill()
        server.wait()

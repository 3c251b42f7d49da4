"""Lanes: an import never waits for a plan, callers take turns, and what was begun goes on before what was not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from tests.service.conftest import NOW
from tests.service.jobs.test_jobs import SCENARIO

from skillmatch.domain.access.job import JobKind, JobStatus, Lane
from skillmatch.domain.base.errors import ConflictError, InputError
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.jobs.files import lock_of
from skillmatch.service.jobs.jobs import MOST_WAITING
from skillmatch.service.workspace import Workspace
from skillmatch.store.engine.process_lock import turn

HandIn = Callable[[str], str]


@pytest.fixture
def ticking(full: Workspace) -> Iterator[Workspace]:
    """The workspace under a clock that goes on by a second whenever it is looked at."""
    seconds = count()
    with Workspace.open(
        full.folder, encoder=NgramEncoder(), clock=lambda: NOW + timedelta(seconds=next(seconds))
    ) as workspace:
        yield workspace


@pytest.fixture
def hand_in(ticking: Workspace, tmp_path: Path) -> HandIn:
    """Hands in an import for somebody."""
    path = tmp_path / "p.csv"
    path.write_text("id,name\nP8,Hal\n")
    return lambda by: ticking.jobs.submit("import", {"what": "people", "dry_run": True}, by=by, file=path).id


def test_every_kind_of_job_has_one_lane() -> None:
    assert [kind for lane in Lane for kind in lane.kinds] == list(JobKind)


def test_an_import_is_done_while_a_plan_that_came_before_is_searched_for(ticking: Workspace, hand_in: HandIn) -> None:
    plan = ticking.jobs.submit("plan", {"scenario": SCENARIO, "time_limit": 86_400}, by="Mo").id
    done: list[str] = []

    def import_meanwhile() -> bool:
        if not done:
            done.append(hand_in("hr"))
            assert ticking.jobs.get(plan).status is JobStatus.RUNNING
            job = ticking.jobs.run_next()
            assert job is not None and (job.id, job.status) == (done[0], JobStatus.DONE)
        return False

    ended = ticking.jobs.run_next(stopping=import_meanwhile)
    assert done and ended is not None and (ended.id, ended.status) == (plan, JobStatus.DONE)


@pytest.mark.parametrize("lane", list(Lane))
def test_a_program_that_has_one_lane_leaves_the_other(ticking: Workspace, hand_in: HandIn, lane: Lane) -> None:
    jobs = {Lane.PLANS: ticking.jobs.submit("plan", {"scenario": SCENARIO}, by="Mo").id, Lane.DATA: hand_in("hr")}
    with turn(lock_of(ticking.folder, lane)):
        assert not ticking.jobs.lane(lane).is_free
        done = ticking.jobs.run_next()
        assert done is not None and done.kind.lane is not lane
        assert ticking.jobs.run_next() is None
    assert ticking.jobs.get(jobs[lane]).status is JobStatus.QUEUED


def test_callers_take_turns_however_much_one_of_them_handed_in(ticking: Workspace, hand_in: HandIn) -> None:
    names = {hand_in(by): f"{by}{number}" for by, number in [("a", 1), ("a", 2), ("a", 3), ("a", 4), ("b", 1)]}
    order = []
    for turn_number in range(8):
        if turn_number == 2:
            names |= {hand_in(by): f"{by}{number}" for by, number in [("b", 2), ("c", 1), ("c", 2)]}
        done = ticking.jobs.run_next()
        assert done is not None
        order.append(names[done.id])
    # a has had its turn when b is there, and both have when c comes, who then goes first.
    assert order == ["a1", "b1", "c1", "a2", "b2", "c2", "a3", "a4"]


def test_what_was_begun_goes_on_before_others_have_their_turn(ticking: Workspace, hand_in: HandIn) -> None:
    first, second, other = hand_in("a"), hand_in("a"), hand_in("b")
    assert ticking.jobs.run_next(stopping=lambda: True) is None
    done = [ticking.jobs.run_next() for _ in range(3)]
    assert [job and job.id for job in done] == [first, other, second]


def test_so_many_jobs_of_each_kind_wait(ticking: Workspace, hand_in: HandIn) -> None:
    for _ in range(MOST_WAITING):
        ticking.jobs.submit("plan", {"scenario": SCENARIO}, by="a")
    with pytest.raises(ConflictError, match="of this kind"):
        ticking.jobs.submit("plan", {"scenario": SCENARIO}, by="a")
    assert ticking.jobs.get(hand_in("a")).status is JobStatus.QUEUED


def test_the_settings_say_how_long_a_plan_may_be_searched_for(
    ticking: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKILLMATCH_PLAN_SECONDS", "30")
    with pytest.raises(InputError, match="30 s at most") as caught:
        ticking.jobs.submit("plan", {"scenario": SCENARIO, "time_limit": 31}, by="a")
    assert caught.value.place.field == "time_limit"
    assert ticking.jobs.submit("plan", {"scenario": SCENARIO, "time_limit": 30}, by="a").given["time_limit"] == 30
    assert ticking.jobs.submit("plan", {"scenario": SCENARIO}, by="a").given["time_limit"] == 30

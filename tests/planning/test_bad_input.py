"""What can go wrong under a search: no time, solvers that die or hang, seats that do not exist."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from tests.planning.conftest import AS_OF, knowing

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.catalogue.credential import Catalogue, Credential, Offering, Outcome
from skillmatch.domain.people.person import Evidence, EvidenceSource, Person
from skillmatch.domain.plans.plan import NO_VERSIONS, Cause, PlanStatus
from skillmatch.domain.plans.scenario import Cover, Demand, PlanLimits, Scenario, Ways, Weights
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.planning.build import build
from skillmatch.planning.contradictions import contradictions, refuse_contradictions
from skillmatch.planning.plan import Origin, plan_of
from skillmatch.planning.problem import Problem, Row
from skillmatch.planning.setting import Setting
from skillmatch.planning.solve import Method, solve
from skillmatch.planning.worker import Worker

BOTH = (Method.EXACT, Method.LAGRANGIAN)


def large(people: int = 400, seed: int = 5) -> Problem:
    draw = np.random.default_rng(seed)
    rows = [Row("money", people * 1.5), *(Row(f"seats/{k}", people // 9) for k in range(8))]
    rows += [Row(f"away/{k}", 3.0) for k in range(people // 10)]
    return Problem.of(
        {
            f"p{i}": [
                (
                    float(draw.uniform(0.2, 1.0)),
                    {
                        "money": float(draw.integers(1, 9)),
                        f"seats/{draw.integers(8)}": 1.0,
                        f"away/{i % (people // 10)}": 1.0,
                    },
                )
                for _ in range(12)
            ]
            for i in range(people)
        },
        rows,
    )


@pytest.mark.parametrize("method", BOTH)
@pytest.mark.parametrize("limit", [0.0, 0.001, 0.5])
def test_next_to_no_time_is_a_named_outcome(method: Method, limit: float) -> None:
    found = solve(large(), method=method, time_limit=limit)
    assert found.status in (PlanStatus.FEASIBLE, PlanStatus.TIMED_OUT, PlanStatus.OPTIMAL)
    assert found.objective <= found.bound < np.inf


@pytest.mark.parametrize(
    "limits",
    [{"time_limit": -1}, {"time_limit": float("nan")}, {"gap": -0.1}, {"gap": 2}, {"gap": float("inf")}],
    ids=str,
)
def test_limits_of_a_search_that_make_no_sense_are_refused(limits: dict[str, float]) -> None:
    with pytest.raises(InputError):
        solve(large(40), **limits)


@pytest.mark.parametrize("method", BOTH)
@pytest.mark.parametrize("what", [signal.SIGKILL, signal.SIGSTOP], ids=["dies", "hangs"])
def test_a_solver_that_fails_in_the_middle_costs_no_plan(method: Method, what: signal.Signals) -> None:
    """The real process, killed or frozen while it works."""
    problem = large()
    with Worker() as worker:
        ended = threading.Event()

        def strike() -> None:
            while not ended.wait(0.02):
                process = worker._process
                if process is not None and process.poll() is None:
                    os.kill(process.pid, what)
                    return

        striker = threading.Thread(target=strike)
        striker.start()
        found = solve(problem, method=method, time_limit=2.0, gap=0.0, worker=worker)
        ended.set()
        striker.join()
        again = solve(problem, method=method, time_limit=5.0, worker=worker)
    assert found.choice is not None
    assert problem.keeps_limits(found.choice)
    assert found.objective <= found.bound
    assert again.gap < 0.05  # a new process took over


def test_frozen_for_good_each_answer_is_given_up_on() -> None:
    code = "import time; time.sleep(600)"  # longer than any test may take
    with Worker([sys.executable, "-c", code]) as broken:
        found = solve(large(), method=Method.LAGRANGIAN, time_limit=1.0, gap=0.0, worker=broken)
    assert found.choice is not None


def ward(**limits: object) -> Setting:
    """Two people, one course that gets both there, whose only cohort is full."""
    course = Credential(
        "C",
        "Course",
        outcomes=(Outcome("a", 3.0),),
        offerings=(Offering("C-1", "C", date(2026, 3, 9), date(2026, 3, 22), 0),),
        hours=4.0,
        cost=10.0,
    )
    people = [
        Person(n, n, unit="east", hours_per_week=4.0, evidence=(Evidence("a", 1.0, EvidenceSource.ASSESSMENT, AS_OF),))
        for n in ("ada", "ben")
    ]
    scenario = Scenario("full", (Demand("R", 1, date(2026, 6, 30)),), PlanLimits(**limits))
    role = Role("R", "Role", requirements=(Requirement("a", 3.0),))
    return Setting.of(scenario, people, {"R": role}, knowing(Catalogue.of([course])), AS_OF)


def test_a_credential_without_seats_is_the_cause_of_what_stays_empty(worker: Worker) -> None:
    built = build(ward())
    plan = plan_of(built, solve(built.problem, worker=worker), Origin("", NO_VERSIONS))
    assert [(item.places, item.cause) for item in plan.unmet] == [(1, Cause.SEATS)]


def changed(**parts: object) -> Setting:
    setting = ward()
    return replace(setting, scenario=replace(setting.scenario, **parts))


DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("setting", "key"),
    [
        (changed(demands=(Demand("R", 3, DAY),)), "demands"),
        (changed(demands=(Demand("R", 1, AS_OF),)), "demands[0].by"),
        (changed(covers=(Cover("a", 3.0, 1, date(2020, 1, 1)),)), "covers[0].by"),
        (changed(covers=(Cover("a", 3.0, 2, DAY, leavers=1),)), "covers[0].people"),
        (changed(covers=(Cover("a", 3.0, 1, DAY, unit="moon"),)), "covers[0].unit"),
        (ward(must={"C": 1}), "limits.must"),
        (ward(must={"C": 2}, seats={"C": 1}), "limits.must"),
        (ward(must={"C": 1}, must_not=("C",)), "limits.must"),
        (ward(must_not=("X",)), "limits.must_not"),
        (ward(seats={"X": 1}), "limits.seats"),
        (ward(hours=0.0), "limits.hours"),
        (ward(weeks=0), "limits.weeks"),
        (ward(hours_per_week=0.0), "limits.hours_per_week"),
        (ward(unit_budgets={"moon": 5.0}), "limits.unit_budgets"),
        (ward(currency="USD"), "limits.rates"),
        (changed(units=("moon",)), "units"),
        (replace(ward(), people={}), "units"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_is_found_before_solving_with_its_place_and_a_remedy(setting: Setting, key: str) -> None:
    found = list(contradictions(setting))
    assert key in [item.key for item in found]
    assert all(item.message and item.remedy for item in found)
    with pytest.raises(InputError) as caught:
        refuse_contradictions(setting, "starter", "s.toml")
    assert caught.value.place.file == "s.toml"
    assert caught.value.remedy


@pytest.mark.parametrize(
    "make",
    [
        lambda: PlanLimits(budget=-1.0),
        lambda: PlanLimits(budget=float("nan")),
        lambda: PlanLimits(budget=float("inf")),
        lambda: PlanLimits(hours=-1.0),
        lambda: PlanLimits(hours_per_week=169.0),
        lambda: PlanLimits(weeks=-1),
        lambda: PlanLimits(most_away=0),
        lambda: PlanLimits(seats={"C": 0}),
        lambda: PlanLimits(must={"C": -1}),
        lambda: PlanLimits(unit_budgets={"east": -0.01}),
        lambda: PlanLimits(rates={"USD": 0.0}),
        lambda: PlanLimits(currency=""),
        lambda: Demand("R", 0, DAY),
        lambda: Demand("R", -3, DAY),
        lambda: Demand("R", 1, DAY, priority=0.0),
        lambda: Demand("R", 1, DAY, ready=1.5),
        lambda: Demand("", 1, DAY),
        lambda: Cover("a", 0.0, 1, DAY),
        lambda: Cover("a", 3.0, 1, DAY, leavers=-1),
        lambda: Weights(money=-1.0),
        lambda: Ways(hire_most=-1),
        lambda: Ways(hire_cost=float("nan")),
        lambda: Scenario("n", (), PlanLimits()),
        lambda: Scenario("", (Demand("R", 1, DAY),), PlanLimits()),
    ],
)
def test_values_that_make_no_sense_cannot_be_built(make) -> None:
    with pytest.raises(InputError) as caught:
        make()
    assert caught.value.place.field


INTERRUPTED = """
import sys
from skillmatch.planning.solve import Method, solve
from tests.planning.test_bad_input import large

def say(seconds, worth, bound):
    print("heard", flush=True)

problem = large()
found = solve(problem, method=Method(sys.argv[1]), time_limit=60, gap=0.0, progress=say)
again = solve(problem, method=Method(sys.argv[1]), time_limit=5, warm=found.warm(problem))
print(found.stopped_by, problem.keeps_limits(found.choice), found.objective <= found.bound,
      again.objective >= found.objective - 1e-9, again.bound <= found.bound + 1e-9)
"""


@pytest.mark.parametrize("method", BOTH)
def test_ctrl_c_gives_the_best_so_far_and_the_search_goes_on_from_it(method: Method, repository: Path) -> None:
    """The whole group gets the signal, as it does from a terminal: the solver's process, too."""
    environment = {**os.environ, "PYTHONPATH": f"{repository / 'src'}:{repository}"}
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, method.value],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "heard\n"
        time.sleep(0.3)
        os.killpg(process.pid, signal.SIGINT)
        out = process.stdout.read().splitlines()[-1]
    assert out == "interrupt True True True True"

"""Small problems and small organisations whose best plan can be found by trying everything."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from skillmatch.domain.catalogue.credential import Catalogue, Credential, Offering, Outcome, SkillPrerequisite, Stack
from skillmatch.domain.people.person import Evidence, EvidenceSource, Person
from skillmatch.domain.plans.plan import NO_VERSIONS
from skillmatch.domain.plans.scenario import Cover, Demand, PlanLimits, Scenario, Ways, Weights
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.gaps import Reference
from skillmatch.planning.problem import Problem, Row
from skillmatch.planning.setting import Setting
from skillmatch.planning.worker import Worker

AS_OF = date(2026, 3, 1)  # a Sunday: learning begins on the next day


def knowing(catalogue: Catalogue) -> Reference:
    """What people are held against where there is a catalogue and no taxonomy."""
    return Reference.without_taxonomy(catalogue, NO_VERSIONS)


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    """One solver process for all tests."""
    with Worker() as running:
        yield running


def brute(problem: Problem) -> float | None:
    """The worth of the best choice of all; None when no choice keeps all limits and reaches all that it must."""
    best = None
    spans = [range(problem.start[i], problem.start[i + 1]) for i in range(len(problem.people))]
    for combination in itertools.product(*spans):
        choice = np.array(combination, np.int64)
        if problem.keeps_limits(choice) and not problem.misses(choice):
            worth = problem.worth(choice)
            best = worth if best is None else max(best, worth)
    return best


def random_problem(seed: int) -> Problem:
    """Up to six people with up to four options each; money, seats, absences, places, a floor that may be a must."""
    draw = random.Random(seed)
    rows = [
        Row("money", draw.randint(3, 12)),
        Row("seats", draw.randint(1, 2)),
        Row("away", draw.randint(1, 3)),
        Row("places", draw.randint(1, 3)),
        Row("cover", draw.randint(1, 3), reward=draw.choice([0.5, 1.0, 2.0]), required=draw.random() < 0.3),
    ]
    options = {
        f"p{number}": [
            (
                draw.choice([-0.1, 0.0, 0.3, 0.8, 1.0, 1.7]) + draw.random() * 0.1,
                {
                    "money": float(draw.randint(0, 5)),
                    "seats": float(draw.random() < 0.4),
                    "away": float(draw.random() < 0.5),
                    "places": float(draw.random() < 0.6),
                    "cover": float(draw.random() < 0.5),
                },
            )
            for _ in range(draw.randint(0, 4))
        ]
        for number in range(draw.randint(1, 6))
    }
    return Problem.of(options, rows)


def random_setting(seed: int) -> Setting:
    """Up to five people, seven credentials with cohorts, prerequisites and a stack, a role, a cover with leavers."""
    draw = random.Random(seed)
    skills = ["a", "b", "c"]
    credentials = []
    for number in range(draw.randint(3, 7)):
        name = f"C{number}"
        taught = draw.sample(skills, draw.choice([1, 1, 2]))
        cohorts = tuple(
            Offering(f"{name}-{k}", name, start, date.fromordinal(start.toordinal() + 13), draw.choice([1, 2, None]))
            for k in range(draw.choice([0, 0, 1, 2]))
            for start in [date(2026, 3, 9 + 7 * draw.randint(0, 2))]
        )
        credentials.append(
            Credential(
                name,
                f"Course {name}",
                outcomes=tuple(Outcome(skill, float(draw.randint(1, 3))) for skill in taught),
                requires_credentials=("C0",) if number and draw.random() < 0.2 else (),
                requires_skills=(SkillPrerequisite("a", 1.0),) if draw.random() < 0.2 and "a" not in taught else (),
                offerings=cohorts,
                hours=float(draw.choice([4, 8, 12])),
                cost=float(draw.choice([0, 50, 100, 200])),
            )
        )
    # Stacks of what teaches different things: only those are ever earned as a whole.
    pairs = [
        (one.id, other.id)
        for one, other in itertools.combinations(credentials, 2)
        if not {item.skill_id for item in one.outcomes} & {item.skill_id for item in other.outcomes}
    ]
    stacks = [Stack(f"S{n}", "Both", pair) for n, pair in enumerate(draw.sample(pairs, min(2, len(pairs))))]
    role = Role("R", "Role", requirements=tuple(Requirement(skill, float(draw.randint(1, 3))) for skill in skills))
    people = [
        Person(
            f"P{number}",
            f"Person {number}",
            unit=draw.choice(["east", "west"]),
            role_id=draw.choice(["R", None]),
            hours_per_week=float(draw.choice([2, 4, 6])),
            evidence=tuple(
                Evidence(skill, float(draw.randint(0, 2)), EvidenceSource.ASSESSMENT, AS_OF)
                for skill in skills
                if draw.random() < 0.6
            ),
        )
        for number in range(draw.randint(2, 5))
    ]
    scenario = Scenario(
        "small",
        (Demand("R", draw.randint(1, 2), date(2026, 6, 30), ready=0.7),),
        PlanLimits(
            budget=float(draw.choice([0, 150, 300, 600])),
            most_away=draw.choice([None, 1, 2]),
            must={"C0": 1} if draw.random() < 0.2 else {},
        ),
        covers=(Cover("b", 2.0, 1, date(2026, 5, 31), leavers=draw.randint(0, 2), must=draw.random() < 0.15),),
        weights=Weights(money=draw.choice([0.0, 1e-6, 1e-3])),
        ways=Ways(hire_most=draw.choice([0, 1]), hire_cost=250.0),
        options_each=4,
    )
    return Setting.of(scenario, people, {"R": role}, knowing(Catalogue.of(credentials, stacks)), AS_OF)

"""A plan from a solution: assignments, what is met, what is not and why, checked before anybody sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import fsum

import numpy as np

from skillmatch.domain.base.answer import Versions, rounded
from skillmatch.domain.plans.plan import Assignment, Met, Plan
from skillmatch.planning.bound import proven
from skillmatch.planning.build import Built
from skillmatch.planning.check import able_to, check_plan
from skillmatch.planning.solution import Solution, Warm
from skillmatch.planning.unmet import find_unmet


@dataclass(frozen=True)
class Origin:
    """What a plan was made from: the hash of all inputs, the versions and the seed."""

    input_hash: str
    versions: Versions
    seed: int = 0
    notes: tuple[str, ...] = ()


class CheckError(RuntimeError):
    """A plan that breaks a limit was about to be shown: a fault of ours, never of the input."""


def plan_of(built: Built, solution: Solution, origin: Origin) -> Plan:
    """The plan that a solution stands for. Raises ``CheckError`` if the checker finds anything wrong with it."""
    setting, scenario = built.setting, built.setting.scenario
    assignments = () if solution.choice is None else built.assignments(solution.choice)
    if solution.choice is not None:
        breaches = check_plan(assignments, setting)
        if breaches:
            raise CheckError(f"the plan breaks {len(breaches)} rules; first {breaches[0]}")
    demands = met_by(assignments, built)
    # Floors that must be met carry a penalty in the problem that no plan ever pays.
    objective, bound = rounded(solution.objective), rounded(max(solution.bound, solution.objective))
    plan = Plan(
        scenario=scenario.name,
        status=solution.status,
        assignments=assignments,
        objective=objective if assignments or solution.choice is not None else 0.0,
        bound=bound,
        demands=demands,
        unmet=find_unmet(built, assignments) if solution.choice is not None else (),
        coverage=rounded(min(1.0, fsum(item.worth for item in demands) / scenario.ideal)),
        coverage_bound=coverage_bound(bound, built, solution),
        cost=rounded(fsum(item.cost for item in assignments)),
        hours=rounded(fsum(item.hours for item in assignments)),
        currency=scenario.limits.currency,
        solver=solution.solver,
        stopped_by=solution.stopped_by,
        seed=origin.seed,
        as_of=setting.as_of,
        input_hash=origin.input_hash,
        versions=origin.versions,
        multipliers={name: rounded_up(value) for name, value in sorted(solution.multipliers.items())},
        notes=origin.notes,
        checked=solution.choice is not None,
    )
    # The coverage of a plan can pass its bound only by rounding.
    return replace(plan, coverage_bound=max(plan.coverage_bound, plan.coverage))


def rounded_up(value: float) -> float:
    """A multiplier with twelve decimals: enough to begin another search with."""
    return round(value, 12) + 0.0


def coverage_bound(bound: float, built: Built, solution: Solution) -> float:
    """What share of the demands no plan can exceed, by the better of two proofs.

    One is the bound, plus all that money, hours and churn might take off. The other is weak duality at the same
    multipliers for what options cover, before anything is taken off.
    """
    scenario, limits = built.setting.scenario, built.setting.scenario.limits
    weights = scenario.weights
    most_cost = most_hours = 0.0
    for mine in built.options.values():
        most_cost += max((option.cost for option in mine), default=0.0)
        most_hours += max((option.hours for option in mine), default=0.0)
    cost = most_cost if limits.budget is None else min(most_cost, limits.budget)
    hours = most_hours if limits.hours is None else min(most_hours, limits.hours)
    churn = max(0.0, -(built.problem.offset + built.problem.owed))
    most = bound + weights.money * cost + weights.hours * hours + churn
    if built.problem.people:
        worth = np.array([value for mine in built.options.values() for value in (0.0, *(one.worth for one in mine))])
        prices = Warm(solution.multipliers).prices(built.problem)
        most = min(most, proven(built.problem.valued(worth), prices) + churn)
    share = most / scenario.ideal
    return round(min(1.0, max(0.0, share)) + 5e-7, 6) if share < 1 else 1.0


def met_by(assignments: tuple[Assignment, ...], built: Built) -> tuple[Met, ...]:
    """How far each demand and cover is met, and how things are today."""
    setting, scenario = built.setting, built.setting.scenario
    found = []
    for number, demand in enumerate(scenario.demands):
        mine = [item for item in assignments if item.demand == number]
        title = setting.roles[demand.role_id].title
        worth = rounded(fsum(item.worth for item in mine))
        found.append(Met(f"demands[{number}]", title, demand.headcount, len(mine), worth, *built.today[number]))
    for number, cover in enumerate(scenario.covers):
        able = min(cover.wanted, able_to(number, assignments, setting))
        title, (now, _) = setting.label(cover.skill_id), built.today[len(scenario.demands) + number]
        worth = rounded(cover.priority * able)
        found.append(Met(f"covers[{number}]", title, cover.wanted, able, worth, now, now))
    return tuple(found)

"""Several futures: which plan gives up least in the worst of them, and what a plan is worth in many draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import fsum

import numpy as np

from skillmatch.domain.base.answer import rounded
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.plans.plan import Assignment, OptionKind
from skillmatch.domain.plans.plan_views import Regret, Robust, Stress
from skillmatch.domain.plans.scenario import Future, Scenario
from skillmatch.planning.build import build
from skillmatch.planning.options import chance_of, holds, worth_of
from skillmatch.planning.questions import Asked
from skillmatch.planning.setting import Setting

QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)


def in_future(setting: Setting, future: Future) -> Setting:
    """The setting as it would be: headcounts and prices by their factors, risks as given.

    Headcounts are rounded up. Prices of credentials, moves, recognition and hiring change alike; the budget does not.
    """
    scenario, price = setting.scenario, future.price
    demands = tuple(
        replace(item, headcount=max(1, int(np.ceil(round(item.headcount * future.demand, 9)))))
        for item in scenario.demands
    )
    risk = scenario.risk
    risk = replace(
        risk,
        completion=risk.completion if future.completion is None else future.completion,
        attrition=risk.attrition if future.attrition is None else future.attrition,
    )
    ways = scenario.ways
    ways = replace(
        ways,
        move_cost=ways.move_cost * price,
        recognise_cost=ways.recognise_cost * price,
        hire_cost=ways.hire_cost * price,
    )
    catalogue = setting.catalogue
    if price != 1:
        dearer = {
            name: item if item.cost is None else replace(item, cost=item.cost * price)
            for name, item in catalogue.credentials.items()
        }
        catalogue = replace(catalogue, credentials=dearer)
    changed = replace(scenario, demands=demands, risk=risk, ways=ways)
    return replace(setting, scenario=changed, reference=replace(setting.reference, catalogue=catalogue))


def worth_in(assignments: Sequence[Assignment], setting: Setting) -> tuple[float, tuple[Assignment, ...]]:
    """What a plan is worth when a future comes true, and the part of it that is then carried out.

    Parts are carried out in the order of their worth for their cost, as long as places and money last: where fewer are
    wanted or prices have risen, the least worthwhile are dropped. Covers pay for each part that is carried out.
    """
    scenario, limits, weights = setting.scenario, setting.scenario.limits, setting.scenario.weights
    priced = [_repriced(item, setting) for item in assignments]
    gains = {item.person_id: item.worth + sum(scenario.covers[n].priority for n in item.covers) for item in priced}
    order = sorted(priced, key=lambda item: (-gains[item.person_id] / (1.0 + item.cost), item.person_id))
    places = {number: demand.headcount for number, demand in enumerate(scenario.demands)}
    wanted = {number: max(0, cover.wanted - _holding(number, setting)) for number, cover in enumerate(scenario.covers)}
    left = np.inf if limits.budget is None else limits.budget + 1e-6
    by_unit = dict(limits.unit_budgets)
    total, kept = (
        fsum(cover.priority * min(cover.wanted, _holding(n, setting)) for n, cover in enumerate(scenario.covers)),
        [],
    )
    for item in order:
        if item.cost > left or item.cost > by_unit.get(item.unit, np.inf) + 1e-6:
            continue
        placed = item.demand is not None and places[item.demand] > 0
        counted = [number for number in item.covers if wanted[number] > 0]
        if not placed and not counted:
            continue
        left -= item.cost
        if item.unit in by_unit:
            by_unit[item.unit] -= item.cost
        if placed and item.demand is not None:
            places[item.demand] -= 1
            total += item.worth
        for number in counted:
            wanted[number] -= 1
            total += scenario.covers[number].priority
        total -= weights.money * item.cost + weights.hours * item.hours
        kept.append(item)
    return total, tuple(kept)


def _holding(number: int, setting: Setting) -> int:
    return sum(holds(person, setting.scenario.covers[number], setting) for person in setting.people.values())


def _repriced(item: Assignment, setting: Setting) -> Assignment:
    steps = tuple(
        replace(step, cost=setting.cost_of(setting.catalogue.credentials[step.credential_id])) for step in item.steps
    )
    ways, cost = setting.scenario.ways, sum(step.cost for step in steps)
    if item.kind is OptionKind.HIRE:
        cost += ways.hire_cost
    else:
        if item.recognised:
            cost += ways.recognise_cost
        if item.demand is not None and setting.people[item.person_id].role_id != item.role_id:
            cost += ways.move_cost
    found = replace(item, steps=steps, cost=cost)
    return replace(found, worth=worth_of(found, setting))


def find_robust(asked: Asked) -> Robust:
    """The plan with the least worst regret over the scenario's futures, of the best plan for each and for the scenario.

    The regret of a plan in a future is what the best plan found for that future is worth more. Raises
    ``InputError`` when the scenario names fewer than two futures.
    """
    setting = asked.built.setting
    scenario: Scenario = setting.scenario
    if len(scenario.futures) < 2:
        raise InputError("needs at least two futures.", field="futures", remedy="Add [[futures]] with a name each.")
    settings = {future.name: in_future(setting, future) for future in scenario.futures}
    plans: dict[str, tuple[Assignment, ...]] = {}
    if asked.solution.choice is not None:
        plans["scenario"] = asked.built.assignments(asked.solution.choice)
    for name, changed in settings.items():
        built = build(changed)
        solution = asked.again(built)
        if solution.choice is not None:
            plans[f"best for {name}"] = built.assignments(solution.choice)
    worths = {(plan, name): worth_in(parts, settings[name])[0] for plan, parts in plans.items() for name in settings}
    best = {name: max(worths[plan, name] for plan in plans) for name in settings}
    table = tuple(
        Regret(plan, name, rounded(worths[plan, name]), rounded(best[name]), rounded(best[name] - worths[plan, name]))
        for plan in plans
        for name in settings
    )
    worst = {plan: max(item.regret for item in table if item.plan == plan) for plan in plans}
    chosen = min(worst, key=lambda plan: (worst[plan], plan != "scenario", plan)) if worst else ""
    used = {
        name: {step.credential_id for item in plans.get(f"best for {name}", ()) for step in item.steps}
        for name in settings
    }
    everywhere = set.intersection(*used.values()) if used else set()
    only = sorted(
        (credential, name)
        for name, mine in used.items()
        for credential in mine
        if sum(credential in other for other in used.values()) == 1
    )
    return Robust(scenario.name, chosen, worst.get(chosen, 0.0), table, tuple(sorted(everywhere)), tuple(only))


def stress(assignments: Sequence[Assignment], setting: Setting, *, draws: int = 1_000, seed: int = 0) -> Stress:
    """What a plan covers in draws of who stays, who completes every credential and whose learning is recognised.

    Everyone's fate is independent of the others' (an assumption: real courses fail together). Someone hired is there.
    """
    scenario, risk = setting.scenario, setting.scenario.risk
    random = np.random.default_rng(seed)
    covered = np.zeros(draws)
    for number, demand in enumerate(scenario.demands):
        for item in (part for part in assignments if part.demand == number):
            done, stayed = _fates(item, setting, random, draws)
            fallback = item.coverage_before if item.coverage_before >= demand.ready - 1e-6 else 0.0
            covered += demand.priority * stayed * np.where(done, item.coverage_after, fallback)
    for number, cover in enumerate(scenario.covers):
        able = random.binomial(_holding(number, setting), 1 - risk.attrition, draws).astype(float)
        for item in (part for part in assignments if number in part.covers):
            done, stayed = _fates(item, setting, random, draws)
            able += done & stayed
        covered += cover.priority * np.minimum(able, cover.wanted)
    shares = np.sort(covered / scenario.ideal)
    quantiles = tuple((share, rounded(float(np.quantile(shares, share)))) for share in QUANTILES)
    return Stress(scenario.name, draws, seed, rounded(float(shares.mean())), quantiles)


def _fates(
    item: Assignment, setting: Setting, random: np.random.Generator, draws: int
) -> tuple[np.ndarray, np.ndarray]:
    done = random.random(draws) < chance_of(item, setting)
    stayed = random.random(draws) >= setting.scenario.risk.attrition
    return done, stayed | (item.kind is OptionKind.HIRE)

"""Questions to a scenario: what more of a limit is worth, what other budgets cover, what a new credential adds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from skillmatch.domain.base.answer import rounded
from skillmatch.domain.base.errors import ConflictError, InputError
from skillmatch.domain.catalogue.credential import Catalogue, Credential
from skillmatch.domain.plans.plan import PlanStatus
from skillmatch.domain.plans.plan_views import Curve, CurvePoint, Price, Prices
from skillmatch.domain.plans.scenario import PlanLimits
from skillmatch.planning.build import Built, build
from skillmatch.planning.plan import Origin, plan_of
from skillmatch.planning.solution import Solution
from skillmatch.planning.solve import solve
from skillmatch.planning.worker import Worker

MONEY_STEP = 0.05
"""How much more money is solved for again: this share of the budget, at least 1,000, and enough to hire somebody."""

MOST_SEATS = 10
"""For so many limits on seats, the dearest ones, the search is made again with one more."""


@dataclass(frozen=True)
class Asked:
    """A scenario solved once, from which the questions start; ``time_limit`` is seconds for each further search."""

    built: Built
    solution: Solution
    worker: Worker
    time_limit: float | None = None
    gap: float = 0.0005
    seed: int = 0

    def again(self, built: Built) -> Solution:
        """Solve a changed scenario, beginning where this one ended."""
        return solve(
            built.problem,
            time_limit=self.time_limit,
            gap=self.gap,
            seed=self.seed,
            warm=self.solution.warm(self.built.problem),
            worker=self.worker,
        )


def find_prices(asked: Asked) -> Prices:
    """What one more of each limit is worth.

    For money, hours in all, and seats the multiplier says what one more unit adds at most, up to the gap of the plan;
    then each is solved again with a step more. Hours a week and weeks change everybody's options: they are solved
    again with one more.
    """
    built, solution = asked.built, asked.solution
    scenario, limits = built.setting.scenario, built.setting.scenario.limits
    rows = built.problem.place
    found: list[Price] = []
    if limits.budget is not None:
        ways = scenario.ways
        step = max(1_000.0, round(limits.budget * MONEY_STEP), ways.hire_cost if ways.hire_most else 0.0)
        changed = replace(built, problem=built.problem.limited(money=limits.budget + step))
        found.append(_price(asked, "limits.budget", limits.currency, limits.budget, step, changed, "money"))
    if limits.hours is not None:
        changed = replace(built, problem=built.problem.limited(hours=limits.hours + 10))
        found.append(_price(asked, "limits.hours", "hours", limits.hours, 10, changed, "hours"))
    seats = [name for name in rows if name.startswith(("cohort/", "seats/"))]
    dear = sorted(seats, key=lambda name: (-solution.multipliers.get(name, 0.0), name))[:MOST_SEATS]
    for name in dear:
        if solution.multipliers.get(name, 0.0) > 1e-9:
            now = built.problem.rows[rows[name]].capacity
            changed = replace(built, problem=built.problem.limited(**{name: now + 1}))
            found.append(_price(asked, name, "seats", now, 1, changed, name))
    if limits.hours_per_week is not None:
        wider = replace(limits, hours_per_week=min(168.0, limits.hours_per_week + 1))
        changed = _rebuilt(built, wider)
        found.append(_price(asked, "limits.hours_per_week", "hours a week", limits.hours_per_week, 1, changed, None))
    if limits.weeks is not None:
        changed = _rebuilt(built, replace(limits, weeks=limits.weeks + 1))
        found.append(_price(asked, "limits.weeks", "weeks", float(limits.weeks), 1, changed, None))
    return Prices(scenario.name, rounded(solution.objective), rounded(solution.bound), tuple(found))


def _rebuilt(built: Built, limits: PlanLimits) -> Built:
    setting = built.setting
    return build(replace(setting, scenario=replace(setting.scenario, limits=limits)))


def value_of_credential(asked: Asked, credential: Credential) -> Prices:
    """What a credential that does not exist yet would add to the best plan. Raises ``ConflictError`` if it exists."""
    setting = asked.built.setting
    known = setting.catalogue
    if credential.id in known.credentials:
        raise ConflictError(f"the catalogue has a '{credential.id}' already.", remedy="Give the new one another id.")
    catalogue = Catalogue.of([*known.credentials.values(), credential], known.stacks)
    changed = build(setting.with_catalogue(catalogue))
    item = _price(asked, credential.id, "credential", 0.0, 1, changed, None)
    name = setting.scenario.name
    return Prices(name, rounded(asked.solution.objective), rounded(asked.solution.bound), (item,))


def _price(asked: Asked, limit: str, unit: str, now: float, step: float, changed: Built, row: str | None) -> Price:
    before, after = asked.solution, asked.again(changed)
    each = None if row is None else rounded(max(0.0, before.multipliers.get(row, 0.0)))
    # More of a limit never hurts: the plan of before is still a plan.
    objective = max(after.objective, before.objective)
    low = max(0.0, objective - before.bound)
    return Price(limit, unit, now, each, step, rounded(low), rounded(max(low, after.bound - before.objective)))


def find_curve(asked: Asked, budgets: Iterable[float], origin: Origin) -> Curve:
    """Plans along a range of budgets, each search beginning with the prices of the one before.

    Points lie on one rising line: what a smaller budget reaches a larger one reaches, too. Raises ``InputError``
    when the scenario has no budget.
    """
    built = asked.built
    scenario = built.setting.scenario
    if scenario.limits.budget is None:
        raise InputError("is missing: there is no budget to vary.", field="limits.budget", remedy="Set one.")
    points: list[CurvePoint] = []
    current = asked
    for budget in sorted(set(budgets)):
        limits = replace(scenario.limits, budget=budget)
        setting = replace(built.setting, scenario=replace(scenario, limits=limits))
        changed = replace(built, setting=setting, problem=built.problem.limited(money=budget))
        solution = current.again(changed)
        plan = plan_of(changed, solution, origin)
        if points and plan.status is not PlanStatus.INFEASIBLE and plan.objective < points[-1].objective:
            last = points[-1]
            points.append(replace(last, budget=budget, bound=plan.bound, coverage_bound=plan.coverage_bound))
        else:
            points.append(
                CurvePoint(
                    budget,
                    plan.status.value,
                    plan.objective,
                    plan.bound,
                    plan.coverage,
                    plan.coverage_bound,
                    plan.cost,
                )
            )
        current = replace(current, built=changed, solution=solution)
    return Curve(scenario.name, scenario.limits.currency, tuple(points))

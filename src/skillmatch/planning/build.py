"""From a setting to a problem, and from a choice back to assignments: the two sides of the same list of options."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from skillmatch.domain.plans.plan import Assignment, Cause, OptionKind
from skillmatch.domain.plans.scenario import Scenario
from skillmatch.planning.calendar import weeks_between
from skillmatch.planning.options import holds, options_of, valued
from skillmatch.planning.problem import Ints, Problem, Row
from skillmatch.planning.setting import Setting
from skillmatch.planning.solution import Warm

BuildProgress = Callable[[int, int], None]
"""Called with (how many people's options are made, how many people there are)."""


def unseen(done: int, total: int) -> None:
    """The progress that nobody watches."""


HIRED = "hire/"


@dataclass(frozen=True)
class Built:
    """A problem with the assignments that its options stand for, by person, and how many hold each cover already.

    ``named`` are the rows that any option would use; ``today`` says of each demand and then of each cover how many do
    it, and how many of all are ready for it. ``reasons`` keeps, by person and key of the demand or cover, what
    keeps people out who have no option for it: no limit on what is shared changes that.
    """

    setting: Setting
    problem: Problem
    options: Mapping[str, tuple[Assignment, ...]]
    holding: tuple[int, ...]
    named: frozenset[str] = frozenset()
    today: tuple[tuple[int, int], ...] = ()
    reasons: dict[tuple[str, str], Cause | None] = field(default_factory=dict)

    def assignments(self, choice: Ints) -> tuple[Assignment, ...]:
        """What a choice stands for; who does nothing is not in it."""
        own = choice - self.problem.start[:-1]
        return tuple(
            self.options[person][int(number) - 1]
            for person, number in zip(self.problem.people, own, strict=True)
            if number
        )

    def warm(self, assignments: tuple[Assignment, ...], multipliers: Mapping[str, float]) -> Warm:
        """What an earlier plan tells a search, as far as its assignments are still options."""
        chosen: dict[str, int] = {}
        for item in assignments:
            for number, option in enumerate(self.options.get(item.person_id, ()), start=1):
                if option.signature == item.signature:
                    chosen[item.person_id] = number
        return Warm(dict(multipliers), chosen)


def all_options(setting: Setting, progress: BuildProgress = unseen) -> dict[str, tuple[Assignment, ...]]:
    """Everybody's options, and those of as many to be hired as may be."""
    found: dict[str, tuple[Assignment, ...]] = {}
    for number, person in enumerate(setting.people.values(), start=1):
        found[person.id] = options_of(person, setting)
        progress(number, len(setting.people))
    ways, scenario = setting.scenario.ways, setting.scenario
    hires = tuple(
        Assignment(
            "-",
            OptionKind.HIRE,
            demand.role_id,
            "",
            demand=number,
            coverage_after=ways.hire_ready,
            worth=demand.priority * ways.hire_ready,
            cost=ways.hire_cost,
        )
        for number, demand in enumerate(scenario.demands)
        if ways.hire_ready >= demand.ready
    )
    places = sum(demand.headcount for demand in scenario.demands)
    for number in range(1, min(ways.hire_most, places) + 1):
        name = f"{HIRED}{number:05d}"
        found[name] = tuple(replace(item, person_id=name) for item in hires)
    return found


def build(
    setting: Setting,
    options: Mapping[str, tuple[Assignment, ...]] | None = None,
    *,
    before: Mapping[str, Assignment] | None = None,
    progress: BuildProgress = unseen,
) -> Built:
    """The problem of a setting. ``before`` is an earlier plan by person: what differs from it pays for the churn."""
    found = dict(all_options(setting, progress) if options is None else options)
    scenario, weights = setting.scenario, setting.scenario.weights
    uses = {person: [_use(option, setting) for option in mine] for person, mine in found.items()}
    holding = tuple(
        sum(holds(person, cover, setting) for person in setting.people.values()) for cover in scenario.covers
    )
    named = {name for mine in uses.values() for use in mine for name in use}
    rows, offset = _rows(setting, holding, named)
    kept = {row.name for row in rows}
    listed: dict[str, list[tuple[float, Mapping[str, float]]]] = {}
    for person, mine in found.items():
        old = None if before is None else before.get(person)
        # What does nothing stays at 0: where it is the change, all that is as before gets the churn instead.
        listed[person] = []
        for option, use in zip(mine, uses[person], strict=True):
            value = option.worth - weights.money * option.cost - weights.hours * option.hours
            if before is not None and not person.startswith(HIRED):
                same = old is not None and old.signature == option.signature
                value += weights.churn * (1.0 if same else 0.0 if old is not None else -1.0)
            listed[person].append((value, {name: amount for name, amount in use.items() if name in kept}))
    if before is not None:
        offset -= weights.churn * sum(person in found for person in before if not person.startswith(HIRED))
    return Built(setting, Problem.of(listed, rows, offset), found, holding, frozenset(named), _today(setting))


def _today(setting: Setting) -> tuple[tuple[int, int], ...]:
    """For each demand how many people in scope have the role and how many cover enough of it today; for each cover how
    many are able to do it today, twice.
    """
    people, scenario = setting.people.values(), setting.scenario
    ready = [
        (
            sum(person.role_id == demand.role_id for person in people),
            sum(setting.held(person, demand).coverage >= demand.ready for person in people),
        )
        for demand in scenario.demands
    ]
    able = [sum(holds(person, cover, setting, today=True) for person in people) for cover in scenario.covers]
    return (*ready, *((count, count) for count in able))


def changed(built: Built, scenario: Scenario, progress: BuildProgress = unseen) -> Built:
    """The problem of another scenario for the same people, with as much kept of this one as holds there.

    Money, hours in all, seats, most away, what must be taken, headcounts and the people wanted of a cover only change
    the rows: that takes milliseconds. What options are made of (dates, hours a week, ways, risk and the like) makes
    them anew. The scope must be the same.
    """
    setting = replace(built.setting, scenario=scenario)
    before = built.setting.scenario
    if _made_of(scenario) != _made_of(before):
        return build(setting, progress=progress)
    rows, offset = _rows(setting, built.holding, built.named)
    same = [row.name for row in rows] == [row.name for row in built.problem.rows]
    # Who is away in which week is counted only where that is limited.
    same = same and (scenario.limits.most_away is None) == (before.limits.most_away is None)
    if same and scenario.weights == before.weights:
        return replace(built, setting=setting, problem=built.problem.with_rows(rows, offset))
    return replace(build(setting, built.options), reasons=built.reasons)


def _made_of(scenario: Scenario) -> tuple[object, ...]:
    """All of a scenario on which the options hang."""
    limits = scenario.limits
    demands = tuple((item.role_id, item.by, item.priority, item.ready) for item in scenario.demands)
    covers = tuple((item.skill_id, item.level, item.by, item.unit) for item in scenario.covers)
    places = sum(item.headcount for item in scenario.demands)
    return (
        *(scenario.units, scenario.roles, demands, covers, scenario.ways, scenario.risk),
        *(limits.hours_per_week, limits.weeks, limits.must_not, limits.languages, limits.currency, limits.rates),
        *(scenario.credentials_each, scenario.options_each, min(scenario.ways.hire_most, places)),
    )


def revalued(built: Built, setting: Setting) -> Built:
    """The same options in another setting, with other risks, prices or headcounts, valued anew."""
    options = {}
    for person, mine in built.options.items():
        if person.startswith(HIRED):
            options[person] = mine
            continue
        options[person] = tuple(valued(item, setting) for item in mine)
    return build(setting, options)


def _use(option: Assignment, setting: Setting) -> dict[str, float]:
    limits = setting.scenario.limits
    use = {"money": option.cost, f"money/{option.unit}": option.cost, "hours": option.hours}
    if option.demand is not None:
        use[f"places/{option.demand}"] = 1.0
        use[f"fill/{option.demand}"] = 1.0
    for number in option.covers:
        use[f"cover/{number}"] = 1.0
    for step in option.steps:
        use[f"must/{step.credential_id}"] = 1.0
        use[f"seats/{step.credential_id}"] = 1.0
        if step.offering_id is not None:
            use[f"cohort/{step.offering_id}"] = 1.0
        if limits.most_away is not None:
            use |= {f"away/{option.unit}/{week}": 1.0 for week in weeks_between(step.start, step.end)}
    return use


def _rows(setting: Setting, holding: tuple[int, ...], named: Collection[str]) -> tuple[list[Row], float]:
    """The rows that bear on any option, and what the covers that are met already are worth."""
    scenario, limits = setting.scenario, setting.scenario.limits
    rows: list[Row] = []
    if limits.budget is not None:
        rows.append(Row("money", limits.budget))
    if limits.hours is not None:
        rows.append(Row("hours", limits.hours))
    rows += [Row(f"money/{unit}", money) for unit, money in sorted(limits.unit_budgets.items())]
    for number, demand in enumerate(scenario.demands):
        rows.append(Row(f"places/{number}", demand.headcount))
        if demand.must:
            rows.append(Row(f"fill/{number}", demand.headcount, required=True))
    offset = 0.0
    for number, cover in enumerate(scenario.covers):
        there = min(holding[number], cover.wanted)
        offset += cover.priority * there
        if cover.wanted > there:
            rows.append(Row(f"cover/{number}", cover.wanted - there, reward=cover.priority, required=cover.must))
    rows += [Row(f"must/{name}", count, required=True) for name, count in sorted(limits.must.items())]
    rows += [Row(f"seats/{name}", count) for name, count in sorted(limits.seats.items())]
    for credential in setting.catalogue.credentials.values():
        for cohort in credential.offerings:
            if cohort.seats is not None and f"cohort/{cohort.id}" in named:
                rows.append(Row(f"cohort/{cohort.id}", cohort.seats))
    if limits.most_away is not None:
        rows += [Row(name, limits.most_away) for name in sorted(named) if name.startswith("away/")]
    return rows, offset

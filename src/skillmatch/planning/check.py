"""The check: everything that a plan claims, computed again from the people, the roles and the catalogue.

It shares nothing with the solvers' arrays and nothing with how options are made; only the rules of the domain, such
as where a person stands, what is ruled out for them, what a level attains and what a credential leads to, are the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from math import fsum

from skillmatch.domain.people.person import Person
from skillmatch.domain.plans.plan import Assignment, OptionKind, PlanStep
from skillmatch.domain.plans.scenario import Cover, Demand
from skillmatch.gaps.reach import attains, coverage
from skillmatch.planning.setting import Setting
from skillmatch.planning.starting_point import Held
from skillmatch.recommend.exclusions import ruled_out
from skillmatch.recommend.lift import after
from skillmatch.recommend.prerequisites import first_lacking

CENT = 0.005
"""Sums of money may differ by less than a cent, shares and hours by this share of it."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit that a plan breaks or a figure that it states wrongly, and where."""

    rule: str
    where: str
    detail: str

    def __str__(self) -> str:
        return f"{self.rule} ({self.where}): {self.detail}"


def check_plan(assignments: Sequence[Assignment], setting: Setting) -> tuple[Breach, ...]:
    """All that is wrong with a plan; nothing when it keeps every limit and says what is so."""
    found: list[Breach] = []
    for name, count in Counter(item.person_id for item in assignments).items():
        if count > 1:
            found.append(Breach("one part each", name, f"has {count} parts"))
    for item in assignments:
        found += _one(item, setting)
    return (*found, *_together(assignments, setting))


def _one(item: Assignment, setting: Setting) -> Iterator[Breach]:
    scenario, ways = setting.scenario, setting.scenario.ways
    where = item.person_id
    if item.demand is not None and not 0 <= item.demand < len(scenario.demands):
        yield Breach("demand", where, f"there is no demand {item.demand}")
        return
    if item.kind is OptionKind.HIRE:
        demand = scenario.demands[item.demand] if item.demand is not None else None
        if demand is None or demand.role_id != item.role_id or item.steps or where in setting.people:
            yield Breach("hire", where, "must fill a place and nothing else")
        elif ways.hire_ready < demand.ready or abs(item.cost - ways.hire_cost) > CENT:
            yield Breach("hire", where, "costs or covers something else than the scenario says")
        return
    person = setting.people.get(where)
    if person is None:
        yield Breach("scope", where, "is not one of the people in scope")
        return
    unknown = [step.credential_id for step in item.steps if step.credential_id not in setting.catalogue.credentials]
    if unknown:
        yield Breach("catalogue", where, f"has no '{unknown[0]}'")
        return
    if item.unit != person.unit:
        yield Breach("unit", where, f"is of '{person.unit}', not of '{item.unit}'")
    yield from _steps(item, person, setting)
    yield from _money(item, person, setting)
    yield from _reached(item, person, setting)


def _held(item: Assignment, person: Person, goal: Demand | Cover, setting: Setting) -> Held:
    """Where the person stands with a goal, with what the plan wants recognised: levels that somebody said of them."""
    claimed = {}
    held = setting.held(person, goal)
    for skill in item.recognised:
        said = [
            piece.level
            for piece in person.standing(setting.as_of)
            if piece.skill_id == skill
            and piece.on <= setting.as_of
            and (piece.expires is None or piece.expires > setting.as_of)
        ]
        claimed[skill] = max([held.levels.get(skill, 0.0), *said])
    return held.with_levels(claimed)


def _steps(item: Assignment, person: Person, setting: Setting) -> Iterator[Breach]:
    """Dates, cohorts, prerequisites, what is not for this person or nobody, and the hours of each week."""
    limits, where = setting.scenario.limits, item.person_id
    situation = setting.situation(person)
    goals = _goals(item, setting)
    levels = _held(item, person, goals[0], setting).levels if goals else {}
    done: set[str] = set()
    known = setting.catalogue.credentials
    week_hours: defaultdict[date, float] = defaultdict(float)
    last = _deadline(item, setting)
    previous = setting.as_of
    for step in item.steps:
        credential = known[step.credential_id]
        if step.start <= previous:
            yield Breach("order", where, f"{step.credential_id} begins before {previous} is over")
        previous = step.end
        if step.end > last:
            yield Breach("dates", where, f"{step.credential_id} ends on {step.end}, after {last}")
        if not credential.on_offer(step.start):
            yield Breach("dates", where, f"{step.credential_id} is not on offer on {step.start}")
        cohort = next((one for one in credential.offerings if one.id == step.offering_id), None)
        if credential.offerings and (cohort is None or (cohort.start, cohort.end) != (step.start, step.end)):
            yield Breach("cohorts", where, f"{step.credential_id} has no such cohort")
        exclusion = ruled_out(credential, situation)
        if exclusion is not None:
            yield Breach(exclusion.reason.value, where, f"{step.credential_id}: {exclusion.detail}")
        if credential.id in limits.must_not:
            yield Breach("must_not", where, f"{step.credential_id} must not be used")
        if first_lacking(credential, lambda name: name in done or situation.satisfies(name), levels) is not None:
            yield Breach("prerequisites", where, f"{step.credential_id} needs something else first")
        done.add(credential.id)
        levels = after(levels, credential)
        weeks = _weeks(step)
        for week in weeks:
            week_hours[week] += step.hours / len(weeks)
    pace = setting.pace(person)
    for week, hours in sorted(week_hours.items()):
        if hours > pace + 1e-6:
            yield Breach("hours_per_week", where, f"{hours:.2f} hours in the week of {week}; {pace:g} are there")


def _goals(item: Assignment, setting: Setting) -> list[Demand | Cover]:
    """What a part of a plan is for: a demand, else covers."""
    scenario = setting.scenario
    return [scenario.covers[n] for n in item.covers] if item.demand is None else [scenario.demands[item.demand]]


def _money(item: Assignment, person: Person, setting: Setting) -> Iterator[Breach]:
    ways, where = setting.scenario.ways, item.person_id
    cost = hours = 0.0
    for step in item.steps:
        credential = setting.catalogue.credentials[step.credential_id]
        if setting.rate(credential.currency) is None:
            yield Breach("currency", where, f"{credential.id} costs {credential.currency}, for which there is no rate")
        cost += setting.cost_of(credential)
        hours += setting.hours_of(credential)
    if item.recognised:
        cost, hours = cost + ways.recognise_cost, hours + ways.recognise_hours
    if item.demand is not None and person.role_id != setting.scenario.demands[item.demand].role_id:
        cost += ways.move_cost
    if abs(cost - item.cost) > CENT:
        yield Breach("cost", where, f"states {item.cost:.2f}; it comes to {cost:.2f}")
    if abs(hours - item.hours) > CENT:
        yield Breach("hours", where, f"states {item.hours:.2f}; it comes to {hours:.2f}")


def _reached(item: Assignment, person: Person, setting: Setting) -> Iterator[Breach]:
    """Whether the person will be ready, and will be able to do what they are counted for."""
    where, known = item.person_id, setting.catalogue.credentials
    path = [known[step.credential_id] for step in item.steps]
    if item.demand is not None:
        demand = setting.scenario.demands[item.demand]
        role, held = setting.roles[demand.role_id], _held(item, person, demand, setting)
        if item.role_id != role.id:
            yield Breach("role", where, f"heads for '{item.role_id}', the demand is for '{role.id}'")
        if abs(held.coverage - item.coverage_before) > CENT / 100:
            yield Breach("coverage", where, f"states {item.coverage_before:.4f} today; it is {held.coverage:.4f}")
        reached = coverage(role, reduce(after, path, held.coming))
        if abs(reached - item.coverage_after) > CENT / 100:
            yield Breach("coverage", where, f"states {item.coverage_after:.4f}; it comes to {reached:.4f}")
        if reached < demand.ready - 1e-6:
            yield Breach("ready", where, f"covers {reached:.1%} of the role; {demand.ready:.0%} are wanted")
    for number in item.covers:
        cover = setting.scenario.covers[number]
        now = setting.held(person, cover).coming
        later = reduce(after, path, _held(item, person, cover, setting).coming)
        able = attains(later.get(cover.skill_id, 0.0), cover.level)
        new = not attains(now.get(cover.skill_id, 0.0), cover.level)
        if not able or not new or (cover.unit and person.unit != cover.unit):
            yield Breach("covers", where, f"does not newly count for cover {number}")
        if item.steps and item.steps[-1].end > setting.last_day(cover.by):
            yield Breach("covers", where, f"is able only after {cover.by}")


def _together(assignments: Sequence[Assignment], setting: Setting) -> Iterator[Breach]:
    """The limits that all share."""
    limits, scenario = setting.scenario.limits, setting.scenario
    spent = fsum(item.cost for item in assignments)
    if limits.budget is not None and spent > limits.budget + CENT:
        yield Breach("budget", "limits.budget", f"{spent:.2f} are spent, {limits.budget:.2f} are there")
    learned = fsum(item.hours for item in assignments)
    if limits.hours is not None and learned > limits.hours + CENT:
        yield Breach("hours", "limits.hours", f"{learned:.2f} are learned, {limits.hours:.2f} are there")
    for unit, money in limits.unit_budgets.items():
        mine = fsum(item.cost for item in assignments if item.unit == unit)
        if mine > money + CENT:
            yield Breach("budget", f"limits.unit_budgets.{unit}", f"{mine:.2f} are spent, {money:.2f} are there")
    for number, demand in enumerate(scenario.demands):
        count = sum(item.demand == number for item in assignments)
        if count > demand.headcount:
            yield Breach("headcount", f"demands[{number}]", f"{count} for {demand.headcount} places")
        if demand.must and count < demand.headcount:
            yield Breach("must", f"demands[{number}]", f"{count} of {demand.headcount} places filled")
    for number, cover in enumerate(scenario.covers):
        if cover.must and able_to(number, assignments, setting) < cover.wanted:
            yield Breach("must", f"covers[{number}]", f"fewer than {cover.wanted} can do it")
    taken = Counter(step.credential_id for item in assignments for step in item.steps)
    joined = Counter(step.offering_id for item in assignments for step in item.steps if step.offering_id)
    for name, count in limits.seats.items():
        if taken[name] > count:
            yield Breach("seats", f"limits.seats.{name}", f"{taken[name]} take it, {count} may")
    for name, count in limits.must.items():
        if taken[name] < count:
            yield Breach("must", f"limits.must.{name}", f"{taken[name]} take it, {count} must")
    for name in sorted({step.credential_id for item in assignments for step in item.steps}):
        credential = setting.catalogue.credentials.get(name)
        for cohort in credential.offerings if credential else ():
            if cohort.seats is not None and joined[cohort.id] > cohort.seats:
                yield Breach("seats", cohort.id, f"{joined[cohort.id]} join, {cohort.seats} seats are left")
    hired = sum(item.kind is OptionKind.HIRE for item in assignments)
    if hired > scenario.ways.hire_most:
        yield Breach("hire", "ways.hire_most", f"{hired} are hired, {scenario.ways.hire_most} may be")
    if limits.most_away is not None:
        away: Counter[tuple[str, date]] = Counter()
        for item in assignments:
            away.update({(item.unit, week) for step in item.steps for week in _weeks(step)})
        for (unit, week), count in sorted(away.items()):
            if count > limits.most_away:
                yield Breach("most_away", f"{unit}, week of {week}", f"{count} learn, {limits.most_away} may")


def able_to(number: int, assignments: Sequence[Assignment], setting: Setting) -> int:
    """How many people will be able to do what a cover asks for, once a plan is carried out."""
    cover = setting.scenario.covers[number]
    able = 0
    by_person = {item.person_id: item for item in assignments}
    for person in setting.people.values():
        if cover.unit and person.unit != cover.unit:
            continue
        levels = setting.held(person, cover).coming
        item = by_person.get(person.id)
        if item is not None and all(step.end <= setting.last_day(cover.by) for step in item.steps):
            path = [setting.catalogue.credentials[step.credential_id] for step in item.steps]
            for credential in path:
                levels = after(levels, credential)
        able += attains(levels.get(cover.skill_id, 0.0), cover.level)
    return able


def _deadline(item: Assignment, setting: Setting) -> date:
    scenario = setting.scenario
    wanted = [scenario.demands[item.demand].by] if item.demand is not None else []
    wanted += [scenario.covers[number].by for number in item.covers if item.demand is None]
    return setting.last_day(min(wanted)) if wanted else setting.last_day(date.max - timedelta(days=3_650))


def _weeks(step: PlanStep) -> list[date]:
    """The Mondays of the weeks from the first to the last day of a step."""
    monday = step.start - timedelta(days=step.start.weekday())
    weeks = []
    while monday <= step.end:
        weeks.append(monday)
        monday += timedelta(days=7)
    return weeks

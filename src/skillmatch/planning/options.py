"""Options: what each person could do for the demands, a few that no other one beats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

from skillmatch.domain.base.answer import rounded
from skillmatch.domain.people.person import Person
from skillmatch.domain.plans.plan import Assignment, OptionKind, PlanStep
from skillmatch.domain.plans.scenario import Cover, Demand
from skillmatch.gaps.assessment import Levels
from skillmatch.gaps.reach import attains, coverage
from skillmatch.planning.calendar import schedules
from skillmatch.planning.paths import Path, Paths
from skillmatch.planning.setting import Setting
from skillmatch.planning.starting_point import Held
from skillmatch.recommend.lift import after

NEAR = 1e-6


def options_of(person: Person, setting: Setting) -> tuple[Assignment, ...]:
    """All that a person could do, but nothing: for each demand and cover the options that no other one beats."""
    found: dict[object, Assignment] = {}
    for number, demand in enumerate(setting.scenario.demands):
        for option in for_demand(person, number, demand, setting):
            found.setdefault(option.signature, option)
    for number, cover in enumerate(setting.scenario.covers):
        for option in for_cover(person, number, cover, setting):
            found.setdefault(option.signature, option)
    return tuple(found.values())


def for_demand(person: Person, number: int, demand: Demand, setting: Setting) -> tuple[Assignment, ...]:
    """What a person could do to be ready for a role by its day."""
    role, ways = setting.roles[demand.role_id], setting.scenario.ways
    there = person.role_id == role.id
    if not there and not ways.move:
        return ()
    held = setting.held(person, demand)
    coming = coverage(role, held.coming)
    base = Assignment(person.id, OptionKind.TRAIN, role.id, person.unit, (), (), number, (), held.coverage)
    extra = 0.0 if there else ways.move_cost
    made: list[Assignment] = []
    if coming >= demand.ready - NEAR:
        kind = OptionKind.STAY if there else OptionKind.MOVE
        made.append(replace(base, kind=kind, coverage_after=coming, cost=extra))
    else:
        skills = frozenset(need.skill_id for need in role.requirements)
        made += _trained(base, person, demand, setting, held, skills, extra)
        claimed = _claimed(person, setting, held.levels, skills) if ways.recognise else {}
        if claimed:
            raised = held.with_levels(claimed)
            cost, hours = extra + ways.recognise_cost, ways.recognise_hours
            known = replace(base, recognised=tuple(sorted(claimed)))
            reached = coverage(role, raised.coming)
            if reached >= demand.ready - NEAR:
                made.append(replace(known, kind=OptionKind.RECOGNISE, coverage_after=reached, cost=cost, hours=hours))
            else:
                made += _trained(known, person, demand, setting, raised, skills, cost, hours)
    return best_of([valued(item, setting) for item in made], setting.scenario.options_each)


def _trained(
    base: Assignment,
    person: Person,
    demand: Demand,
    setting: Setting,
    held: Held,
    skills: frozenset[str],
    cost: float,
    hours: float = 0.0,
) -> Iterator[Assignment]:
    if not setting.scenario.ways.train:
        return
    role = setting.roles[demand.role_id]
    paths = Paths(person, setting, held).towards(skills, lambda found: coverage(role, found), demand.ready - NEAR)
    for reached, path in paths:
        if reached < demand.ready - NEAR:
            break
        for steps in schedules(path, person, setting, setting.last_day(demand.by)):
            yield _with_steps(replace(base, coverage_after=reached), steps, cost, hours)


def for_cover(person: Person, number: int, cover: Cover, setting: Setting) -> tuple[Assignment, ...]:
    """What a person could learn to be able to do a critical skill by its day, without another role."""
    if not setting.scenario.ways.train or not counts_for(person, cover) or holds(person, cover, setting):
        return ()
    made = []
    skill = cover.skill_id
    for reached, path in Paths(person, setting, setting.held(person, cover)).towards(
        frozenset([skill]), lambda found: min(1.0, found.get(skill, 0.0) / cover.level)
    ):
        if not attains(reached * cover.level, cover.level):
            break
        for steps in schedules(path, person, setting, setting.last_day(cover.by)):
            base = Assignment(person.id, OptionKind.TRAIN, "", person.unit, covers=(number,))
            made.append(valued(_with_steps(base, steps, 0.0, 0.0), setting))
    return best_of(made, setting.scenario.options_each)


def counts_for(person: Person, cover: Cover) -> bool:
    """Whether a person is one of those whom a cover asks for."""
    return not cover.unit or person.unit == cover.unit


def holds(person: Person, cover: Cover, setting: Setting, *, today: bool = False) -> bool:
    """Whether a person counts for a cover: once they have finished what they have begun, or ``today``."""
    held = setting.held(person, cover)
    levels = held.levels if today else held.coming
    return counts_for(person, cover) and attains(levels.get(cover.skill_id, 0.0), cover.level)


def _with_steps(base: Assignment, steps: tuple[PlanStep, ...], cost: float, hours: float) -> Assignment:
    return replace(
        base,
        steps=steps,
        cost=cost + sum(step.cost for step in steps),
        hours=hours + sum(step.hours for step in steps),
    )


def valued(option: Assignment, setting: Setting) -> Assignment:
    """The option with what it is worth and the covers that it newly counts for."""
    person = setting.people[option.person_id]
    path: Path = tuple(setting.catalogue.credentials[step.credential_id] for step in option.steps)
    done = max((step.end for step in option.steps), default=setting.as_of)
    covers = tuple(
        number
        for number, cover in enumerate(setting.scenario.covers)
        if path
        and counts_for(person, cover)
        and done <= setting.last_day(cover.by)
        and not holds(person, cover, setting)
        and attains(reduce(after, path, setting.held(person, cover).coming).get(cover.skill_id, 0.0), cover.level)
    )
    return replace(option, covers=covers, worth=worth_of(option, setting))


def worth_of(option: Assignment, setting: Setting) -> float:
    """Places filled by an option, weighted: priority, times the chance to stay, times the coverage to expect.

    Who does not complete everything, or is not recognised, counts with the coverage of before if that was enough.
    """
    if option.demand is None:
        return 0.0
    scenario = setting.scenario
    demand = scenario.demands[option.demand]
    if option.kind is OptionKind.HIRE:
        return rounded(demand.priority * option.coverage_after)
    chance = chance_of(option, setting)
    fallback = option.coverage_before if option.coverage_before >= demand.ready - NEAR else 0.0
    expected = chance * option.coverage_after + (1 - chance) * fallback
    return rounded(demand.priority * (1 - scenario.risk.attrition) * expected)


def chance_of(option: Assignment, setting: Setting) -> float:
    """The chance (0-1) that somebody completes all that an option counts on, what they have begun included."""
    if option.kind is OptionKind.HIRE:
        return 1.0
    scenario = setting.scenario
    goals = [scenario.covers[number] for number in option.covers]
    goal = goals[0] if option.demand is None else scenario.demands[option.demand]
    person = setting.people.get(option.person_id)  # somebody may have left since the plan was made
    unfinished = 0 if person is None else setting.start(person).unfinished_for(setting.role_of(goal))
    chance = scenario.risk.completion ** (len(option.steps) + unfinished)
    return chance * scenario.ways.recognise_chance if option.recognised else chance


def best_of(options: list[Assignment], most: int) -> tuple[Assignment, ...]:
    """The options that none beats in worth, covers, money, hours, end and seats at once; the best ``most`` of them."""
    kept: list[Assignment] = []
    for option in sorted(options, key=_order):
        if not any(_beats(other, option) for other in kept):
            kept.append(option)
    if len(kept) <= most:
        return tuple(kept)
    # The most worthwhile, and among the rest the cheapest and the soonest: money or dates may be what is short.
    half = most - most // 2
    rest = kept[half:]
    cheap = sorted(rest, key=lambda item: (item.cost, *_order(item)))[: most // 4 or 1]
    soon = sorted(rest, key=lambda item: (_end(item), *_order(item)))
    chosen = list({item.signature: item for item in [*kept[:half], *cheap, *soon]}.values())[:most]
    return tuple(sorted(chosen, key=_order))


def _beats(one: Assignment, other: Assignment) -> bool:
    return (
        one.worth >= other.worth
        and set(one.covers) >= set(other.covers)
        and one.cost <= other.cost
        and one.hours <= other.hours
        and _end(one) <= _end(other)
        and _seats(one) <= _seats(other)
    )


def _end(option: Assignment) -> int:
    return max((step.end.toordinal() for step in option.steps), default=0)


def _seats(option: Assignment) -> set[str]:
    return {step.offering_id for step in option.steps if step.offering_id}


def _order(option: Assignment) -> tuple[object, ...]:
    return (
        -option.worth,
        -len(option.covers),
        option.cost,
        option.hours,
        _end(option),
        option.credential_ids,
        str(option.signature),
    )


def _claimed(person: Person, setting: Setting, levels: Levels, skills: frozenset[str]) -> dict[str, float]:
    """The levels that somebody said of skills, where they are above what all that was said adds up to."""
    claimed: dict[str, float] = {}
    for piece in person.standing(setting.as_of):
        current = piece.on <= setting.as_of and (piece.expires is None or piece.expires > setting.as_of)
        if (
            current
            and piece.skill_id in skills
            and piece.level > max(levels.get(piece.skill_id, 0.0), claimed.get(piece.skill_id, 0.0))
        ):
            claimed[piece.skill_id] = piece.level
    return claimed

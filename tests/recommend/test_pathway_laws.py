"""What holds for every pathway, checked by a second, independent reading of the rules; and how near it is to the best.

The checker below works on the domain values alone and shares no code with the search.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.advice.advice import Limits
from skillmatch.domain.advice.pathway import Pace, Pathway
from skillmatch.domain.base.answer import Versions
from skillmatch.domain.catalogue.credential import Catalogue, Credential, Offering, Outcome, SkillPrerequisite
from skillmatch.domain.people.person import Award, AwardState, Evidence, EvidenceSource, Person
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.gaps.gap import find_gap
from skillmatch.gaps.profile import build_profile
from skillmatch.recommend import RoleOffers, Situation, find_pathway
from skillmatch.recommend.chances import Chances
from skillmatch.recommend.problem import SCRAP
from skillmatch.recommend.routes import ENOUGH
from skillmatch.recommend.schedule import Slot, find_slots, last_day

AS_OF = date(2026, 3, 2)
SKILLS = ["a", "b", "c", "d", "e", "x"]


@dataclass(frozen=True)
class World:
    """One question for a pathway."""

    person: Person
    role: Role
    credentials: tuple[Credential, ...]
    limits: Limits
    pace: Pace

    def answer(self) -> Pathway:
        catalogue = Catalogue.of(self.credentials)
        profile = build_profile(self.person, catalogue, AS_OF)
        gap = find_gap(profile, self.role, {}, Versions("1", "1", "1", "1", "1"))
        situation = Situation(self.person, profile, self.limits, catalogue, AS_OF)
        return find_pathway(gap, RoleOffers(self.role, catalogue, {}), situation, self.pace)


def random_world(seed: int, size: int) -> World:
    """A small world drawn by a seed: prerequisites of both kinds, cohorts, full ones, budgets, unstated figures."""
    draw = random.Random(seed)
    names = [f"c{n}" for n in range(size)]

    def offerings(name: str) -> tuple[Offering, ...]:
        starts = [AS_OF + timedelta(days=draw.randrange(70)) for _ in range(2 if draw.random() < 0.25 else 0)]
        return tuple(
            Offering(f"{name}-{n}", name, start, start + timedelta(days=draw.randrange(30)), draw.choice([None, 0, 9]))
            for n, start in enumerate(starts)
        )

    def credential(name: str) -> Credential:
        taught = draw.sample(SKILLS, draw.choice([1, 1, 2, 3]))
        asked = draw.sample(SKILLS, draw.choice([0, 0, 0, 1]))
        others = [other for other in names if other != name]
        return Credential(
            name,
            name,
            outcomes=tuple(
                Outcome(s, draw.choice([2, 3, 3, 4]), probability=draw.choice([1, 1, 0.8, 0.4])) for s in taught
            ),
            requires_skills=tuple(SkillPrerequisite(skill, draw.choice([1, 2])) for skill in asked),
            requires_credentials=tuple(draw.sample(others, draw.choice([0, 0, 0, 0, 1]))),
            offerings=offerings(name),
            hours=draw.choice([None, 3, 10, 20, 30]),
            cost=draw.choice([None, 0, 100, 500]),
            weeks=draw.choice([None, None, 1, 3]),
            valid_until=draw.choice([None, None, None, AS_OF + timedelta(days=20)]),
        )

    known = draw.sample(SKILLS, 4)
    evidence = tuple(Evidence(s, draw.choice([0, 1, 2, 3]), EvidenceSource.MANAGER, AS_OF) for s in known)
    had = draw.sample(names, draw.choice([0, 0, 1]))
    awards = tuple(Award(n, draw.choice([AwardState.HELD, AwardState.IN_PROGRESS]), AS_OF) for n in had)
    return World(
        person=Person("hr/p", "P", evidence=evidence, awards=awards),
        role=Role(
            "hr/r",
            "R",
            requirements=tuple(Requirement(s, draw.choice([2, 3, 4]), draw.choice([1, 2, 3])) for s in "abcde"),
        ),
        credentials=tuple(map(credential, names)),
        limits=Limits(cost=draw.choice([None, None, 300, 800]), hours=draw.choice([None, None, 25])),
        pace=Pace(draw.choice([3, 5, 10]), draw.choice([2, 4, 8, 20])),
    )


class Checker:
    """Follows some credentials in an order, and says at which rule they stumble and what they cover."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.known = {item.id: item for item in world.credentials}
        self.held = {award.credential_id for award in world.person.awards if award.state is AwardState.HELD}
        self.begun = {award.credential_id for award in world.person.awards} - self.held
        profile = build_profile(world.person, Catalogue.of(world.credentials), AS_OF)
        self.levels = {skill: attainment.level for skill, attainment in profile.attainments.items()}
        self.hours = median_of([item.hours for item in world.credentials])
        self.cost = median_of([item.cost for item in world.credentials])

    def likely(self, name: str) -> dict[str, Outcome]:
        return {item.skill_id: item for item in self.known[name].outcomes if item.probability >= 0.5}

    def equals_one_of(self, name: str, others: set[str]) -> bool:
        """Whether one of some credentials teaches as much, within a quarter of a level."""
        wanted = list(self.likely(name).values()) or self.known[name].outcomes
        return bool(wanted) and any(
            all(
                o.skill_id in self.likely(other) and self.likely(other)[o.skill_id].level >= o.level - 0.25
                for o in wanted
            )
            for other in others - {name}
        )

    def coverages(self, names: list[str]) -> list[float]:
        """The coverage today and after each credential; raises ``AssertionError`` at a prerequisite not met."""
        levels, needs = dict(self.levels), self.world.role.requirements
        shares = {need.skill_id: part(need, levels.get(need.skill_id, 0)) for need in needs}
        total = sum(need.weight for need in needs)
        today = sum(need.weight * shares[need.skill_id] for need in needs) / total
        coming = dict(levels)
        for name in sorted(self.begun):
            for skill, outcome in self.likely(name).items():
                coming[skill] = expected(coming.get(skill, 0), outcome.level)
        for need in needs:
            shares[need.skill_id] = max(shares[need.skill_id], part(need, coming.get(need.skill_id, 0)))
        told, had = [today], set(self.held)
        for name in names:
            credential = self.known[name]
            for other in credential.requires_credentials:
                assert other in had or self.equals_one_of(other, self.held), f"{name} before {other}"
            for skill in credential.requires_skills:
                assert levels.get(skill.skill_id, 0) >= skill.level - 0.25, f"{name} without {skill}"
            now = told[-1]
            for need in needs:
                outcome = self.likely(name).get(need.skill_id)
                before = levels.get(need.skill_id, 0)
                if outcome and expected(before, outcome.level) > before:
                    more = (
                        max(0, part(need, expected(before, outcome.level)) - shares[need.skill_id])
                        * outcome.probability
                    )
                    shares[need.skill_id] += more
                    now += need.weight * more / total
            for skill, outcome in self.likely(name).items():
                levels[skill] = expected(levels.get(skill, 0), outcome.level)
            had.add(name)
            told.append(now)
        return told

    def check(self, pathway: Pathway) -> None:
        world, steps = self.world, pathway.steps
        names = [step.credential_id for step in steps]
        assert len(names) == len(set(names))
        assert not set(names) & (self.held | self.begun)
        assert not any(self.equals_one_of(name, self.held | self.begun) for name in names)
        told = self.coverages(names)
        assert pathway.coverage_before == pytest.approx(told[0], abs=2e-6)
        assert [step.coverage_after for step in steps] == pytest.approx(told[1:], abs=2e-6)
        assert pathway.coverage_after == (steps[-1].coverage_after if steps else pathway.coverage_before)
        assert pathway.coverage_after > pathway.coverage_before or not steps
        deadline, per_week = AS_OF + timedelta(weeks=world.pace.weeks), world.pace.hours_per_week
        for step in steps:
            found = self.known[step.credential_id]
            days = (step.end - step.start).days + 1
            assert AS_OF < step.start <= step.end <= deadline
            assert found.on_offer(step.start)
            assert step.hours == (self.hours if found.hours is None else found.hours)
            assert world.limits.hours is None or found.hours is None or found.hours <= world.limits.hours
            if found.offerings:
                (cohort,) = (item for item in found.offerings if item.id == step.offering_id)
                assert (cohort.start, cohort.end) == (step.start, step.end)
                assert cohort.seats != 0
                assert step.hours <= per_week * max(1, days / 7) + 1e-6
            else:
                assert step.offering_id is None
                assert days >= 7 * (found.weeks or 0)
                assert step.hours <= per_week * days / 7 + 1e-6
        for first, one in enumerate(steps):
            for last in range(first, len(steps)):
                days = (steps[last].end - one.start).days + 1
                assert sum(step.hours for step in steps[first : last + 1]) <= per_week * (days / 7 + 1) + 1e-6
        assert all(one.end < two.start for one, two in pairwise(steps))
        if world.limits.cost is not None:
            assert (
                sum(self.cost if self.known[name].cost is None else self.known[name].cost for name in names)
                <= world.limits.cost
            )


def median_of(values: list[float | None]) -> float:
    stated = sorted(value for value in values if value is not None)
    middle = len(stated) // 2
    return 0 if not stated else stated[middle] if len(stated) % 2 else (stated[middle - 1] + stated[middle]) / 2


def expected(before: float, taught: float) -> float:
    """Up to three levels are within reach; each beyond that takes one off again."""
    jump = taught - before
    return max(before, taught if jump <= 3 else before + 6 - jump)


def part(need: Requirement, level: float) -> float:
    return 1 if level > 0 and level >= need.level - 0.25 else level / need.level


def everything(world: World) -> list[tuple[float, date, float, int, float]]:
    """Coverage added, last day, cost, steps and certainty of every order of every choice that keeps the rules."""
    checker = Checker(world)
    had = checker.held | checker.begun
    chances = Chances.of(world.credentials)
    free = [
        item
        for item in world.credentials
        if item.id not in had
        and not checker.equals_one_of(item.id, had)
        and (world.limits.hours is None or (item.hours or 0) <= world.limits.hours)
    ]
    deadline, found = last_day(AS_OF, world.pace), []
    today = checker.coverages([])[0]
    for size in range(1, len(free) + 1):
        for order in permutations(free, size):
            told = None
            days = [(AS_OF + timedelta(days=1), AS_OF)]
            cost, sure = 0.0, 1.0
            for item in order:
                hours = checker.hours if item.hours is None else item.hours
                days = [
                    (slot.free, slot.end)
                    for day, _ in days
                    for slot in every_slot(item, hours, day, deadline, world.pace)
                ]
                cost += checker.cost if item.cost is None else item.cost
                sure *= chances.chance(item).both
            if not days or (world.limits.cost is not None and cost > world.limits.cost):
                continue
            try:
                told = checker.coverages([item.id for item in order])[-1]
            except AssertionError:
                continue  # a prerequisite is not met in this order
            found += [(told - today, end, cost, size, sure) for _, end in days]
    return found


def every_slot(item: Credential, hours: float, free: date, deadline: date, pace: Pace) -> list[Slot]:
    """Each cohort that may be joined, as if it were the only one."""
    if not item.offerings:
        return find_slots(item, hours, free, deadline, pace)
    alone = (replace(item, offerings=(cohort,)) for cohort in item.offerings)
    return [slot for one in alone for slot in find_slots(one, hours, free, deadline, pace)]


@given(st.integers(0, 10**9), st.integers(2, 12))
def test_a_pathway_never_breaks_a_rule(seed, size):
    world = random_world(seed, size)
    Checker(world).check(world.answer())


def test_the_checker_itself_can_fail():
    """A pathway turned round, squeezed or repeated must not pass."""
    worlds = [random_world(seed, 8) for seed in range(60)]
    answers = [(world, world.answer()) for world in worlds]
    long = [(world, pathway) for world, pathway in answers if len(pathway.steps) > 1]
    assert len(long) > 20
    for world, pathway in long:
        checker = Checker(world)
        first, *_, last = pathway.steps
        for wrong in (
            replace(pathway, steps=pathway.steps[::-1]),
            replace(pathway, steps=(*pathway.steps, first)),
            replace(pathway, steps=(replace(first, end=last.start), *pathway.steps[1:])),
            replace(pathway, steps=pathway.steps[1:]),
        ):
            with pytest.raises(AssertionError):
                checker.check(wrong)


def test_it_is_the_best_there_is():
    """Against every order of every choice, for 300 small worlds: none is worth more."""
    for seed in range(300):
        world = random_world(seed, 5)
        pathway = world.answer()
        assert pathway.proven, seed
        price = SCRAP / len(world.role.requirements)
        best = max((cover - price * steps for cover, _, _, steps, _ in everything(world)), default=0.0)
        mine = pathway.coverage_after - pathway.coverage_before - price * len(pathway.steps)
        assert mine >= best - 0.0035, seed  # what the ties may weigh
        assert mine <= max(0.0, best) + 1e-5, seed


def test_no_dominated_pathway_is_ever_shown():
    """Nothing that keeps the rules is better than one shown in some respect and as good in the others."""
    shown = 0
    for seed in range(150):
        world = random_world(seed, 5)
        pathway = world.answer()
        if not pathway.steps:
            continue
        others = everything(world)
        checker = Checker(world)
        for steps, sure in [(pathway.steps, pathway.certainty)] + [
            (r.steps, r.certainty) for r in pathway.alternatives
        ]:
            shown += 1
            known = [checker.known[step.credential_id] for step in steps]
            cost = sum(checker.cost if item.cost is None else item.cost for item in known)
            mine = (steps[-1].coverage_after - pathway.coverage_before, steps[-1].end, cost, len(steps), sure)
            for other in others:
                worse = other[0] < mine[0] - 1e-5 or other[4] < mine[4] - 1e-5
                worse = worse or other[1] > mine[1] or other[2] > mine[2] + 1e-6 or other[3] > mine[3]
                better = other[0] > mine[0] + 1e-5 or other[4] > mine[4] + 1e-5
                better = better or other[1] < mine[1] or other[2] < mine[2] - 1e-6 or other[3] < mine[3]
                assert worse or not better, (seed, mine, other)
    assert shown > 100


def test_each_route_is_the_best_at_what_it_says():
    for seed in range(100):
        world = random_world(seed, 5)
        pathway = world.answer()
        if not pathway.steps or pathway.coverage_before > 0.999:
            continue
        added = pathway.coverage_after - pathway.coverage_before
        enough = [item for item in everything(world) if item[0] >= ENOUGH * added + 1e-5]
        for route in pathway.alternatives:
            if "fastest" in route.names:
                assert route.steps[-1].end <= min(item[1] for item in enough), seed
            if "fewest steps" in route.names:
                assert len(route.steps) <= min(item[3] for item in enough), seed
            if "most certain" in route.names:
                assert route.certainty >= max(item[4] for item in enough) - 1e-3, seed


@given(st.integers(0, 10**9), st.integers(2, 8))
def test_one_more_credential_never_worsens_the_best(seed, size):
    world = random_world(seed, size)
    # Unstated figures are judged by the usual ones, which a new credential may shift: here all are stated.
    stated = tuple(
        replace(item, hours=item.hours or 3.0, cost=item.cost or 0.0, requires_credentials=())
        for item in world.credentials
    )
    person = replace(world.person, awards=())
    more, fewer = (replace(world, person=person, credentials=some) for some in (stated, stated[:-1]))
    price = SCRAP / len(world.role.requirements)
    worth = [
        pathway.coverage_after - price * len(pathway.steps) + pathway.gap_to_best
        for pathway in (more.answer(), fewer.answer())
    ]
    assert worth[0] >= worth[1] - 0.0035


@given(st.integers(0, 10**9), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_changes_nothing(seed, shuffler):
    world = random_world(seed, 8)

    def shuffled(items):
        return tuple(shuffler.sample(items, len(items)))

    other = World(
        replace(world.person, evidence=shuffled(world.person.evidence)),
        replace(world.role, requirements=shuffled(world.role.requirements)),
        tuple(replace(item, outcomes=shuffled(item.outcomes)) for item in shuffled(world.credentials)),
        world.limits,
        world.pace,
    )
    assert other.answer().to_json() == world.answer().to_json()


@given(st.integers(0, 10**9))
def test_a_name_changes_nothing(seed):
    world = random_world(seed, 8)
    other = replace(world, person=replace(world.person, id="hr/q", name="Somebody Else"))
    assert {**other.answer().to_json(), "person": ""} == {**world.answer().to_json(), "person": ""}


@given(st.integers(0, 10**9), st.integers(2, 8))
def test_without_a_step_there_is_a_cause(seed, size):
    pathway = random_world(seed, size).answer()
    if not pathway.steps:
        assert pathway.status.value in ("nothing_to_close", "no_pathway")
        assert pathway.detail

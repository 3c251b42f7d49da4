"""The choice of a pathway as a small exact problem: what may be taken, what it takes, and what it adds."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.catalogue.credential import Credential
from skillmatch.domain.people.gap import Gap
from skillmatch.gaps.gap import attains, share
from skillmatch.recommend.candidates import RoleOffers
from skillmatch.recommend.exclusions import ruled_out
from skillmatch.recommend.lift import after, level_after, teaches
from skillmatch.recommend.schedule import last_day, least_days
from skillmatch.recommend.situation import Situation


@dataclass(frozen=True, slots=True)
class Taught:
    """One skill that an item leads to a ``level``: ``skill`` is its place among the levels of a problem.

    ``worth`` is the coverage (0-1) that all of the requirement is worth, weighed with the link; 0 when it is none.
    """

    skill: int
    level: float
    probability: float
    worth: float
    share: float


@dataclass(frozen=True, slots=True)
class Item:
    """A credential that may be a step, with what decides its place; ``doubt`` is the negative log of its chance."""

    credential: Credential
    days: float
    cost: float
    doubt: float
    taught: tuple[Taught, ...]
    needs: tuple[tuple[int, float], ...]
    after: frozenset[str]


class Problem:
    """What a person can choose from on the way to a role, within a pace and limits; everything in a fixed order.

    Skills of the role that are open come first among ``levels`` (``weights`` and ``shares`` hold theirs), then those
    that only prerequisites ask for. An item is left out when it may not be taken, when no order of the others leads
    to its prerequisites, or when another one does the same at least as well. Of money the whole pathway has what
    one credential has in a recommendation.
    """

    def __init__(self, gap: Gap, offers: RoleOffers, situation: Situation, pace: Pace) -> None:
        self.offers = offers
        self.situation = replace(situation, limits=replace(situation.limits, cost=None))
        self.budget = situation.limits.cost
        self.pace = pace
        self.start = situation.as_of + timedelta(days=1)
        self.deadline = last_day(situation.as_of, pace)
        self.covered = gap.coverage
        levels, coming = situation.levels, situation.underway
        now = {
            need.skill_id: share(need, max(levels.get(need.skill_id, 0.0), coming.get(need.skill_id, 0.0)))
            for need in offers.role.requirements
        }
        self.open = tuple(sorted(skill for skill, part in now.items() if part < 1.0))
        self.weights = {
            need.skill_id: need.weight / offers.role.total_weight
            for need in offers.role.requirements
            if now[need.skill_id] < 1.0
        }
        self.required = {need.skill_id: need for need in offers.role.requirements}
        self.shares = tuple(now[skill] for skill in self.open)
        self.helpful = [
            item.credential
            for item in offers.candidates
            if any(self._adds(item.credential, skill) for skill in self.open)
        ]
        self.allowed = [item for item in self._with_suppliers(self.helpful) if self.may(item)]
        self.reachable = self._reachable(self.allowed)
        asked = {need.skill_id for item in self.reachable for need in item.requires_skills} - set(self.open)
        self.skills = (*self.open, *sorted(asked))
        self.levels = tuple(levels.get(skill, 0.0) for skill in self.skills)
        place = {skill: number for number, skill in enumerate(self.skills)}
        asked_for = {other for item in self.reachable for other in item.requires_credentials}
        made = [self._item(item, place) for item in self.reachable]
        self.items = tuple(item for item in made if not self._outdone(item, made, asked_for))
        self.asked_for = frozenset(asked_for)

    @property
    def price(self) -> float:
        """The coverage that a step must add to be worth taking: ``SCRAP`` of an average requirement."""
        return SCRAP / max(1, len(self.required))

    def share_at(self, skill: int, level: float) -> float:
        """How much of an open requirement (0-1) a level attains."""
        return share(self.required[self.open[skill]], level)

    def may(self, credential: Credential) -> bool:
        """Whether no rule speaks against a credential on any day, its cost in an unknown currency among them."""
        if self.budget is not None and not self.offers.comparable(credential):
            return False
        return ruled_out(credential, self.situation) is None

    def fits(self, credential: Credential) -> bool:
        """Whether it would fit on its own into the time and the money."""
        if self.budget is not None and self.offers.cost_of(credential) > self.budget + 1e-6:
            return False
        hours = self.offers.hours_of(credential)
        return least_days(credential, hours, self.deadline, self.pace) <= (self.deadline - self.start).days + 1

    def _adds(self, credential: Credential, skill: str) -> bool:
        return any(
            outcome.skill_id == skill and teaches(outcome) and outcome.level > self.situation.levels.get(skill, 0.0)
            for outcome in credential.outcomes
        )

    def _with_suppliers(self, targets: Iterable[Credential]) -> list[Credential]:
        """The targets and whatever might supply what they ask for, in the order of their ids."""
        known, teaching = self.offers.catalogue.credentials, self.offers.catalogue.teaching
        found: dict[str, Credential] = {}
        fresh = list(targets)
        while fresh:
            item = fresh.pop()
            if item.id not in found:
                found[item.id] = item
                fresh += [known[other] for other in item.requires_credentials if other in known]
                for need in item.requires_skills:
                    if not attains(self.situation.levels.get(need.skill_id, 0.0), need.level):
                        fresh += [known[teacher] for teacher, _ in teaching.get(need.skill_id, ())]
        return [found[name] for name in sorted(found)]

    def _reachable(self, given: list[Credential]) -> list[Credential]:
        """Those whose prerequisites some order of the others leads to, time and money aside; circles never begin."""
        levels = dict(self.situation.levels)
        reached: dict[str, Credential] = {}
        waiting = [item for item in given if self.fits(item)]
        while True:
            ready = [item for item in waiting if self._can_begin(item, reached, levels)]
            changed = False
            for item in ready:
                changed = changed or item.id not in reached
                reached[item.id] = item
                higher = after(levels, item)
                changed = changed or higher != levels
                levels = higher
            if not changed:
                return [reached[name] for name in sorted(reached)]

    def _can_begin(self, item: Credential, reached: dict[str, Credential], levels: dict[str, float]) -> bool:
        return all(other in reached or self.situation.satisfies(other) for other in item.requires_credentials) and all(
            attains(levels.get(need.skill_id, 0.0), need.level) for need in item.requires_skills
        )

    def _item(self, credential: Credential, place: dict[str, int]) -> Item:
        taught = []
        for outcome in credential.outcomes:
            number = place.get(outcome.skill_id)
            if number is not None and teaches(outcome) and outcome.level > self.levels[number]:
                weight = self.weights.get(outcome.skill_id, 0.0)
                part = share(self.required[outcome.skill_id], outcome.level) if weight else 0.0
                taught.append(Taught(number, outcome.level, outcome.probability, weight * outcome.probability, part))
        taught.sort(key=lambda item: item.skill)
        hours, chance = self.offers.hours_of(credential), self.offers.chances.chance(credential).both
        return Item(
            credential=credential,
            days=least_days(credential, hours, self.deadline, self.pace),
            cost=self.offers.cost_of(credential),
            doubt=-math.log(max(1e-9, chance)),
            taught=tuple(taught),
            needs=tuple((place[need.skill_id], need.level) for need in credential.requires_skills),
            after=frozenset(other for other in credential.requires_credentials if not self.situation.satisfies(other)),
        )

    @staticmethod
    def _outdone(item: Item, others: list[Item], asked_for: set[str]) -> bool:
        """Whether another item can take its place in every pathway, and is no worse in any respect."""
        if item.credential.id in asked_for:
            return False
        return any(other is not item and _replaces(other, item) for other in others)


SCRAP = 0.1
"""A step must add this part of an average requirement on top of the others, or it is not worth a step (assumption)."""


def _replaces(one: Item, other: Item) -> bool:
    if one.credential.offerings or one.credential.valid_from or one.credential.valid_until:
        return False
    if not (one.days <= other.days and one.cost <= other.cost and one.doubt <= other.doubt):
        return False
    if not (one.after <= other.after and set(one.needs) <= set(other.needs)):
        return False
    mine, theirs = {item.skill: item for item in one.taught}, {item.skill: item for item in other.taught}
    if not all(
        skill in mine and mine[skill].level == item.level and mine[skill].probability >= item.probability
        for skill, item in theirs.items()
    ):
        return False
    # What it teaches besides must be sure: an unsure link to a level can stand in the way of a surer one to it.
    if any(item.probability < 1.0 for skill, item in mine.items() if skill not in theirs):
        return False
    if mine.keys() == theirs.keys() and (one.days, one.cost, one.doubt) == (other.days, other.cost, other.doubt):
        same = all(mine[skill].probability == item.probability for skill, item in theirs.items())
        exact = same and one.after == other.after and set(one.needs) == set(other.needs)
        plain = not (other.credential.offerings or other.credential.valid_from or other.credential.valid_until)
        if exact and plain:
            return one.credential.id < other.credential.id
    return True


def level_to(before: float, taught: Taught) -> float:
    """The level that an item leads to from the level before it."""
    return level_after(before, taught.level)

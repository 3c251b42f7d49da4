"""Why places stay empty: each one is put down to exactly one cause, by one rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence, Sized
from datetime import date
from functools import reduce

from skillmatch.domain.people.person import Person
from skillmatch.domain.plans.plan import Assignment, Cause, Unmet
from skillmatch.gaps.reach import attains, coverage
from skillmatch.planning.build import HIRED, BuildProgress, Built, unseen
from skillmatch.planning.check import able_to
from skillmatch.planning.options import counts_for, for_cover, for_demand, holds
from skillmatch.planning.setting import Setting
from skillmatch.recommend.lift import after

NEAREST = (Cause.MONEY, Cause.SEATS, Cause.DATES, Cause.HOURS, Cause.NOBODY_CLOSE, Cause.NOTHING_TEACHES)
"""Causes from the one that is overcome most easily to the one that is hardest."""

NO_MONEY = (Cause.MONEY, "no money is left for it")
NOT_WORTH_IT = (Cause.MONEY, "it costs more than it is worth here")
NO_SEATS = (Cause.SEATS, "no seats are left")
TOO_MANY_AWAY = (Cause.DATES, "too many of a unit would be away at once")
NO_HOURS_LEFT = (Cause.HOURS, "the hours for everybody together are used up")
NOBODY_LEFT = (Cause.NOBODY_CLOSE, "nobody else in scope is free for it")
NOT_DECIDED = (Cause.NOT_DECIDED, "the search ended before this was decided")

Reason = tuple[Cause, str]


def find_unmet(built: Built, assignments: Sequence[Assignment]) -> tuple[Unmet, ...]:
    """The empty places of each demand and cover, by cause.

    Each person without a part in the plan is asked what keeps them from the place. Who has an option answers with the
    limit that it would break: seats, dates (too many away), hours, money. The others answer with the first of: nothing
    teaches it (even everything in the catalogue together would not do), nobody close enough (no combination of as many
    credentials as options may have), seats (it would work if full cohorts had some), hours (with any number of hours a
    week besides), dates. An empty place goes to the person who is nearest to filling it, in the order of ``NEAREST``;
    places beyond those people are for nobody close enough. Where nothing is in the way, the search has not decided.
    """
    setting = built.setting
    busy = {item.person_id for item in assignments}
    free = [person for person in setting.people.values() if person.id not in busy]
    spare = _Spare(built, assignments)
    found: list[Unmet] = []
    for number, demand in enumerate(setting.scenario.demands):
        empty = demand.headcount - sum(item.demand == number for item in assignments)
        if empty > 0:
            asked = (_why_not_ready(person, number, built, spare) for person in free)
            causes = [item for item in asked if item]
            found += _attributed(
                f"demands[{number}]", setting.roles[demand.role_id].title, empty, demand.by, causes, setting
            )
    for number, cover in enumerate(setting.scenario.covers):
        empty = cover.wanted - able_to(number, assignments, setting)
        if empty > 0:
            asked = (_why_not_able(person, number, built, spare) for person in free)
            title, causes = setting.label(cover.skill_id), [item for item in asked if item]
            found += _attributed(f"covers[{number}]", title, empty, cover.by, causes, setting)
    return tuple(found)


def _attributed(key: str, title: str, empty: int, by: date, reasons: Sequence[Reason], setting: Setting) -> list[Unmet]:
    ranked = sorted(reasons, key=_rank)[:empty]
    counts: Counter[Reason] = Counter(ranked)
    if ranked and all(cause is Cause.NOTHING_TEACHES for cause, _ in ranked):
        counts = Counter({ranked[0]: empty})
    elif empty > len(ranked):
        counts[NOBODY_LEFT] += empty - len(ranked)
    words = {
        Cause.NOBODY_CLOSE: f"nobody else gets there with {setting.scenario.credentials_each} credentials",
        Cause.NOTHING_TEACHES: "nothing in the catalogue teaches what is missing",
        Cause.HOURS: "too few hours a week until then",
        Cause.SEATS: NO_SEATS[1],
        Cause.DATES: f"no dates that fit end by {setting.last_day(by)}",
    }
    return [
        Unmet(key, title, counts[reason], reason[0], reason[1] or words[reason[0]])
        for reason in sorted(counts, key=_rank)
    ]


def _rank(reason: Reason) -> tuple[int, str]:
    order = [Cause.NOT_DECIDED, *NEAREST]
    return order.index(reason[0]), reason[1]


def _why_not_ready(person: Person, number: int, built: Built, spare: _Spare) -> Reason | None:
    options = spare.options(person.id, demand=number)
    if options:
        return spare.breaks(options)
    cause = _reason(person, f"demands[{number}]", built)
    return None if cause is None else (cause, "")


def _why_not_able(person: Person, number: int, built: Built, spare: _Spare) -> Reason | None:
    options = spare.options(person.id, cover=number)
    if options:
        return spare.breaks(options)
    cause = _reason(person, f"covers[{number}]", built)
    return None if cause is None else (cause, "")


def find_reasons(built: Built, progress: BuildProgress = unseen) -> None:
    """Find out what keeps everybody from every demand and cover for which they have no option, ahead of need.

    Afterwards :func:`find_unmet` answers in milliseconds, whichever places stay empty.
    """
    spare = _Spare(built, ())
    scenario = built.setting.scenario
    for turn, person in enumerate(built.setting.people.values(), start=1):
        for number in range(len(scenario.demands)):
            if not spare.options(person.id, demand=number):
                _reason(person, f"demands[{number}]", built)
        for number in range(len(scenario.covers)):
            if not spare.options(person.id, cover=number):
                _reason(person, f"covers[{number}]", built)
        progress(turn, len(built.setting.people))


def _reason(person: Person, key: str, built: Built) -> Cause | None:
    """What keeps somebody out who has no option; None for those whom a cover does not ask for or has already."""
    known = built.reasons
    if (person.id, key) not in known:
        kind, number = key.rstrip("]").split("[")
        find = _no_way_to_role if kind == "demands" else _no_way_to_skill
        known[person.id, key] = find(person, int(number), built.setting)
    return known[person.id, key]


def _no_way_to_role(person: Person, number: int, setting: Setting) -> Cause:
    demand = setting.scenario.demands[number]
    role = setting.roles[demand.role_id]
    levels = dict(setting.held(person, demand).coming)
    if coverage(role, levels) < demand.ready:
        for need in role.requirements:
            taught = [outcome.level for _, outcome in setting.catalogue.teaching.get(need.skill_id, ())]
            levels[need.skill_id] = max([levels.get(need.skill_id, 0.0), *taught])
        if coverage(role, levels) < demand.ready:
            return Cause.NOTHING_TEACHES
    return _first_way(lambda opened: for_demand(person, number, demand, opened), setting)


def _first_way(options: Callable[[Setting], Sized], setting: Setting) -> Cause:
    """Which limits would have to go for there to be an option: the first that is enough, from seats to dates."""
    if not options(setting.opened(hours=True, dates=True, seats=True)):
        return Cause.NOBODY_CLOSE
    if options(setting.opened(seats=True)):
        return Cause.SEATS
    return Cause.HOURS if options(setting.opened(seats=True, hours=True)) else Cause.DATES


def _no_way_to_skill(person: Person, number: int, setting: Setting) -> Cause | None:
    cover = setting.scenario.covers[number]
    if not counts_for(person, cover) or holds(person, cover, setting):
        return None
    teaching = setting.catalogue.teaching.get(cover.skill_id, ())
    path = [setting.catalogue.credentials[name] for name, _ in teaching]
    if not any(outcome.level >= cover.level - 0.25 for _, outcome in teaching):
        return Cause.NOTHING_TEACHES
    if not attains(reduce(after, path, setting.held(person, cover).coming).get(cover.skill_id, 0.0), cover.level):
        return Cause.NOBODY_CLOSE
    return _first_way(lambda opened: for_cover(person, number, cover, opened), setting)


class _Spare:
    """What a plan leaves of the limits."""

    def __init__(self, built: Built, assignments: Sequence[Assignment]) -> None:
        self.built = built
        problem = built.problem
        taken = {item.person_id: item.signature for item in assignments}
        choice = problem.nothing
        for place, person in enumerate(problem.people):
            for number, option in enumerate(built.options[person], start=1):
                if taken.get(person) == option.signature:
                    choice[place] += number
        self.left = problem.room - problem.used(choice)
        self._place = {person: place for place, person in enumerate(problem.people) if not person.startswith(HIRED)}

    def options(self, person: str, *, demand: int | None = None, cover: int | None = None) -> list[int]:
        """The options (places in the problem) of a person for a demand or a cover."""
        start = int(self.built.problem.start[self._place[person]])
        return [
            start + number
            for number, option in enumerate(self.built.options[person], start=1)
            if (demand is not None and option.demand == demand) or (cover is not None and cover in option.covers)
        ]

    def breaks(self, options: list[int]) -> Reason:
        """What keeps the option out that comes nearest to fitting."""
        return min((self._why(option) for option in options), key=_rank)

    def _why(self, option: int) -> Reason:
        problem = self.built.problem
        first, last = problem.use.indptr[option], problem.use.indptr[option + 1]
        rows = problem.use.indices[first:last]
        over = problem.use.data[first:last] > self.left[rows]
        broken = {problem.rows[int(row)].name.partition("/")[0] for row in rows[over]}
        if broken & {"cohort", "seats"}:
            return NO_SEATS
        if "away" in broken:
            return TOO_MANY_AWAY
        if "hours" in broken:
            return NO_HOURS_LEFT
        if "money" in broken:
            return NO_MONEY
        reward = float((problem.reward[rows] * problem.use.data[first:last]).sum())
        return NOT_WORTH_IT if problem.value[option] + reward <= 0 else NOT_DECIDED

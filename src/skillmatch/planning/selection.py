"""Selection rates: a plan's parts counted by group, without telling anything about a group that is too small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import exp, lgamma

from skillmatch.domain.answer import Status, rounded
from skillmatch.domain.plan import OptionKind, Plan
from skillmatch.domain.selection import Grouping, GroupRate, SelectionRates
from skillmatch.gaps.disclosure import may_show

CHOSEN = (OptionKind.TRAIN, OptionKind.RECOGNISE, OptionKind.MOVE)


def selection_rates(
    plan: Plan, by: Grouping, groups: Mapping[str, str], wholes: Mapping[str, int], names: Mapping[str, str]
) -> SelectionRates:
    """Rates by group; ``groups`` says for each person in scope to which one they belong.

    ``wholes`` is how many people of the whole organisation are in each group, whoever is in scope: the others of a
    group must not be told either. ``names`` is what groups are called.
    """
    chosen_ids = {item.person_id for item in plan.assignments if item.kind in CHOSEN}
    people = Counter(groups.values())
    chosen = Counter(group for person, group in groups.items() if person in chosen_ids)
    shown = {group for group, count in people.items() if may_show(count, wholes.get(group, count))}
    everybody, all_chosen = sum(people[group] for group in shown), sum(chosen[group] for group in shown)
    best = max((chosen[group] / people[group] for group in shown), default=0.0)
    lines = []
    for group in sorted(people, key=lambda one: (one not in shown, names.get(one, one).casefold(), one)):
        name = names.get(group, group)
        if group not in shown:
            lines.append(GroupRate(name, None, None, None, None, None))
            continue
        rate = chosen[group] / people[group]
        chance = _fisher(chosen[group], people[group], all_chosen, everybody) if len(shown) > 1 else None
        lines.append(
            GroupRate(
                name,
                people[group],
                chosen[group],
                rounded(rate),
                rounded(rate / best) if best else None,
                None if chance is None else rounded(chance),
            )
        )
    detail = ""
    if not all_chosen:
        detail = "the plan trains, recognises or moves nobody of a group that may be shown"
    elif len(shown) < 2:
        detail = "fewer than two groups are large enough to be compared"
    status = Status.INSUFFICIENT_DATA if detail else Status.OK
    return SelectionRates(plan.scenario, by, status, detail, tuple(lines), len(people) - len(shown))


def _fisher(chosen: int, group: int, all_chosen: int, everybody: int) -> float:
    """How often so many of all chosen fall into the group, or something less likely; two-sided, 0-1."""

    def log_choose(many: int, few: int) -> float:
        return lgamma(many + 1) - lgamma(few + 1) - lgamma(many - few + 1)

    def log_chance(count: int) -> float:
        ways = log_choose(all_chosen, count) + log_choose(everybody - all_chosen, group - count)
        return ways - log_choose(everybody, group)

    least, most = max(0, group - (everybody - all_chosen)), min(group, all_chosen)
    seen = log_chance(chosen) + 1e-9
    return min(1.0, sum(exp(value) for value in map(log_chance, range(least, most + 1)) if value <= seen))

"""Selection rates of units: whom a plan takes, of those it could have taken, without telling about few people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from skillmatch.domain.base.answer import Status, rounded
from skillmatch.domain.plans.plan import OptionKind, Plan
from skillmatch.domain.team.selection import FOUR_FIFTHS, Selection, SelectionLine
from skillmatch.gaps.disclosure import may_show, units_to_show

_CHOSEN = (OptionKind.TRAIN, OptionKind.MOVE, OptionKind.RECOGNISE)


def find_selection(plan: Plan, everybody: Mapping[str, int], scope: Mapping[str, int]) -> Selection:
    """Rates by unit; ``everybody`` are the people of each unit, ``scope`` those of them that the scenario is about.

    Whoever stays in the role they have is not selected for anything, and neither is somebody to be hired.
    """
    chosen = Counter(item.unit for item in plan.assignments if item.kind in _CHOSEN)
    groups = {
        name: (sum(scope.get(unit, 0) for unit in units), sum(everybody[unit] for unit in units), units)
        for name, units in units_to_show(everybody).shown.items()
    }
    shown = {name: (people, units) for name, (people, whole, units) in groups.items() if may_show(people, whole)}
    hidden = sum(scope.values()) - sum(people for people, _ in shown.values())
    selected = {name: sum(chosen[unit] for unit in units) for name, (_, units) in shown.items()}
    rates = {name: selected[name] / people for name, (people, _) in shown.items()}
    best = max(rates.values(), default=0.0)
    if len(shown) < 2:
        detail = "there are not two units of five people or more to compare"
        return Selection(Status.INSUFFICIENT_DATA, detail, plan.scenario, (), hidden)
    if best == 0:
        detail = "the plan trains, moves or recognises nobody in a unit that may be shown"
        return Selection(Status.INSUFFICIENT_DATA, detail, plan.scenario, (), hidden)
    lines = tuple(
        SelectionLine(
            name, shown[name][0], selected[name], rounded(rate), rounded(rate / best), rate / best < FOUR_FIFTHS
        )
        for name, rate in sorted(rates.items(), key=lambda item: (-item[1], item[0]))
    )
    return Selection(Status.OK, "", plan.scenario, lines, hidden)

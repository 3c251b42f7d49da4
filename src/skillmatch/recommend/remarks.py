"""What else to know about a pathway: what stays open and why, what would be wasted, which stack comes into reach."""

from __future__ import annotations

from skillmatch.domain.advice.pathway import Remark
from skillmatch.domain.catalogue.credential import Credential
from skillmatch.domain.people.gap import Gap
from skillmatch.gaps.gap import attains
from skillmatch.recommend.lift import level_after, teaches
from skillmatch.recommend.problem import Problem
from skillmatch.recommend.schedule import find_slot
from skillmatch.recommend.search import Draft

MOST_WASTED = 3
"""So many credentials that would add nothing are named: those that teach most of what is open today."""

STACK_NEAR = 2
"""A stack is worth a remark when no more than so many of its credentials are lacking after the pathway."""


def remarks(gap: Gap, problem: Problem, best: Draft) -> tuple[Remark, ...]:
    """All remarks on a pathway."""
    return (*_open(gap, problem, best), *_wasted(problem, best), *_stacks(problem, best))


def currencies(problem: Problem) -> tuple[Remark, ...]:
    """A note where costs are in currencies that cannot be compared."""
    others = sorted(
        {item.credential.currency for item in problem.items if not problem.offers.comparable(item.credential)}
    )
    if not others:
        return ()
    detail = (
        f"costs in {' and '.join(others)} are not compared with {problem.offers.currency}: their rates are not known"
    )
    return (Remark("currency", others[0], others[0], f"{detail}, so that no pathway is called the cheapest"),)


def why_stuck(widest: Problem) -> str:
    """Why nothing helpful can begin although there is all the time and money: a circle of prerequisites is named."""
    circle = _circle(widest)
    if circle:
        names = [f"'{widest.offers.catalogue.credentials[name].title}'" for name in circle]
        said = " needs ".join([*names, names[0]])
        return f"whatever would help needs prerequisites that cannot be had: {said}, in a circle"
    return "whatever would help needs prerequisites that cannot be had, or can no longer be begun"


def _circle(problem: Problem) -> list[str]:
    """The credentials of a circle of prerequisites among those that would help, from the first by id; else none."""
    known = problem.offers.catalogue.credentials
    for start in sorted(item.id for item in problem.allowed):
        path, name = [start], start
        while True:
            needed = [other for other in known[name].requires_credentials if not problem.situation.satisfies(other)]
            name = min(needed, default="")
            if name not in known:
                break
            if name in path:
                return path[path.index(name) :]
            path.append(name)
    return []


def _open(gap: Gap, problem: Problem, best: Draft) -> list[Remark]:
    """The requirements that stay open, each with the cause that binds it last."""
    found = []
    for item in gap.items:
        skill = item.requirement.skill_id
        if skill in problem.open:
            place = problem.open.index(skill)
            if best.shares[place] < 0.999 and best.levels[place] < item.requirement.level - 0.25:
                found.append(Remark("open", skill, item.label, _cause(skill, place, problem, best)))
    return found


def _cause(skill: str, place: int, problem: Problem, best: Draft) -> str:
    level, known = best.levels[place], problem.offers.catalogue.credentials
    raising = [
        known[teacher]
        for teacher, outcome in problem.offers.catalogue.teaching.get(skill, ())
        if teaches(outcome) and level_after(level, outcome.level) > level and teacher not in best.ids
    ]
    if not raising:
        return "nothing in the catalogue leads further"
    causes = sorted({_hindrance(item, problem, best) for item in raising})
    return causes[-1][1]


def _hindrance(item: Credential, problem: Problem, best: Draft) -> tuple[int, str]:
    """What keeps a credential out of a pathway, and how near it is: the larger the number, the less is lacking."""
    if not problem.may(item):
        return 0, "what teaches it is held, begun, in another language or beyond a limit"
    levels = {skill: best.levels[number] for number, skill in enumerate(problem.skills)}
    had = all(problem.situation.satisfies(other) or other in best.ids for other in item.requires_credentials)
    for need in item.requires_skills:
        before = levels.get(need.skill_id, problem.situation.levels.get(need.skill_id, 0.0))
        had = had and attains(before, need.level)
    if not had:
        return 1, "what teaches it asks for something else first"
    hours = problem.offers.hours_of(item)
    if find_slot(item, hours, best.free, problem.deadline, problem.pace) is None:
        return 2, "no time is left"
    if problem.budget is not None and best.cost + problem.offers.cost_of(item) > problem.budget + 1e-6:
        return 3, "no money is left"
    return 4, "too little is left to be worth a step"


def _wasted(problem: Problem, best: Draft) -> list[Remark]:
    """Credentials that would have helped, and add nothing to the pathway any more."""
    found = []
    possible = {item.id for item in problem.reachable}
    for item in problem.helpful:
        if item.id in best.ids or item.id not in possible:
            continue
        weight, adds = 0.0, False
        for outcome in item.outcomes:
            if outcome.skill_id in problem.open and teaches(outcome):
                place = problem.open.index(outcome.skill_id)
                weight += problem.weights[outcome.skill_id] * outcome.probability
                adds = adds or level_after(best.levels[place], outcome.level) > best.levels[place]
        if weight and not adds:
            found.append((-weight, item.id, item.title))
    detail = "adds nothing to this pathway: its steps lead as far"
    return [Remark("wasted", name, title, detail) for _, name, title in sorted(found)[:MOST_WASTED]]


def _stacks(problem: Problem, best: Draft) -> list[Remark]:
    """The stacks that the pathway finishes, or brings so near that finishing them is worth a thought."""
    catalogue, held = problem.offers.catalogue, problem.situation.held
    found = []
    for stack in catalogue.stacks:
        mine = [name for name in stack.credential_ids if name in best.ids]
        had = [name for name in stack.credential_ids if name in held and name not in best.ids]
        lacking = stack.needed - len(mine) - len(had)
        if not mine or lacking > STACK_NEAR or len(had) >= stack.needed:
            continue
        if lacking <= 0:
            found.append(Remark("stack", stack.id, stack.title, "is earned with these steps"))
            continue
        rest = [catalogue.credentials[name] for name in stack.credential_ids if name in catalogue.credentials]
        open_ones = [item for item in rest if item.id not in best.ids and item.id not in held and problem.may(item)]
        if len(open_ones) >= lacking:
            titles = " and ".join(f"'{item.title}'" for item in open_ones[:lacking])
            also = _also(open_ones[:lacking], problem)
            found.append(Remark("stack", stack.id, stack.title, f"is earned with {titles} besides{also}"))
    return found


def _also(items: list[Credential], problem: Problem) -> str:
    """What finishing a stack leads to beyond the role."""
    labels = problem.offers.labels
    reached = {
        f"{labels.get(outcome.skill_id, outcome.skill_id)} at {outcome.level:g}"
        for item in items
        for outcome in item.outcomes
        if teaches(outcome) and outcome.level > problem.situation.levels.get(outcome.skill_id, 0.0)
    }
    return f"; you also reach {', '.join(sorted(reached)[:3])}" if reached else ""

"""What planners call the parts of a plan: ways, causes, limits, and shares with the decimals that tell plans apart."""

from __future__ import annotations

from collections.abc import Mapping

from skillmatch.domain.plan import Cause, OptionKind, Plan, PlanStatus

WAYS: Mapping[OptionKind, str] = {
    OptionKind.STAY: "stays",
    OptionKind.MOVE: "moves",
    OptionKind.RECOGNISE: "is recognised",
    OptionKind.TRAIN: "learns",
    OptionKind.HIRE: "is hired",
}

CAUSES: Mapping[Cause, str] = {
    Cause.MONEY: "no money left",
    Cause.HOURS: "too few hours a week",
    Cause.SEATS: "no seats left",
    Cause.DATES: "no dates that fit",
    Cause.NOBODY_CLOSE: "nobody close enough",
    Cause.NOTHING_TEACHES: "nothing in the catalogue teaches it",
    Cause.NOT_DECIDED: "not decided: the search ended before",
}

HELP: Mapping[Cause, str] = {
    Cause.MONEY: "Raise the budget, or ask what more would buy.",
    Cause.HOURS: "Allow more hours a week, or a later day.",
    Cause.SEATS: "Ask the provider for another cohort.",
    Cause.DATES: "Let more be away at once, or set a later day.",
    Cause.NOBODY_CLOSE: "Widen the scope, allow hiring, or lower what counts as ready.",
    Cause.NOTHING_TEACHES: "Add a credential that teaches it, or hire.",
    Cause.NOT_DECIDED: "Let it search on.",
}

ENDS: Mapping[PlanStatus, str] = {
    PlanStatus.OPTIMAL: "Proven: no plan made of the options considered is better.",
    PlanStatus.FEASIBLE: "A plan that keeps every limit; a better one may exist, within the bound.",
    PlanStatus.INFEASIBLE: "No plan keeps all of the limits and musts.",
    PlanStatus.TIMED_OUT: "The time ran out before any plan was found.",
}

LIMITS: Mapping[str, str] = {
    "limits.budget": "Money",
    "limits.hours": "Hours together",
    "limits.hours_per_week": "Hours a week, each",
    "limits.weeks": "Weeks",
    "limits.most_away": "People of a unit away at once",
}


def limit_name(key: str) -> str:
    """What a limit is called; one that has no word of its own by its key."""
    return LIMITS.get(key, key.removeprefix("limits.").replace("_", " "))


def per_cent(value: float) -> str:
    """A share (0-1) with one decimal, rounded down where all of it is not quite there."""
    shown = f"{100 * value:.1f}"
    return "over 99.9 %" if shown == "100.0" and value < 1 else f"{shown} %"


def told_of(plan: Plan) -> str:
    """A plan in one line: how the search ended, what is covered, and what no plan can exceed."""
    if not plan.assignments and plan.status in (PlanStatus.INFEASIBLE, PlanStatus.TIMED_OUT):
        return f"{plan.status.value}, no plan"
    covered, bound = per_cent(plan.coverage), per_cent(plan.coverage_bound)
    return f"{plan.status.value}, covers {covered}; no plan can exceed {bound}"


def places(count: int) -> str:
    """So many places."""
    return "1 place" if count == 1 else f"{count:,} places"


def people(count: int) -> str:
    """So many people."""
    return "1 person" if count == 1 else f"{count:,} people"

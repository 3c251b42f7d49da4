"""Plans in words: how a search ended, why places stay empty, by which way somebody comes to a place, each as seen."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatch.domain.plan import Cause, OptionKind, Plan, PlanStatus
from skillmatch.widgets.html import escape, number


@dataclass(frozen=True, slots=True)
class CauseLook:
    """A cause of empty places: its words, its colour (Okabe and Ito; the word always stands beside it), the remedy."""

    words: str
    colour: str
    remedy: str


CAUSES: dict[Cause, CauseLook] = {
    Cause.MONEY: CauseLook("money", "#e69f00", "More budget, or cheaper courses."),
    Cause.SEATS: CauseLook("seats", "#cc79a7", "More seats, or another cohort."),
    Cause.DATES: CauseLook("dates", "#56b4e9", "A later day, more cohorts, or more people away at once."),
    Cause.HOURS: CauseLook("hours", "#0072b2", "More hours a week, or an earlier start."),
    Cause.NOBODY_CLOSE: CauseLook("nobody close", "#d55e00", "Hire, widen the scope, or ask for less of the role."),
    Cause.NOTHING_TEACHES: CauseLook("nothing teaches it", "#7a7a7a", "Find or commission a course."),
    Cause.NOT_DECIDED: CauseLook("not decided", "#9aa3ad", "Search longer."),
}

FILLED = "#009e73"

MANY: dict[OptionKind, tuple[str, str]] = {
    OptionKind.TRAIN: ("learns", "learn"),
    OptionKind.RECOGNISE: ("is recognised", "are recognised"),
    OptionKind.MOVE: ("moves", "move"),
    OptionKind.STAY: ("is ready", "are ready"),
    OptionKind.HIRE: ("is hired", "are hired"),
}

WAYS: dict[OptionKind, str] = {kind: one for kind, (one, _) in MANY.items()}

STATUS: dict[PlanStatus, tuple[str, str]] = {
    PlanStatus.OPTIMAL: ("✓ proven best", "No plan made of the options that were looked at is worth more."),
    PlanStatus.FEASIBLE: ("◐ good, not proven best", "A better plan may exist, but none beyond the bound."),
    PlanStatus.INFEASIBLE: ("✕ no plan", "Nothing fits all that must be."),
    PlanStatus.TIMED_OUT: ("? none found in time", "Whether there is a plan is not decided."),
}


def percent(value: float) -> str:
    """A share (0-1) in per cent with one decimal, as plans are told."""
    return f"{value * 100:.1f} %"


def money(value: float, currency: str) -> str:
    """An amount in whole units of its currency."""
    return f"{value:,.0f} {escape(currency)}"


def places(count: int) -> str:
    """So many places."""
    return "1 place" if count == 1 else f"{count:,} places"


def people(count: int) -> str:
    """So many people."""
    return "1 person" if count == 1 else f"{count:,} people"


def has_plan(plan: Plan) -> bool:
    """Whether there is anything that could be carried out; a plan may also be to do nothing."""
    return plan.status not in (PlanStatus.INFEASIBLE, PlanStatus.TIMED_OUT) or bool(plan.assignments)


def told(plan: Plan) -> str:
    """The one sentence that a plan is told in, as plain text."""
    if not has_plan(plan):
        return "There is no plan within these limits." if plan.status is PlanStatus.INFEASIBLE else "No plan was found."
    return f"Covers {percent(plan.coverage)}; no plan can exceed {percent(plan.coverage_bound)}."


def limit_words(key: str, titles: dict[str, str]) -> str:
    """What a limit of a scenario is called, as plain text; ``titles`` names credentials and cohorts by id."""
    kind, _, name = key.partition("/")
    if kind in ("cohort", "seats"):
        return f"Seats in {titles.get(name, name)}"
    return {
        "limits.budget": "Money",
        "limits.hours": "Hours, everybody together",
        "limits.hours_per_week": "Hours a week, each",
        "limits.weeks": "Weeks",
    }.get(key, key)


def amount(value: float, unit: str) -> str:
    """So much of a limit."""
    return number(value, unit)

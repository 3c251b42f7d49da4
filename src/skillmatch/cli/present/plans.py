"""A plan as a planner reads it: how good it is first, then what is met, what is not and why, then who does what."""

from __future__ import annotations

from skillmatch.cli.present.screen import Screen, counted, number
from skillmatch.domain.plans.plan import Plan, PlanStatus

MOST_SHOWN = 40


def show_plan(screen: Screen, plan: Plan) -> None:
    """The plan, its bound, demands, unmet places by cause, and parts."""
    screen.heading(f"{plan.scenario}, from {plan.as_of}")
    if plan.status is PlanStatus.INFEASIBLE:
        screen.line("There is no plan: what must be reached cannot be, within these limits. This is proven.")
        return
    if plan.status is PlanStatus.TIMED_OUT:
        screen.line(
            "No plan was found in time. Give it more seconds with --time-limit, or loosen what must be reached."
        )
        return
    proof = (
        "No plan can be better." if plan.status is PlanStatus.OPTIMAL else f"At most {plan.gap:.2%} better is possible."
    )
    screen.line(f"Covers {plan.coverage:.1%} of what is wanted; no plan can exceed {plan.coverage_bound:.1%}. {proof}")
    parts = counted(len(plan.assignments), "person", "people")
    screen.line(
        f"{parts}, {number(plan.cost)} {plan.currency}, {number(plan.hours)} hours. Every limit was checked again."
    )
    screen.line()
    screen.table(
        ("Wanted", ">Places", ">Do it today", ">Ready today", ">Filled"),
        [(item.title, item.wanted, item.doing, item.ready, item.met) for item in plan.demands],
    )
    if plan.unmet:
        screen.line()
        rows = [(item.title, item.places, item.detail) for item in plan.unmet]
        screen.table(("Not filled", ">Places", "Because"), rows)
    if plan.assignments:
        screen.line()
        listed = [
            (
                item.person_id,
                item.kind.value,
                "cover" if item.demand is None else plan.demands[item.demand].title,
                ", ".join(step.title for step in item.steps),
                max((step.end for step in item.steps), default=None),
                number(item.cost),
            )
            for item in plan.assignments[:MOST_SHOWN]
        ]
        screen.table(("Person", "|Way", "|Role", "Credentials", "|Done", ">Cost"), listed)
        if len(plan.assignments) > MOST_SHOWN:
            screen.line(f"and {len(plan.assignments) - MOST_SHOWN} more; --json or --output has them all.")
    for note in plan.notes:
        screen.line(note)

"""Adjacent roles as an employee or a planner reads them."""

from __future__ import annotations

from skillmatch.cli.present.answers import counted_hours
from skillmatch.cli.present.screen import Screen, counted, level, money, share
from skillmatch.domain.advice.adjacent import AdjacentRole, AdjacentRoles, Route


def show_adjacent(screen: Screen, found: AdjacentRoles) -> None:
    """Each role in a few lines: where one stands, what it takes, and what makes the difference."""
    screen.heading(f"Roles near {found.person_id}, on {found.as_of}")
    if not found.roles:
        screen.line(f"This cannot be judged: {found.detail}.")
        return
    screen.line(
        f"The nearest of {counted(found.compared, 'role')}, learning {found.pace.hours_per_week:g} hours a week. "
        + (
            "In their order counts, where nothing is known, what the role of today asks for."
            if found.current_role_id
            else ""
        )
    )
    for place, item in enumerate(found.roles, start=1):
        screen.line()
        screen.heading(f"{place}. {item.role_title}")
        screen.line(_standing(item), indent=3)
        screen.line(_way(item.route), indent=3)
        for hurdle in item.hurdles:
            has = "?" if hurdle.attained is None else level(hurdle.attained)
            said = f"{hurdle.label}: {has} of {level(hurdle.required)}, {share(hurdle.share_of_gap)} of the gap"
            screen.item(said, indent=3)


def _standing(item: AdjacentRole) -> str:
    alike = "" if item.similarity is None else f", {share(item.similarity)} like the role of today"
    unknown = f"; nothing is known about {counted(item.unknown, 'requirement')}" if item.unknown else ""
    return f"{share(item.coverage)} covered now{alike}{unknown}"


def _way(route: Route) -> str:
    if not route.steps:
        return f"No pathway: {route.detail}" if route.detail else "No pathway"
    costs = [money(amount, currency) for currency, amount in route.costs if amount or len(route.costs) == 1]
    if route.cost_unstated:
        costs.append(f"{counted(route.cost_unstated, 'step')} whose cost is not stated")
    cost = " and ".join(costs) or "cost not stated"
    return (
        f"{counted(route.steps, 'credential')}, {counted_hours(route.hours)}, {cost}, "
        f"done {route.done}: {share(route.coverage_after)} covered"
    )

"""A scenario in words: what is wanted and within which limits, as a table for those who only read."""

from __future__ import annotations

from collections.abc import Mapping

from skillmatch.domain.scenario import Scenario
from skillmatch.widgets.html import cell, escape, heads, number, row, share


def scenario_html(scenario: Scenario, titles: Mapping[str, str]) -> str:
    """Demands, covers and limits; ``titles`` names roles, skills and credentials by id."""
    lines = [
        (
            titles.get(item.role_id, item.role_id),
            f"{item.headcount} ready at {share(item.ready)}",
            item.by,
            item.priority,
            item.must,
        )
        for item in scenario.demands
    ]
    lines += [
        (
            titles.get(item.skill_id, item.skill_id) + (f" in {item.unit}" if item.unit else ""),
            f"{item.people} at level {number(item.level)}"
            + (f", also after {item.leavers} leave" if item.leavers else ""),
            item.by,
            item.priority,
            item.must,
        )
        for item in scenario.covers
    ]
    body = "".join(
        row(
            [
                f'<th scope="row">{escape(title)}</th>',
                cell(escape(wanted)),
                cell(f"{by}", "day"),
                cell(number(priority), "number"),
                cell("must" if must else ""),
            ]
        )
        for title, wanted, by, priority, must in lines
    )
    table = f"<table>{heads('Wanted', 'How many', 'By', '>Priority', '')}<tbody>{body}</tbody></table>"
    said = "; ".join(_limits(scenario, titles)) or "none"
    return f"<h4>The scenario</h4>{table}<p>Limits: {escape(said)}.</p>"


def _limits(scenario: Scenario, titles: Mapping[str, str]) -> list[str]:
    limits, ways, risk = scenario.limits, scenario.ways, scenario.risk
    found = []
    if limits.budget is not None:
        found.append(f"{number(limits.budget)} {limits.currency}")
    if limits.hours_per_week is not None:
        found.append(f"{number(limits.hours_per_week)} hours a week each")
    if limits.hours is not None:
        found.append(f"{number(limits.hours)} hours together")
    if limits.weeks is not None:
        found.append(f"{limits.weeks} weeks")
    if limits.most_away is not None:
        found.append(f"{limits.most_away} away of a unit at once")
    found += [f"{count} seats in {titles.get(name, name)}" for name, count in limits.seats.items()]
    found += [f"{number(money)} {limits.currency} for {unit}" for unit, money in limits.unit_budgets.items()]
    chosen = [
        word for word, on in (("training", ways.train), ("moves", ways.move), ("recognition", ways.recognise)) if on
    ]
    if ways.hire_most:
        chosen.append(f"up to {ways.hire_most} hires")
    found.append(f"by {', '.join(chosen) or 'nothing'}")
    if scenario.units:
        found.append(f"people of {', '.join(scenario.units)}")
    if risk.completion < 1 or risk.attrition > 0:
        found.append(f"{share(risk.completion)} finish a course, {share(risk.attrition)} leave")
    return found

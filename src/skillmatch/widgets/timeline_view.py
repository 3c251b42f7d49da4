"""Pathways on a calendar as HTML: a lane for each, a bar for each step; and the table that says the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from skillmatch.domain.pathway import Pace, Pathway, Route, Step
from skillmatch.widgets.calendar import Span, ticks
from skillmatch.widgets.html import box, cell, escape, heads, number, row, share
from skillmatch.widgets.routes_view import cost_text, named, remarks_html, why_none


def routes_of(pathway: Pathway) -> tuple[Route, ...]:
    """The pathway itself and its alternatives, all as routes; none without a step."""
    if not pathway.steps:
        return ()
    first = Route(pathway.names, pathway.steps, pathway.coverage_after, pathway.certainty, "")
    return (first, *pathway.alternatives)


def timeline_html(pathway: Pathway | None, person: str, pace: Pace, choice: int, *, live: bool) -> str:
    """The calendar, where there is somebody to look at it, and the steps of each pathway in a table."""
    if pathway is None:
        return box("<p>Nobody is chosen. Set <code>person_id</code>, or link the timeline to a card.</p>")
    title = f'<div class="head"><h3>{escape(person)} to {escape(pathway.role_title)}</h3></div>'
    routes = routes_of(pathway)
    if not routes:
        return box(title, f"<p>{why_none(pathway)}</p>", remarks_html(pathway))
    proof = (
        "No pathway is better than the first."
        if pathway.proven
        else f"No pathway covers more than {share(min(1.0, pathway.coverage_after + pathway.gap_to_best))}."
    )
    told = (
        f"<p>{share(pathway.coverage_before)} of the role is covered on {pathway.as_of}. With "
        f"{number(pace.hours_per_week)} hours a week within {pace.weeks} weeks there "
        f"{'is one pathway' if len(routes) == 1 else f'are {len(routes)} pathways'}. {proof}</p>"
    )
    span = _span(routes, pathway.as_of, pace)
    lanes = "".join(_lane(place, route, span, place == choice) for place, route in enumerate(routes))
    picture = f'<div class="calendar" data-list role="group" aria-label="Pathways">{_axis(span)}{lanes}</div>'
    table = "".join(_body(place, route, place == choice) for place, route in enumerate(routes))
    head = heads("Step", "From", "To", ">Hours", ">Cost", ">Covered after")
    behind = f'<div class="wide"><table>{head}{table}</table></div>'
    if any(not step.hours_stated for route in routes for step in route.steps):
        behind += '<p class="quiet">* not stated in the catalogue; assumed</p>'
    if live:
        shut = '<details data-key="table"><summary>The same as a table</summary>'
        return box(title, told, picture, f"{shut}{behind}</details>", remarks_html(pathway))
    return box(title, told, behind, remarks_html(pathway))


def _span(routes: tuple[Route, ...], day: date, pace: Pace) -> Span:
    """From the first day to the deadline, or to the last step where that is later."""
    steps = [step for route in routes for step in route.steps]
    last = max(step.end for step in steps)
    return Span(min(day, *(step.start for step in steps)), max(last, day + timedelta(weeks=pace.weeks)))


def _axis(span: Span) -> str:
    marks = "".join(
        f'<span style="left:{span.at(day):.2f}%">{label}</span>' for day, label in ticks(span) if span.at(day) < 97
    )
    return f'<div class="axis" aria-hidden="true"><div class="track">{marks}</div></div>'


def _lane(place: int, route: Route, span: Span, chosen: bool) -> str:
    summary = ", ".join(_facts(route))
    best = escape(named(route.names, "Best overall" if place == 0 else "Another one"))
    mark = "lane chosen" if chosen else "lane"
    label = f"{best}: {summary}. {escape(route.trade_off)}"
    head = (
        f'<div class="lanehead"><strong>{best}</strong> <span class="quiet">{summary}'
        f"{'; ' + escape(route.trade_off) if route.trade_off else ''}</span></div>"
    )
    bars = "".join(_bar(number_, step, span) for number_, step in enumerate(route.steps, start=1))
    return (
        f'<div class="{mark}" data-row data-do="choose" data-at="{place}" data-key="lane-{place}" role="button" '
        f'tabindex="{0 if chosen else -1}" aria-pressed="{"true" if chosen else "false"}" aria-label="{label}">'
        f"{head}{bars}</div>"
    )


def _bar(place: int, step: Step, span: Span) -> str:
    left, right = span.at(step.start), span.at(step.end + timedelta(days=1))
    told = f"{escape(step.title)}: {step.start} to {step.end}, {number(step.hours)} hours"
    marks = "".join(f'<i class="tick" style="left:{span.at(day):.2f}%"></i>' for day, _ in ticks(span))
    return (
        f'<div class="step"><span class="stepname" title="{escape(step.title)}">{place}. {escape(step.title)}</span>'
        f'<div class="track">{marks}<i class="block" style="left:{left:.2f}%;width:{max(right - left, 0.4):.2f}%" '
        f'title="{told}"></i></div></div>'
    )


def _facts(route: Route) -> Iterator[str]:
    yield f"{share(route.coverage_after)} covered"
    yield f"{share(route.certainty)} certain"
    yield f"{number(sum(step.hours for step in route.steps))} hours"
    yield escape(cost_text(route.steps))
    yield f"done {max(step.end for step in route.steps)}"


def _body(place: int, route: Route, chosen: bool) -> str:
    best = escape(named(route.names, "Best overall" if place == 0 else "Another one"))
    facts = ", ".join(_facts(route))
    trade = f"; {escape(route.trade_off)}" if route.trade_off else ""
    mark = "chosen: " if chosen else ""
    head = row([f'<th class="group" scope="rowgroup" colspan="6">{mark}{best} ({facts}{trade})</th>'])
    return f"<tbody>{head}{''.join(_row(item) for item in route.steps)}</tbody>"


def _row(step: Step) -> str:
    cost = "not stated" if step.cost is None else "free" if step.cost == 0 else number(step.cost, step.currency)
    return row(
        [
            f'<th scope="row">{escape(step.title)}</th>',
            cell(f"{step.start}", "day"),
            cell(f"{step.end}", "day"),
            cell(number(step.hours) + ("" if step.hours_stated else "*"), "number"),
            cell(cost, "number"),
            cell(share(step.coverage_after), "number"),
        ]
    )

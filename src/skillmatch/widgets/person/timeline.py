"""PathwayTimeline: a person's pathways to a role on a calendar, to compare and to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import traitlets

from skillmatch.domain.advice.advice import Limits
from skillmatch.domain.advice.pathway import Pace, Pathway, Route, Step
from skillmatch.domain.base.errors import InputError
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit import choices
from skillmatch.widgets.kit.forms import bar, select, slider, steps
from skillmatch.widgets.kit.html import box, cell, escape, heads, number, row, share
from skillmatch.widgets.kit.names import Names, hidden
from skillmatch.widgets.kit.panel import Panel
from skillmatch.widgets.kit.time_scale import Span, ticks
from skillmatch.widgets.kit.view import Deed, index_of
from skillmatch.widgets.person.pathway_view import cost_text, named, remarks_html, why_none


class PathwayTimeline(Panel):
    """Pathways beside one another; ``value`` is the pathway, with its alternatives, that the workspace answers.

    Set ``person_id``, ``role_id`` (None for the role they have), ``hours_per_week``, ``weeks`` and ``max_cost`` (None
    for no limit). ``choice`` is the place of the pathway that is chosen, 0 for the best one; ``chosen`` is what it is.
    """

    STATE = ("person_id", "role_id", "hours_per_week", "weeks", "max_cost", "choice")

    person_id = traitlets.Unicode(None, allow_none=True)
    role_id = traitlets.Unicode(None, allow_none=True)
    hours_per_week = traitlets.Float(4.0)
    weeks = traitlets.Int(26)
    max_cost = traitlets.Float(None, allow_none=True)
    choice = traitlets.Int(0)
    value = traitlets.Instance(Pathway, allow_none=True, read_only=True)
    chosen = traitlets.Instance(Route, allow_none=True, read_only=True)

    def __init__(
        self,
        workspace: Workspace,
        person_id: str | None = None,
        role_id: str | None = None,
        *,
        pseudonyms: bool | None = None,
        **state: Any,
    ) -> None:
        self._names = Names(workspace, hidden(pseudonyms))
        self._name = ""
        self._roles: choices.Choices[str] = choices.Choices((), ())
        super().__init__(workspace, "Pathways on a calendar", person_id=person_id, role_id=role_id, **state)

    def _ask(self) -> None:
        self._forget()
        if self.person_id is None:
            return
        workspace = self._workspace
        self._roles = choices.role_choices([role for role in workspace.roles.all() if role.requirements])
        person = workspace.people.get(self.person_id)
        role = self.role_id or person.role_id
        if role is None:
            raise InputError("This person has no role.", remedy="Choose one that they could head for.")
        pace, limits = Pace(self.hours_per_week, self.weeks), Limits(cost=self.max_cost)
        pathway = workspace.pathway(person.id, role, pace, limits=limits)
        self._name = self._names.of(person)
        routes = routes_of(pathway)
        self.choice = min(max(self.choice, 0), max(len(routes) - 1, 0))
        self.set_trait("value", pathway)
        self.set_trait("chosen", routes[self.choice] if routes else None)

    def _forget(self) -> None:
        self.set_trait("value", None)
        self.set_trait("chosen", None)

    def _write(self, *, live: bool = True) -> str:
        pace = Pace(self.hours_per_week, self.weeks) if self.value is not None else Pace(0, 0)
        return timeline_html(self.value, self._name, pace, self.choice, live=live)

    def _controls(self) -> str:
        if self.person_id is None:
            return ""
        wanted = self.value.role_id if self.value is not None else self.role_id
        budgets = choices.limit_choices(choices.COST_STEPS, self.max_cost, "")
        return bar(
            select("role", "Towards", self._roles.labels, None if wanted is None else self._roles.index(wanted)),
            slider("hours_per_week", "Hours a week", self.hours_per_week, 1, 20, 1, "hours"),
            slider("weeks", "Within", self.weeks, 4, 104, 2, "weeks"),
            steps("max_cost", "Budget", budgets.labels, budgets.index(self.max_cost) or 0),
        )

    # --- what is done in the browser -------------------------------------------------------------------------

    def _choices(self) -> Mapping[str, Callable[[Any], None]]:
        return {
            "role": self._choose_role,
            "hours_per_week": self._choose_hours,
            "weeks": self._choose_weeks,
            "max_cost": self._choose_cost,
        }

    def _deeds(self) -> Mapping[str, Deed]:
        return {**super()._deeds(), "choose": self._choose}

    def _choose_role(self, place: Any) -> None:
        found = index_of({"at": place}, "at", len(self._roles.values))
        if found is not None:
            self.role_id = self._roles.values[found]

    def _choose_hours(self, value: Any) -> None:
        if isinstance(value, int | float) and 0 <= value <= 168:
            self.hours_per_week = float(value)

    def _choose_weeks(self, value: Any) -> None:
        if isinstance(value, int) and 0 <= value <= 520:
            self.weeks = value

    def _choose_cost(self, place: Any) -> None:
        budgets = choices.limit_choices(choices.COST_STEPS, self.max_cost, "")
        found = index_of({"at": place}, "at", len(budgets.values))
        if found is not None:
            self.max_cost = budgets.values[found]

    def _choose(self, said: Mapping[str, Any]) -> None:
        count = 0 if self.value is None else len(routes_of(self.value))
        place = index_of(said, "at", count)
        if place is not None:
            self.choice = place

    def __repr__(self) -> str:
        return f"<PathwayTimeline: {0 if self.value is None else len(routes_of(self.value))} pathways>"


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

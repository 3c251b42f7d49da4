"""Who does what in a plan: a line for each person, and beside it all about the chosen one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from skillmatch.domain.plan import Assignment, PlanStep
from skillmatch.domain.taxonomy import fold
from skillmatch.widgets.forms import button
from skillmatch.widgets.html import cell, escape, heads, number, row, share
from skillmatch.widgets.plan_words import WAYS, people

MOST_ROWS = 100
MOST_SAVED = 40
"""So many lines are shown where nothing can be chosen."""


def matching(
    parts: Sequence[Assignment], names: Mapping[str, str], unit: str | None, way: str | None, search: str
) -> list[Assignment]:
    """The parts that are asked for, by what people are called."""
    wanted = fold(search)
    found = [
        item
        for item in parts
        if (unit is None or item.unit == unit)
        and (way is None or item.kind.value == way)
        and (not wanted or wanted in fold(" ".join((names[item.person_id], *(step.title for step in item.steps)))))
    ]
    return sorted(found, key=lambda item: (_in_order(names[item.person_id]), item.person_id))


def _in_order(name: str) -> tuple[str, int]:
    lead, _, last = name.rpartition(" ")
    return (fold(lead), int(last)) if last.isdecimal() else (fold(name), 0)


def people_html(
    parts: Sequence[Assignment],
    names: Mapping[str, str],
    titles: Mapping[str, str],
    wanted: Mapping[str, str],
    chosen: str | None,
    currency: str,
    *,
    live: bool,
) -> str:
    """The table; ``titles`` names roles and skills, ``wanted`` the demands and covers by their keys."""
    if not parts:
        return "<p>Nobody is found. Empty the search, or choose other units and ways.</p>"
    most = MOST_ROWS if live else MOST_SAVED
    body = "".join(
        _line(place, item, names, wanted, item.person_id == chosen, live=live)
        for place, item in enumerate(parts[:most])
    )
    head = heads("Who", "How", "For", "Courses", "Covered", ">Hours", f">Cost, {currency}")
    hidden = len(parts) - most
    more = f'<p class="quiet">The first {most} of {people(len(parts))}.</p>' if hidden > 0 else ""
    table = f"<table>{head}<tbody data-list>{body}</tbody></table>"
    if not live:
        return table + more
    found = next((item for item in parts if item.person_id == chosen), None)
    detail = "" if found is None else _about(found, names, titles, wanted, currency)
    return f'{detail}<div class="scrolls" data-scroll>{table}</div>{more}'


def _line(
    place: int, item: Assignment, names: Mapping[str, str], wanted: Mapping[str, str], chosen: bool, *, live: bool
) -> str:
    cells = [
        f'<th scope="row">{escape(names[item.person_id])}</th>',
        cell(WAYS[item.kind], "day"),
        cell(_for(item, wanted)),
        cell("<br>".join(_step(step) for step in item.steps) or '<span class="quiet">none</span>'),
        cell(_covered(item), "level"),
        cell(number(item.hours) if item.hours else "0", "number"),
        cell(f"{item.cost:,.0f}" if item.cost else "0", "number"),
    ]
    mark = ' class="chosen" aria-current="true"' if chosen else ""
    act = (
        f' data-row tabindex="{0 if chosen else -1}" data-do="choose" data-at="{place}" data-key="part-{place}"'
        if live
        else ""
    )
    return f"<tr{mark}{act}>{''.join(cells)}</tr>"


def _step(step: PlanStep) -> str:
    return f'{escape(step.title)} <span class="quiet day">{step.start:%d %b} to {step.end:%d %b %Y}</span>'


def _for(item: Assignment, wanted: Mapping[str, str]) -> str:
    keys = [] if item.demand is None else [f"demands[{item.demand}]"]
    keys += [f"covers[{number_}]" for number_ in item.covers]
    return "<br>".join(escape(wanted.get(key, key)) for key in keys)


def _covered(item: Assignment) -> str:
    if item.demand is None:
        return ""
    before, after = item.coverage_before, item.coverage_after
    bar = (
        f'<i style="width:{after:.0%};background:#0072b2"></i><b style="left:calc({before:.0%} - 1px)"></b>'
        if after > before
        else f'<i style="width:{before:.0%};background:#0072b2"></i>'
    )
    words = f"{share(before)} → {share(after)}" if after > before else share(before)
    return f'<span class="scale" aria-hidden="true">{bar}</span>{words}'


def _about(
    item: Assignment, names: Mapping[str, str], titles: Mapping[str, str], wanted: Mapping[str, str], currency: str
) -> str:
    steps = "".join(
        row(
            [
                f'<th scope="row">{escape(step.title)}</th>',
                cell(f"{step.start}", "day"),
                cell(f"{step.end}", "day"),
                cell(escape(step.offering_id) if step.offering_id else '<span class="quiet">any time</span>'),
                cell(number(step.hours), "number"),
                cell(f"{step.cost:,.0f}", "number"),
            ]
        )
        for step in item.steps
    )
    head = heads("Course", "From", "To", "Cohort", ">Hours", f">Cost, {currency}")
    table = f"<table>{head}<tbody>{steps}</tbody></table>" if steps else "<p>Nothing has to be learned for it.</p>"
    recognised = ", ".join(escape(titles.get(skill, skill)) for skill in item.recognised)
    first = f"<p>To be recognised first: {recognised}.</p>" if recognised else ""
    covers = (
        ""
        if item.demand is None
        else f" Covers {share(item.coverage_before)} today, {share(item.coverage_after)} then."
    )
    place = _for(item, wanted).replace("<br>", ", ")
    told = f"<strong>{escape(names[item.person_id])}</strong> {WAYS[item.kind]} for {place}."
    end = button("Close", "leave", key="leave")
    return f'<div class="aside"><p>{told}{covers} Worth {number(item.worth)} places.</p>{first}{table}{end}</div>'

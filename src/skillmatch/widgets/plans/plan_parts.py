"""Who does what in a plan, what more would buy, and what is honest to say about it, as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from skillmatch.domain.plans.plan import Assignment, OptionKind
from skillmatch.domain.plans.plan_views import Prices
from skillmatch.widgets.kit.html import cell, escape, heads, number, row, share
from skillmatch.widgets.plans.wording import WAYS, limit_name, people

if TYPE_CHECKING:
    from skillmatch.service.plans.planning import PlanFile

MOST_PEOPLE = 150
SCROLLS = '<div class="wide scrolls" data-scroll tabindex="0" role="group" aria-label="People in the plan">'
_ORDER = {kind: place for place, kind in enumerate((OptionKind.TRAIN, OptionKind.MOVE, OptionKind.RECOGNISE))}


def people_html(
    parts: Sequence[Assignment],
    labels: Mapping[str, str],
    roles: Mapping[str, str],
    skills: Mapping[str, str],
    places: Mapping[str, int],
    chosen: str | None,
    currency: str,
) -> str:
    """A line for each person, those with something new first; those who stay as they are in a fold.

    ``places`` are those of people who can be chosen, by id; nobody can without a browser.
    """
    new = sorted(
        (item for item in parts if item.kind is not OptionKind.STAY),
        key=lambda item: (item.demand is None, item.demand or 0, _ORDER.get(item.kind, 9), item.unit, item.person_id),
    )
    stay = [item for item in parts if item.kind is OptionKind.STAY]
    if not parts:
        return "<h4>Who does what</h4><p>Nobody has a part in this.</p>"
    made = f'<h4>Who does what <span class="quiet">{people(len(new))} with something new</span></h4>'
    if new:
        made += _table(new, labels, roles, skills, places, chosen, currency)
    if stay:
        made += (
            f'<details data-key="stay"><summary>{people(len(stay))} who stay as they are and count</summary>'
            f"{_table(stay, labels, roles, skills, places, chosen, currency)}</details>"
        )
    return made


def _table(
    parts: Sequence[Assignment],
    labels: Mapping[str, str],
    roles: Mapping[str, str],
    skills: Mapping[str, str],
    places: Mapping[str, int],
    chosen: str | None,
    currency: str,
) -> str:
    shown = [_line(item, labels, roles, skills) for item in parts[:MOST_PEOPLE]]
    body = "".join(
        f"<tr{_act(item, places, chosen)}>{cells}</tr>" for item, cells in zip(parts[:MOST_PEOPLE], shown, strict=True)
    )
    more = len(parts) - MOST_PEOPLE
    rest = f'<p class="quiet">and {more:,} more: choose a unit, or export the plan</p>' if more > 0 else ""
    head = heads("Person", "Towards", "What", "Until", ">Role covered", ">Hours", f">Cost, {currency}")
    return f"{SCROLLS}<table>{head}<tbody data-list>{body}</tbody></table></div>{rest}"


def _act(item: Assignment, places: Mapping[str, int], chosen: str | None) -> str:
    """What makes a line one that can be chosen."""
    if item.person_id not in places:
        return ""
    mark = ' class="chosen" aria-current="true"' if item.person_id == chosen else ""
    place = places[item.person_id]
    return f'{mark} data-row tabindex="-1" data-do="person" data-at="{place}" data-key="person-{place}"'


def _line(item: Assignment, labels: Mapping[str, str], roles: Mapping[str, str], skills: Mapping[str, str]) -> str:
    steps = "".join(
        f'<li>{escape(step.title)} <span class="quiet">from <span class="day">{step.start}</span>'
        f"{', in a cohort' if step.offering_id else ''}</span></li>"
        for step in item.steps
    )
    recognised = ", ".join(escape(skills.get(skill, skill)) for skill in item.recognised)
    first = f'<span class="quiet">to be recognised: {recognised}</span>' if recognised else ""
    covered = "" if item.demand is None else f"{share(item.coverage_before)} → {share(item.coverage_after)}"
    role = roles.get(item.role_id, item.role_id) if item.role_id else ""
    counts = "" if not item.covers else '<br><span class="quiet">counts for a skill to be covered</span>'
    return "".join(
        [
            f'<th scope="row">{escape(labels[item.person_id])}</th>',
            cell(f"{escape(role)}{counts}"),
            cell(f"{WAYS[item.kind]}{f'<ul>{steps}</ul>' if steps else ''}{first}"),
            cell(f"{max((step.end for step in item.steps), default='')}", "day"),
            cell(covered, "number"),
            cell(number(item.hours), "number"),
            cell(number(item.cost), "number"),
        ]
    )


def prices_html(prices: Prices) -> str:
    """What more of each limit would add, the most first; nothing that binds says so."""
    if not prices.items:
        return "<p>The scenario sets no limit, so there is nothing to buy more of.</p>"
    body = "".join(
        row(
            [
                f'<th scope="row">{escape(limit_name(item.limit))}</th>',
                cell(number(item.now, item.unit), "number"),
                cell(f"+ {number(item.step, item.unit)}", "number"),
                cell(_gain(item.gain_low, item.gain_high), "number"),
            ]
        )
        for item in sorted(prices.items, key=lambda item: -item.gain_high)
    )
    head = heads("Limit", ">Now", ">With so much more", ">Adds, in places filled")
    return (
        f'<div class="wide"><table>{head}<tbody>{body}</tbody></table></div>'
        '<p class="quiet">Solved again with more of each. Places are weighted by priority and by chance; from is '
        "certain, to is possible.</p>"
    )


def _gain(low: float, high: float) -> str:
    if high < 0.005:
        return "nothing"
    return f"{low:.2f}" if high - low < 0.005 else f"{low:.2f} to {high:.2f}"


def honesty_html(file: PlanFile, changed: Sequence[str] | None, breaches: Sequence[str] | None) -> str:
    """What the plan rests on, and what it does not say."""
    plan = file.plan
    notes = [
        "The bound holds for plans made of the options that were considered: the best few combinations of up to "
        f"{file.scenario.credentials_each} credentials for each person and demand.",
        "It does not say that people will agree, or that the catalogue is right. Coverage is an expectation: chances "
        "of completing and staying are in it.",
        "Every number was computed again from people, roles and catalogue by a checker of its own, and found right."
        if plan.checked
        else "It was not checked again from people, roles and catalogue.",
        *(escape(note) for note in plan.notes),
    ]
    if breaches:
        notes.append(f"<strong>In the workspace of today it breaks {len(breaches)} rules:</strong>")
        notes += [escape(item) for item in breaches[:10]]
    elif breaches is not None:
        notes.append("In the workspace of today it still keeps every rule.")
    if changed:
        notes.append(f"<strong>Changed since it was made: {escape(', '.join(changed))}.</strong> Solve it again.")
    elif changed is not None:
        notes.append("Nothing that it was made from has changed since.")
    made = (
        f"skillmatch {escape(plan.versions.skillmatch)}, taxonomy {escape(plan.versions.taxonomy)}, solver "
        f"{escape(plan.solver)}, seed {plan.seed}; ended by: {escape(plan.stopped_by)}; inputs "
        f"{escape(plan.input_hash[:12])}"
    )
    items = "".join(f"<li>{note}</li>" for note in notes)
    return f'<h4>What this rests on</h4><ul>{items}</ul><p class="quiet long">{made}</p>'


def approvals_html(file: PlanFile, *, names: bool) -> str:
    """When it was approved; by whom and why only where names may be shown."""
    if not file.approvals:
        return "<p>Nobody has approved it yet.</p>"
    if not names:
        days = ", ".join(f"{item.on}" for item in file.approvals)
        kept = '<span class="quiet">Names and reasons are kept with the plan.</span>'
        return f"<p>{people(len(file.approvals))}, {days}. {kept}</p>"
    items = "".join(
        f"<li><strong>{escape(item.by)}</strong>, {item.on}{': ' + escape(item.note) if item.note else ''}</li>"
        for item in file.approvals
    )
    return f"<ul>{items}</ul>"

"""Roles near to a person as HTML: numbered points by what each takes and what is covered, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.domain.advice.adjacent import AdjacentRole, AdjacentRoles, Hurdle
from skillmatch.domain.base.answer import Status
from skillmatch.widgets.kit.html import box, cell, escape, heads, number, share

_NEAR = 5.0
"""Points nearer than this, in per cent of the picture, are moved apart so that both can be read."""


def adjacent_html(value: AdjacentRoles | None, person: str, by: str, role_id: str | None, *, live: bool) -> str:
    """The map, where there is somebody to look at it, the roles in a table, and what is between to the chosen one."""
    if value is None:
        return box("<p>Nobody is chosen. Set <code>person_id</code>, or link the map to a card.</p>")
    title = f'<div class="head"><h3>Where {escape(person)} could go</h3></div>'
    if not value.roles:
        return box(title, f"<p>This cannot be judged: {escape(value.detail)}.</p>")
    now = "" if value.current_role_id is None else " The colour says how like today's role it is."
    told = (
        f"<p>The {len(value.roles)} nearest of {value.compared} roles on {value.as_of}, at "
        f"{number(value.pace.hours_per_week)} hours a week for {value.pace.weeks} weeks.{now}</p>"
    )
    table = _table(value.roles, role_id, live=live)
    picture = _picture(value.roles, by, role_id) if live else ""
    chosen = next((item for item in value.roles if item.role_id == role_id), None)
    detail = "" if chosen is None else _detail(chosen)
    return box(title, told, f'<div class="columns"><div>{picture}{detail}</div><div>{table}</div></div>')


def effort(role: AdjacentRole, by: str) -> float | None:
    """What it takes to reach a role; None where its cost is in several currencies and cannot be one number."""
    if by == "hours":
        return role.route.hours
    return sum(amount for _, amount in role.route.costs) if len(role.route.costs) <= 1 else None


def placed(roles: Sequence[AdjacentRole], by: str) -> list[tuple[float, float]]:
    """Where each role stands, in per cent from the left and from the top; none upon another one."""
    most = max((effort(role, by) or 0.0 for role in roles), default=0.0) or 1.0
    found: list[tuple[float, float]] = []
    for role in roles:
        left = 4 + 90 * (effort(role, by) or 0.0) / most
        top = 95 - 90 * role.coverage
        while any(abs(left - x) < _NEAR and abs(top - y) < _NEAR for x, y in found):
            left += _NEAR if left < 90 else -_NEAR * 7
            top -= 0.1
        found.append((left, top))
    return found


def _picture(roles: Sequence[AdjacentRole], by: str, role_id: str | None) -> str:
    most = max((effort(role, by) or 0.0 for role in roles), default=0.0)
    currencies = {currency for role in roles for currency, _ in role.route.costs}
    unit = "hours" if by == "hours" else " or ".join(sorted(currencies)) or "free"
    points = "".join(
        _point(place, role, at, chosen=role.role_id == role_id)
        for place, (role, at) in enumerate(zip(roles, placed(roles, by), strict=True))
    )
    stems = "".join(
        f'<i class="stem" style="left:{left:.1f}%;top:{95 - 90 * role.route.coverage_after:.1f}%;'
        f'height:{max(0.0, top - 95 + 90 * role.route.coverage_after):.1f}%"></i>'
        for role, (left, top) in zip(roles, placed(roles, by), strict=True)
    )
    lines = "".join(
        f'<i class="level" style="top:{95 - 90 * step / 4:.1f}%"></i>'
        f'<span class="mark" style="top:{95 - 90 * step / 4:.1f}%">{step * 25} %</span>'
        for step in range(5)
    )
    mixed = len(currencies) > 1 and by == "cost"
    note = (
        '<p class="quiet">Costs are in several currencies and not comparable; better look at hours.</p>'
        if mixed
        else ""
    )
    return (
        f'<div class="map" data-list role="group" aria-label="Roles by {escape(unit)} to reach and coverage today">'
        f"{lines}{stems}{points}</div>"
        f'<div class="under quiet"><span>0</span><span>{escape(unit)} to reach; upwards covered today, and then</span>'
        f"<span>{escape(number(most))}</span></div>{note}"
    )


def _point(place: int, role: AdjacentRole, at: tuple[float, float], *, chosen: bool) -> str:
    like = "" if role.similarity is None else f", {share(role.similarity)} like today's role"
    takes = f"{number(role.route.hours)} hours, {_costs(role)}"
    label = f"{place + 1}. {role.role_title}: {share(role.coverage)} covered today, {takes} to reach{like}"
    shade = 0 if role.similarity is None else min(3, int(role.similarity * 8))
    return (
        f'<button type="button" class="point like{shade}{" on" if chosen else ""}" data-row data-do="role" '
        f'data-at="{place}" data-key="role-{place}" style="left:{at[0]:.1f}%;top:{at[1]:.1f}%" '
        f'aria-pressed="{"true" if chosen else "false"}" tabindex="{0 if chosen else -1}" '
        f'aria-label="{escape(label)}" title="{escape(label)}">{place + 1}</button>'
    )


def _table(roles: Sequence[AdjacentRole], role_id: str | None, *, live: bool) -> str:
    head = heads("Role", ">Covered", ">Like today's", ">Then", ">Hours", ">Cost")
    body = "".join(_row(place, role, role.role_id == role_id, live=live) for place, role in enumerate(roles))
    return f'<div class="wide"><table>{head}<tbody data-list>{body}</tbody></table></div>'


def _row(place: int, role: AdjacentRole, chosen: bool, *, live: bool) -> str:
    unknown = f'<br><span class="quiet">{role.unknown} requirements unknown</span>' if role.unknown else ""
    cells = [
        f'<th scope="row">{place + 1}. {escape(role.role_title)}{unknown}</th>',
        cell(share(role.coverage), "number"),
        cell("" if role.similarity is None else share(role.similarity), "number"),
        cell(share(role.route.coverage_after), "number"),
        cell(number(role.route.hours), "number"),
        cell(_costs(role), "number"),
    ]
    mark = ' class="chosen"' if chosen else ""
    act = f' data-do="role" data-at="{place}"' if live else ""
    return f"<tr{mark}{act}>{''.join(cells)}</tr>"


def _detail(role: AdjacentRole) -> str:
    route = role.route
    if route.steps:
        way = (
            f"{route.steps} {'step' if route.steps == 1 else 'steps'}, {number(route.hours)} hours, {_costs(role)}, "
            f"done {route.done}: {share(route.coverage_after)} covered then."
        )
    elif route.status is Status.NOTHING_TO_CLOSE:
        way = "Nothing is between: every requirement is met."
    else:
        way = f"No pathway: {escape(route.detail)}. Allow more hours or weeks."
    hurdles = "".join(f"<li>{_hurdle(item)}</li>" for item in role.hurdles)
    listed = f"<p>What makes the difference:</p><ul>{hurdles}</ul>" if hurdles else ""
    return f'<div class="aside"><p><strong>{escape(role.role_title)}</strong>: {way}</p>{listed}</div>'


def _hurdle(item: Hurdle) -> str:
    has = "?" if item.attained is None else number(item.attained)
    return f"{escape(item.label)}: {has} of {number(item.required)}, {share(item.share_of_gap)} of the gap"


def _costs(role: AdjacentRole) -> str:
    costs = " and ".join(number(amount, currency) for currency, amount in role.route.costs if amount)
    unstated = f" ({role.route.cost_unstated} not stated)" if role.route.cost_unstated else ""
    return (costs or ("free" if role.route.steps else "nothing")) + unstated

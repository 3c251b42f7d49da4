"""The weeks of a plan as HTML: for each unit how many are away, against how many may be; and the table behind it."""

from __future__ import annotations

from datetime import timedelta

from skillmatch.domain.plans.plan_views import PlanWeeks
from skillmatch.widgets.kit.html import cell, escape, heads, row
from skillmatch.widgets.kit.time_scale import Span, ticks
from skillmatch.widgets.plans.wording import people

_HIGH = 44
_WIDE = 1000
MOST_ROWS = 400


def calendar_html(weeks: PlanWeeks, *, live: bool) -> str:
    """Bars by week for each unit with its limit; without a browser the table says it all."""
    title = "<h4>Who is away when</h4>"
    if not weeks.items:
        return f"{title}<p>Nobody is away: nothing in the plan takes time.</p>"
    allowed = "there is no limit" if weeks.most_away is None else f"{people(weeks.most_away)} of a unit may be"
    told = f'<p class="quiet">People of a unit who are learning in the same week; {allowed}.</p>'
    if not live:
        return f"{title}{told}{_table(weeks)}"
    mondays = weeks.weeks
    span = Span(mondays[0], mondays[-1] + timedelta(days=6))
    rows = "".join(_row(weeks, unit) for unit in weeks.units)
    marks = [(day, label) for day, label in ticks(span) if span.at(day) < 95]
    if not marks or span.at(marks[0][0]) > 12:
        marks.insert(0, (span.first, f"{span.first:%d %b %Y}"))
    axis = "".join(f'<span style="left:{span.at(day):.2f}%">{label}</span>' for day, label in marks)
    legend = '<li><i style="background:#3f8fc4"></i>people away</li>'
    if weeks.most_away is not None:
        legend += '<li><i style="background:#d55e00"></i>as many as may be</li><li>╌╌ the limit</li>'
    return (
        f'{title}{told}<div class="weeks"><div class="axis" aria-hidden="true">{axis}</div>{rows}</div>'
        f'<ul class="legend">{legend}</ul>'
        f'<details data-key="weeks"><summary>The same as a table</summary>{_table(weeks)}</details>'
    )


def _row(weeks: PlanWeeks, unit: str) -> str:
    away = {item.week: item.away for item in weeks.items if item.unit == unit}
    mondays = weeks.weeks
    top = max(max(item.away for item in weeks.items), weeks.most_away or 0)
    each, scale = _WIDE / len(mondays), (_HIGH - 6) / top
    full = weeks.full(unit)
    bars = ""
    for place, monday in enumerate(mondays):
        count = away.get(monday, 0)
        if count:
            kind = "bar full" if weeks.most_away is not None and count >= weeks.most_away else "bar"
            high = count * scale
            bars += (
                f'<rect class="{kind}" x="{place * each:.2f}" y="{_HIGH - high:.2f}" width="{each * 0.86:.2f}" '
                f'height="{high:.2f}"><title>week of {monday}: {people(count)}</title></rect>'
            )
    limit = ""
    if weeks.most_away is not None:
        at = _HIGH - weeks.most_away * scale
        limit = (
            f'<line class="limit" x1="0" x2="{_WIDE}" y1="{at:.2f}" y2="{at:.2f}" vector-effect="non-scaling-stroke"/>'
        )
    most = max(away.values())
    said = f"at most {most}" if weeks.most_away is None else f"at most {most} of {weeks.most_away}"
    often = f", full in {len(full)} {'week' if len(full) == 1 else 'weeks'}" if full else ""
    name = escape(unit or "No unit")
    base = f'<line class="base" x1="0" x2="{_WIDE}" y1="{_HIGH}" y2="{_HIGH}" vector-effect="non-scaling-stroke"/>'
    return (
        f'<div class="week-row"><div class="unit">{name}<br><span class="quiet">{said}{often}</span></div>'
        f'<svg viewBox="0 0 {_WIDE} {_HIGH}" preserveAspectRatio="none" role="img" '
        f'aria-label="{name}: {said} away{often}">{bars}{base}{limit}</svg></div>'
    )


def _table(weeks: PlanWeeks) -> str:
    lines = [
        row(
            [
                f'<th scope="row">{escape(item.unit or "No unit")}</th>',
                cell(f"{item.week}", "day"),
                cell(str(item.away), "number"),
                cell("as many as may be" if weeks.most_away is not None and item.away >= weeks.most_away else ""),
            ]
        )
        for item in weeks.items[:MOST_ROWS]
    ]
    more = len(weeks.items) - MOST_ROWS
    rest = f'<p class="quiet">and {more:,} weeks more; the calendar export has all</p>' if more > 0 else ""
    head = heads("Unit", "Week of", ">Away", "")
    return f'<div class="wide"><table>{head}<tbody>{"".join(lines)}</tbody></table></div>{rest}'

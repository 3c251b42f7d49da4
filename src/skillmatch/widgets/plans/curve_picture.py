"""What each budget covers, as a picture of our own: the plans' line, the bound above it, and where some plans stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from skillmatch.domain.plans.plan_views import Curve
from skillmatch.widgets.kit.html import cell, escape, heads, number, row
from skillmatch.widgets.plans.wording import per_cent

_WIDE, _HIGH = 760, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 24, 16, 44
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """A plan on the curve: its letter, what it costs and covers."""

    letter: str
    cost: float
    coverage: float


def curve_html(curve: Curve, marks: Sequence[Mark], *, live: bool) -> str:
    """The picture, where there is somebody to look at it, and the table that says the same."""
    if live:
        shut = '<details data-key="curve"><summary>The same as a table</summary>'
        return f"{_picture(curve, marks)}{_legend()}{shut}{_table(curve)}</details>{_advice(curve)}"
    return f"{_table(curve)}{_advice(curve)}"


def _picture(curve: Curve, marks: Sequence[Mark]) -> str:
    points = sorted(curve.points, key=lambda point: point.budget)
    most = max([point.budget for point in points] + [mark.cost for mark in marks]) or 1.0
    top = max([point.coverage_bound for point in points] + [mark.coverage for mark in marks])
    rise = _step(top) if top > 0 else 0.1
    top = (floor(top / rise) + 1) * rise

    def x(value: float) -> float:
        return _LEFT + value / most * (_WIDE - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _HIGH - _BOTTOM - value / top * (_HIGH - _TOP - _BOTTOM)

    made = ""
    count = round(top / rise)
    for place in range(count + 1):
        value = place * rise
        made += f'<line class="line" x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{y(value):.1f}" y2="{y(value):.1f}"/>'
        label = f"{100 * value:g} %"
        made += (
            f'<text class="quiet" x="{_LEFT - 6}" y="{y(value) + 4:.1f}" text-anchor="end" font-size="12">'
            f"{label}</text>"
        )
    run = _step(most)
    for place in range(int(most / run + 1e-9) + 1):
        at = x(place * run)
        made += (
            f'<text class="quiet" x="{at:.1f}" y="{_HIGH - _BOTTOM + 17}" text-anchor="middle" font-size="12">'
            f"{number(place * run)}</text>"
        )
    made += (
        f'<text class="quiet" x="{(_LEFT + _WIDE - _RIGHT) / 2}" y="{_HIGH - 6}" text-anchor="middle" font-size="12">'
        f"budget, {escape(curve.currency)}</text>"
    )
    bound = " ".join(f"{x(point.budget):.1f},{y(point.coverage_bound):.1f}" for point in points)
    cover = " ".join(f"{x(point.budget):.1f},{y(point.coverage):.1f}" for point in points)
    made += f'<polyline class="bound" points="{bound}"/><polyline class="cover" points="{cover}"/>'
    for point in points:
        told = f"{number(point.budget)} {curve.currency}: covers {per_cent(point.coverage)}"
        made += (
            f'<circle class="dot" cx="{x(point.budget):.1f}" cy="{y(point.coverage):.1f}" r="4">'
            f"<title>{escape(told)}</title></circle>"
        )
    for mark in marks:
        at, high = x(mark.cost), y(mark.coverage)
        made += (
            f'<path class="dot own" d="M{at:.1f} {high - 8:.1f}l8 8l-8 8l-8 -8z"/>'
            f'<text x="{at + 11:.1f}" y="{high + 16:.1f}" font-size="13" font-weight="600">{mark.letter}</text>'
        )
    first, last = points[0], points[-1]
    label = (
        f"covers {per_cent(first.coverage)} with {number(first.budget)}, {per_cent(last.coverage)} with "
        f"{number(last.budget)} {curve.currency}"
    )
    return f'<svg viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" role="img" aria-label="{escape(label)}">{made}</svg>'


def _step(most: float) -> float:
    """A round step that divides up to a number into a handful."""
    rough = most / _TICKS
    base = 10.0 ** floor(log10(rough))
    return next(base * factor for factor in (1, 2, 2.5, 5, 10) if base * factor >= rough * 0.999)


def _legend() -> str:
    return (
        '<ul class="legend"><li><i style="background:#2b86c2"></i>the best plan found for each budget</li>'
        '<li>╌╌ what no plan for it can exceed</li><li><i style="background:#d55e00"></i>◆ the plans above, at what '
        "they cost</li></ul>"
    )


def _table(curve: Curve) -> str:
    body = "".join(
        row(
            [
                cell(number(point.budget, curve.currency), "number"),
                cell(per_cent(point.coverage), "number"),
                cell(per_cent(point.coverage_bound), "number"),
                cell(number(round(point.cost), curve.currency), "number"),
            ]
        )
        for point in curve.points
    )
    head = heads(">Budget", ">Covers", ">At most", ">Spent")
    return f'<div class="wide"><table>{head}<tbody>{body}</tbody></table></div>'


def _advice(curve: Curve) -> str:
    """Where more money stops helping."""
    points = sorted(curve.points, key=lambda point: point.budget)
    best = points[-1]
    enough = next(point for point in points if point.coverage >= 0.95 * best.coverage)
    if enough is best or best.coverage <= 0:
        return ""
    return (
        f"<p>{number(enough.budget, curve.currency)} covers {per_cent(enough.coverage)}; all that "
        f"{number(best.budget, curve.currency)} would cover is {per_cent(best.coverage)}.</p>"
    )

"""Cost against cover as a picture: each plan with what no plan can exceed, and how far each budget would lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor, log10

from skillmatch.domain.plan_views import Curve
from skillmatch.service.values import PlanFile
from skillmatch.widgets.html import escape
from skillmatch.widgets.plan_words import money, percent

WIDTH, HEIGHT = 760, 300
LEFT, RIGHT, TOP, BOTTOM = 58, 18, 14, 44
Scale = Callable[[float], float]
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")


def picture(files: Sequence[PlanFile], letters: Sequence[str], curve: Curve | None) -> str:
    """An SVG; the same figures stand in the table below it."""
    plans = [file.plan for file in files]
    points = () if curve is None else curve.points
    most = max([*(plan.cost for plan in plans), *(point.budget for point in points), 1.0])
    high = max([*(plan.coverage_bound for plan in plans), *(point.coverage_bound for point in points), 0.05])
    x_step, y_step = _nice(most / 6), _nice(min(1.0, high) / 5)
    right, top = most * 1.04, min(1.02, high * 1.08)

    def x(value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * value / right

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(value, top) / top

    currency = plans[0].currency if plans else ""
    parts = [_axes(x, y, (x_step, y_step), (right, top), currency)]
    if points:
        upper = " ".join(f"{x(point.budget):.1f},{y(point.coverage_bound):.1f}" for point in points)
        lower = " ".join(f"{x(point.budget):.1f},{y(point.coverage):.1f}" for point in reversed(points))
        line = " ".join(f"{x(point.budget):.1f},{y(point.coverage):.1f}" for point in points)
        parts.append(f'<polygon points="{upper} {lower}" fill="#0072b2" fill-opacity="0.18"/>')
        parts.append(f'<polyline points="{line}" fill="none" stroke="#0072b2" stroke-width="2"/>')
        parts += [
            f'<circle cx="{x(point.budget):.1f}" cy="{y(point.coverage):.1f}" r="3" fill="#0072b2">'
            f"<title>{money(point.budget, currency)}: {percent(point.coverage)}</title></circle>"
            for point in points
        ]
    for place, (plan, letter) in enumerate(zip(plans, letters, strict=True)):
        colour = COLOURS[place % len(COLOURS)]
        parts.append(_plan(x(plan.cost), y(plan.coverage), y(plan.coverage_bound), letter, colour))
    told = ", ".join(
        f"{letter} {percent(plan.coverage)} for {money(plan.cost, currency)}"
        for letter, plan in zip(letters, plans, strict=True)
    )
    return (
        f'<div class="picture"><svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img" '
        f'aria-label="Coverage against money: {told}">{"".join(parts)}</svg></div>'
    )


def _axes(x: Scale, y: Scale, steps: tuple[float, float], ends: tuple[float, float], currency: str) -> str:
    parts = []
    for turn in range(1 + floor(ends[1] / steps[1] + 1e-9)):
        value = turn * steps[1]
        at = y(value)
        parts.append(f'<line class="line" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
        parts.append(_text(LEFT - 7, at + 4, f"{value * 100:g} %", "end"))
    for turn in range(1 + floor(ends[0] / steps[0] + 1e-9)):
        value = turn * steps[0]
        at, low = x(value), HEIGHT - BOTTOM
        parts.append(f'<line class="line" x1="{at:.1f}" x2="{at:.1f}" y1="{low}" y2="{low + 4}"/>')
        parts.append(_text(at, low + 18, f"{value:,.0f}", "middle"))
    parts.append(_text(WIDTH - RIGHT, HEIGHT - 6, f"money spent, {escape(currency)}", "end", quiet=True))
    legend = "height: covered; a thin line ends at what no plan can exceed"
    parts.append(_text(LEFT, HEIGHT - 6, legend, "start", quiet=True))
    return "".join(parts)


def _text(x: float, y: float, words: str, anchor: str, *, quiet: bool = False) -> str:
    kind = "axis quiet" if quiet else "axis"
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{words}</text>'


def _plan(at: float, covered: float, bound: float, letter: str, colour: str) -> str:
    line = f'stroke="{colour}" stroke-width="2"'
    return (
        f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{covered:.1f}" y2="{bound:.1f}" {line}/>'
        f'<line x1="{at - 5:.1f}" x2="{at + 5:.1f}" y1="{bound:.1f}" y2="{bound:.1f}" {line}/>'
        f'<circle cx="{at:.1f}" cy="{covered:.1f}" r="6" fill="{colour}"/>'
        f'<text class="axis" x="{at + 10:.1f}" y="{covered + 15:.1f}" font-weight="600">{escape(letter)}</text>'
    )


def _nice(step: float) -> float:
    """The next of 1, 2, 2.5, 5 times a power of ten."""
    size = 10.0 ** floor(log10(step))
    return next(factor * size for factor in (1, 2, 2.5, 5, 10) if factor * size >= step - 1e-12)

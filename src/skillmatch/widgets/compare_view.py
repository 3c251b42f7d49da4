"""Plans beside one another: figures, demands, the picture of cost against cover, futures, and what changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from skillmatch.domain.plan import Assignment, Plan
from skillmatch.domain.plan_views import Change, Curve, PlanDiff, Robust, Stress
from skillmatch.domain.scenario import Scenario
from skillmatch.service.values import PlanFile
from skillmatch.widgets.html import cell, escape, heads, number, row
from skillmatch.widgets.plan_words import STATUS, WAYS, has_plan, money, percent
from skillmatch.widgets.scenario_edits import named

MOST_CHANGES = 60
MOST_SAVED = 20

Figure = tuple[str, Callable[[Plan], str], Callable[[Plan], float], int]
"""What is compared: its name, how it is written, its value, whether more (1), less (-1) or neither (0) is better."""

FIGURES: tuple[Figure, ...] = (
    ("Covered", lambda plan: percent(plan.coverage), lambda plan: plan.coverage, 1),
    ("No plan can exceed", lambda plan: percent(plan.coverage_bound), lambda plan: plan.coverage_bound, 0),
    ("Places filled", lambda plan: f"{_met(plan):,} of {_wanted(plan):,}", lambda plan: _met(plan), 1),
    ("Money", lambda plan: money(plan.cost, plan.currency), lambda plan: plan.cost, -1),
    ("Money for each point covered", lambda plan: _each(plan), lambda plan: plan.cost, 0),
    ("Hours of learning", lambda plan: f"{plan.hours:,.0f}", lambda plan: plan.hours, -1),
    ("People with a part", lambda plan: f"{len(plan.assignments):,}", lambda plan: len(plan.assignments), 0),
)


def _met(plan: Plan) -> int:
    return sum(item.met for item in plan.demands)


def _wanted(plan: Plan) -> int:
    return sum(item.wanted for item in plan.demands)


def _each(plan: Plan) -> str:
    points = plan.coverage * 100
    return money(plan.cost / points, plan.currency) if points else "nothing is covered"


def figures_html(names: Sequence[str], files: Sequence[PlanFile]) -> str:
    """A column for each plan, a line for each figure and each thing wanted; the best of a line says so."""
    plans = [file.plan for file in files]
    head = heads("", *(f">{name}" for name in names))
    lines = [_line("How sure", [escape(STATUS[plan.status][0]) for plan in plans], [])]
    for label, said, value, better in FIGURES:
        shown = [said(plan) if has_plan(plan) else "no plan" for plan in plans]
        best = _best([value(plan) if has_plan(plan) else None for plan in plans], better)
        lines.append(_line(label, shown, best))
    titles = {item.title: None for plan in plans for item in plan.demands}
    span = len(plans) + 1
    group = f'<tr><th class="group" scope="rowgroup" colspan="{span}">Places filled, of those wanted</th></tr>'
    wanted = []
    for title in titles:
        found = [next((item for item in plan.demands if item.title == title), None) for plan in plans]
        said_ = ["not wanted" if item is None else f"{item.met:,} of {item.wanted:,}" for item in found]
        best = _best([None if item is None else float(item.met) for item in found], 1)
        wanted.append(_line(title, said_, best))
    return f"<table>{head}<tbody>{''.join(lines)}</tbody><tbody>{group}{''.join(wanted)}</tbody></table>"


def _best(values: Sequence[float | None], better: int) -> list[int]:
    """The places of the best values; none where all are the same."""
    known = [value for value in values if value is not None]
    if not better or len(known) < 2 or max(known) - min(known) < 1e-6:
        return []
    best = max(known) if better > 0 else min(known)
    return [place for place, value in enumerate(values) if value is not None and abs(value - best) < 1e-6]


def _line(label: str, shown: Sequence[str], best: Sequence[int]) -> str:
    cells = (
        cell(f"<strong>{text}</strong> <span class='quiet'>best</span>" if place in best else text, "number")
        for place, text in enumerate(shown)
    )
    return row([f'<th scope="row">{escape(label)}</th>', *cells])


def regrets_html(robust: Robust, titles: Mapping[str, str]) -> str:
    """Plans by futures: how many places each gives up; the least worst is marked, no-regret credentials named."""
    futures = list(dict.fromkeys(item.future for item in robust.table))
    plans = list(dict.fromkeys(item.plan for item in robust.table))
    by = {(item.plan, item.future): item for item in robust.table}
    largest = max((item.regret for item in robust.table), default=0.0)
    body = ""
    for plan in sorted(plans, key=lambda name: max(by[name, future].regret for future in futures)):
        worst = max(by[plan, future].regret for future in futures)
        cells = [cell(_regret(by[plan, future].regret, largest), "number") for future in futures]
        mark = ' <span class="tag">gives up least</span>' if plan == robust.chosen else ""
        name = "as the scenario says" if plan == "scenario" else plan
        last = cell(f"<strong>{worst:.2f}</strong>", "number")
        line = f'<th scope="row">{escape(name)}{mark}</th>{"".join(cells)}{last}'
        body += f'<tr class="chosen">{line}</tr>' if plan == robust.chosen else f"<tr>{line}</tr>"
    best = {item.future: item.best for item in robust.table}
    bests = "".join(cell(f"{best[future]:.2f}", "number") for future in futures)
    foot = f'<tr><th scope="row" class="quiet">The best plan is worth</th>{bests}<td></td></tr>'
    head = heads("Plan", *(f">{future}" for future in futures), ">At worst")
    sure = "".join(f"<li>{escape(titles.get(name, name))}</li>" for name in robust.no_regret)
    only = "".join(
        f"<li>{escape(titles.get(name, name))}: only if {escape(future)}</li>" for name, future in robust.single_future
    )
    begin = (
        f"<p>In the best plan of every future: begin with these.</p><ul>{sure}</ul>"
        if sure
        else "<p>No course is in the best plan of every future.</p>"
    )
    return (
        "<p>How many places each plan gives up in each future, against the best of these plans for it.</p>"
        f"<table>{head}<tbody>{body}{foot}</tbody></table><h4>No regret</h4>{begin}"
        + (f"<h4>Bets on one future</h4><ul>{only}</ul>" if only else "")
    )


def _regret(value: float, largest: float) -> str:
    if value < 0.005:
        return "0"
    width = value / largest if largest else 0.0
    bar = f'<span class="scale" aria-hidden="true"><i style="width:{width:.0%};background:#d55e00"></i></span>'
    return f"{bar}{value:.2f}"


def diff_html(
    diff: PlanDiff,
    files: tuple[PlanFile, PlanFile],
    people: Mapping[str, str],
    titles: Mapping[str, str],
    *,
    live: bool,
) -> str:
    """What changed from one plan to another and which input that is put down to; people by what they are called."""
    old, new = files[0].plan, files[1].plan
    count = len(diff.parts)
    told = (
        f"<p>From <strong>{percent(old.coverage)}</strong> to <strong>{percent(new.coverage)}</strong> covered, from "
        f"{money(old.cost, old.currency)} to {money(new.cost, new.currency)}; "
        f"{'1 person has' if count == 1 else f'{count} people have'} another part.</p>"
    )
    inputs = "".join(
        _input(item, files[1].scenario, titles) for item in diff.inputs if (item.what, item.key) != ("data", "scenario")
    )
    because = (
        f"<h4>What was different</h4><table>{heads('Input', 'Before', 'After')}<tbody>{inputs}</tbody></table>"
        if inputs
        else "<p>Nothing they rest on is different: the search ended elsewhere.</p>"
    )
    if not diff.parts:
        return f"{told}{because}<p>Everybody has the same part in both.</p>"
    sides = [{item.person_id: item for item in plan.assignments} for plan in (old, new)]
    shown = diff.parts[: MOST_CHANGES if live else MOST_SAVED]
    parts = "".join(
        row(
            [
                f'<th scope="row">{escape(people.get(item.key, "Somebody"))}</th>',
                *(cell(_part(side.get(item.key), titles)) for side in sides),
                cell(escape(_cause(item.cause, files[1].scenario, titles))),
            ]
        )
        for item in shown
    )
    more = f'<p class="quiet">The first {len(shown)} of {count}.</p>' if count > len(shown) else ""
    table = f"<table>{heads('Who', 'Before', 'After', 'Put down to')}<tbody>{parts}</tbody></table>"
    region = '<div class="scrolls" data-scroll tabindex="0" role="region" aria-label="Whose part differs">'
    return f"{told}{because}<h4>Whose part differs</h4>{region}{table}</div>{more}"


def _input(item: Change, scenario: Scenario, titles: Mapping[str, str]) -> str:
    if item.what == "scenario":
        return row(
            [
                f'<th scope="row">{escape(named(item.key, scenario, titles))}</th>',
                cell(_short(item.before)),
                cell(_short(item.after)),
            ]
        )
    label = f"the {item.key} in the workspace" if item.what == "data" else item.key
    was, now = ("", "changed") if item.what == "data" else (item.before, item.after)
    return row([f'<th scope="row">{escape(label)}</th>', cell(_short(was)), cell(_short(now))])


def _part(item: Assignment | None, titles: Mapping[str, str]) -> str:
    if item is None:
        return '<span class="quiet">no part</span>'
    courses = ", ".join(step.title for step in item.steps)
    place = titles.get(item.role_id, item.role_id) if item.role_id else "what must be covered"
    return f'{escape(courses or WAYS[item.kind])} <span class="quiet">for {escape(place)}</span>'


def _cause(cause: str, scenario: Scenario, titles: Mapping[str, str]) -> str:
    key, joined, rest = cause.partition(" and ")
    known = key.startswith(("demands[", "covers[", "limits.", "ways.", "risk.", "weights."))
    return f"{named(key, scenario, titles)}{joined}{rest}" if known else cause


def _short(text: str) -> str:
    """A value of an input, numbers without needless decimals."""
    if re.fullmatch(r"-?\d+\.\d+", text):
        return number(float(text))
    return escape(text if len(text) <= 160 else f"{text[:157]}...")


def stresses_html(names: Sequence[str], stresses: Sequence[Stress]) -> str:
    """What each plan covers in many draws of who finishes and who stays: on average, and in the worst of twenty."""
    body = ""
    for name, item in zip(names, stresses, strict=True):
        by = dict(item.quantiles)
        body += row(
            [
                f'<th scope="row">{escape(name)}</th>',
                cell(percent(item.mean), "number"),
                cell(percent(by[0.05]), "number"),
                cell(percent(by[0.95]), "number"),
            ]
        )
    head = heads("Plan", ">Covers on average", ">In 1 draw of 20 at most", ">In 19 of 20 at most")
    draws = stresses[0].draws if stresses else 0
    return (
        f"<h4>When not everybody finishes or stays</h4><p>{draws:,} draws with the risks of each plan's scenario. "
        f"Without risks in it, all draws are the same.</p><table>{head}<tbody>{body}</tbody></table>"
    )


def curve_table(curve: Curve) -> str:
    """The points of a curve with their bounds, and what each step of money adds."""
    body, before = "", None
    for point in curve.points:
        gain = "" if before is None else f"+{(point.coverage - before.coverage) * 100:.1f} points"
        body += row(
            [
                f'<th scope="row" class="number">{money(point.budget, curve.currency)}</th>',
                cell(percent(point.coverage), "number"),
                cell(percent(point.coverage_bound), "number"),
                cell(money(point.cost, curve.currency), "number"),
                cell(gain, "number"),
            ]
        )
        before = point
    head = heads(">Budget", ">Covered", ">No plan can exceed", ">Spent", ">Against the line above")
    return f"<table>{head}<tbody>{body}</tbody></table>"


def plans_table(names: Sequence[str], files: Sequence[PlanFile]) -> str:
    """The points of the picture where there is no curve yet."""
    body = "".join(
        row(
            [
                f'<th scope="row">{escape(name)}</th>',
                cell(money(file.plan.cost, file.plan.currency), "number"),
                cell(percent(file.plan.coverage), "number"),
                cell(percent(file.plan.coverage_bound), "number"),
                cell(number(file.plan.hours), "number"),
            ]
        )
        for name, file in zip(names, files, strict=True)
    )
    head = heads("Plan", ">Spent", ">Covered", ">No plan can exceed", ">Hours")
    return f"<table>{head}<tbody>{body}</tbody></table>"

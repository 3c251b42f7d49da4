"""A plan at a glance as HTML: what it covers, what none can exceed, what it uses, what is wanted, what stays empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from skillmatch.domain.plans.plan import Met, OptionKind, Plan, PlanStatus, Unmet
from skillmatch.domain.plans.plan_views import weeks_of
from skillmatch.widgets.kit.html import cell, escape, heads, number, row
from skillmatch.widgets.plans.wording import CAUSES, ENDS, HELP, limit_name, per_cent, places

if TYPE_CHECKING:
    from skillmatch.service.plans.planning import PlanFile


def headline_html(plan: Plan) -> str:
    """The share that is covered and the proven bound, as words and as a bar."""
    title = f'<div class="head"><h3>{escape(plan.scenario)}</h3><span class="quiet">as of {plan.as_of}</span></div>'
    if not plan.assignments and plan.status in (PlanStatus.INFEASIBLE, PlanStatus.TIMED_OUT):
        if plan.status is PlanStatus.INFEASIBLE:
            remedy = "Look at what must be filled (must), or raise the limit that is named below; then solve again."
        else:
            remedy = "Let it search longer."
        return (
            f'{title}<div class="alert" role="alert"><strong>{ENDS[plan.status]}</strong><br>{remedy}</div>'
            f"{_why_none(plan)}"
        )
    covered, bound = per_cent(plan.coverage), per_cent(plan.coverage_bound)
    might = "" if plan.coverage_bound <= plan.coverage else f'<i class="might" style="width:{plan.coverage_bound:.2%}">'
    bar = (
        f'<span class="stack" role="img" aria-label="covers {covered} of what is wanted; at most {bound} can be">'
        f'{might}{"</i>" if might else ""}<i style="width:{plan.coverage:.2%}"></i>'
        f'<b style="left:calc({min(plan.coverage_bound, 1):.2%} - 2px)"></b></span>'
    )
    return (
        f'{title}<p class="proof">Covers <strong>{covered}</strong> <span class="then">of what is wanted; no plan can '
        f"exceed <strong>{bound}</strong></span></p>{bar}"
        '<ul class="legend"><li><i style="background:#0072b2"></i>covered, by expectation</li>'
        "<li>┃ the bound: what no plan within the limits can exceed</li></ul>"
        f'<p class="quiet">{ENDS[plan.status]}</p>'
    )


def _why_none(plan: Plan) -> str:
    notes = "".join(f"<li>{escape(note)}</li>" for note in plan.notes)
    return f"<ul>{notes}</ul>" if notes else ""


def figures_html(file: PlanFile) -> str:
    """Money, hours and people, in large."""
    plan = file.plan
    ways: defaultdict[OptionKind, int] = defaultdict(int)
    for item in plan.assignments:
        ways[item.kind] += 1
    new = len(plan.assignments) - ways[OptionKind.STAY]
    told = {
        OptionKind.TRAIN: "learn",
        OptionKind.MOVE: "move",
        OptionKind.RECOGNISE: "are recognised",
        OptionKind.HIRE: "are hired",
    }
    how = ", ".join(f"{ways[kind]} {word}" for kind, word in told.items() if ways[kind])
    open_ = sum(item.places for item in plan.unmet)
    figures = (
        ("Spent", number(round(plan.cost), plan.currency), _of(file.scenario.limits.budget, plan.currency)),
        ("Hours of learning", number(round(plan.hours)), _of(file.scenario.limits.hours, "")),
        ("People with something new", number(new), how or "nobody"),
        ("Already there", number(ways[OptionKind.STAY]), "have the role and count for it"),
        ("Places that stay empty", number(open_), "see why below" if open_ else "none"),
    )
    items = "".join(
        f'<li>{name}<strong>{escape(value)}</strong><span class="quiet">{escape(more)}</span></li>'
        for name, value, more in figures
    )
    return f'<ul class="figures">{items}</ul>'


def _of(limit: float | None, unit: str) -> str:
    return "no limit" if limit is None else f"of {number(limit, unit)}"


def limits_html(file: PlanFile) -> str:
    """What is used of each limit, and what is left."""
    plan, limits = file.plan, file.scenario.limits
    lines: list[tuple[str, float, float | None, str]] = [
        (limit_name("limits.budget"), plan.cost, limits.budget, plan.currency),
        (limit_name("limits.hours"), plan.hours, limits.hours, "hours"),
    ]
    spent: defaultdict[str, float] = defaultdict(float)
    for item in plan.assignments:
        spent[item.unit] += item.cost
    for unit, budget in limits.unit_budgets.items():
        lines.append((f"Money of {unit}", spent[unit], budget, plan.currency))
    weeks = weeks_of(plan, limits.most_away)
    most = max((item.away for item in weeks.items), default=0)
    lines.append((limit_name("limits.most_away"), most, limits.most_away, ""))
    body = "".join(_limit(*line) for line in lines)
    kept = [
        text
        for value, text in (
            (limits.hours_per_week, f"{number(limits.hours_per_week)} hours a week for each person at most"),
            (limits.weeks, f"within {limits.weeks} weeks"),
        )
        if value is not None
    ]
    more = f'<p class="quiet">Kept for everybody: {escape("; ".join(kept))}.</p>' if kept else ""
    head = heads("Limit", ">Used", ">Allowed", ">Left", "")
    return f'<h4>Spend and hours</h4><div class="wide"><table>{head}<tbody>{body}</tbody></table></div>{more}'


def _limit(name: str, used: float, limit: float | None, unit: str) -> str:
    if limit is None:
        tail = [cell("no limit", "number"), cell("", "number"), cell("")]
    else:
        part = min(1.0, used / limit) if limit else float(used > 0)
        over = ' class="over"' if used > limit + 1e-6 else ""
        bar = f'<span class="stack" aria-hidden="true"><i{over} style="width:{part:.1%}"></i></span>'
        tail = [cell(number(limit, unit), "number"), cell(number(limit - used, unit), "number"), cell(bar)]
    return row([f'<th scope="row">{escape(name)}</th>', cell(number(used, unit), "number"), *tail])


def demands_html(demands: Sequence[Met], file: PlanFile, chosen: str, *, live: bool) -> str:
    """What is wanted and how far it is met; a line can be chosen to see who is in it."""
    if not demands:
        return ""
    days = {f"demands[{at}]": item.by for at, item in enumerate(file.scenario.demands)}
    days |= {f"covers[{at}]": item.by for at, item in enumerate(file.scenario.covers)}
    lines = ""
    for at, item in enumerate(demands):
        part = min(1.0, item.met / item.wanted) if item.wanted else 1.0
        today = min(item.ready, item.met) / item.wanted if item.wanted else 0.0
        bar = (
            f'<span class="stack" aria-hidden="true"><i style="width:{part:.1%}"></i>'
            f'<i class="today" style="width:{today:.1%}"></i></span>'
        )
        kind = "" if item.key.startswith("demands") else '<br><span class="quiet">a skill to be covered</span>'
        cells = [
            f'<th scope="row">{escape(item.title)}{kind}</th>',
            cell(f"<strong>{item.met}</strong> of {item.wanted}", "number"),
            cell(bar),
            cell(f"{item.ready}", "number"),
            cell(f"{item.doing}", "number"),
            cell(f"{days.get(item.key, '')}", "day"),
        ]
        mark = ' class="chosen" aria-current="true"' if item.key == chosen else ""
        act = f' data-row data-do="part" data-at="{at}" data-key="part-{at}" tabindex="-1"' if live else ""
        lines += f"<tr{mark}{act}>{''.join(cells)}</tr>"
    hint = ' <span class="quiet">choose a line to see who is in it</span>' if live else ""
    head = heads("Wanted", ">Filled", "", ">Ready today", ">Doing it today", "By")
    return (
        f"<h4>What is wanted{hint}</h4>"
        f'<div class="wide"><table data-list>{head}<tbody>{lines}</tbody></table></div>'
        '<ul class="legend"><li><i class="today"></i>ready today</li>'
        '<li><i style="background:#0072b2"></i>filled by the plan</li></ul>'
    )


def unmet_html(unmet: Sequence[Unmet]) -> str:
    """The places that stay empty, the most of one cause first, each with what would help."""
    if not unmet:
        return "<h4>What stays empty</h4><p>Nothing: every place is filled.</p>"
    causes: defaultdict[object, int] = defaultdict(int)
    for item in unmet:
        causes[item.cause] += item.places
    ordered = sorted(unmet, key=lambda item: (-causes[item.cause], item.cause.value, -item.places, item.title))
    body = "".join(
        row(
            [
                f'<th scope="row">{CAUSES[item.cause]}</th>',
                cell(str(item.places), "number"),
                cell(f'{escape(item.title)}<br><span class="quiet">{escape(item.detail)}</span>'),
                cell(HELP[item.cause]),
            ]
        )
        for item in ordered
    )
    count = sum(item.places for item in unmet)
    head = heads("Cause", ">Places", "Of what", "What would help")
    return (
        f'<h4>What stays empty <span class="quiet">{places(count)}, each with its one cause</span></h4>'
        f'<div class="wide"><table>{head}<tbody>{body}</tbody></table></div>'
    )

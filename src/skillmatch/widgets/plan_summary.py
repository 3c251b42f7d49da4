"""A plan at a glance: what it covers against what no plan can exceed, what it uses, what stays empty and why."""

from __future__ import annotations

from collections import Counter

from skillmatch.domain.plan import Cause, OptionKind, PlanStatus, Unmet
from skillmatch.service.values import PlanFile
from skillmatch.widgets.html import cell, escape, heads, number, row
from skillmatch.widgets.plan_words import CAUSES, FILLED, MANY, STATUS, has_plan, money, people, percent, places, told


def summary_html(file: PlanFile, *, title: bool = True) -> str:
    """The headline with how sure it is, and the figures; for no plan why there is none and what to do."""
    plan = file.plan
    word, meaning = STATUS[plan.status]
    name = f"<h3>{escape(plan.scenario)}</h3>" if title else ""
    head = f'<div class="head">{name}<span class="tag" title="{escape(meaning)}">{escape(word)}</span></div>'
    if not has_plan(plan):
        return f"{head}<p><strong>{told(plan)}</strong> {_way_out(file)}</p>"
    return f"{head}<p><strong>{told(plan)}</strong> {escape(meaning)}</p>{_tiles(file)}"


def _way_out(file: PlanFile) -> str:
    if file.plan.status is PlanStatus.TIMED_OUT:
        return "Search longer, or make the scenario smaller."
    scenario = file.scenario
    musts = any(item.must for item in scenario.demands) or any(item.must for item in scenario.covers)
    if musts or file.scenario.limits.must:
        return "What must be cannot be: take a 'must' away, or loosen the limits, and solve again."
    return "Loosen the limits and solve again."


def _tiles(file: PlanFile) -> str:
    plan, limits = file.plan, file.scenario.limits
    ways = Counter(item.kind for item in plan.assignments)
    wanted, met = sum(item.wanted for item in plan.demands), sum(item.met for item in plan.demands)
    hours = (
        f"of {number(limits.hours)} together"
        if limits.hours is not None
        else f"at most {number(limits.hours_per_week)} a week each"
        if limits.hours_per_week is not None
        else "no limit set"
    )
    by_way = ", ".join(f"{ways[way]} {MANY[way][ways[way] != 1]}" for way in MANY if ways[way]) or "nobody"
    empty = sum(item.places for item in plan.unmet)
    return (
        '<div class="tiles">'
        + _tile(
            "Covered",
            percent(plan.coverage),
            f"no plan can exceed {percent(plan.coverage_bound)}",
            _gauge(plan.coverage, plan.coverage_bound),
        )
        + _tile("Places filled", f"{met:,} <small>of {wanted:,}</small>", _stay(empty), _gauge_of(met, wanted))
        + _tile(
            "Money",
            money(plan.cost, plan.currency),
            "no limit set" if limits.budget is None else f"of {money(limits.budget, limits.currency)}",
            "" if limits.budget is None else _gauge_of(plan.cost, limits.budget),
        )
        + _tile(
            "Hours",
            f"{plan.hours:,.0f}",
            hours,
            "" if limits.hours is None else _gauge_of(plan.hours, limits.hours),
        )
        + _tile("With a part", people(len(plan.assignments) - ways[OptionKind.HIRE]), by_way, "")
        + "</div>"
    )


def _stay(empty: int) -> str:
    return "none stays empty" if not empty else "1 stays empty" if empty == 1 else f"{empty:,} stay empty"


def _tile(label: str, figure: str, below: str, gauge: str) -> str:
    return (
        f'<div class="tile"><div class="label">{label}</div><div class="figure">{figure}</div>{gauge}'
        f'<div class="quiet">{below}</div></div>'
    )


def _gauge(value: float, mark: float | None = None) -> str:
    width = min(1.0, max(0.0, value))
    at = "" if mark is None else f'<b style="left:calc({min(1.0, max(0.0, mark)):.2%} - 1px)"></b>'
    return f'<div class="gauge" aria-hidden="true"><i style="width:{width:.2%}"></i>{at}</div>'


def _gauge_of(value: float, whole: float) -> str:
    return _gauge(value / whole if whole else 0.0)


def demands_html(file: PlanFile) -> str:
    """Each demand and cover: how far it is filled, and the empty places by cause, as a bar and in words."""
    plan = file.plan
    if not plan.demands:
        return ""
    empty: dict[str, list[Unmet]] = {}
    for item in plan.unmet:
        empty.setdefault(item.key, []).append(item)
    by = {f"demands[{turn}]": one.by for turn, one in enumerate(file.scenario.demands)}
    by |= {f"covers[{turn}]": one.by for turn, one in enumerate(file.scenario.covers)}
    body = ""
    for met in plan.demands:
        missing = sorted(empty.get(met.key, ()), key=lambda item: list(CAUSES).index(item.cause))
        kind = "can do it" if met.key.startswith("covers") else "ready"
        why = "".join(f"<li>{places(item.places)}: {escape(item.detail)}</li>" for item in missing)
        body += row(
            [
                f'<th scope="row">{escape(met.title)}<br><span class="quiet">by {by.get(met.key, "")}</span></th>',
                cell(_bar(met.met, met.wanted, missing), "pieces-cell"),
                cell(f"{met.met:,} of {met.wanted:,}", "number"),
                cell(f"{met.ready:,} {kind}", "number"),
                cell(f"<ul>{why}</ul>" if why else "filled"),
            ]
        )
    head = heads("Wanted", "Filled and empty", ">Filled", ">Today", "Why places stay empty")
    return f"<h4>What is wanted</h4>{_legend(plan.unmet)}<table>{head}<tbody>{body}</tbody></table>"


def _bar(met: int, wanted: int, missing: list[Unmet]) -> str:
    if not wanted:
        return ""
    pieces = [
        (met, FILLED, "filled"),
        *((one.places, CAUSES[one.cause].colour, CAUSES[one.cause].words) for one in missing),
    ]
    parts = "".join(
        f'<i style="flex:{count} 0 0;background:{colour}" title="{places(count)}: {words}"></i>'
        for count, colour, words in pieces
        if count
    )
    return f'<div class="pieces" aria-hidden="true">{parts}</div>'


def _legend(unmet: tuple[Unmet, ...]) -> str:
    """The colours that the bars use, each with how many places and what helps."""
    counts: Counter[Cause] = Counter()
    for item in unmet:
        counts[item.cause] += item.places
    items = [f'<li><span class="swatch" style="background:{FILLED}"></span>filled</li>']
    items += [
        f'<li title="{escape(look.remedy)}"><span class="swatch" style="background:{look.colour}"></span>{look.words}: '
        f'{counts[cause]:,} <span class="quiet">{escape(look.remedy)}</span></li>'
        for cause, look in CAUSES.items()
        if counts[cause]
    ]
    return f'<ul class="legend">{"".join(items)}</ul>'


def rests_html(file: PlanFile) -> str:
    """What a plan rests on, and what its proof does not say."""
    plan, scenario = file.plan, file.scenario
    checked = (
        "A checker of its own computed every limit and figure again."
        if plan.checked
        else "It was not checked: check it before anything is done."
    )
    said = [
        f"Made for {plan.as_of} with data {escape(plan.input_hash[:12] or 'of unknown state')}, seed {plan.seed}; "
        f"the search ended by {escape(plan.stopped_by or 'nothing noted')}. {checked}",
        f"The bound holds for all plans made of the options that were looked at: up to {scenario.credentials_each} "
        f"credentials each, up to {scenario.options_each} ways for each person and demand.",
        "It does not say that people will agree, or that the catalogue is right. Where hours or cost are not stated, "
        "the catalogue's median stands in.",
        *(escape(note[:1].upper() + note[1:] + ("" if note.endswith(".") else ".")) for note in plan.notes),
    ]
    listed = "".join(f"<li>{item}</li>" for item in said)
    summary = "<summary>What this rests on, and what it does not say</summary>"
    return f'<details data-key="rests">{summary}<ul>{listed}</ul></details>'

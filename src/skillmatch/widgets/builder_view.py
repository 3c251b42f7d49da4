"""What a scenario builder answers: how far the search is, what moved since the answer before, all answers so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from skillmatch.domain.scenario import Scenario
from skillmatch.service.live_plan import LiveState, Phase
from skillmatch.service.values import PlanFile
from skillmatch.widgets.forms import button
from skillmatch.widgets.html import cell, escape, heads, number, row
from skillmatch.widgets.plan_words import has_plan, percent
from skillmatch.widgets.scenario_edits import changes

MOST_CHANGES = 3


@dataclass(frozen=True)
class Answer:
    """A scenario, the plan that it led to, and when that was."""

    scenario: Scenario
    file: PlanFile
    at: datetime


def progress_html(state: LiveState | None) -> str:
    """One line on how far the search is, with the width that is still open between the plan and its bound."""
    if state is None:
        return "Nothing is being solved."
    match state.phase:
        case Phase.OPENING:
            count = f": {state.done:,} of {state.total:,} people" if state.total else ""
            return f"<b>Working out</b> {escape(state.stage or 'what everybody could do')}{count} ..."
        case Phase.SEARCHING:
            return f"<b>Searching</b>, {state.seconds:.0f} s{_open(state)}"
        case Phase.DONE:
            return f"<b>Done</b> after {state.seconds:.1f} s{_end(state)}"
        case Phase.STOPPED:
            held = "; this is the best so far" if state.file is not None else " before there was an answer"
            return f"<b>Stopped</b> after {state.seconds:.1f} s{held}"
        case _:
            return "<b>Not solved</b>: something cannot be"


def _open(state: LiveState) -> str:
    if state.worth is None or state.bound is None or not state.scenario.ideal:
        return ""
    worth, bound = state.worth / state.scenario.ideal, state.bound / state.scenario.ideal
    if not 0 <= bound <= 10:  # nothing is known about the bound yet
        return ": no bound yet"
    width, mark = (f"{min(1.0, max(0.0, value)):.2%}" for value in (worth, bound))
    gauge = (
        f'<span class="gauge line" aria-hidden="true"><i style="width:{width}"></i><b style="left:{mark}"></b></span>'
    )
    return f": worth {percent(worth)} of what is wanted, at most {percent(bound)} {gauge}"


def _end(state: LiveState) -> str:
    if state.file is None or not has_plan(state.file.plan):
        return ""
    gap = state.file.plan.gap
    most = "less than 0.1 %" if gap < 0.001 else f"at most {percent(gap)}"
    return ": proven best" if gap <= 1e-5 else f": {most} better is possible"


def refused_html(state: LiveState) -> str:
    """Everything that cannot be, each with what to do."""
    if not state.contradictions:
        error = state.error
        if error is None:
            return ""
        where = f"{error.place.field} " if error.place.field else ""
        lines = [(f"{where}{error.message}", error.remedy)]
    else:
        lines = [(f"{item.key} {item.message}", item.remedy) for item in state.contradictions]
    listed = "".join(f"<li><strong>{escape(message)}</strong> {escape(remedy)}</li>" for message, remedy in lines)
    return f'<div class="alert" role="alert">This scenario cannot be solved as it stands:<ul>{listed}</ul></div>'


def moved_html(old: PlanFile | None, new: PlanFile) -> str:
    """How the answer differs from the one before."""
    if old is None or not has_plan(old.plan) or not has_plan(new.plan):
        return ""
    before, after = old.plan, new.plan
    said = [
        _moved((after.coverage - before.coverage) * 100, "points covered", 1),
        _moved(after.cost - before.cost, after.currency, 0),
        _moved(after.hours - before.hours, "hours", 0),
        _moved(len(after.assignments) - len(before.assignments), "people", 0),
    ]
    told = "".join(f"<li>{item}</li>" for item in said if item)
    lead = "Against the answer before" if told else "The same figures as the answer before"
    return f'<div class="moved"><span class="quiet">{lead}</span><ul class="chips">{told}</ul></div>'


def _moved(by: float, unit: str, decimals: int) -> str:
    text = f"{abs(by):,.{decimals}f}"
    if not float(text.replace(",", "")):
        return ""
    return f"{'+' if by > 0 else '−'}{text} {escape(unit)}"


def history_html(history: Sequence[Answer], chosen: Answer | None, titles: Mapping[str, str], *, live: bool) -> str:
    """The answers so far, the newest first, each with what was changed for it."""
    if not history:
        return ""
    body = ""
    for place in reversed(range(len(history))):
        item, plan = history[place], history[place].file.plan
        before = history[place - 1].scenario if place else None
        head = f"{place + 1}"
        cells = [
            f'<th scope="row" class="number">{head}</th>',
            cell(f"{item.at:%H:%M:%S}", "day"),
            cell(_changed(before, item.scenario, titles)),
            cell(percent(plan.coverage) if has_plan(plan) else "no plan", "number"),
            cell(percent(plan.coverage_bound), "number"),
            cell(f"{plan.cost:,.0f}", "number"),
            cell(f"{plan.hours:,.0f}", "number"),
            cell(number(len(plan.assignments)), "number"),
        ]
        if live:
            back = "" if item is chosen else button("Go back", "back", place, title=f"Go back to answer {place + 1}")
            cells.append(cell(back or "shown"))
        body += f'<tr class="chosen">{"".join(cells)}</tr>' if item is chosen else row(cells)
    extra = [""] if live else []
    names = (">", "At", "Changed", ">Covered", ">Bound", ">Cost", ">Hours", ">People", *extra)
    return f"<h4>Answers so far</h4><table>{heads(*names)}<tbody>{body}</tbody></table>"


def _changed(before: Scenario | None, after: Scenario, titles: Mapping[str, str]) -> str:
    if before is None:
        return '<span class="quiet">the beginning</span>'
    found = changes(before, after, titles)
    more = f" and {len(found) - MOST_CHANGES} more" if len(found) > MOST_CHANGES else ""
    return escape("; ".join(found[:MOST_CHANGES]) + more) or '<span class="quiet">nothing</span>'


def waiting_html(titles: Mapping[str, str], scenario: Scenario) -> str:
    """While there is no answer yet."""
    wanted = [titles.get(item.role_id, item.role_id) for item in scenario.demands]
    wanted += [titles.get(item.skill_id, item.skill_id) for item in scenario.covers]
    return f"<h3>{escape(scenario.name)}</h3><p>The first answer for {escape(', '.join(wanted))} is on its way.</p>"

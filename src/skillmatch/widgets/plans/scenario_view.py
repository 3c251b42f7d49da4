"""What a scenario's search has found so far, and the answers before, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skillmatch.domain.base.errors import SkillmatchError
from skillmatch.domain.plans.plan import PlanStatus
from skillmatch.domain.plans.scenario import Scenario
from skillmatch.widgets.kit.html import box, cell, escape, heads, number
from skillmatch.widgets.kit.view import error_html
from skillmatch.widgets.plans.live_plan import News
from skillmatch.widgets.plans.plan_summary import demands_html, figures_html, headline_html, limits_html, unmet_html
from skillmatch.widgets.plans.wording import PLAN_STYLE, per_cent

if TYPE_CHECKING:
    from skillmatch.service.plans.planning import Contradiction, PlanFile


@dataclass(frozen=True)
class Answer:
    """One plan that was found: for which scenario, what had changed, and how long it took."""

    scenario: Scenario
    what: str
    file: PlanFile
    seconds: float


def result_html(
    news: News | None,
    file: PlanFile | None,
    error: SkillmatchError | None,
    contradictions: Sequence[Contradiction],
    history: Sequence[Answer],
    *,
    fits: bool,
    live: bool,
    said: str,
) -> str:
    """What goes on, what is wrong, the answer, and the answers before. ``fits``: the answer is that of the scenario."""
    parts = [PLAN_STYLE]
    if said:
        parts.append(f'<div class="aside" role="status">{escape(said)}</div>')
    if len(contradictions) > 1:
        parts.append(_cannot_be(contradictions))
    elif error is not None:
        parts.append(error_html(error))
    elif news is not None and live:
        parts.append(_progress(news))
    if file is None:
        if error is None and news is None:
            parts.append("<p>No plan yet. Choose where to start from, or press 'Solve now'.</p>")
    else:
        old = "" if fits else '<p class="quiet">The plan below is the last answer, for the scenario before.</p>'
        parts += [
            old,
            f'<div class="{"" if fits else "stale"}">',
            headline_html(file.plan),
            figures_html(file),
            demands_html(file.plan.demands, file, "", live=False),
            unmet_html(file.plan.unmet),
            limits_html(file),
            "</div>",
        ]
    parts.append(_history(history, file, live=live))
    return box(*parts)


def _cannot_be(contradictions: Sequence[Contradiction]) -> str:
    """Everything in a scenario that cannot be, each with what to do."""
    listed = "".join(
        f"<li><strong>{escape(item.key)} {escape(item.message)}</strong> {escape(item.remedy)}</li>"
        for item in contradictions
    )
    return f'<div class="alert" role="alert">This scenario cannot be solved as it stands.<ul>{listed}</ul></div>'


def _progress(news: News) -> str:
    """One line: what goes on, and how good it is by now."""
    found = ""
    if news.worth is not None and news.bound is not None and not news.final:
        part = news.worth / news.bound if news.bound > 0 else 1.0
        found = (
            f" Worth {news.worth:.2f} places by now; no plan can be worth more than {news.bound:.2f} "
            f"({per_cent(max(0.0, part))} of that)."
        )
    if not news.final:
        return f'<p class="busy">{escape(news.stage[:1].upper() + news.stage[1:])}, {news.seconds:.1f} s.{found}</p>'
    if news.file is None:
        return f"<p>{escape(news.stage[:1].upper() + news.stage[1:])}.</p>"
    proven = news.file.plan.status is PlanStatus.OPTIMAL
    how = "Stopped: this is the best plan so far" if news.stopped and not proven else "The search has ended"
    return f'<p class="quiet">{how}, after {news.seconds:.1f} s.</p>'


def _history(history: Sequence[Answer], file: PlanFile | None, *, live: bool) -> str:
    if not history:
        return ""
    lines = ""
    for at in reversed(range(len(history))):
        answer = history[at]
        plan = answer.file.plan
        now = answer.file is file
        act = f' data-row data-do="again" data-at="{at}" data-key="again-{at}" tabindex="-1"' if live else ""
        mark = ' class="chosen" aria-current="true"' if now else ""
        none = not plan.assignments and plan.status in (PlanStatus.INFEASIBLE, PlanStatus.TIMED_OUT)
        cells = [
            f'<th scope="row">{at + 1}. {escape(answer.what)}</th>',
            cell("no plan" if none else per_cent(plan.coverage), "number"),
            cell("" if none else per_cent(plan.coverage_bound), "number"),
            cell(number(round(plan.cost), plan.currency), "number"),
            cell(number(round(plan.hours)), "number"),
            cell(str(sum(item.places for item in plan.unmet)), "number"),
            cell(f"{answer.seconds:.1f} s", "number"),
        ]
        lines += f"<tr{mark}{act}>{''.join(cells)}</tr>"
    hint = ' <span class="quiet">choose one to go back to it</span>' if live else ""
    head = heads("What was changed", ">Covers", ">At most", ">Spent", ">Hours", ">Empty places", ">Took")
    return f'<h4>Answers so far{hint}</h4><div class="wide"><table data-list>{head}<tbody>{lines}</tbody></table></div>'

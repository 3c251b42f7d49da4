"""Pathways to choose from, side by side: what each is best at, what it takes, and what it trades for that."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.domain.answer import Status
from skillmatch.domain.pathway import Pace, Pathway, Step, costs_of
from skillmatch.widgets.html import cell, escape, heads, number, row, share


def routes_html(pathway: Pathway, pace: Pace) -> str:
    """The pathway and its alternatives as one table, the steps of the first below."""
    title = f"<h4>Pathways with {number(pace.hours_per_week)} hours a week within {pace.weeks} weeks</h4>"
    if not pathway.steps:
        return title + f"<p>{why_none(pathway)}</p>"
    lines = [_line("Best overall", pathway.names, pathway.steps, pathway.coverage_after, pathway.certainty, "")]
    lines += [
        _line("", item.names, item.steps, item.coverage_after, item.certainty, item.trade_off)
        for item in pathway.alternatives
    ]
    head = heads("Pathway", ">Covered", ">Certain", ">Hours", ">Cost", "Done")
    proof = (
        "No pathway is better."
        if pathway.proven
        else f"No pathway covers more than {share(min(1.0, pathway.coverage_after + pathway.gap_to_best))}."
    )
    careful = f" Be careful: {escape(pathway.detail)}." if pathway.status is Status.INSUFFICIENT_DATA else ""
    return (
        f"{title}<p>From {share(pathway.coverage_before)} covered. {proof}{careful}</p>"
        f'<div class="wide"><table>{head}<tbody>{"".join(lines)}</tbody></table></div>{remarks_html(pathway)}'
    )


def remarks_html(pathway: Pathway) -> str:
    """What else is to be known about it."""
    if not pathway.remarks:
        return ""
    items = "".join(f"<li>{escape(item.title)}: {escape(item.detail)}</li>" for item in pathway.remarks)
    return f'<details data-key="remarks"><summary>{len(pathway.remarks)} remarks</summary><ul>{items}</ul></details>'


def why_none(pathway: Pathway) -> str:
    """Why there is no pathway, and what would help."""
    match pathway.status:
        case Status.NOTHING_TO_CLOSE:
            return "Every requirement of the role is met: there is nothing to do."
        case Status.INSUFFICIENT_DATA:
            return f"This cannot be judged: {escape(pathway.detail)}."
        case _:
            return f"There is none: {escape(pathway.detail)}. Allow more hours, weeks or money."


def named(names: Sequence[str], otherwise: str) -> str:
    """What a pathway is called: what it is best at."""
    return ", ".join(names).capitalize() if names else otherwise


def cost_text(steps: Sequence[Step]) -> str:
    """What some steps cost, a sum for each currency; what is not stated is said."""
    costs = costs_of(steps)
    unstated = sum(step.cost is None for step in steps)
    text = " and ".join(number(amount, currency) for currency, amount in costs.items() if amount) or (
        "" if unstated else "free"
    )
    return f"{text} ({unstated} not stated)".strip() if unstated else text


def _line(
    default: str, names: Sequence[str], steps: Sequence[Step], covered: float, certainty: float, trade_off: str
) -> str:
    titles = " → ".join(escape(step.title) for step in steps)
    trade = f"<br>{escape(trade_off)}" if trade_off else ""
    best = named(names, default or "Another one")
    figures = row(
        [
            f'<th scope="row">{escape(best)}</th>',
            cell(share(covered), "number"),
            cell(share(certainty), "number"),
            cell(number(sum(step.hours for step in steps)), "number"),
            cell(escape(cost_text(steps)), "number"),
            cell(f"{max(step.end for step in steps)}", "day"),
        ]
    )
    return f'{figures}<tr class="more"><td class="quiet" colspan="6">{titles}{trade}</td></tr>'

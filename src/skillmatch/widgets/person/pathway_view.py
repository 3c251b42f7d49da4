"""A pathway as one HTML table: what to do when, and how far it leads."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.domain.advice.pathway import Pace, Pathway, Step, costs_of
from skillmatch.domain.base.answer import Status
from skillmatch.widgets.kit.html import box, cell, escape, heads, number, row, share


def pathway_html(pathway: Pathway, pace: Pace) -> str:
    """The steps in order, with the coverage before and after them, at the pace that was asked for."""
    title = f"<h3>Pathway with {number(pace.hours_per_week)} hours a week for {pace.weeks} weeks</h3>"
    if not pathway.steps:
        return box(title, f"<p>{_why_none(pathway)}</p>")
    last = max(step.end for step in pathway.steps)
    caption = (
        f"<caption>From {share(pathway.coverage_before)} to {share(pathway.coverage_after)} covered in "
        f"{number(pathway.hours)} hours, done on {last}.</caption>"
    )
    head = heads(">Step", "Credential", "From", "To", ">Hours", ">Cost", ">Covered after")
    body = "".join(_row(place, step) for place, step in enumerate(pathway.steps, start=1))
    assumed = any(not step.hours_stated for step in pathway.steps)
    note = '<p class="quiet">* not stated in the catalogue; assumed</p>' if assumed else ""
    careful = f"<p>Be careful: {escape(pathway.detail)}</p>" if pathway.status is Status.INSUFFICIENT_DATA else ""
    return box(title, careful, f"<table>{caption}{head}<tbody>{body}</tbody></table>", note)


def _row(place: int, step: Step) -> str:
    return row(
        [
            cell(str(place), "number"),
            f'<th scope="row">{escape(step.title)}</th>',
            cell(f"{step.start}", "day"),
            cell(f"{step.end}", "day"),
            cell(number(step.hours) + ("" if step.hours_stated else "*"), "number"),
            cell("free" if step.cost == 0 else number(step.cost, "" if step.cost is None else step.currency), "number"),
            cell(share(step.coverage_after), "number"),
        ]
    )


def _why_none(pathway: Pathway) -> str:
    match pathway.status:
        case Status.NOTHING_TO_CLOSE:
            return "Every requirement of the role is met: there is nothing to do."
        case Status.INSUFFICIENT_DATA:
            return f"This cannot be judged: {escape(pathway.detail)}."
        case _:
            return f"There is none: {escape(pathway.detail)}. Allow more hours, weeks or money."


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

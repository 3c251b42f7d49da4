"""A pathway as one HTML table: what to do when, and how far it leads."""

from __future__ import annotations

from skillmatch.domain.answer import Status
from skillmatch.domain.pathway import Pace, Pathway, Step
from skillmatch.widgets.html import box, cell, escape, heads, number, row, share


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

"""Recommendations as one HTML table with their reasons, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.domain.advice.advice import Advice, Exclusion, ExclusionReason, Reason, Recommendation
from skillmatch.domain.base.answer import Status
from skillmatch.domain.catalogue.credential import Basis
from skillmatch.widgets.kit.html import box, cell, escape, heads, number, row, share

_NOTHING = {
    Status.NOTHING_TO_CLOSE: "Every requirement of the role is met: there is nothing to close.",
    Status.NOTHING_FITS: "Nothing in the catalogue fits this person and role.",
    Status.NO_RECOMMENDATION: "Nothing in the catalogue that would help may be taken now. See below what was left out.",
    Status.INSUFFICIENT_DATA: "This cannot be judged: complete the role's requirements or the person's evidence first.",
}

_LEFT_OUT = {
    ExclusionReason.HELD: "held already",
    ExclusionReason.IN_PROGRESS: "begun already",
    ExclusionReason.EQUIVALENT_HELD: "an equivalent one is held or begun",
    ExclusionReason.PRIOR_LEARNING: "its learning is recognised",
    ExclusionReason.PREREQUISITE_MISSING: "something else is needed first",
    ExclusionReason.TOO_LONG: "takes more hours than the limit",
    ExclusionReason.TOO_EXPENSIVE: "costs more than the limit",
    ExclusionReason.OTHER_CURRENCY: "costs in a currency that cannot be compared",
    ExclusionReason.WRONG_LANGUAGE: "taught in another language",
    ExclusionReason.EXPIRED: "no longer on offer",
    ExclusionReason.NOT_YET_ON_OFFER: "not yet on offer",
    ExclusionReason.NO_COHORT: "no cohort to join",
    ExclusionReason.NO_SEATS: "no seats left",
    ExclusionReason.DISPUTED: "they objected to it, and that was upheld",
}

_SHOWN_EACH = 10


def advice_html(advice: Advice) -> str:
    """The recommendations, best first; each says what it adds, what it asks for, and why it stands where it does."""
    note = ""
    if advice.status is Status.INSUFFICIENT_DATA and advice.recommendations:
        note = "<p>Little is known about this person; what follows supposes that they can do nothing of it yet.</p>"
    if not advice.recommendations:
        table = f"<p>{_NOTHING.get(advice.status, 'There is nothing to recommend.')}</p>"
    else:
        head = heads("Credential", ">Adds", ">Hours", ">Cost", "Why", ">Score")
        body = "".join(_row(item) for item in advice.recommendations)
        caption = "<caption>Best first: what each adds to the role for its hours and cost. A person decides.</caption>"
        table = f"<table>{caption}{head}<tbody>{body}</tbody></table>"
    return box("<h3>Recommended credentials</h3>", note, table, _excluded(advice.excluded))


def _row(item: Recommendation) -> str:
    issuer = f'<br><span class="quiet">{escape(item.issuer)}</span>' if item.issuer else ""
    cost = "free" if item.cost == 0 else number(item.cost, item.currency if item.cost is not None else "")
    reasons = "".join(f"<li>{_because(reason)}</li>" for reason in item.reasons)
    return row(
        [
            f'<th scope="row">{escape(item.title)}{issuer}</th>',
            cell(share(item.gain), "number"),
            cell(number(item.hours), "number"),
            cell(cost, "number"),
            cell(f"<ul>{reasons}</ul>"),
            cell(f"{item.score:.4f}", "number"),
        ]
    )


def _because(reason: Reason) -> str:
    if reason.level_after is None:
        return f'{escape(reason.label)} <span class="quiet">+{reason.contribution:.4f}</span>'
    before = "?" if reason.level_before is None else number(round(reason.level_before, 1))
    step = f"{escape(reason.label)}: level {before} to {number(round(reason.level_after, 1))}"
    basis = "" if reason.basis is Basis.STATED else f", inferred ({share(reason.probability)} sure)"
    return f'{step}{basis} <span class="quiet">+{reason.contribution:.4f}</span>'


def _excluded(excluded: Sequence[Exclusion]) -> str:
    if not excluded:
        return ""
    items = []
    for reason, words in _LEFT_OUT.items():
        found = [item for item in excluded if item.reason is reason]
        shown = "".join(
            f"<li>{escape(item.title)}: {escape(item.detail)}</li>" if item.detail else f"<li>{escape(item.title)}</li>"
            for item in found[:_SHOWN_EACH]
        )
        more = f"<li>and {len(found) - _SHOWN_EACH} more</li>" if len(found) > _SHOWN_EACH else ""
        if found:
            items.append(f"<li>{words} ({len(found)})<ul>{shown}{more}</ul></li>")
    plural = "credential" if len(excluded) == 1 else "credentials"
    summary = f"Left out: {len(excluded)} {plural} that would also help, and why"
    return f"<details><summary>{summary}</summary><ul>{''.join(items)}</ul></details>"

"""Whether soft and technical skills fare alike, and units too, as HTML; every figure with what it does not say."""

from __future__ import annotations

from skillmatch.domain.parity import Parity
from skillmatch.domain.selection import FOUR_FIFTHS, Selection
from skillmatch.domain.skill import SkillType
from skillmatch.domain.team import MINIMUM_GROUP
from skillmatch.widgets.html import cell, escape, heads, row, share
from skillmatch.widgets.plan_words import people, per_cent

TYPES = {
    SkillType.SKILL: "Technical skills",
    SkillType.KNOWLEDGE: "Knowledge",
    SkillType.TRANSVERSAL: "Soft (transversal) skills",
}
_NEAR = 0.1


def parity_html(parity: Parity, role: str) -> str:
    """What people lack of each type of skill against what they are offered of it."""
    whom = f"everybody, towards {escape(role)}" if role else "everybody, each towards their own role"
    title = f'<h4>Soft and technical skills <span class="quiet">{whom}</span></h4>'
    if not parity.lines:
        return f'{title}<div class="aside"><strong>{parity.status.value}</strong>: {escape(parity.detail)}.</div>'
    body = "".join(
        row(
            [
                f'<th scope="row">{TYPES[line.skill_type]}</th>',
                cell(per_cent(line.share_of_gap), "number"),
                cell(_bar(line.share_of_gap)),
                cell(per_cent(line.share_of_closure), "number"),
                cell(_bar(line.share_of_closure)),
                cell("not told" if line.ratio is None else f"{line.ratio:.2f}", "number"),
                cell(_said(line.ratio)),
            ]
        )
        for line in parity.lines
    )
    head = heads("", ">Of what is lacking", "", ">Of what is offered", "", ">Ratio", "")
    return (
        f'{title}<div class="wide"><table>{head}<tbody>{body}</tbody></table></div>'
        f'<p class="quiet">Over {people(parity.people or 0)} who lack something, as of {parity.as_of}. A ratio of 1 is '
        "parity; below, a type gets less than it lacks. The catalogue may be the reason, not the ranking: see what it "
        "teaches.</p>"
    )


def _said(ratio: float | None) -> str:
    if ratio is None:
        return "nothing of it is lacking, or nothing is offered"
    if abs(ratio - 1) <= _NEAR:
        return "✓ about alike"
    return "▼ offered less than it is lacking" if ratio < 1 else "▲ offered more than it is lacking"


def _bar(part: float) -> str:
    return f'<span class="stack" aria-hidden="true"><i style="width:{part:.1%}"></i></span>'


def selection_html(selection: Selection | None) -> str:
    """Whom a plan takes, by unit, with the signal of four fifths."""
    title = "<h4>Whom a plan takes</h4>"
    if selection is None:
        return f"{title}<p>Set <code>plan</code> to see how many of each unit it trains, moves or recognises.</p>"
    hidden = (
        f'<p class="quiet">{people(selection.hidden)} are left out: their groups have fewer than '
        f"{MINIMUM_GROUP} people.</p>"
        if selection.hidden
        else ""
    )
    named = f'<h4>Whom a plan takes <span class="quiet">{escape(selection.scenario)}</span></h4>'
    if not selection.lines:
        told = f"<strong>{selection.status.value}</strong>: {escape(selection.detail)}."
        return f'{named}<div class="aside">{told}</div>{hidden}'
    body = "".join(
        row(
            [
                f'<th scope="row">{escape(line.unit or "No unit")}</th>',
                cell(f"{line.selected} of {line.people}", "number"),
                cell(share(line.rate), "number"),
                cell(_rate(line.rate, selection.lines[0].rate)),
                cell(f"{line.ratio:.2f}", "number"),
                cell("⚠ below four fifths" if line.signal else "✓ within four fifths"),
            ]
        )
        for line in selection.lines
    )
    head = heads("Unit", ">Taken", ">Rate", "", ">To the highest", "")
    return (
        f'{named}<div class="wide"><table>{head}<tbody>{body}</tbody></table></div>'
        f'<ul class="legend"><li>┃ four fifths of the highest rate</li></ul>{hidden}'
        '<p class="quiet">A rate below four fifths of the highest one is a signal to look, not a finding: units differ '
        "in what was asked of them, and small units swing by one person. The workspace holds units only; age, gender "
        "and the like are not in it, so nothing is said about them.</p>"
    )


def _rate(rate: float, best: float) -> str:
    """A bar, and a mark at four fifths of the highest rate."""
    return (
        f'<span class="stack" aria-hidden="true"><i style="width:{rate:.1%}"></i>'
        f'<b style="left:{FOUR_FIFTHS * best:.1%}"></b></span>'
    )

"""A review as HTML: the texts, the skills that the current one may mean, and the decisions that wait to be saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skillmatch.domain.skills.feedback import Decision, Verdict
from skillmatch.domain.text.extraction import Extraction, LeftOut, Mention
from skillmatch.domain.text.link import Link, LinkAnswer, LinkBasis
from skillmatch.domain.text.review import DoubtfulText, DoubtfulTexts
from skillmatch.widgets.kit.forms import button, keys
from skillmatch.widgets.kit.html import box, cell, escape, heads, share

KEYS = {"a": "accept", "p": "pin", "r": "reject", "b": "block", "n": "next", "z": "undo"}

_SIGNS = {Verdict.ACCEPT: "✓", Verdict.PIN: "★", Verdict.REJECT: "✕", Verdict.BLOCK: "∅"}

_BASES = {
    LinkBasis.EXACT: "its name",
    LinkBasis.LEXICAL: "its spelling",
    LinkBasis.SEMANTIC: "its meaning",
    LinkBasis.BROADER: "a broader skill",
    LinkBasis.HUMAN: "a decision",
}


def review_html(
    queue: DoubtfulTexts,
    place: int,
    answer: LinkAnswer | None,
    pending: Sequence[Decision],
    labels: Mapping[str, str],
    turn: int,
    *,
    live: bool,
) -> str:
    """The whole review; not ``live`` without anything to press."""
    if not queue.items and not pending:
        return box("<p>There is nothing to review: " + escape(queue.headline()) + ".</p>")
    left = _texts(queue, place, pending, live=live)
    right = "" if answer is None else _current(queue.items[place], answer, pending, live=live)
    waiting = _pending(pending, labels, live=live)
    told = escape(queue.headline())
    return box(
        f'<div data-turn="{turn}"><h3>{told[:1].upper()}{told[1:]}</h3>'
        f'<div class="columns"><div>{left}</div><div>{right}{waiting}</div></div></div>'
    )


def _texts(queue: DoubtfulTexts, place: int, pending: Sequence[Decision], *, live: bool) -> str:
    signs: dict[str, str] = {}
    for made in pending:
        signs[made.text] = signs.get(made.text, "") + _SIGNS[made.verdict]
    known = any(item.title for item in queue.items)  # texts of one's own are taken to mean nothing yet
    body = "".join(
        _text(number, item, number == place, signs.get(item.text, ""), known=known, live=live)
        for number, item in enumerate(queue.items)
    )
    head = heads("Text", *(["Taken to mean now", ">Stands in"] if known else []), "Decided")
    return f'<div class="scrolls" data-scroll><table>{head}<tbody data-list>{body}</tbody></table></div>'


def _text(number: int, item: DoubtfulText, current: bool, signs: str, *, known: bool, live: bool) -> str:
    now = (
        '<span class="quiet">nothing</span>'
        if item.label is None
        else f'{escape(item.label)} <span class="quiet">({share(item.probability)} sure)</span>'
    )
    act = (
        f' data-row tabindex="{0 if current else -1}" data-do="go" data-at="{number}" data-key="text-{number}"'
        if live
        else ""
    )
    mark = ' class="chosen" aria-current="true"' if current else ""
    more = cell(now) + cell(f"{item.count:,}", "number") if known else ""
    return f'<tr{mark}{act}><th scope="row">{escape(item.text)}</th>{more}{cell(signs)}</tr>'


def _current(item: DoubtfulText, answer: LinkAnswer, pending: Sequence[Decision], *, live: bool) -> str:
    where = f' <span class="quiet">in {escape(item.title)}</span>' if item.title else ""
    made = {one.skill_id: one.verdict for one in pending if one.text == item.text}
    rows = "".join(
        _candidate(number, link, made.get(link.skill_id), live=live) for number, link in enumerate(answer.links)
    )
    head = heads("It may mean", ">Probability", "Because of", *(["Decide"] if live else []))
    table = f"<table>{head}<tbody data-list>{rows}</tbody></table>" if rows else "<p>No skill comes near.</p>"
    degraded = "<p>The encoder is not available: only names and letters were compared.</p>" if answer.degraded else ""
    help_ = ""
    if live:
        words = {"a": "accept", "p": "pin", "r": "reject", "b": "means no skill", "n": "go on", "z": "undo"}
        listed = " ".join(f"<span><kbd>{key}</kbd> {word}</span>" for key, word in words.items())
        help_ = (
            f'<div class="tools">{button("Means no skill", "block", key="block")}{button("Go on", "next", key="next")}'
            f'<span class="quiet">{listed}</span></div>'
        )
    return f'<div {keys(KEYS)}><h4>"{escape(item.text)}"{where}</h4>{degraded}{table}{help_}</div>'


def _candidate(number: int, link: Link, verdict: Verdict | None, *, live: bool) -> str:
    sign = "" if verdict is None else f"{_SIGNS[verdict]} "
    cells = [
        f'<th scope="row">{sign}{escape(link.label)}</th>',
        cell(share(link.probability), "number"),
        cell(_BASES[link.basis]),
    ]
    act = ""
    if live:
        first = " data-first" if number == 0 else ""
        act = f' data-row tabindex="{0 if number == 0 else -1}" data-at="{number}" data-key="candidate-{number}"{first}'
        buttons = " ".join(
            button(word, word.lower(), number, title=f"{word} {link.label}") for word in ("Accept", "Pin", "Reject")
        )
        cells.append(cell(buttons))
    return f"<tr{act}>{''.join(cells)}</tr>"


def _to(made: Decision, labels: Mapping[str, str]) -> str:
    return f" → {escape(labels.get(made.skill_id, made.skill_id))}" if made.skill_id else ""


def _pending(pending: Sequence[Decision], labels: Mapping[str, str], *, live: bool) -> str:
    if not pending:
        return '<p class="quiet">Nothing is decided that is not saved.</p>' if live else ""
    items = "".join(
        f"<li>{_SIGNS[made.verdict]} {made.verdict.value}: {escape(made.text)}{_to(made, labels)}</li>"
        for made in reversed(pending)
    )
    count = "1 decision is" if len(pending) == 1 else f"{len(pending)} decisions are"
    buttons = button("Save", "save", key="save", kind="main") + button("Undo the last", "undo", key="undo")
    act = f'<div class="tools">{buttons}</div>' if live else ""
    return f'<div class="aside"><p><strong>{count} not saved yet.</strong></p><ul>{items}</ul>{act}</div>'


_MARKS = """\
<style>
.skillmatch .text { white-space: pre-wrap; margin: 4px 0 8px; max-width: 90ch; }
.skillmatch mark { color: inherit; background: none; border-bottom: 3px solid #009e73; }
.skillmatch mark b { font-weight: 400; font-size: 11px; color: var(--jp-content-font-color2, #566072); padding: 0 2px; }
.skillmatch del { color: var(--jp-content-font-color2, #566072); }
</style>"""


@dataclass(frozen=True)
class Annotated:
    """Shows an extraction as its own text; the table of its skills is the extraction itself."""

    extraction: Extraction

    def __repr__(self) -> str:
        return f"<Annotated: {self.extraction.headline()}>"

    def _repr_html_(self) -> str:
        pieces: list[Mention | LeftOut] = [*self.extraction.mentions, *self.extraction.left_out]
        text, at, made = self.extraction.text, 0, []
        for piece in sorted(pieces, key=lambda piece: (piece.start, -piece.end)):
            if piece.start >= at:  # what lies within another piece is told by that one
                made += [escape(text[at : piece.start]), _marked(piece)]
                at = piece.end
        made.append(escape(text[at:]))
        about = f"{escape(self.extraction.headline())}. Underlined: read as a skill. Struck through: left out, and why."
        return box(_MARKS, f"<p>{about}</p>", f'<div class="text">{"".join(made)}</div>')


def _marked(piece: Mention | LeftOut) -> str:
    if isinstance(piece, LeftOut):
        return f'<del>{escape(piece.quote)}</del> <span class="quiet">({piece.reason.value.replace("_", " ")})</span>'
    told = f"{escape(piece.link.label)}, {share(piece.link.probability)}"
    return f"<mark>{escape(piece.quote)} <b>[{told}]</b></mark>"

"""A text as it was read: its skills marked where they stand, and what was left out with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatch.domain.extraction import Extraction, LeftOut, Mention
from skillmatch.widgets.html import box, escape, share

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

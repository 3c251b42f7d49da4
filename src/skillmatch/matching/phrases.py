"""Phrases: where in a long text single skills may be named; the first step of reading descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillmatch.matching.boilerplate import is_boilerplate
from skillmatch.matching.words import has_content

_SENTENCE_END = re.compile(r"[\r\n]+|(?<=[.!?;])\s+|\s[•·▪●◦‣*–—-]\s|^[•·▪●◦‣*–—-]\s?|[•▪●◦‣]")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|incl|approx|dept|no|vs|dr|mr|ms|st|[a-z])\.)$", re.IGNORECASE)
_COMMA = re.compile(r"\s*[,:|]\s+|\s*;\s*|\s+/\s+")
_AND = re.compile(r"\s+(?:and|or|&|as well as)\s+", re.IGNORECASE)
_EDGE = " \t\r\n\f\v.,;:!?•·▪●◦‣*–—-|\"'“”‘’()[]\u00a0"
_OPENING = re.compile(r"(?:and|or|as well as)\s+", re.IGNORECASE)

Phrase = tuple[int, int, str]


def phrases(text: str) -> list[Phrase]:
    """The parts of a text that may each name a skill, as (start, end, phrase) in order, none overlapping.

    ``text[start:end] == phrase`` always. Sentences, lines and bullets are cut apart; a sentence with a list is cut
    at its commas, and its last item also at "and". Boilerplate sentences and parts without letters are left out.
    """
    found: list[Phrase] = []
    for start, end in sentences(text):
        if not is_boilerplate(text[start:end]):
            for left, right in items(text, start, end):
                left, right = trimmed(text, left, right)
                if has_content(text[left:right]):
                    found.append((left, right, text[left:right]))
    return found


def prose(text: str) -> list[Phrase]:
    """The sentences that :func:`phrases` cuts into items, each whole: together the items may describe one skill."""
    found: list[Phrase] = []
    for start, end in sentences(text):
        if not is_boilerplate(text[start:end]) and len(list(items(text, start, end))) > 1:
            left, right = trimmed(text, start, end)
            if has_content(text[left:right]):
                found.append((left, right, text[left:right]))
    return found


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, line or bullet."""
    start = 0
    for gap in _SENTENCE_END.finditer(text):
        if _ABBREVIATION.search(text, start, gap.start()) and not text[gap.start() : gap.end()].count("\n"):
            continue
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of a list, or the sentence as it is. "A, B and C" has three; "A and B" is one: it may be a name."""
    bounds = [start]
    for comma in _COMMA.finditer(text, start, end):
        bounds += [comma.start(), comma.end()]
    bounds.append(end)
    parts = list(zip(bounds[::2], bounds[1::2], strict=True))
    if len(parts) > 1:
        left, right = parts.pop()
        opening = _OPENING.match(text, left, right)
        joint = None if opening else _AND.search(text, left, right)
        parts += (
            [(left, joint.start()), (joint.end(), right)] if joint else [(opening.end() if opening else left, right)]
        )
    yield from parts


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without blanks and punctuation at the ends; a dot that opens a word (.NET) stays."""
    while start < end and text[start] in _EDGE and not (text[start] == "." and text[start + 1 : start + 2].isalpha()):
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end

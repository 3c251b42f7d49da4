"""Blocks: a text cut into bullets, paragraphs and sentences, each under the heading that governs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skillmatch.domain.text.extraction import Reason
from skillmatch.matching.boilerplate import boilerplate_reason
from skillmatch.matching.extraction.headings import LEFT_OUT, Heading, heading_of, known_heading
from skillmatch.matching.words import has_content

_LINE = re.compile(r"[^\r\n]+")
_BULLET = re.compile(r"\s*(?:[•·▪●◦‣*–—-]|\d{1,2}[.)]|[o✓✔➢►])\s+|\s*[•▪●◦‣✓✔]")
_RULE = re.compile(r"[\s=\-_*~|]+")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\s[•·▪●◦‣*–—-]\s|[•▪●◦‣]|\s\|\s")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|incl|approx|dept|min|no|vs|dr|mr|ms|st|yrs|[a-z])\.)$", re.IGNORECASE
)
_LABEL = re.compile(r"\s*(?:\*\*|__)?([^\r\n:•]{2,60}?)(?:\*\*|__)?:(?:\*\*|__)?\s+(?=\S)")
_DASHES = ("-", "–", "—")
_AMOUNT = re.compile(
    r"\(?(?:\d|[ABC][12]\b|expert|advanced|fluent|proficient|good|very good|basic|native|intermediate|beginner)",
    re.IGNORECASE,
)
LEAST_WRAPPED = 40  # characters of a line that may have been wrapped; shorter ones end where their writer wanted
MOST_SENTENCE = 600  # characters; longer runs of words are read in pieces


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or bullet at ``start`` to ``end``, the heading that governs it, and why it is not read, if so."""

    start: int
    end: int
    heading: Heading
    reason: Reason | None = None


def sentences_of(text: str) -> Iterator[Sentence]:
    """The sentences of a text in order, none overlapping, without those that hold no letter and without usual headings.

    A heading governs until the next one of its depth or less. A usual heading on the same line ("Nice to have: Docker")
    governs only that line. Lines that were broken in mid-sentence are read as one.
    """
    governing = Heading()
    for start, end, bullet in _blocks(text):
        line = text[start:end]
        heading = None if bullet else heading_of(line)
        if heading is not None:
            governing = _governing(governing, heading)
            if not heading.known and heading.level is None and governing.section not in LEFT_OUT:
                yield from _read(text, start, end, governing)  # it may name a skill itself
            continue
        label = _LABEL.match(line[:80])
        own = known_heading(label[1]) if label else None
        if label is not None and own is not None:
            yield from _read(text, start + label.end(), end, own)
        else:
            yield from _read(text, start, end, governing)


def _governing(before: Heading, heading: Heading) -> Heading:
    """A heading of unknown meaning keeps what the one above it says: "Technical:" under "Requirements"."""
    if heading.known:
        return heading
    below = heading.depth == 0 or heading.depth > before.depth
    if below and before.known:
        return Heading(before.section, before.demand, heading.level, before.depth, known=True)
    return heading


def _read(text: str, start: int, end: int, heading: Heading) -> Iterator[Sentence]:
    whole = LEFT_OUT.get(heading.section)
    for left, right in _sentences(text, start, end):
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        if left < right and has_content(text[left : min(right, left + 2_000)]):
            yield Sentence(left, right, heading, boilerplate_reason(text[left:right]) or whole)


def _blocks(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each line and whether it is a bullet; lines broken in mid-sentence are joined."""
    start, end, bullet = -1, -1, False
    for found in _LINE.finditer(text):
        line = found[0]
        if _RULE.fullmatch(line):
            continue
        mark = _BULLET.match(line)
        if start >= 0 and mark is None and _goes_on(text, start, end, found.start(), line):
            end = found.end()
            continue
        if start >= 0:
            yield start, end, bullet
        start, end, bullet = found.start() + (mark.end() if mark else 0), found.end(), mark is not None
    if start >= 0:
        yield start, end, bullet


def _goes_on(text: str, start: int, end: int, next_start: int, line: str) -> bool:
    """Whether a line goes on the one before it: that is long and unfinished, this begins with a small letter."""
    gap = text[end:next_start].replace("\r\n", "\n")
    last_line = end - max(text.rfind("\n", start, end) + 1, start)
    first = line.lstrip()[:1]
    return len(gap) == 1 and last_line >= LEAST_WRAPPED and first.islower() and text[end - 1] not in ".!?:;"


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for gap in _SENTENCE_END.finditer(text, start, end):
        if gap[0].isspace() and _ABBREVIATION.search(text, max(start, gap.start() - 8), gap.start()):
            continue
        if gap[0].strip() in _DASHES and _AMOUNT.match(text, gap.end(), end):
            continue  # "Excel - advanced"
        yield from _pieces(text, start, gap.start())
        start = gap.end()
    yield from _pieces(text, start, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run of words too long for a sentence in pieces that end with a word; one endless word stays whole."""
    while end - start > MOST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + MOST_SENTENCE)
        if cut < 0:
            cut = text.find(" ", start + MOST_SENTENCE, end)
            if cut < 0:
                break
        yield start, cut
        start = cut + 1
    yield start, end

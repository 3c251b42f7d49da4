"""Places: everything in a sentence that is to be linked: the names in it, and the phrases that may mean a skill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skillmatch.matching.extraction.blocks import Sentence
from skillmatch.matching.extraction.names_in_text import MAX_WORD, PLAIN, NamedPlace, names_in
from skillmatch.matching.names import NameTable
from skillmatch.matching.phrases import items, trimmed
from skillmatch.matching.words import content_words, has_content, words

_JOINT = re.compile(r"\s+(?:and|or|&|as well as)\s+", re.IGNORECASE)
_NO_CONTENT = re.compile(
    r"[\d.,+%/-]+|senior|junior|[abc][12]|hybrid|remote(?:ly)?|on-?site|(?:full|part)[- ]?time|permanent|temporary"
)
_WORD = re.compile(r"\S+")
_TRIMMED = PLAIN - {"working", "professional", "practical", "first"}  # "working at the till", "first contact"
MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list or one plain sentence: its span, its parts around "and", and the names that stand in it.

    ``parts`` is empty for an item without "and"; ``linked`` is False where its names say all there is.
    """

    start: int
    end: int
    parts: tuple[tuple[int, int], ...]
    names: tuple[NamedPlace, ...]
    linked: bool

    def spans(self) -> Iterator[tuple[int, int]]:
        """What is linked of it beside its names: the item itself, then its parts."""
        if self.linked:
            yield self.start, self.end
            yield from self.parts


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence with its items."""

    sentence: Sentence
    items: tuple[Item, ...]

    @property
    def size(self) -> int:
        """How many places of it are looked at."""
        return sum(len(item.names) + (1 + len(item.parts)) * item.linked for item in self.items)


def read_sentence(text: str, sentence: Sentence, table: NameTable) -> ReadSentence:
    """Cut a sentence into items and find the names in it. Words of more than 60 characters are never linked."""
    names = names_in(text, sentence.start, sentence.end, table)
    found = []
    for left, right in items(text, sentence.start, sentence.end):
        start, end = _core(text, left, right, names)
        if start >= end or not has_content(text[start:end]):
            continue
        within = tuple(name for name in names if start <= name.start and name.end <= end)
        rest = _rest(text, start, end, within)
        linked = bool(rest) and all(len(word) <= MAX_WORD for word in rest)
        found.append(Item(start, end, _parts(text, start, end, names) if linked else (), within, linked))
    # a name that goes over the end of an item (a comma inside brackets) is still a name
    held = {name for item in found for name in item.names}
    found += [Item(name.start, name.end, (), (name,), False) for name in names if name not in held]
    return ReadSentence(sentence, tuple(found))


def rest_of(text: str, start: int, end: int, names: tuple[NamedPlace, ...]) -> list[str]:
    """The stemmed words of a span that are in none of the names meant, frame nothing and are no amount."""
    return content_words(_rest(text, start, end, names))


def _rest(text: str, start: int, end: int, names: tuple[NamedPlace, ...]) -> list[str]:
    pieces, at = [], start
    for name in names:
        if name.meant:
            pieces.append(text[at : name.start])
            at = name.end
    pieces.append(text[at:end])
    return [word for word in words(" ".join(pieces)) if word not in PLAIN and not _NO_CONTENT.fullmatch(word)]


def _core(text: str, start: int, end: int, names: Sequence[NamedPlace]) -> tuple[int, int]:
    """A phrase without what only frames it at its ends ("very good knowledge of ... is desirable"); brackets closed.

    Frames would be compared with the words of labels: "knowledge" alone brings "Product range knowledge" near.
    """
    start, end = trimmed(text, start, right := end)
    found = [match for match in _WORD.finditer(text, start, end) if words(match[0])]
    told = [match for match in found if any(word not in _TRIMMED for word in words(match[0]))]
    if told:
        first, last = told[0].start(), told[-1].end()
        first = min([first, *(name.start for name in names if start <= name.start < first)])
        last = max([last, *(name.end for name in names if last < name.end <= end)])
        start, end = trimmed(text, first, last)
    if end < right and text[end] == ")" and text.count("(", start, end) > text.count(")", start, end):
        end += 1
    return start, end


def _parts(text: str, start: int, end: int, names: Sequence[NamedPlace]) -> tuple[tuple[int, int], ...]:
    """What stands between the "and"s of an item; nothing where there is none, or there are too many."""
    joints = list(_JOINT.finditer(text, start, end))
    if not 0 < len(joints) < MOST_PARTS:
        return ()
    bounds = [start, *(edge for joint in joints for edge in joint.span()), end]
    parts = [_core(text, left, right, names) for left, right in zip(bounds[::2], bounds[1::2], strict=True)]
    return tuple((left, right) for left, right in parts if left < right and _rest(text, left, right, ()))

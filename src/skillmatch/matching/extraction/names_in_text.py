"""Names in text: where skills are named word for word, with exact places, and whether a name is meant as one.

"Go", "R", "lead" or "rest" are words before they are names. A name that is also a word of everyday English, or that is
one or two letters long, counts only where it stands alone in a list or a line, or where the words before it announce
a skill and it is written as its owner writes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from skillmatch.matching.names import MAX_MENTION_WORDS, NameTable
from skillmatch.matching.words import FRAME, loosened, words

MAX_WORD = 60  # characters; what is longer is no word of a name

_TOKEN = re.compile(r"[^\s,;:!?()\[\]{}\"“”„«»|•·*<>=/\\]+")
_HEAD = "'’‘-–—&.+#~"
_GAP = re.compile(r"[ \t\u00a0]{1,4}|[ \t]*\r?\n[ \t]*")
_EVERYDAY_TEXT = """
access ada angular ant apex assembly assist balance base basic board building care chef class clean coding com
communication concrete control cook cooking core cover dart design drive driving elm english excel express fishing
flash flask flow focus forth function go help html idea ink iron java judge julia key lead leading lean less light
lift listening logic love make mercury metal motion network nickel nursing office one order outlook paint paper pig
plan planning play powder power process processing project puppet python quality rag react reading reason record
report research rest root ruby run rust sales salt scala scale scratch sequel set shell sketch soft sound spark
speaking spring sport sports square stata steel stone sun swift table talk team tin tool train training travel
turning unity vision warehouse water web welcome wood word words work working writing zinc
"""
_PLAIN_TEXT = """
no not none never without prior previous needed need necessary expected wanted essential mandatory must should some
any much very basic basics advanced fluent fluency expert intermediate beginner native level good strong first
hands-on practical working professional using used use plus advantage desirable optional ideally nice helpful year
years yrs months least one two three four five six seven eight nine ten also would well at who more than
"""
_EVERYDAY = frozenset(_EVERYDAY_TEXT.split()) - frozenset(
    ["java", "python", "html", "english", "ruby", "scala", "julia", "stata", "nursing", "cooking", "welding", "coding"]
)
PLAIN = FRAME | frozenset(_PLAIN_TEXT.split())
"""Words that say how much of a skill is asked for, or only frame it, and never which one it is."""

_ANNOUNCED = re.compile(
    r"(?:\b(?:in|with|of|using|like|as|and|or|language|languages|framework|frameworks|tools?|know|knows|learn|write|"
    r"including|e\.g\.|code|programming|programmed|skills|stack|advanced|basic|modern|ms|microsoft|adobe|apache)|[:,/&+(–])\s*$",
    re.IGNORECASE,
)
_LANGUAGE_TALK = re.compile(
    r"\b(?:programm\w*|coding|code|scripts?|scripting|languages?|developer|development|software|statistic\w*|"
    r"engineers?|compilers?|embedded|back-?end|data)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A name of a skill that stands in a text, of a ``single`` word or several.

    ``common`` names are everyday words or letters too; ``meant`` says whether this one is plausible as a name here.
    """

    start: int
    end: int
    folded: str
    loose: str
    single: bool
    common: bool
    meant: bool = True


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    folded: str
    loose: str


def names_in(text: str, start: int, end: int, table: NameTable) -> list[NamedPlace]:
    """The names within a sentence, in order, the longest where they overlap; word boundaries are never cut."""
    found = _words(text, start, end)
    taken = [False] * len(found)
    places: list[tuple[int, int]] = []
    runs = _runs(text, found)
    for size in range(min(MAX_MENTION_WORDS, len(found)), 0, -1):
        for first in range(len(found) - size + 1):
            last = first + size - 1
            if runs[first] < last or any(taken[first : last + 1]):
                continue
            piece = found[first : last + 1]
            folded = " ".join(word.folded for word in piece)
            if all(word.folded in PLAIN for word in piece):
                continue  # "good knowledge" is no "goods knowledge"
            if folded in table.exact or " ".join(word.loose for word in piece if word.loose) in table.loose:
                taken[first : last + 1] = [True] * size
                places.append((first, last))
    places.sort()
    named = [_place(found, first, last) for first, last in places]
    return [replace(place, meant=is_plausible(text, start, end, place, named)) for place in named]


def is_plausible(text: str, start: int, end: int, place: NamedPlace, others: Sequence[NamedPlace]) -> bool:
    """Whether a name that may be an everyday word is meant as a name in the sentence at ``start`` to ``end``."""
    if not place.common:
        return True
    written = text[place.start : place.end]
    left, right = item_around(text, start, end, place.start, place.end)
    rest = [word for word in words(text[left : place.start] + " " + text[place.end : right]) if word not in PLAIN]
    whole_line = not [
        word for word in words(text[start : place.start] + " " + text[place.end : end]) if word not in PLAIN
    ]
    neighbours = any(not other.common and other != place for other in others)
    if len(written) <= 2:  # R, C, Go, AI: letters count sections and grades too
        if not written[:1].isupper():
            return False
        context = neighbours or _LANGUAGE_TALK.search(text, start, end) is not None
        announced = _ANNOUNCED.search(text, max(start, place.start - 16), place.start) is not None
        return whole_line or (context and (not rest or announced))
    if not rest:
        return True
    capital = written[:1].isupper() and place.start > start
    return capital and _ANNOUNCED.search(text, max(start, place.start - 16), place.start) is not None


_ITEM_BREAK = re.compile(r"[,;:|()\[\]/]|\s[–—-]\s|\b(?:and|or)\b|&", re.IGNORECASE)


def item_around(text: str, start: int, end: int, left: int, right: int) -> tuple[int, int]:
    """The item of a list that holds ``left`` to ``right`` within a sentence: up to the next comma, bracket or "and"."""
    begins = max((match.end() for match in _ITEM_BREAK.finditer(text, start, left)), default=start)
    found = _ITEM_BREAK.search(text, right, end)
    return begins, end if found is None else found.start()


def _place(found: Sequence[_Word], first: int, last: int) -> NamedPlace:
    piece = found[first : last + 1]
    folded = " ".join(word.folded for word in piece)
    loose = " ".join(word.loose for word in piece if word.loose)
    single = first == last
    common = single and (folded in _EVERYDAY or len(folded) <= 2)
    return NamedPlace(piece[0].start, piece[-1].end, folded, loose, single, common)


def _words(text: str, start: int, end: int) -> list[_Word]:
    """The words of :func:`skillmatch.matching.words.words`, each with its place."""
    found = []
    for match in _TOKEN.finditer(text, start, end):
        if match.end() - match.start() > MAX_WORD:
            found.append(_Word(match.start(), match.end(), "", ""))
            continue
        token = match[0]
        folded = words(token)
        if not folded:
            continue
        dotted = folded[0].startswith(".")
        left = len(token) - len(token.lstrip(_HEAD)) - dotted
        right = len(token.rstrip("'’‘-–—&.~…"))
        found.append(_Word(match.start() + left, match.start() + right, folded[0], _loose(token)))
    return found


def _runs(text: str, found: Sequence[_Word]) -> list[int]:
    """For each word the last one that only blanks separate from it: a name goes over no comma."""
    runs = list(range(len(found)))
    for place in range(len(found) - 2, -1, -1):
        gap = text[found[place].end : found[place + 1].start]
        if _GAP.fullmatch(gap) and found[place].folded and found[place + 1].folded:
            runs[place] = runs[place + 1]
    return runs


@lru_cache(maxsize=65_536)
def _loose(token: str) -> str:
    return loosened(token)

"""Cues: the words of a sentence that say how much of a skill is asked for, or that it is not.

A cue before a list holds for the whole list ("3+ years of Python and SQL"), one behind a name for that name alone
("Python (5 years), SQL (2 years)"). The lists of words, and the levels (0-5) that they stand for, are assumptions of
ours; the six levels of languages are put on the scale as A1 1, A2 2, B1 and B2 3, C1 4, C2 5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from skillmatch.domain.text.extraction import MOST_YEARS, Demand, Years

Value = TypeVar("Value")

_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
}
_NUMBER = rf"(?:(?<![\d.,])\d{{1,2}}(?:[.,]\d)?(?!\d)|\b(?:{'|'.join(_NUMBERS)})\b)"
_YEARS = re.compile(
    rf"(?P<upto>\b(?:up to|at most|max(?:imum)?\.?(?: of)?)\s+)?(?:\b(?:at least|"
    rf"min(?:imum)?\.?(?: of)?|more than|over)\s+)?"
    rf"(?P<least>{_NUMBER})(?:\s?\(\d{{1,2}}\))?\s?(?:\+|plus\b|or more\b)?(?:\s?(?:-|–|—|to|"
    rf"or)\s?(?P<most>{_NUMBER})\+?)?"
    r"(?:\s+or more)?\s?-?(?P<unit>years?|yrs?|months?)\b(?!\s*(?:old|of age|ago)\b|[- ]degree)",
    re.IGNORECASE,
)
_NOT_SERVED = re.compile(r"\b(?:last|past|next|within|in|every|first|since|than a|after|aged?)\s+$", re.IGNORECASE)

_LEVELS: tuple[tuple[float, str], ...] = (
    (5, r"experts?|expert[- ]level|expertise|mastery|mother tongue|native(?: speaker)?|bilingual|world[- ]class"),
    (
        4,
        r"advanced|fluen(?:t|tly|cy)|proficien(?:t|cy)|excellent|outstanding|exceptional|strong|very good|"
        r"thorough|in[- ]depth|deep|extensive|profound|full professional|highly skilled",
    ),
    (
        3,
        r"intermediate|independent(?=\s+user)|working knowledge|good|solid|sound|confident|"
        r"practical experience|hands[- ]on(?: experience)?|conversational|competent",
    ),
    (
        2,
        r"basics?|elementary|beginner(?:s|'s)?|fundamentals?|foundation(?:al)?|entry[- ]level|limited|"
        r"some (?:knowledge|experience)|familiar(?:ity)?(?: with)?|first experience|rudimentary",
    ),
    (1, r"aware(?:ness)?(?: of)?|exposure to|introductory|heard of"),
)
_LEVEL = re.compile("|".join(rf"(?P<l{int(level)}>\b(?:{words})\b)" for level, words in _LEVELS), re.IGNORECASE)
_CEFR = re.compile(r"(?<![\w.])(A1|A2|B1|B2|C1|C2)(?![\w+#])")
_CEFR_LEVELS = {"A1": 1.0, "A2": 2.0, "B1": 3.0, "B2": 3.0, "C1": 4.0, "C2": 5.0}
_LICENCE = re.compile(r"licen[cs]e|driving|driver|categor|permit", re.IGNORECASE)

# (what is asked for, cues before the skill, cues behind it)
_DEMANDS: tuple[tuple[Demand, str, str], ...] = (
    (
        Demand.NICE_TO_HAVE,
        r"nice[- ]to[- ]have\s*:?|bonus(?: points?)?(?: for| if)?\s*:?|(?:it is |it's )?a plus (?:is|"
        r"if|would be)|optionally|extra points for",
        r"nice[- ]to[- ]have|(?:is |are |be |as )?an? (?:big |huge |real )?(?:plus|bonus)|optional|"
        r"(?:is|are|would be|be) (?:also )?(?:helpful|welcome|beneficial|useful)|would be (?:nice|"
        r"great)",
    ),
    (
        Demand.PREFERRED,
        r"ideally|preferabl[ey]|preferred\s*:|desirable\s*:|we (?:would )?(?:prefer|like)",
        r"preferred|desirable|desired|(?:an? )?(?:clear |distinct |strong )?advantage(?:ous)?|"
        r"is an asset|preferabl[ey]",
    ),
    (
        Demand.REQUIRED,
        r"must[- ]have\s*:?|(?:you )?must (?:be|know|hold|have|possess|bring|speak)|required\s*:|"
        r"requires?|you (?:will )?(?:need|have to)|mandatory\s*:|essential\s*:|we (?:require|expect)|"
        r"prerequisites?\s*:|needs? to",
        r"(?:strictly |absolutely )?(?:required|mandatory|essential|compulsory|indispensable|"
        r"obligatory)|(?:is|are|as) (?:a |an absolute )?must(?:[- ]have)?|prerequisite|(?:is|"
        r"are) (?:needed|necessary|expected|a condition)",
    ),
)
_DEMAND = re.compile(
    "|".join(
        part
        for number, (_, before, behind) in enumerate(_DEMANDS)
        for part in (rf"(?P<f{number}>\b(?:{before})(?!\w))", rf"(?P<b{number}>\b(?:{behind})(?!\w))")
    ),
    re.IGNORECASE,
)
_DENIED_DEMAND = re.compile(r"\b(?:not|no longer|nor|n't)\s+(?:\w+\s+)?$", re.IGNORECASE)

_NO_BEFORE = re.compile(
    r"\bno (?:\w+ ){0,3}?(?:experience|knowledge|skills?|background|qualifications?|training|familiarity|command)\b"
    r"|\bwithout (?:any |prior |previous |much |having ){0,2}(?:experience|knowledge|skills?|background|training|use)\b"
    r"|\b(?:not|n't)(?: yet| very| at all)? (?:required|needed|necessary|familiar|experienced|"
    r"proficient|trained|certified|"
    r"skilled|know|have|need|require|speak|expect|use|offer|worked)\b|\bneed not\b|\black(?:s|ing)? (?:of )?|\bnever\b"
    r"|\bunfamiliar\b|\bnor\b|\b(?:is|are|were|was) not (?:looking|asking)\b|\bno need (?:for|to)\b",
    re.IGNORECASE,
)
_NO_BEHIND = re.compile(
    r"\b(?:(?:is|are|be) )?(?:not|n't) (?:\w+ )?(?:required|needed|necessary|essential|expected|mandatory|a must)\b"
    r"|\bunnecessary\b|\bnot a (?:requirement|must)\b|:\s*(?:none|no)\b",
    re.IGNORECASE,
)
_BARE_NO = re.compile(r"\b(?:no|without)\s+(?:[\w+#.-]+\s+){0,1}$", re.IGNORECASE)
_NEEDED = re.compile(r"[^,;:]{0,60}?\b(?:required|needed|necessary|expected|either)\b", re.IGNORECASE)
_TURN = re.compile(r";|\bbut\b|\bhowever\b|\balthough\b|\bwhile\b|\byet we\b|\bonly\b|\s[–—-]\s|[.!?]\s", re.IGNORECASE)
_NOT_ONLY = re.compile(r"\bnot only\b", re.IGNORECASE)

_ONE_IS = re.compile(r"\b(?:is|would be)\b[^,]*$", re.IGNORECASE)
_BREAK = re.compile(r"[,;()|]|^\s*(?:and|or|&)\s")
_SHORT = 30  # characters between a name and a cue behind it


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text; ``named`` where a skill's own name stands there, whose words are no cues."""

    start: int
    end: int
    named: bool = True


@dataclass(frozen=True, slots=True)
class Cue(Generic[Value]):
    """A cue's place and meaning; ``before`` holds for what follows it, else for what stands before it."""

    start: int
    end: int
    value: Value
    before: bool = True


def level_of(words: str) -> float | None:
    """The first level that the words name, 1-5, or None."""
    found = _LEVEL.search(words)
    return None if found is None else float((found.lastgroup or "l0")[1:])


def find_levels(text: str, start: int, end: int) -> list[Cue[float]]:
    """The words for levels in a sentence, those of languages (C1) included unless it speaks of licences."""
    found = [
        Cue(match.start(), match.end(), float((match.lastgroup or "l0")[1:]))
        for match in _LEVEL.finditer(text, start, end)
    ]
    if not _LICENCE.search(text, start, end):
        found += [Cue(match.start(), match.end(), _CEFR_LEVELS[match[1]]) for match in _CEFR.finditer(text, start, end)]
    return sorted(found, key=lambda cue: cue.start)


def find_years(text: str, start: int, end: int) -> list[Cue[Years]]:
    """The years of experience in a sentence; an age, a period or a length of study is none."""
    found = []
    for match in _YEARS.finditer(text, start, end):
        if _NOT_SERVED.search(text, max(start, match.start() - 12), match.start()):
            continue
        months = match["unit"].lower().startswith("month")
        least, most = _amount(match["least"], months), _amount(match["most"], months)
        if least is None or max(least, most or 0.0) > MOST_YEARS:
            continue
        if match["upto"]:
            least, most = 0.0, least
        if most is not None and most < least:
            least, most = most, least
        found.append(Cue(match.start(), match.end(), Years(least, most)))
    return found


def find_demands(text: str, start: int, end: int) -> list[Cue[Demand]]:
    """The words of a sentence that ask for something, without those that are denied ("not required")."""
    found = []
    for match in _DEMAND.finditer(text, start, end):
        group = match.lastgroup or "f0"
        if _DENIED_DEMAND.search(text, max(start, match.start() - 24), match.start()):
            continue
        found.append(Cue(match.start(), match.end(), _DEMANDS[int(group[1:])][0], before=group[0] == "f"))
    return found


def _amount(word: str | None, months: bool) -> float | None:
    if word is None:
        return None
    number = float(_NUMBERS.get(word.lower(), 0) or word.replace(",", "."))
    return round(number / 12, 2) if months else number


def demand_at(text: str, span: Span, cues: list[Cue[Demand]]) -> Demand | None:
    """What the cues of the sentence ask of one place in it: the nearest that points there, with no other between."""
    best: tuple[int, int] | None = None
    chosen = None
    for cue in cues:
        if cue.start < span.end and span.start < cue.end:
            if span.named:
                continue
            between = ""
        elif cue.before and cue.end <= span.start:
            between = text[cue.end : span.start]
            if any(cue.end <= other.start and other.end <= span.start for other in cues):
                continue
        elif not cue.before and span.end <= cue.start:
            between = text[span.end : cue.start]
            if any(span.end <= other.start and other.end <= cue.start for other in cues):
                continue
            if "," in between and _ONE_IS.search(text, span.end, cue.end):
                continue  # "English, German is a plus": of one thing, the last
        else:
            continue
        distance = (10 * len(_TURN.findall(between)) + between.count(","), len(between))
        if best is None or distance < best:
            best, chosen = distance, cue.value
    return chosen


def amount_at(
    text: str, span: Span, spans: list[Span], cues: list[Cue[Value]], end: int, ends_lists: Sequence[int] = ()
) -> Value | None:
    """The years or the level that the cues of a sentence (up to ``end``) give to one of its ``spans``.

    ``ends_lists`` are the places where something else is asked for: "two years of sales, ideally IFRS" says nothing
    about years of IFRS.
    """
    chosen = None
    for cue in cues:
        if cue.start < span.end and span.start < cue.end:
            if not span.named:
                return cue.value
            continue
        if _leads(text, cue, spans):
            others = any(cue.end <= other.start and other.end <= span.start for other in cues)
            listed = min((other.end for other in spans if other.start >= cue.end), default=cue.end)
            others = others or any(listed <= place < span.start for place in ends_lists)
            if cue.end <= span.start and not others:
                chosen = chosen if _TURN.search(text, cue.end, span.start) else cue.value
        elif span.end <= cue.start and _follows(text, span, cue, spans, end):
            return cue.value
    return chosen


def _leads(text: str, cue: Cue[Value], spans: list[Span]) -> bool:
    """Whether a place follows the cue before any comma or bracket does: the cue stands before its list."""
    following = [span.start for span in spans if span.start >= cue.end]
    around = any(not span.named and span.start <= cue.start and cue.end <= span.end for span in spans)
    return around or (bool(following) and not _BREAK.search(text[cue.end : min(following)]))


def _follows(text: str, span: Span, cue: Cue[Value], spans: list[Span], end: int) -> bool:
    """Whether the cue stands right behind the place: "Python (5 years)", "English: fluent"; or ends its sentence."""
    if any(span.end <= other.start < cue.start for other in spans):
        return False
    between = text[span.end : cue.start]
    if len(between) <= _SHORT and not re.search(r"[,;]", between):
        return True
    alone = len({(other.start, other.end) for other in spans}) == 1
    return alone and len(between) <= 2 * _SHORT and not re.search(r"\w", text[cue.end : end])


def negated_at(text: str, start: int, end: int, span: Span) -> bool:
    """Whether the sentence at ``start`` to ``end`` denies the skill at ``span``; a "but" or semicolon ends a denial."""
    turns = [match.start() for match in _TURN.finditer(text, start, end)]
    begins = max([start, *(turn for turn in turns if turn < span.start)])
    ends = min([end, *(turn for turn in turns if turn >= span.end)])
    clause = text[begins:ends]
    if _NOT_ONLY.search(clause):
        return False
    inner = span.start if span.named else max(span.start, min(span.end, span.start + 40))
    if _NO_BEFORE.search(text, begins, inner):
        return True
    if _BARE_NO.search(text, begins, span.start):
        return (
            text[: span.start].rstrip().lower().endswith("without") or _NEEDED.match(text, span.end, ends) is not None
        )
    behind = _NO_BEHIND.search(text, span.start if not span.named else span.end, ends)
    return behind is not None

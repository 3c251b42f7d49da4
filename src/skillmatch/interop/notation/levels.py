"""Levels as people and systems write them: words, "4 - Advanced", 4/5, 80 %, B2, dots and stars."""

from __future__ import annotations

import re

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.levels import HIGHEST, LEVEL_NAMES, Scale, check_level, parse_level, to_canonical
from skillmatch.interop.notation.blanks import is_blank

CEFR = {"A1": 1.0, "A2": 2.0, "B1": 3.0, "B2": 3.0, "C1": 4.0, "C2": 5.0}
"""The six levels of languages as levels 0-5, as they are read in texts too."""

_BY_LEVEL = {
    0.0: "no knowledge;no experience;not at all;keine;keine kenntnisse;aucun;aucune",
    1.0: "novice;awareness;aware of;entry level;trainee;learner;neuling;kennt;débutant;notions",
    2.0: "elementary;fundamental;fundamentals;foundation;foundational;limited;advanced beginner;some knowledge;"
    "basic knowledge;basics;grundkenntnisse;grundlagen;basis;anfänger;anfaenger;einsteiger;élémentaire;de base",
    3.0: "competent;skilled;practitioner;working knowledge;solid;good;medium;moderate;average;professional;"
    "mittel;gut;gute kenntnisse;fortgeschrittener anfänger;solide;bon;intermédiaire;moyen;gemiddeld;mellan",
    4.0: "highly skilled;very good;strong;proficient;fluent;senior;upper intermediate;sehr gut;sehr gute kenntnisse;"
    "fortgeschritten;fortgeschrittene;verhandlungssicher;fließend;fliessend;très bon;avancé;confirmé;gevorderd",
    5.0: "master;mastery;guru;excellent;outstanding;native;native speaker;mother tongue;exzellent;experte;expertin;"
    "profi;muttersprache;expert level;maîtrise;courant;langue maternelle",
}
WORDS: dict[str, float] = {word: level for level, words in _BY_LEVEL.items() for word in words.split(";")}
"""Words that are in use, with our reading of them; a column map that says otherwise wins (``values``)."""

_HAS = frozenset(("yes", "y", "x", "ja", "oui", "si", "true", "wahr", "\u2713", "\u2714", "no", "nein", "false", "non"))

_NAMES_TOO = frozenset(
    ("master", "foundation", "fundamental", "fundamentals", "professional", "practitioner", "senior", "learner")
)
"""Words that end names of courses and tools as often as they say a level."""

_RATIO = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*(?:/|out of|of|von|sur)\s*([0-9]{1,3})")
_PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]+)?)\s?%")
_LEADING = re.compile(
    r"(?:level|lvl\.?|stufe|niveau|l)?\s*([0-9]{1,3}(?:[.,][0-9]+)?)\s*(?:[-\u2013\u2014:=.)]\s*|\s*\()\D.*",
    re.IGNORECASE,
)
_LEVEL_N = re.compile(r"(?:level|lvl\.?|stufe|niveau|l)\s*([0-9](?:[.,][0-9]+)?)", re.IGNORECASE)
_TRAILING = re.compile(r"\D*[^\W\d]\s*[(\[:=-]\s*([0-9]{1,2}(?:[.,][0-9]+)?)\s*[)\]]?")
_MARKS = re.compile(
    r"([\u25cf\u2b24\u26ab\u2022\u25a0\u25ae\u2588\u2605\u2b50*]+)\s*([\u25cb\u25ef\u26aa\u25e6\u25a1\u25af\u2591\u2606]*)"
)


def read_level(given: str, scale: Scale = Scale.CANONICAL) -> float:
    """The level 0-5 that a cell states; numbers are on ``scale`` unless they say their own ("4/5", "80 %", dots).

    Raises ``InputError`` for a word that is no level, one that says only that a skill is there, a number off its scale.
    """
    text = " ".join(given.split())
    word = text.casefold()
    if is_blank(text) and word not in LEVEL_NAMES:
        raise InputError(f"'{text[:40]}' is not a level.", field="level", remedy="Fill it in, or leave the row out.")
    if word in _HAS:
        raise InputError(
            f"'{text[:40]}' says whether the skill is there, not how well.",
            field="level",
            remedy=f'Say in a column map what it stands for: values = {{ "{text[:20]}" = "3" }}.',
        )
    if text.upper() in CEFR:
        return CEFR[text.upper()]
    if word in WORDS:
        return WORDS[word]
    if found := _PERCENT.fullmatch(text):
        return _share(_number(found[1]), 100, text)
    if found := _RATIO.fullmatch(text):
        return _share(_number(found[1]), int(found[2]), text)
    if found := _MARKS.fullmatch(text):
        full, whole = len(found[1]), len(found[1]) + len(found[2])
        return _share(full, whole, text) if found[2] else _on_scale(full, scale)
    for shape in (_LEVEL_N, _LEADING, _TRAILING):
        if found := shape.fullmatch(text):
            return _on_scale(_number(found[1]), scale)
    try:
        return parse_level(text, scale)
    except InputError as error:
        if "is not a level" in error.message:
            raise
        raise _off_scale(error, scale) from None


def is_level(text: str) -> bool:
    """Whether a text beside a skill's name states a level."""
    bare = text.strip().strip("()[]").strip()
    if bare.casefold() in _HAS | _NAMES_TOO or is_blank(bare):
        return False
    try:
        read_level(bare, Scale.PERCENT if bare.replace(".", "").replace(",", "").isdigit() else Scale.CANONICAL)
    except InputError:
        return False
    return True


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _on_scale(value: float, scale: Scale) -> float:
    try:
        return to_canonical(value, scale)
    except InputError as error:
        raise _off_scale(error, scale) from None


def _off_scale(error: InputError, scale: Scale) -> InputError:
    others = ", ".join(item.value for item in Scale if item is not scale)
    remedy = f"If the whole column is on another scale, say so in the column 'scale' or the map: {others}."
    return InputError(error.message, field="level", remedy=remedy)


def _share(value: float, whole: float, given: str) -> float:
    """So many of so many: on our scale where the whole is 5, else that share of it."""
    if not whole or value > whole:
        raise InputError(f"'{given[:40]}' is more than all.", field="level", remedy="Write it as 4/5 or 80 %.")
    level = round(HIGHEST * value / whole, 6)
    check_level(level)
    return level

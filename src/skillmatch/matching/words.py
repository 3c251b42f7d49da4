"""Words of a text, and two ways to write a name: as it is folded, and loosened.

Word boundaries are never cut: "forklift" holds no "or", "Objective-C" holds no "C", and "C++" is one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from skillmatch.domain.skills.taxonomy import fold

_TOKEN = re.compile(r"[^\s,;:!?()\[\]{}\"“”„«»|•·*<>=/\\]+")
_QUALIFIER = re.compile(r"\s*\([^()]*\)\s*$")
_INNER_HYPHEN = re.compile(r"(?<=[^\W_])[-‐‑–—_/](?=[^\W_])")
_FRAME_TEXT = """
a an the of in on at to for with and or by from as is are be your you our we i my their its it this that can will must
have having knowledge experience experienced skill skills skilled ability abilities able good strong solid excellent
proven thorough proficient proficiency expertise competence competent understanding familiar familiarity years required
preferred desirable etc including such relevant learn
"""
FRAME = frozenset(_FRAME_TEXT.split())
"""Words that frame a skill in an advert ("strong knowledge of ...") and say nothing about which one it is."""

_HEAD = "'’‘-–—&.+#~"
_TAIL = "'’‘-–—&.~…"


def words(text: str) -> list[str]:
    """The folded words of a text in order; symbols that belong to a word stay: c++, c#, .net, node.js, objective-c."""
    found = []
    for token in _TOKEN.findall(text.casefold()):
        dotted = token.startswith(".") and token[1:2].isalpha() and not token.startswith("..")
        word = token.lstrip(_HEAD).rstrip(_TAIL)
        if word:
            found.append(f".{word}" if dotted else word)
    return found


def parts(word: str) -> list[str]:
    """A word and, for a compound, its parts where none is a single letter: "data-driven", but not "e-mail"."""
    pieces = re.split(r"[-‐‑–—]", word)
    return pieces if len(pieces) > 1 and all(len(piece) > 1 for piece in pieces) else [word]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The word without a plural ending and with -ise for -ize; words of up to three letters stay as they are."""
    if len(word) < 4 or not word.isalpha():
        return word
    word = re.sub(r"iz(e[ds]?|ing|ation|ations|er|ers)$", r"is\1", word)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def content_words(tokens: Iterable[str]) -> list[str]:
    """Words stemmed and compounds taken apart: what the overlap of two texts is counted in."""
    return [stem(part) for word in tokens for part in parts(word)]


def core_words(text: str) -> list[str]:
    """The folded words of a text without the words that only frame a skill; all of them when nothing else is left."""
    every = words(text)
    return [word for word in every if word not in FRAME] or every


def core(text: str) -> str:
    """A text without framing words at its ends: "good knowledge of SQL" -> "sql"; inner ones stay."""
    every = words(text)
    inner = [place for place, word in enumerate(every) if word not in FRAME]
    return " ".join(every[inner[0] : inner[-1] + 1]) if inner else " ".join(every)


def loosened(name: str) -> str:
    """A form in which small differences of writing vanish: hyphens, plural s, -ize, "&", full-width letters."""
    plain = unicodedata.normalize("NFKC", name).replace("&", " and ")
    plain = _INNER_HYPHEN.sub(" ", fold(plain))
    return " ".join(stem(word) for word in words(plain))


def without_qualifier(name: str) -> str:
    """The name without a bracket at its end, if it has one: "Java (computer programming)" -> "Java"."""
    return _QUALIFIER.sub("", name) or name


def has_content(text: str) -> bool:
    """Whether a text holds any letter or digit at all."""
    return any(char.isalnum() for char in text)

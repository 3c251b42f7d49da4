"""Names and descriptions as other people keep them, tidied so that equal things look equal."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from skillmatch.domain.base.checks import MAX_TEXT
from skillmatch.domain.base.errors import Place
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.taxonomy.reading import Findings

MAX_NAME = 1_000  # what a label may have in the domain

_LINE_END = re.compile(r"[\r\n]+")
_BAR = re.compile(r"(?:(?<=\s)|^)\|(?=\s|$)")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Only tags that texts about skills are written with: "List<String>" or "<5 kg" is text, not markup.
_BREAKING_TAG = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|th|table|hr)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_INLINE_TAG = re.compile(r"</?(?:a|b|i|u|em|strong|span|sub|sup|font|small|code)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ROUNDS = 10  # entities hide tags and other entities; a text made to take a round per character must not win
_INVISIBLE = dict.fromkeys(
    (0x00AD, 0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
) | {code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if code != 0x85}


def split_names(cell: str) -> list[str]:
    """The names in one cell, which stand on lines of their own or between bars with blanks around them."""
    names: list[str] = []
    for line in _LINE_END.split(cell):
        names += [part.strip() for part in _BAR.split(line)] if "|" in line else [line]
    return [name for name in names if name and not name.isspace()]


def tidy(text: str) -> str:
    """The text on one line, without blanks at its ends, doubled blanks, control or invisible characters."""
    visible = text if text.isprintable() else text.translate(_INVISIBLE)
    return " ".join(visible.split())


def without_markup(text: str) -> str:
    """The text without HTML tags and with characters in place of HTML entities."""
    for _ in range(_ROUNDS):
        if "&" not in text and "<" not in text:
            break
        before = text
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
        text = _INLINE_TAG.sub("", _BREAKING_TAG.sub(" ", text))
        if text == before:
            break
    return text


class Cleaner:
    """Tidies the texts of rows and reports each repair under the place it was given."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    def name(self, given: str, at: Place, field: str) -> str:
        """A label or alias as it should be; blank when nothing is left of it."""
        if given.isprintable() and given == " ".join(given.split()) and not ("&" in given or "<" in given):
            name = given
        else:
            plain = self._plain(given, at, field)
            name = tidy(plain)
            if name and name != plain:
                self._findings.clean("stray_blanks", f"blanks in or around '{name[:80]}' were removed.", at, field)
        return self._short(name, MAX_NAME, at, field)

    def names(self, given: Iterable[str], label: str, at: Place, field: str) -> tuple[str, ...]:
        """Aliases as they should be, in their order: none blank, none twice, none that is the label in other case.

        The label itself among them is left out without a word: ESCO lists it there on purpose.
        """
        seen = {fold(label)}
        names: list[str] = []
        cleaned = (self.name(item, at, field) for item in given)
        for name in (part.strip() for item in cleaned for part in split_names(item)):  # cleaning can lay bars bare
            folded = fold(name)
            if folded not in seen:
                seen.add(folded)
                names.append(name)
            elif name != label:
                message = f"the alias '{name[:80]}' is there already; it was left out."
                self._findings.clean("duplicate_alias", message, at, field)
        return tuple(names)

    def text(self, given: str, at: Place, field: str) -> str:
        """A description on one line, without markup, and no longer than the domain allows."""
        return self._short(tidy(self._plain(given, at, field)), MAX_TEXT, at, field)

    def _plain(self, given: str, at: Place, field: str) -> str:
        plain = without_markup(given)
        if plain != given:
            self._findings.clean("markup", "HTML tags or entities were turned into plain text.", at, field)
        return plain

    def _short(self, text: str, most: int, at: Place, field: str) -> str:
        if len(text) <= most:
            return text
        self._findings.clean("long_text", f"has {len(text):,} characters; it was cut to {most:,}.", at, field)
        return text[:most].rstrip()

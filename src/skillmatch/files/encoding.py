"""Encodings: in which a text file is written, said by its marks or shown by its bytes."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

from skillmatch.domain.base.errors import InputError, Place

_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BETWEEN_WORDS = frozenset(
    "\u20ac\u201a\u201e\u2026\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u2122\u00a0\u00a3\u00a7\u00a9\u00ab\u00bb\u00ae\u00b0\u00b1\u00b2\u00b3\u00b4\u00b5\u00b7\u00bd\u00a1\u00bf\u00aa\u00ba"
)
_WORD = re.compile(r"[^\W\d_]*[\u0080-\uffff][^\W\d_]*")


def guessed_encoding(path: Path) -> tuple[str, str] | None:
    """The encoding that the bytes of a file show and a note about it ("" where it is sure); None where none fits.

    UTF-16 by its mark or its zeros; UTF-8 where every byte fits; else Windows-1252 where no byte is without meaning
    in it, every one above ASCII is a letter or a mark between words, and none looks like UTF-8 that was damaged.
    """
    with path.open("rb") as file:
        start = file.read(4_096)
    if start[:2] in _WIDE:
        return "utf-16", ""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if abs(even - odd) * 3 > len(start):  # Latin text in two bytes each, one of which is always 0
        return ("utf-16-be" if even > odd else "utf-16-le"), "It has no mark of its encoding: read as UTF-16."
    if _decodes(path, "utf-8"):
        return "utf-8-sig", ""
    example = _western(path)
    if example is None:
        return None
    said = f"It is not UTF-8: read as Windows-1252. Check words like '{example}'; another encoding can be said."
    return "cp1252", said


def check_encoding(name: str, file: str) -> str:
    """The name of an encoding that was said. Raises ``InputError`` for one that Python does not know as text."""
    try:
        "a".encode(name)
        return "utf-8-sig" if codecs.lookup(name).name == "utf-8" else name
    except (LookupError, ValueError, TypeError):
        raise InputError(
            f"'{name[:40]}' is not an encoding.",
            remedy="Use utf-8, utf-16, cp1252, cp1250, latin-1 or another that Python knows.",
            place=Place(file=file, field="encoding"),
        ) from None


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _western(path: Path) -> str | None:
    """A word with a letter above ASCII, when the file can be Windows-1252; None when it cannot."""
    example = ""
    with path.open("rb") as file:
        for line in file:
            if line.isascii():
                continue
            if _SEQUENCE.search(line):
                return None
            try:
                text = line.decode("cp1252")
            except UnicodeDecodeError:
                return None
            if not all(ord(char) < 128 or char in _BETWEEN_WORDS or _is_letter(char) for char in text):
                return None
            found = _WORD.search(text)
            if found is not None and len(found[0]) > len(example):
                example = example if len(example) > 3 else found[0][:40]
    return example


def _is_letter(char: str) -> bool:
    return unicodedata.category(char).startswith("L")

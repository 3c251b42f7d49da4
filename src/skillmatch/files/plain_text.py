"""Plain text from bytes: UTF-8, and a clear word about everything that is not."""

from __future__ import annotations

import codecs
import re

from skillmatch.domain.base.errors import InputError, Place

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-z0-9_-]{1,40})", re.IGNORECASE)
# Browsers read all of these as Windows-1252, so pages that declare them are.
_WESTERN = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "windows-1252", "cp1252", "us-ascii", "ascii"}


def decoded(data: bytes, name: str, charset: str | None = None) -> str:
    """The text of bytes in UTF-8, with or without a byte-order mark, or in a ``charset`` that the file itself declares.

    Raises ``InputError`` for UTF-16, Latin-1 and other bytes that are no UTF-8 (with the line), and for NUL.
    """
    even, odd = data[:4_096:2].count(0), data[1:4_096:2].count(0)
    if data.startswith(_WIDE_MARKS) or abs(even - odd) * 3 > min(len(data), 4_096):
        # Latin text in two bytes each has a zero in every second place
        raise InputError("is in UTF-16, not UTF-8.", remedy="Save it as UTF-8.", place=Place(file=name, line=1))
    try:
        text = data.decode("cp1252" if charset in _WESTERN else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"is not UTF-8, probably Latin-1 or Windows-1252 (byte {error.start + 1:,}).",
            remedy="Save it as UTF-8.",
            place=Place(file=name, line=line),
        ) from None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise InputError(
            "holds a NUL character, so it is no text.", remedy="Save it as text.", place=Place(file=name, line=line)
        )
    return text


def declared_charset(data: bytes) -> str | None:
    """The character set that an HTML page declares within its first 2,048 bytes, in small letters; None without one."""
    found = _CHARSET.search(data, 0, 2_048)
    return None if found is None else found[1].decode("ascii").lower()

"""Version of a taxonomy, found where publishers and their users write it down."""

from __future__ import annotations

import re
from pathlib import Path

from skillmatch.domain.base.errors import InputError, Place

_DOTTED = re.compile(r"(?<![\d.])(\d{1,2}\.\d{1,2}(?:\.\d{1,3})?)(?![\d]|\.\d)")
_UNDERLINED = re.compile(r"(?<!\d)(?<!\d_)(\d{1,2})_(\d{1,2})(?!\d|_\d)")


def version_in(name: str) -> str | None:
    """The version that a file's or folder's name holds ("esco-1.1.1", "db_29_3_text"), or None."""
    dotted = _DOTTED.search(name)
    if dotted:
        return dotted[1]
    underlined = _UNDERLINED.search(name)
    return f"{underlined[1]}.{underlined[2]}" if underlined else None


def own_name(path: Path) -> str:
    """What a path is called, also when it is given as "." or with a trailing "..", without the ending of a file."""
    whole = path.resolve()
    return whole.name if whole.is_dir() else whole.stem


def unknown_version(what: str, path: Path) -> InputError:
    """The error for a taxonomy that says nowhere which version it is."""
    return InputError(
        f"says nowhere which version of {what} it is.",
        remedy="Give the version yourself, or put it into the folder's name.",
        place=Place(file=path.name or str(path)),
    )

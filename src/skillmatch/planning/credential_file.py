"""A credential that does not exist yet, described in a small TOML file, to ask what it would be worth."""

from __future__ import annotations

import tomllib
from pathlib import Path

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.domain.catalogue.credential import Credential, Outcome

KEYS = ("id", "title", "teaches", "hours", "weeks", "cost", "currency", "language")


def read_credential(path: Path) -> Credential:
    """Keys: id, title, hours, weeks, cost, currency, language, and a table ``teaches`` with a level for each skill id.

    Raises ``InputError`` with file, key and remedy.
    """
    place = Place(file=path.name)
    try:
        given = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise InputError(f"'{path}' cannot be read ({error.strerror}).", remedy="Check the path.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"cannot be parsed: {error}.", place=place, remedy="Correct it there.") from None
    unknown = sorted(set(given) - set(KEYS))
    if unknown:
        raise InputError("is no key here.", place=Place(path.name, None, unknown[0]), remedy=f"Use {', '.join(KEYS)}.")
    teaches = given.pop("teaches", None)
    if not isinstance(teaches, dict) or not teaches:
        raise InputError(
            "needs a table of skills.", place=Place(path.name, None, "teaches"), remedy="Write [teaches] and skill = 3."
        )
    try:
        outcomes = tuple(Outcome(skill, level) for skill, level in sorted(teaches.items()))
        return Credential(**{"id": "new", "title": "A new credential", **given}, outcomes=outcomes)
    except InputError as error:
        raise error.at(file=path.name) from None

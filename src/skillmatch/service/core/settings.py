"""Settings of a process: where the workspace and the cache lie, which encoder serves, how many threads it may use."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from skillmatch.domain.base.errors import InputError

PREFIX = "SKILLMATCH_"

MOST_SECONDS = 86_400
"""The longest search for a plan: a day."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a process may be told from outside; every one has a default.

    ``workspace`` is a folder (``SKILLMATCH_WORKSPACE``), ``cache`` where the exported encoder is kept
    (``SKILLMATCH_CACHE``), ``encoder`` a name or folder (``SKILLMATCH_ENCODER``), ``threads`` 1-64 for the encoder
    (``SKILLMATCH_THREADS``), ``author`` who signs overlay entries and feedback (``SKILLMATCH_AUTHOR``), ``migrate``
    whether an older workspace is brought up to this program when it is opened (``SKILLMATCH_MIGRATE``: yes or no),
    ``plan_seconds`` how long a plan that is handed in may ask to be searched for (``SKILLMATCH_PLAN_SECONDS``, a day),
    ``requests_per_minute`` how many requests the API answers each caller (``SKILLMATCH_REQUESTS_PER_MINUTE``),
    ``own_requests_per_minute`` how many of these one who asks for themselves alone
    (``SKILLMATCH_OWN_REQUESTS_PER_MINUTE``), ``approve_own`` whether one caller may both solve and approve a plan,
    or hand in and decide (``SKILLMATCH_APPROVE_OWN``: yes or no).
    ``names`` whether notebooks show people's names and ids instead of pseudonyms (``SKILLMATCH_NAMES``: yes or no).
    """

    workspace: Path
    cache: Path
    encoder: str
    threads: int = 1
    author: str = ""
    migrate: bool = False
    requests_per_minute: int = 60_000
    own_requests_per_minute: int = 600
    plan_seconds: int = MOST_SECONDS
    names: bool = False
    approve_own: bool = False

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Settings from the environment; ``InputError`` names the variable that holds nonsense."""
        from platformdirs import user_cache_path, user_data_path

        from skillmatch.matching.encoder import DEFAULT_ENCODER

        given = os.environ if environment is None else environment
        return cls(
            workspace=_folder(given, "WORKSPACE", user_data_path("skillmatch", appauthor=False) / "workspace"),
            cache=_folder(given, "CACHE", user_cache_path("skillmatch", appauthor=False)),
            encoder=given.get(f"{PREFIX}ENCODER") or DEFAULT_ENCODER,
            threads=_whole(given, "THREADS", 1, most=64),
            author=given.get(f"{PREFIX}AUTHOR", "").strip(),
            migrate=_yes(given.get(f"{PREFIX}MIGRATE"), "MIGRATE"),
            requests_per_minute=_whole(given, "REQUESTS_PER_MINUTE", 60_000, most=10_000_000),
            own_requests_per_minute=_whole(given, "OWN_REQUESTS_PER_MINUTE", 600, most=10_000_000),
            plan_seconds=_whole(given, "PLAN_SECONDS", MOST_SECONDS, most=MOST_SECONDS),
            names=_yes(given.get(f"{PREFIX}NAMES"), "NAMES"),
            approve_own=_yes(given.get(f"{PREFIX}APPROVE_OWN"), "APPROVE_OWN"),
        )


def system_user() -> str:
    """Whom the operating system knows this process as; blank where it has no name for them, as in some containers."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _folder(given: Mapping[str, str], name: str, default: Path) -> Path:
    value = given.get(PREFIX + name)
    return Path(value).expanduser() if value else default


def _yes(value: str | None, name: str) -> bool:
    if value not in (None, "", "no", "yes", "0", "1"):
        raise InputError(f"is '{value[:20]}'.", field=PREFIX + name, remedy="Set yes or no.")
    return value in ("yes", "1")


def _whole(given: Mapping[str, str], name: str, default: int, *, most: int) -> int:
    value = given.get(PREFIX + name)
    if not value:
        return default
    if not value.isdecimal() or len(value) > 9 or not 1 <= int(value) <= most:
        raise InputError(f"is '{value[:20]}'.", field=PREFIX + name, remedy=f"Set a whole number from 1 to {most}.")
    return int(value)

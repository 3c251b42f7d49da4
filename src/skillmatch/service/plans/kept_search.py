"""Where the search of a plan is, kept in a file while it goes on, so that another program goes on from there."""

from __future__ import annotations

import hashlib
import json
import math
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillmatch.domain.base.answer import canonical_json

if TYPE_CHECKING:
    from skillmatch.planning.build import Built
    from skillmatch.planning.solution import Standing, Warm

FORMAT = "skillmatch-search/1"

EVERY = 1.0
"""Seconds between two keepings at least."""

SHARE = 0.05
"""The share of the time that keeping may take: with 100,000 people a file has some megabytes."""


@dataclass(frozen=True)
class Kept:
    """What a search goes on from (None: nothing was kept), and how many seconds it has taken so far."""

    warm: Warm | None
    seconds: float


class SearchKeeper:
    """Keeps one search in a file; people stand in it by digests, which only the data they come from tells apart.

    ``best`` and ``bound`` are as they were kept last (None: not yet): whoever tells no more than these never has to
    take anything back, whenever the program dies. ``name`` makes the digests of two searches differ.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name
        self._built: Built | None = None
        self._rests_on = ""
        self._before = 0.0
        self._not_before = 0.0
        self.best: float | None = None
        self.bound: float | None = None

    @property
    def as_of(self) -> date | None:
        """The day that the plan begins: a search that goes on after midnight is for the same day. None: not begun."""
        document = self._read()
        return None if document is None else date.fromisoformat(document["as_of"])

    def begin(self, built: Built, rests_on: str) -> Kept:
        """What was kept of the search for a problem, which rests on what has the hash ``rests_on``.

        Where that has changed the best plan is gone on from as far as it still holds, and the bound is proven anew.
        """
        self._built, self._rests_on = built, rests_on
        document = self._read()
        if document is None:
            return Kept(None, 0.0)
        from skillmatch.planning.solution import Warm

        self._before = document["seconds"]
        same = document["rests_on"] == rests_on
        if same:
            self.best, self.bound = document["best"], document["bound"]
        bound = math.inf if not same or self.bound is None else self.bound
        return Kept(Warm(document["multipliers"], self._chosen(built, document["chosen"]), bound), self._before)

    def keep(self, standing: Standing) -> None:
        """Keep where the search is, unless that was done just before; a disk that refuses does not stop it."""
        begun = time.monotonic()
        if begun < self._not_before or self._built is None:
            return
        problem = self._built.problem
        warm = standing.warm(problem)
        best, bound = _finite(standing.worth), _finite(standing.bound)
        document = {
            "format": FORMAT,
            "rests_on": self._rests_on,
            "as_of": self._built.setting.as_of.isoformat(),
            "seconds": self._before + standing.seconds,
            "best": best,
            "bound": bound,
            "multipliers": warm.multipliers,
            "chosen": {
                self._digest(person): self._digest(self._built.options[person][number - 1].signature)
                for person, number in warm.choice.items()
            },
        }
        with suppress(OSError):
            self._write(canonical_json(document))
            self.best, self.bound = best, bound
        now = time.monotonic()
        self._not_before = now + max(EVERY, (now - begun) / SHARE)

    def _chosen(self, built: Built, chosen: Mapping[str, str]) -> dict[str, int]:
        found = {}
        for person, options in built.options.items():
            wanted = chosen.get(self._digest(person))
            if wanted is not None:
                numbers = (n for n, item in enumerate(options, start=1) if self._digest(item.signature) == wanted)
                found[person] = next(numbers, 0)
        return found

    def _digest(self, of: object) -> str:
        return hashlib.blake2b(f"{self._name}/{of!r}".encode(), digest_size=10).hexdigest()

    def _read(self) -> dict[str, Any] | None:
        """What the file holds; None where there is none, or one that a failing disk or another program left."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) and found.get("format") == FORMAT else None

    def _write(self, text: str) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None

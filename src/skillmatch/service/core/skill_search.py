"""Skill search: the names of a taxonomy laid out so that a part of one is found among a hundred thousand at once."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice

from skillmatch.domain.skills.taxonomy import Taxonomy, fold

MOST_KEPT = 2_048
"""Questions whose answers are kept; people who type ask the same beginnings again and again."""

_LAST = "\U0010ffff"

Rank = tuple[bool, int, str]


class SkillNames:
    """Finds skills by a part of a label or an alias: names that begin with it first, then shorter ones, then by id."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._names = sorted(taxonomy.by_name)
        self._ids = [taxonomy.by_name[name] for name in self._names]
        self._text = "".join(f"{name}\n" for name in self._names)  # a folded name holds no line break
        self._starts: list[int] = []
        place = 0
        for name in self._names:
            self._starts.append(place)
            place += len(name) + 1
        self._kept: dict[tuple[str, int], tuple[str, ...]] = {}

    def search(self, text: str, limit: int) -> tuple[str, ...]:
        """The ids of the best ``limit`` skills."""
        wanted = fold(text)
        if not wanted:
            return ()
        found = self._kept.get((wanted, limit))
        if found is None:
            best = self._best(self._beginning(wanted))
            if len(best) < limit:  # names that begin with the text outrank all others, so these may be spared
                best = self._best(self._holding(wanted))
            found = tuple(skill_id for *_, skill_id in heapq.nsmallest(limit, best.values()))
            if len(self._kept) >= MOST_KEPT:
                self._kept.pop(next(iter(self._kept)), None)
            self._kept[wanted, limit] = found
        return found

    def complete(self, text: str, limit: int) -> list[tuple[str, str]]:
        """Skill ids with the folded name that begins with the text, the shortest names first, each skill once."""
        wanted = fold(text)
        if not wanted:
            return []
        found = sorted((len(self._names[place]), self._names[place], place) for place, _ in self._beginning(wanted))
        named = ((skill_id, name) for _, name, place in found for skill_id in self._ids[place])
        seen: dict[str, str] = {}
        for skill_id, name in named:
            seen.setdefault(skill_id, name)
            if len(seen) >= limit:
                break
        return list(islice(seen.items(), limit))

    def _best(self, places: Iterable[tuple[int, bool]]) -> dict[str, Rank]:
        best: dict[str, Rank] = {}
        for place, begins in places:
            for skill_id in self._ids[place]:
                rank = (not begins, len(self._names[place]), skill_id)
                if skill_id not in best or rank < best[skill_id]:
                    best[skill_id] = rank
        return best

    def _beginning(self, wanted: str) -> Iterator[tuple[int, bool]]:
        first = bisect_left(self._names, wanted)
        for place in range(first, bisect_right(self._names, wanted + _LAST, lo=first)):
            yield place, True

    def _holding(self, wanted: str) -> Iterator[tuple[int, bool]]:
        at = self._text.find(wanted)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            yield place, at == self._starts[place]
            at = self._text.find(wanted, self._starts[place] + len(self._names[place]))

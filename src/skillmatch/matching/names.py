"""The names of a taxonomy's skills as rows, and the lookup of a text that is a name or holds one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.skills.taxonomy import Taxonomy, fold
from skillmatch.matching.words import core, loosened, without_qualifier, words

MAX_MENTION_WORDS = 8
MAX_MENTIONS = 30


class NameMatch(IntEnum):
    """How a text agrees with a name; a higher number is a stronger claim."""

    NONE = 0
    LOOSE_ALIAS = 1  # an alias but for hyphens, plural s and the like
    LOOSE_LABEL = 2  # the same for the label, or the label without its bracketed qualifier
    ALIAS = 3
    LABEL = 4


@dataclass(frozen=True, slots=True)
class NameHit:
    """One skill (by position) that a piece of text names, how, and how many skills share that name."""

    skill: int
    match: NameMatch
    shared_by: int
    words: int  # length of the piece


@dataclass(frozen=True)
class NameTable:
    """Every name of every skill in use, folded: rows in the order of the skills' ids, the label first, none twice.

    ``owner`` gives the skill (position) of each row, ``starts`` the first row of each skill, so that
    ``np.maximum.reduceat(scores, starts)`` is the best score over a skill's names. Deprecated skills have no rows.
    """

    skill_ids: tuple[str, ...]
    names: tuple[str, ...]
    owner: NDArray[np.int32]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> NameTable:
        """All names of a taxonomy's skills that are not deprecated."""
        skills = [skill for skill in taxonomy.skills.values() if not skill.deprecated]
        per_skill = [list(dict.fromkeys(name for name in map(fold, skill.names) if name)) for skill in skills]
        counts = np.array([len(names) for names in per_skill], dtype=np.int64)
        return cls(
            tuple(skill.id for skill in skills),
            tuple(name for names in per_skill for name in names),
            np.repeat(np.arange(len(skills), dtype=np.int32), counts),
            np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int64) if len(skills) else np.empty(0, np.int64),
        )

    @property
    def ends(self) -> NDArray[np.int64]:
        """One past the last row of each skill."""
        return np.append(self.starts[1:], len(self.names)) if len(self.starts) else self.starts

    def of_skill(self, skill: int) -> tuple[str, ...]:
        """The names of the skill at a position."""
        return self.names[self.starts[skill] : self.ends[skill]]

    @cached_property
    def exact(self) -> dict[str, tuple[tuple[int, NameMatch], ...]]:
        """For each folded name the skills called so, those that carry it as label first."""
        labels = set(self.starts.tolist())
        found: dict[str, list[tuple[int, NameMatch]]] = {}
        for row, (name, skill) in enumerate(zip(self.names, self.owner.tolist(), strict=True)):
            found.setdefault(name, []).append((skill, NameMatch.LABEL if row in labels else NameMatch.ALIAS))
        return {name: tuple(sorted(hits, key=lambda hit: -hit[1])) for name, hits in found.items()}

    @cached_property
    def loose(self) -> dict[str, tuple[tuple[int, NameMatch], ...]]:
        """For each loosened name the skills called so; a label without its bracket counts where only one has it."""
        found: dict[str, dict[int, NameMatch]] = {}
        labels = set(self.starts.tolist())
        for row, (name, skill) in enumerate(zip(self.names, self.owner.tolist(), strict=True)):
            match = NameMatch.LOOSE_LABEL if row in labels else NameMatch.LOOSE_ALIAS
            key = loosened(name)
            if key:
                owners = found.setdefault(key, {})
                owners[skill] = max(match, owners.get(skill, NameMatch.NONE))
        for key, skill in self.bare.items():
            found.setdefault(key, {})[skill] = NameMatch.LOOSE_LABEL
        return {key: tuple(sorted(owners.items(), key=lambda hit: (-hit[1], hit[0]))) for key, owners in found.items()}

    @cached_property
    def bare(self) -> dict[str, int]:
        """Loosened labels without their bracket, where one skill alone has it: "X (a)", "X (b)" say too little of X."""
        found: dict[str, set[int]] = {}
        for skill, row in enumerate(self.starts.tolist()):
            if (short := without_qualifier(self.names[row])) != self.names[row] and (key := loosened(short)):
                found.setdefault(key, set()).add(skill)
        return {key: next(iter(skills)) for key, skills in found.items() if len(skills) == 1}

    def find(self, text: str) -> tuple[NameHit, ...]:
        """The skills that the whole text names: by its exact name, else loosely, without its bracket or its frame.

        A label without its bracket ("Java" of "Java (computer programming)") is as good as a label where no skill
        has just that label.
        """
        folded, loose = fold(text), loosened(text)
        hits = (
            self._hits(folded, loose)
            or self._hits("", loosened(without_qualifier(folded)))
            or self._hits("", loosened(core(text)))
        )
        meant = self.bare.get(loose)
        if meant is None or any(hit.match is NameMatch.LABEL for hit in hits):
            return hits
        others = tuple(hit for hit in hits if hit.skill != meant)
        return (NameHit(meant, NameMatch.LABEL, len(others) + 1, 0), *others)

    def mentions(self, text: str) -> tuple[NameHit, ...]:
        """Names that stand in the text as whole words, the longest first; at most 30.

        A name inside a longer name that was found is left out, as "data" in "data mining".
        """
        found: list[NameHit] = []
        for hits in self._spans(words(text)):
            found.extend(hits)
            if len(found) >= MAX_MENTIONS:
                break
        return tuple(found[:MAX_MENTIONS])

    def _spans(self, tokens: list[str]) -> Iterator[tuple[NameHit, ...]]:
        taken = [False] * len(tokens)
        for size in range(min(MAX_MENTION_WORDS, len(tokens)), 0, -1):
            for start in range(len(tokens) - size + 1):
                if any(taken[start : start + size]):
                    continue
                piece = " ".join(tokens[start : start + size])
                hits = self._hits(piece, loosened(piece), size)
                if hits:
                    taken[start : start + size] = [True] * size
                    yield hits

    def _hits(self, folded: str, loose: str, size: int = 0) -> tuple[NameHit, ...]:
        exact = self.exact.get(folded, ())
        owners = {skill for skill, _ in exact}
        # a loose label beside an exact alias stays: "Java" may be an alias of one skill and "Java (...)" another
        others = [
            hit
            for hit in self.loose.get(loose, ())
            if hit[0] not in owners and (not exact or hit[1] is NameMatch.LOOSE_LABEL)
        ]
        hits = [*exact, *others]
        return tuple(NameHit(skill, match, len(hits), size) for skill, match in hits)


def distinct(hits: Iterable[NameHit]) -> dict[int, NameHit]:
    """The strongest hit per skill."""
    best: dict[int, NameHit] = {}
    for hit in hits:
        if hit.skill not in best or (hit.match, hit.words) > (best[hit.skill].match, best[hit.skill].words):
            best[hit.skill] = hit
    return best

"""How honest the intervals of a profile are: on simulated histories with known truth, 80 % of them should hold it.

Run it with ``python -m benchmarks.advice.intervals``. The generative model, every draw of it from one seed:

* The level today is even over 0 to 5. Going back in time it wanders: a normal step whose variance grows with the days,
  ``ERROR**2`` for one half-life of the skill's type, and never leaves 0 to 5.
* One to six pieces of evidence, up to six years old, by any source. What is said is the level of that day plus an
  error whose standard deviation is ``ERROR / sqrt(TRUST)``; half of the variance (``ALIKE``) is shared by all that one
  source says about the skill, except between two examinations on different days. Said levels are rounded to half
  levels and held within 0 to 5, as people and forms do.
* An award is for a level from 1 to 5. Whoever's level of that day, with an error of its own, does not reach it does not
  get the award and tries no other: the history is without it.

The model is not the one that profiles are made with: there age counts as doubt of a single piece, not as a path that
all pieces share, nothing is rounded, and awards are read in the person's favour. Where awards are all that is known the
interval holds far less than it says: "at least" is told as a level, and in this model most are above it.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import NamedTuple

from skillmatch.domain.catalogue.credential import Catalogue
from skillmatch.domain.people.person import Evidence, EvidenceSource, Person
from skillmatch.domain.skills.skill import SkillType
from skillmatch.gaps import HALF_LIFE_DAYS, TRUST
from skillmatch.gaps.combining import AT_LEAST
from skillmatch.gaps.profile import build_profile
from skillmatch.gaps.weighing import ALIKE, ERROR

TODAY = date(2026, 3, 2)
LONGEST_DAYS = 6 * 365
MOST_PIECES = 6
PEOPLE = 20_000
SEED = 20260302
LOW, HIGH = 0.77, 0.83
NOTHING = Catalogue.of(())
SOURCES = [source for source in EvidenceSource if source is not EvidenceSource.RECOGNITION]


class History(NamedTuple):
    """A person's true level in one skill today, the skill's type, and what was said about it."""

    truth: float
    type: SkillType
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """How many intervals were looked at, how many hold the truth, and how wide they are in all (levels)."""

    people: int = 0
    hits: int = 0
    width: float = 0.0

    @property
    def share(self) -> float:
        """The share (0-1) that holds the truth."""
        return self.hits / self.people if self.people else 0.0

    @property
    def usual_width(self) -> float:
        """The mean width in levels."""
        return self.width / self.people if self.people else 0.0

    def add(self, hit: bool, width: float) -> Held:
        """The same with one more."""
        return Held(self.people + 1, self.hits + hit, self.width + width)


def histories(count: int, seed: int) -> Iterator[History]:
    """So many histories with at least one piece of evidence, see the top of this module."""
    draw = random.Random(seed)
    made = 0
    while made < count:
        found = _history(draw)
        if found.evidence:
            made += 1
            yield found


def coverage(count: int, seed: int) -> dict[str, Held]:
    """How often the 80 % interval holds the truth, by what is known: in all, by pieces, by source where it is alone."""
    held: dict[str, Held] = defaultdict(Held)
    for one in histories(count, seed):
        person = Person("p", "P", evidence=one.evidence)
        profile = build_profile(person, NOTHING, TODAY, {"skill": one.type})
        found = profile.attainments.get("skill")
        if found is None:
            continue
        hit, width = found.low - 1e-9 <= one.truth <= found.high + 1e-9, found.high - found.low
        sources = {piece.source for piece in one.evidence}
        said = "several sources" if len(sources) > 1 else f"only {sources.pop().value}"
        least = int(min(one.truth, 4.999))
        words = ["all", f"{len(one.evidence)} pieces", said, f"truth {least} to {least + 1}"]
        words.append("contradictory" if found.contradictory else "not contradictory")
        for word in words:
            held[word] = held[word].add(hit, width)
    return dict(held)


def _history(draw: random.Random) -> History:
    kind = draw.choice(list(SkillType))
    truth = draw.uniform(0, 5)
    days = sorted(draw.randrange(LONGEST_DAYS) for _ in range(draw.randint(1, MOST_PIECES)))
    shared: dict[object, float] = {}
    said = []
    level, since = truth, 0
    for day in days:  # from today back into the past
        level = _within(draw.gauss(level, ERROR * sqrt((day - since) / HALF_LIFE_DAYS[kind])))
        since = day
        piece = _piece(draw, level, day, shared)
        if piece is not None:
            said.append(piece)
    return History(truth, kind, tuple(said))


def _piece(draw: random.Random, level: float, age: int, shared: dict[object, float]) -> Evidence | None:
    source = draw.choice(SOURCES)
    spread = ERROR / sqrt(TRUST[source])
    alone = source is EvidenceSource.ASSESSMENT
    common = draw.gauss(0, 1) if alone else shared.setdefault(source, draw.gauss(0, 1))
    error = spread * (sqrt(ALIKE) * common + sqrt(1 - ALIKE) * draw.gauss(0, 1))
    on = TODAY - timedelta(days=age)
    if source in AT_LEAST:
        wanted = draw.choice([1.0, 2.0, 3.0, 4.0, 5.0])
        return Evidence("skill", wanted, source, on, note=f"course {wanted}") if level + error >= wanted else None
    return Evidence("skill", round(2 * _within(level + error)) / 2, source, on)


def _within(level: float) -> float:
    return min(5.0, max(0.0, level))


def main() -> int:
    """Print the table; 1 where the whole is not within 77 to 83 %."""
    held = coverage(PEOPLE, SEED)
    print(f"{'':24}{'people':>8}{'held':>9}{'width':>8}")
    for word, found in sorted(held.items(), key=lambda item: (item[0] != "all", item[0])):
        print(f"{word:24}{found.people:8,}{found.share:9.1%}{found.usual_width:8.2f}")
    return 0 if LOW <= held["all"].share <= HIGH else 1


if __name__ == "__main__":
    sys.exit(main())

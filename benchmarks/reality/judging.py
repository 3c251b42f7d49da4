"""Judgements of single pieces of advice, kept as data; what nobody judged is told as unjudged, never as a no."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from statistics import mean

from benchmarks.reality.world import Case, course_key

WORTH = {"yes": 1.0, "half": 0.5, "no": 0.0}


@dataclass(frozen=True)
class Judgement:
    """Would this person's manager and somebody from learning and development sign this course as advice for the role?

    ``course`` is the key of the course, ``false_reason`` whether a reason that was given is not taught by it (None
    where no reason was shown), ``why`` one line in the judge's words.
    """

    person: str
    role: str
    course: str
    verdict: str
    false_reason: bool | None
    why: str
    judge: str

    def __post_init__(self) -> None:
        if self.verdict not in WORTH:
            raise ValueError(f"'{self.verdict}' is none of {', '.join(WORTH)}")


def read_judgements(path: Path) -> list[Judgement]:
    """All judgements of a file, one a line."""
    return [Judgement(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def write_judgements(path: Path, found: Iterable[Judgement]) -> None:
    """Write them in an order of their own, so that nothing tells which list a course came from."""
    ordered = sorted(found, key=lambda item: (item.judge, item.person, item.role, item.course))
    path.write_text("".join(json.dumps(asdict(item)) + "\n" for item in ordered), encoding="utf-8")


@dataclass(frozen=True)
class Acceptance:
    """How many of the places of a system's lists were filled and judged, and what the judged ones are worth."""

    places: int
    given: int
    judged: int
    worth: float

    @property
    def of_places(self) -> float:
        """Worth by all places: a list that is too short loses by it."""
        return self.worth / self.places

    @property
    def of_judged(self) -> float | None:
        """Worth by what was given and judged."""
        return self.worth / self.judged if self.judged else None


def acceptance(lists: Sequence[tuple[Case, Sequence[str]]], judgements: Sequence[Judgement], limit: int) -> Acceptance:
    """What the lists are worth; of several judges of one piece of advice the mean counts."""
    said: dict[tuple[str, str, str], list[float]] = {}
    for one in judgements:
        said.setdefault((one.person, one.role, one.course), []).append(WORTH[one.verdict])
    keys = [(case.person, case.role, course_key(item)) for case, found in lists for item in found[:limit]]
    judged = [mean(said[key]) for key in keys if key in said]
    return Acceptance(limit * len(lists), len(keys), len(judged), sum(judged))


def agreement(judgements: Sequence[Judgement]) -> dict[tuple[str, str], tuple[int, float]]:
    """For each two judges how many pieces both judged, and the share on which the verdicts are the same."""
    by_judge: dict[str, dict[tuple[str, str, str], str]] = {}
    for one in judgements:
        by_judge.setdefault(one.judge, {})[one.person, one.role, one.course] = one.verdict
    found = {}
    for first, second in combinations(sorted(by_judge), 2):
        both = by_judge[first].keys() & by_judge[second].keys()
        if both:
            same = sum(by_judge[first][key] == by_judge[second][key] for key in both)
            found[first, second] = len(both), same / len(both)
    return found

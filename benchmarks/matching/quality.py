"""Runs rankers over tasks and measures them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.measures import Interval, each_text, interval, ranked
from benchmarks.matching.models import Model
from benchmarks.matching.tasks import Task
from skillmatch.domain.skills.taxonomy import Taxonomy, fold

AT_ONCE = 64
Rank = Callable[[Task], list[list[int]]]
"""A task in, for each text the positions of its candidates, best first."""


@dataclass(frozen=True)
class Names:
    """Names of candidates as rows: the label first, then the shortest aliases. ``starts`` is each one's first row."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, named: Sequence[tuple[str, str, tuple[str, ...]]], aliases: int) -> Names:
        """From (id, label, aliases) in the order of ids."""
        texts: list[str] = []
        starts = []
        for _, label, others in named:
            starts.append(len(texts))
            texts.append(fold(label))
            texts += sorted({fold(one) for one in others} - {fold(label)}, key=lambda one: (len(one), one))[:aliases]
        return cls(tuple(key for key, _, _ in named), tuple(texts), np.array(starts))

    def aliases_of(self, ids: frozenset[str]) -> NDArray[np.int64]:
        """The rows of these candidates' aliases."""
        ends = [*self.starts[1:], len(self.texts)]
        rows = [
            range(start + 1, end) for key, start, end in zip(self.ids, self.starts, ends, strict=True) if key in ids
        ]
        return np.array([row for span in rows for row in span], dtype=np.int64)


@dataclass(frozen=True)
class Result:
    """One model on one task; ``per_second`` are texts, without making ready and without what a cache knew."""

    task: str
    model: str
    texts: int
    measures: dict[str, Interval]
    per_second: float

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def names_of(taxonomy: Taxonomy, onet: dict[str, tuple[str, ...]], aliases: int) -> dict[str, Names]:
    """The names of all candidates by what a task asks among."""
    found = {
        "skills": Names.of([(item.id, item.label, item.aliases) for item in taxonomy.skills.values()], aliases),
        "occupations": Names.of(
            [(item.id, item.label, item.aliases) for item in taxonomy.occupations.values()], aliases
        ),
    }
    return found | {among: Names.of([(name, name, ()) for name in names], 0) for among, names in onet.items()}


def ranks_of(model: Model, tasks: Sequence[Task], names: dict[str, Names]) -> Rank:
    """A model that scores names as a ranker: a candidate is worth its best name."""
    scorers = {among: model.scorer(list(names[among].texts)) for among in sorted({task.among for task in tasks})}

    def rank(task: Task) -> list[list[int]]:
        found: list[list[int]] = []
        hidden = names[task.among].aliases_of(task.hidden)
        for start in range(0, len(task.texts), AT_ONCE):
            every = scorers[task.among](task.texts[start : start + AT_ONCE])
            every[:, hidden] = -1.0
            found += ranked(np.maximum.reduceat(every, names[task.among].starts, axis=1))
        return found

    return rank


def measure(name: str, rank: Rank, task: Task, names: Names, seed: int) -> Result:
    """A ranker's result on a task."""
    place = {key: row for row, key in enumerate(names.ids)}
    right = [frozenset(place[key] for key in ids) for ids in task.right]
    began = time.perf_counter()
    rankings = rank(task)
    seconds = time.perf_counter() - began
    measures = {what: interval(values, seed) for what, values in each_text(rankings, right).items()}
    return Result(task.name, name, len(task.texts), measures, round(len(task.texts) / max(seconds, 1e-9)))

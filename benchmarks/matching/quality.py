"""Runs models over tasks: best score over a candidate's names, then the measures."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.measures import Interval, each_text, interval
from benchmarks.matching.models import Model, Scorer
from benchmarks.matching.tasks import Task
from skillmatch.domain.taxonomy import Taxonomy, fold

AT_ONCE = 64


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
    """One model on one task; ``seconds`` is the time for the texts alone, without those that a cache already knew."""

    task: str
    model: str
    texts: int
    measures: dict[str, Interval]
    seconds: float

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def names_of(taxonomy: Taxonomy, among: str, aliases: int) -> Names:
    """The names of all skills or all occupations."""
    items = taxonomy.skills if among == "skills" else taxonomy.occupations
    return Names.of([(item.id, item.label, item.aliases) for item in items.values()], aliases)


def measure(model: Model, tasks: Sequence[Task], names: dict[str, Names], seed: int) -> list[Result]:
    """A model's results on all tasks."""
    scorers = {among: model.scorer(list(names[among].texts)) for among in sorted({task.among for task in tasks})}
    return [_one(model.name, scorers[task.among], task, names[task.among], seed) for task in tasks]


def _one(name: str, scorer: Scorer, task: Task, names: Names, seed: int) -> Result:
    place = {key: row for row, key in enumerate(names.ids)}
    right = [frozenset(place[key] for key in ids) for ids in task.right]
    hidden = names.aliases_of(task.hidden)
    found: dict[str, list[float]] = {}
    began = time.perf_counter()
    for start in range(0, len(task.texts), AT_ONCE):
        every = scorer(task.texts[start : start + AT_ONCE])
        every[:, hidden] = -1.0
        best = np.maximum.reduceat(every, names.starts, axis=1)
        for measure_name, values in each_text(best, right[start : start + AT_ONCE]).items():
            found.setdefault(measure_name, []).extend(values)
    measures = {measure_name: interval(values, seed) for measure_name, values in found.items()}
    return Result(task.name, name, len(task.texts), measures, round(time.perf_counter() - began, 2))

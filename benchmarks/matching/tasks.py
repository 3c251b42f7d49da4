"""The questions of the benchmark: texts, what they are asked against, and the right answers.

Every file of the known layouts in a data folder becomes a task, so that test splits work as well as the validation
files: ``matching/*_annotations.csv``, ``matching/skillskape_*.csv`` but train, ``matching/job_titles_*.csv``.
"""

from __future__ import annotations

import ast
import csv
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from skillmatch.domain.roles.role import RequirementKind
from skillmatch.domain.skills.taxonomy import Taxonomy, fold
from skillmatch.matching.training.holdout import Held, calibrates

NO_LABELS = {"UNDERSPECIFIED", "LABEL NOT PRESENT", "UNK"}


@dataclass(frozen=True)
class Task:
    """Texts with the ids that are right for each. ``among`` names the candidates: skills, occupations, or O*NET's
    elements or occupations; ``hidden`` are the skills whose aliases may not be looked at, because they are the
    questions."""

    name: str
    texts: tuple[str, ...]
    right: tuple[frozenset[str], ...]
    among: str = "skills"
    hidden: frozenset[str] = frozenset()


def read_tasks(data: Path, taxonomy: Taxonomy, held: Held, *, limit: int, seed: int) -> list[Task]:
    """All tasks that a data folder has, each with at most ``limit`` texts, drawn from the seed."""
    found = [*_annotations(data / "matching", taxonomy), *_skape(data / "matching", taxonomy)]
    found += [_held_aliases(taxonomy, held), _held_occupations(taxonomy, held)]
    found += _job_titles(data / "matching", taxonomy)
    found += [_task(among, right, among=among) for among, (right, _) in onet(data).items()]
    return [_drawn(task, limit, seed) for task in found if task.texts]


def _annotations(folder: Path, taxonomy: Taxonomy) -> Iterator[Task]:
    labels = _ids_by_label(taxonomy)
    for path in sorted(folder.glob("*_annotations.csv")):
        right: dict[str, set[str]] = defaultdict(set)
        for row in _rows(path):
            if row["label"] not in NO_LABELS:
                right[row["sentence"]] |= labels.get(fold(row["label"]), set())
        yield _task(path.stem.removesuffix("_annotations"), right)


def _skape(folder: Path, taxonomy: Taxonomy) -> Iterator[Task]:
    labels = _ids_by_label(taxonomy)
    for path in sorted(folder.glob("skillskape_*.csv")):
        if path.stem.endswith("_train"):
            continue
        right: dict[str, set[str]] = defaultdict(set)
        for row in _rows(path):
            for name in ast.literal_eval(row["skills"]):
                if name not in NO_LABELS:
                    right[row["sentence"]] |= labels.get(fold(name), set())
        yield _task(path.stem, right)


def _held_aliases(taxonomy: Taxonomy, held: Held) -> Task:
    """Aliases that neither training nor calibration saw; one that also names another skill has no one answer."""
    right: dict[str, set[str]] = {
        alias: {key}
        for key in sorted(held.skills)
        if not calibrates(key)
        for alias in taxonomy.skills[key].aliases
        if taxonomy.by_name[fold(alias)] == (key,) and fold(alias) != fold(taxonomy.skills[key].label)
    }
    return _task("held-out aliases", right, hidden=held.skills)


def _held_occupations(taxonomy: Taxonomy, held: Held) -> Task:
    """Occupations whose links training never saw, by label; right are their essential skills."""
    right = {
        taxonomy.occupations[key].label: {
            need.skill_id for need in taxonomy.occupations[key].requirements if need.kind is RequirementKind.ESSENTIAL
        }
        for key in sorted(held.occupations)
    }
    return _task("held-out occupations", right)


def _job_titles(folder: Path, taxonomy: Taxonomy) -> Iterator[Task]:
    for path in sorted(folder.glob("job_titles_*.csv")):
        right: dict[str, set[str]] = defaultdict(set)
        for row in _rows(path):
            if row["conceptUri"] in taxonomy.occupations:
                right[row["vacancyTitle"].strip()].add(row["conceptUri"])
        yield _task(path.stem, right, among="occupations")


def onet(data: Path) -> dict[str, tuple[dict[str, set[str]], tuple[str, ...]]]:
    """O*NET's own descriptions, which training never opens: for its elements (abilities, knowledge, work activities
    ...) and its occupations the description of each with its name, and all names."""
    found = {}
    for among, file, name in (
        ("O*NET elements", "Content Model Reference.txt", "Element Name"),
        ("O*NET occupations", "Occupation Data.txt", "Title"),
    ):
        path = data / "onet-29.3" / file
        if not path.exists():
            continue
        right: dict[str, set[str]] = defaultdict(set)
        with path.open(encoding="utf-8-sig", newline="") as rows:
            for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["Description"].strip():
                    right[row["Description"].strip()].add(row[name])
        found[among] = (dict(right), tuple(sorted(set().union(*right.values()))))
    return found


def _task(name: str, right: dict[str, set[str]], **more: object) -> Task:
    asked = {text: frozenset(ids) for text, ids in right.items() if text and ids}
    return Task(name.replace("_", " "), tuple(asked), tuple(asked.values()), **more)  # type: ignore[arg-type]


def _drawn(task: Task, limit: int, seed: int) -> Task:
    if len(task.texts) <= limit:
        return task
    rows = sorted(random.Random(seed).sample(range(len(task.texts)), limit))
    texts, right = tuple(task.texts[row] for row in rows), tuple(task.right[row] for row in rows)
    return Task(task.name, texts, right, task.among, task.hidden)


def _ids_by_label(taxonomy: Taxonomy) -> dict[str, set[str]]:
    labels: dict[str, set[str]] = defaultdict(set)
    for skill in taxonomy.skills.values():
        labels[fold(skill.label)].add(skill.id)
    return labels


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))

"""How far the linker's probabilities can be believed, where it should be silent, and which look-alikes it tells apart.

TECH, HOUSE and SkillSkape dev also fitted the calibration that is packaged: models/linker/README.md has the figures
by fits that did not see them. Here the packaged model is measured, on these and on any other files of the layout.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.linking_data import nonsense
from benchmarks.linking_quality import expected_error
from benchmarks.matching.tasks import Task
from skillmatch.domain.skills.taxonomy import Taxonomy, fold
from skillmatch.domain.text.link import LinkAnswer
from skillmatch.matching.linker import Linker

COVERAGES = (0.25, 0.5, 0.75, 1.0)
BINS = 10
OTHER_LANGUAGES = (
    "Erfahrung in der Betreuung von Auszubildenden", "sabe conducir camiones de gran tonelaje", "gestion des stocks",
    "umiejętność pracy pod presją czasu", "capacità di ascolto", "ervaring met het onderhoud van liften",
    "заниматься ремонтом автомобилей", "看護の経験がある", "熟练使用办公软件", "مهارات التواصل مع العملاء",
    "tuntee kirjanpidon",
    "satış hedeflerine ulaşmak",
)  # fmt: skip


@dataclass(frozen=True)
class Trust:
    """Figures of one task, in percent; ``precision_at`` is by the share of texts answered, surest first."""

    task: str
    texts: int
    ece: float
    ece_best: float
    precision: float | None
    coverage: float
    precision_at: dict[str, float]
    bins: list[tuple[float, float, int]]

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def trust(linker: Linker, task: Task) -> Trust:
    """Ask the linker and compare what it says with what is right."""
    answers = linker.link(task.texts, top=5)
    rows = [
        (link.probability, link.skill_id in right)
        for answer, right in zip(answers, task.right, strict=True)
        for link in answer.links
    ]
    sure, hit = (np.array(column) for column in zip(*rows, strict=True))
    best = np.array([answer.links[0].probability for answer in answers])
    good = np.array([answer.links[0].skill_id in right for answer, right in zip(answers, task.right, strict=True)])
    used = np.array([answer.best is not None for answer in answers])
    order = np.argsort(-best, kind="stable")
    which = np.minimum((sure * BINS).astype(int), BINS - 1)
    return Trust(
        task.name,
        len(answers),
        round(100 * expected_error(sure, hit), 1),
        round(100 * expected_error(best, good), 1),
        round(100 * float(good[used].mean()), 1) if used.any() else None,
        round(100 * float((used & good).mean()), 1),
        {
            f"{share:.0%}": round(100 * float(good[order[: max(1, round(share * len(order)))]].mean()), 1)
            for share in COVERAGES
        },
        [
            (
                round(float(sure[which == at].mean()), 4),
                round(float(hit[which == at].mean()), 4),
                int((which == at).sum()),
            )
            for at in range(BINS)
            if (which == at).any()
        ],
    )


def silence(linker: Linker) -> dict[str, tuple[int, float, float]]:
    """Number of texts, mean top probability and share of silence, in percent, where no skill is right."""
    asked = {
        "nonsense": [example.text for example in nonsense(1_000, 3)],
        "other languages": list(OTHER_LANGUAGES),
    }
    found = {}
    for what, texts in asked.items():
        answers = linker.link(texts)
        top = np.mean([answer.links[0].probability for answer in answers])
        found[what] = (
            len(texts),
            round(100 * float(top), 1),
            round(100 * float(np.mean([answer.best is None for answer in answers])), 1),
        )
    return found


@dataclass(frozen=True)
class LookAlike:
    """A text, what it means, what it must not be taken for, and what came back."""

    text: str
    best: str
    probability: float
    right: bool
    confused: bool


def look_alikes(linker: Linker, taxonomy: Taxonomy) -> list[LookAlike]:
    """The file of look-alikes against a taxonomy that has those labels (ESCO)."""
    labels = {fold(skill.label) for skill in taxonomy.skills.values()}
    with (Path(__file__).parent / "look_alikes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if any(fold(one) in labels for one in row["right"].split("|"))]
    answers = linker.link([row["text"] for row in rows])
    return [_judged(row, answer) for row, answer in zip(rows, answers, strict=True)]


def _judged(row: dict[str, str], answer: LinkAnswer) -> LookAlike:
    right, never = (_folded(row[key].split("|")) for key in ("right", "never"))
    used = answer.best
    confused = used is not None and fold(used.label) in never
    first = answer.links[0]
    return LookAlike(row["text"], first.label, first.probability, fold(first.label) in right, confused)


def _folded(names: Sequence[str]) -> set[str]:
    return {fold(name) for name in names if name}

"""Closure per policy with bootstrap intervals, ours against each baseline, and the page that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

CUTS = (1, 3, 5)
RESAMPLES = 2_000
OURS = "ours"


@dataclass(frozen=True)
class Figure:
    """A mean in percent and its 95 % bootstrap interval over people."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.1f} ({self.low:.1f} to {self.high:.1f})"


def figure(values: NDArray[np.floating], seed: int) -> Figure:
    """The mean of one value per person, and the interval of the mean when people are drawn again."""
    rows = np.random.default_rng(seed).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.percentile(values[rows].mean(axis=1), [2.5, 97.5])
    return Figure(100 * float(values.mean()), 100 * float(low), 100 * float(high))


def summary(found: Mapping[str, NDArray[np.floating]], seed: int) -> dict[str, Any]:
    """Per policy and k the closure, and how much ours is ahead of it on the same people."""
    document: dict[str, Any] = {}
    for name, values in found.items():
        document[name] = {
            f"k={cut}": {
                "closure": vars(figure(values[:, place], seed)),
                "ours_ahead_by": vars(figure(found[OURS][:, place] - values[:, place], seed)),
            }
            for place, cut in enumerate(CUTS)
        }
    return document


def markdown(found: Mapping[str, Mapping[str, NDArray[np.floating]]], seed: int, setting: str) -> str:
    """The page: what was done, a table for each way courses tell what they teach, and where ours is not ahead."""
    lines = [
        "# Advice against planted truth",
        "",
        "Invented people have hidden levels, and evidence about them is drawn from these with bias and noise.",
        "Invented courses say only in words what they teach. *Named and described*: a third of it by name,",
        "a third by name and description, a third by description alone. *Described only*: no skill is named anywhere.",
        "How many complete them and reach the level is hidden.",
        "Each way to choose names five courses a person. What counts is the share of the true gap (in per cent)",
        "that the first k of them are expected to close. The oracle knows everything and chooses greedily.",
        "",
        setting,
        "95 % intervals from drawing people again; differences are on the same people.",
    ]
    for telling, closed in found.items():
        lines += ["", f"## {telling.capitalize()}", "", *_table(closed, seed), "", *_honestly(closed, seed)]
    lines += ["", "Run again: `python -m benchmarks.advice`."]
    return "\n".join(lines) + "\n"


def _table(found: Mapping[str, NDArray[np.floating]], seed: int) -> Sequence[str]:
    lines = [
        "| chosen by | " + " | ".join(f"closed after {cut}" for cut in CUTS) + f" | ours ahead after {CUTS[-1]} |",
        "| --- |" + " ---: |" * (len(CUTS) + 1),
    ]
    for name, values in found.items():
        cells = [str(figure(values[:, place], seed)) for place in range(len(CUTS))]
        ahead = "" if name == OURS else str(figure(found[OURS][:, -1] - values[:, -1], seed))
        lines.append(f"| {name} | {' | '.join(cells)} | {ahead} |")
    return lines


def _honestly(found: Mapping[str, NDArray[np.floating]], seed: int) -> Sequence[str]:
    behind = [
        f"{name} after {cut}"
        for name, values in found.items()
        if name not in (OURS, "oracle")
        for place, cut in enumerate(CUTS)
        if figure(found[OURS][:, place] - values[:, place], seed).low <= 0
    ]
    if not behind:
        return ["Ours is ahead of every baseline at every k, by more than the interval."]
    return [f"**Ours is not surely ahead of:** {', '.join(behind)}."]

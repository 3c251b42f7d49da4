"""Results as a table that a person reads."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.matching.quality import Result

COLUMNS = ("RP@1", "RP@5", "RP@10", "MRR")


def markdown(results: Sequence[Result]) -> str:
    """One table per task, the models in the order they ran; where ours is not the best, a line says so."""
    parts = []
    for task in dict.fromkeys(result.task for result in results):
        chosen = [result for result in results if result.task == task]
        lines = [f"### {task} ({chosen[0].texts} texts)", "", "| model | " + " | ".join(COLUMNS) + " |"]
        lines.append("| --- |" + " ---: |" * len(COLUMNS))
        lines += [
            f"| {result.model} | " + " | ".join(str(result.measures[column]) for column in COLUMNS) + " |"
            for result in chosen
        ]
        parts.append("\n".join([*lines, *_losses(chosen)]))
    return "\n\n".join(parts) + "\n"


def _losses(results: Sequence[Result]) -> list[str]:
    ours = next((result for result in reversed(results) if result.model in ("fused", "tuned")), None)
    if ours is None:
        return []
    better = [
        f"{other.model} by {other.measures[column].mean - ours.measures[column].mean:.1f} on {column}"
        for other in results
        for column in COLUMNS
        if other.measures[column].mean > ours.measures[column].mean
    ]
    return ["", f"Better than {ours.model} here: {'; '.join(better)}."] if better else []

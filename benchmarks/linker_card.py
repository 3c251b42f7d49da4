"""The model card of models/linker, written by the training command from the figures it measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def write_card(path: Path, content: dict[str, Any]) -> None:
    """Write the card: what it is for, what it learnt from, how good and how honest it is, what it cannot do."""
    path.write_text("\n".join(_lines(content)) + "\n", encoding="utf-8")


def _lines(content: dict[str, Any]) -> list[str]:
    return [
        "# Linker calibration",
        "",
        f"Model `{content['version']}` for the encoder `{content['encoder_id']}`. Written by",
        "`python -m benchmarks.train_linker --data ../shared/data`; every figure below comes from that run.",
        "",
        "**For**: turning the evidence that a text means a skill (names, letters, meaning, shared words) into a",
        "probability, and knowing when to say nothing. **Not for**: judging people.",
        "",
        "**Learnt from** ESCO 1.1.1 names (aliases that the encoder never saw, and one skill in thirty, taken away,",
        "then asked for), SkillSpan train lines without skills (MIT), generated nonsense, and the development",
        "files: TECH and HOUSE validation and SkillSkape dev (MIT). No test split was read. ESCO is a service of",
        "the European Union (CC BY 4.0); the files here hold no text of it, only numbers.",
        "",
        "**Files**: `linker.json` (weights, curve, thresholds, figures), `linker.sha256`.",
        "Vectors are made for labels; all names count by letters.",
        "",
        "## Ranking: RP@5 / MRR (first ten), percent",
        "",
        *_ranking(content["ranking"]),
        "",
        "The linker's rows come from two fits, each measured on the half of all texts that it did not see; the",
        "model that is written saw both. These sets also chose between variants while this was built, so all",
        "figures flatter a little. TECH and HOUSE have 75 and 61 sentences, 132 and 134 labelled spans: differences",
        "of 5 points are noise.",
        "",
        "## Honesty, percent",
        "",
        "ECE (ten bins) over the five links shown, then over the best alone, then what the latter would be on",
        "average for perfect probabilities on so few texts; precision and coverage of the best link at the",
        "threshold; silent = texts without a skill for which the linker abstains. A dash: nothing to count. The",
        "threshold is the least at which precision reaches 90 % on unseen ESCO names and on phrases of adverts alike;",
        "on whole sentences it is lower. Half of the phrases of adverts have no ESCO label by the annotators' strict",
        "reading. SkillSkape's labels are incomplete, so its precision is a lower bound. All by the fit that did",
        "not see the text.",
        "",
        *_honesty("With the encoder", content["full"]),
        "",
        *_honesty("Letters only (degraded)", content["letters_only"]),
        "",
        "## Limits",
        "",
        "English only. The phrases of adverts to calibrate on are few (some 490). Sentences hold several skills;",
        "the first may be right where the annotators marked another. A skill that the taxonomy lacks is sometimes",
        "met with its nearest neighbour, and a slip of the finger can hide a name.",
    ]


def _ranking(ranking: dict[str, dict[str, dict[str, float]]]) -> list[str]:
    sets = list(next(iter(ranking.values())))
    lines = ["| | " + " | ".join(sets) + " |", "|---" * (len(sets) + 1) + "|"]
    for name, figures in ranking.items():
        cells = " | ".join(f"{figures[what]['rp5']:.1f} / {figures[what]['mrr']:.1f}" for what in sets)
        lines.append(f"| {name} | {cells} |")
    return lines


_COLUMNS = ("texts", "ece", "ece_best", "ece_floor", "precision", "coverage", "kept_silent")


def _honesty(title: str, part: dict[str, Any]) -> list[str]:
    lines = [
        f"**{title}**: threshold {part['threshold']}.",
        "",
        "| texts | number | ECE, five | ECE, best | its floor | precision | coverage | silent |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, row in part["honesty"].items():
        cells = ("–" if row[key] is None else str(row[key]) for key in _COLUMNS)
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines

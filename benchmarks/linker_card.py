"""The model card of models/linker, written by the training command from the figures it measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from skillmatch.matching.vectors import SHORT_ALIASES


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
        "**Learnt from** ESCO 1.1.1 names (a fifth of the aliases and one skill in thirty taken away, then asked for),",
        "SkillSkape train (MIT), SkillSpan train lines without skills (MIT), generated nonsense. TECH and HOUSE",
        "validation and SkillSkape dev only calibrate, select and measure. No test split was read. ESCO is a service",
        "of the European Union (CC BY 4.0); the files here hold no text of it, only numbers.",
        "",
        "**Files**: `linker.json` (weights, curve, thresholds, figures), `linker.sha256`.",
        f"Vectors are made for each label and its {SHORT_ALIASES} shortest aliases; all names count by letters.",
        "",
        "## Ranking: RP@5 / MRR (first ten), percent",
        "",
        *_ranking(content["ranking"]),
        "",
        "These sets also chose between variants while this was built (which names get vectors: 13; n-gram sizes: 15;",
        "the form and weighting of the model: about 20), so the figures flatter it a little; there is no untouched set",
        "here. TECH and HOUSE have 75 and 61 sentences, 132 and 134 labelled spans: differences of 5 points are noise.",
        "",
        "## Honesty of the best link, percent",
        "",
        "ECE over ten bins; precision and coverage at the threshold, then at the strict one; silent = texts without a",
        "skill for which the linker abstains. A dash: nothing to count. The threshold is where precision reaches 90 %",
        "on an even mix of held-out ESCO names and phrases of adverts (TECH and HOUSE); the strict one where it does",
        "on phrases of adverts alone. **On adverts the precision at the threshold is therefore well below 90 %**: near",
        "half of their phrases have no ESCO label by the annotators' strict reading. Each half of TECH and HOUSE is",
        "measured with curve and thresholds fitted without it; texts kept aside were kept from the weights, not from",
        "the curve.",
        "SkillSkape's labels are incomplete, so its precision is a lower bound.",
        "",
        *_honesty("With the encoder", content["full"]),
        "",
        *_honesty("Letters only (degraded)", content["letters_only"]),
        "",
        "## Limits",
        "",
        "English only. The spans to calibrate on are few (some 490 phrases of adverts), so probabilities of phrases of",
        "other kinds rest on ESCO's own aliases, and are too modest for them. Sentences hold several skills; the first",
        "may be right where the annotators marked another. A skill that the taxonomy lacks is sometimes met with its",
        "nearest neighbour, and a slip of the finger can hide a name.",
    ]


def _ranking(ranking: dict[str, dict[str, dict[str, float]]]) -> list[str]:
    sets = list(next(iter(ranking.values())))
    lines = ["| | " + " | ".join(sets) + " |", "|---" * (len(sets) + 1) + "|"]
    for name, figures in ranking.items():
        cells = " | ".join(f"{figures[what]['rp5']:.1f} / {figures[what]['mrr']:.1f}" for what in sets)
        lines.append(f"| {name} | {cells} |")
    return lines


_COLUMNS = ("texts", "ece", "precision", "coverage", "kept_silent", "strict_precision", "strict_coverage")


def _honesty(title: str, part: dict[str, Any]) -> list[str]:
    lines = [
        f"**{title}**: threshold {part['threshold']}, strict threshold {part['strict']}.",
        "",
        "| texts | number | ECE | precision | coverage | silent | strict precision | strict coverage |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, row in part["honesty"].items():
        cells = ("–" if row[key] is None else str(row[key]) for key in _COLUMNS)
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines

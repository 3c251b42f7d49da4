"""Results as tables that a person reads, and the calibration as a picture."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.matching.honesty import LookAlike, Trust
from benchmarks.matching.quality import Result

COLUMNS = ("RP@1", "RP@5", "RP@10", "MRR")
OURS = ("skillmatch", "skill-encoder")


def markdown(results: Sequence[Result]) -> str:
    """One table per task, the models in the order they ran; where ours is not the best, a line says so."""
    parts = []
    for task in dict.fromkeys(result.task for result in results):
        chosen = [result for result in results if result.task == task]
        lines = [f"### {task} ({chosen[0].texts} texts)", "", f"| model | {' | '.join(COLUMNS)} | texts/s |"]
        lines.append("| --- |" + " ---: |" * (len(COLUMNS) + 1))
        lines += [
            f"| {result.model} | {' | '.join(str(result.measures[column]) for column in COLUMNS)} "
            f"| {result.per_second:,.0f} |"
            for result in chosen
        ]
        parts.append("\n".join([*lines, *_losses(chosen)]))
    return "\n\n".join(parts) + "\n"


def _losses(results: Sequence[Result]) -> list[str]:
    ours = next((result for name in OURS for result in results if result.model == name), None)
    if ours is None:
        return []
    better = [
        f"{other.model} by {other.measures[column].mean - ours.measures[column].mean:.1f} on {column}"
        for other in results
        for column in COLUMNS
        if other.measures[column].mean > ours.measures[column].mean
    ]
    return ["", f"Better than {ours.model} here: {'; '.join(better)}."] if better else []


def trust_table(found: Sequence[Trust], silent: dict[str, tuple[int, float, float]], threshold: float) -> str:
    """Calibration and abstention of the linker as it is packaged."""
    shares = list(found[0].precision_at)
    lines = [
        f"### Calibration and abstention (threshold {threshold:g})",
        "",
        "| texts | number | ECE, five links | ECE, best | precision | coverage | "
        + " | ".join(f"precision of the surest {share}" for share in shares)
        + " |",
        "| --- |" + " ---: |" * (5 + len(shares)),
    ]
    for row in found:
        cells = [str(row.texts), str(row.ece), str(row.ece_best), _or_dash(row.precision), str(row.coverage)]
        cells += [str(row.precision_at[share]) for share in shares]
        lines.append(f"| {row.task} | " + " | ".join(cells) + " |")
    lines += ["", "| no skill is right | number | mean top probability | silent |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {what} | {count} | {top} | {quiet} |" for what, (count, top, quiet) in silent.items()]
    return "\n".join(lines) + "\n"


def look_alike_table(found: Sequence[LookAlike]) -> str:
    """How many look-alikes are told apart, and every one that is not met by the first link."""
    right = sum(item.right for item in found)
    confused = sum(item.confused for item in found)
    lines = [
        f"### Look-alikes ({len(found)} texts)",
        "",
        f"The first link is right for {right}; a look-alike is taken for the other {confused} times.",
    ]
    lines += [
        f'- not met: "{item.text}" gives {item.best} ({item.probability:.2f})' for item in found if not item.right
    ]
    return "\n".join(lines) + "\n"


def reliability_svg(found: Sequence[Trust]) -> str:
    """Stated probability against the share that is right, one line per task; a dot's size grows with its links."""
    size, edge = 420, 50
    colours = ("#1b6ca8", "#c8553d", "#2f7d4f", "#7a4fa3", "#8a6d1d", "#44546a")

    def at(x: float, y: float) -> tuple[float, float]:
        return edge + x * (size - 2 * edge), size - edge - y * (size - 2 * edge)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size + 180} {size}" font-family="sans-serif" '
        'font-size="12" role="img" aria-label="Reliability of link probabilities">',
        f'<rect width="{size + 180}" height="{size}" fill="white"/>',
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x, y = at(tick, 0)
        parts.append(f'<text x="{x:.0f}" y="{y + 18:.0f}" text-anchor="middle">{tick:g}</text>')
        x, y = at(0, tick)
        parts.append(f'<text x="{x - 8:.0f}" y="{y + 4:.0f}" text-anchor="end">{tick:g}</text>')
    (left, bottom), (right, top) = at(0, 0), at(1, 1)
    parts.append(
        f'<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" fill="none" stroke="#999"/>'
        f'<line x1="{left}" y1="{bottom}" x2="{right}" y2="{top}" stroke="#999" stroke-dasharray="4"/>'
        f'<text x="{size / 2}" y="{size - 12}" text-anchor="middle">stated probability</text>'
        f'<text x="14" y="{size / 2}" text-anchor="middle" transform="rotate(-90 14 {size / 2})">share right</text>'
    )
    for number, item in enumerate(found):
        colour = colours[number % len(colours)]
        points = [(at(stated, real), count) for stated, real, count in item.bins]
        line = " ".join(f"{x:.1f},{y:.1f}" for (x, y), _ in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}"/>')
        total = sum(count for _, count in points)
        for (x, y), count in points:
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + 8 * (count / total) ** 0.5:.1f}" fill="{colour}"/>'
            )
        y = edge + 18 * number
        parts.append(f'<rect x="{size - 20}" y="{y - 9}" width="10" height="10" fill="{colour}"/>')
        parts.append(f'<text x="{size - 4}" y="{y}">{item.task}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _or_dash(value: float | None) -> str:
    return "–" if value is None else str(value)

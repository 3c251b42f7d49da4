"""What systems write into a cell that holds nothing."""

from __future__ import annotations

_WORDS = frozenset(
    (
        "",
        "-",
        "--",
        "---",
        "–",
        "—",
        "n/a",
        "na",
        "n.a.",
        "#n/a",
        "n/v",
        "nil",
        "null",
        "none",
        "k.a.",
        "k. a.",
        "unknown",
        "unbekannt",
        "not known",
        "not available",
        "not stated",
        "keine angabe",
        "tbd",
        "tba",
        "?",
        "0000-00-00",
    )
)


def is_blank(text: str) -> bool:
    """Whether a cell says only that it says nothing: in dates, numbers and levels such words mean nothing else."""
    return text.strip().casefold() in _WORDS

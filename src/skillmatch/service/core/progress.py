"""Progress: how long work tells whoever started it how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, how many are done, how many there are); raising from it stops the work."""


def silent(stage: str, done: int, total: int) -> None:
    """The progress that nobody watches."""


def of_stage(progress: Progress, stage: str) -> Callable[[int, int], None]:
    """A two-number callback for a room that knows no stages."""
    return lambda done, total: progress(stage, done, total)

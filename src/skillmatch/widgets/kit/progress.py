"""Progress in a notebook: a bar for work on many people, which goes when the work is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

LARGE = 10_000
"""Work on fewer than so many is done before a bar would be read (2 s; our measurement)."""


def tqdm_bar(**options: Any) -> Any:
    """A bar of tqdm; imported late, since most work needs none."""
    from tqdm.auto import tqdm

    return tqdm(**options)


class ShownProgress:
    """A progress to hand to a service. A stage of ``LARGE`` steps or more gets a bar of its own while it lasts.

    The bar is not left behind: neither on the screen nor in the notebook that is saved.
    """

    def __init__(self, make: Callable[..., Any] = tqdm_bar) -> None:
        self._make = make
        self._bar: Any = None
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        if self._bar is not None and (stage != self._stage or done >= total or done < self._bar.n):
            self._bar.close()
            self._bar = None
        if total < LARGE or done >= total:
            return
        if self._bar is None:
            self._stage = stage
            self._bar = self._make(desc=stage, total=total, leave=False)
        self._bar.update(done - self._bar.n)

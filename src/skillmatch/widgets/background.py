"""Background: slow work beside a view; what comes of it is shown in the thread that the view lives in."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from skillmatch.domain.errors import SkillmatchError

T = TypeVar("T")

LOOK = 0.02


class Background:
    """Runs work in a thread and hands what comes of it to the kernel's event loop, which was running when it was made.

    Handlers of a view return at once, so the kernel stays free for the next one; and traits are set by one thread
    only. Without a loop (a script, a test) what comes of work is shown by the thread that did it, one at a time.
    """

    def __init__(self) -> None:
        try:
            self._loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None
        self._told: deque[Callable[[], None]] = deque()
        self._turn = threading.RLock()
        self._working = 0

    def tell(self, action: Callable[[], None]) -> None:
        """Do something where the view lives; from any thread."""
        self._told.append(action)
        if self._loop is not None:
            try:
                self._loop.call_soon_threadsafe(self._show)
                return
            except RuntimeError:  # the loop is gone: what is told is still to be seen by those who ask
                self._loop = None
        self._show()

    def start(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[SkillmatchError], None]
    ) -> None:
        """Work in a thread of its own; ``done`` or ``failed`` happens where the view lives."""
        self._working += 1
        threading.Thread(target=self._work, args=(work, done, failed), name="skillmatch-view", daemon=True).start()

    def wait(self, over: Callable[[], bool] | None = None, seconds: float | None = None) -> bool:
        """Show what comes until ``over`` (by default: until started work is done); False when it takes longer."""
        ends = None if seconds is None else time.monotonic() + seconds
        while True:
            self._show()
            if over() if over is not None else self._working == 0:
                return True
            if ends is not None and time.monotonic() >= ends:
                return False
            time.sleep(LOOK)

    def _show(self) -> None:
        with self._turn:
            while self._told:
                self._told.popleft()()

    def _work(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[SkillmatchError], None]
    ) -> None:
        outcome: Callable[[], None]
        try:
            found = work()
            outcome = partial(done, found)
        except SkillmatchError as error:
            outcome = partial(failed, error)
        except Exception as error:  # nobody above the thread would hear of it
            outcome = partial(
                failed, SkillmatchError(f"This ended with an error of ours ({type(error).__name__}: {error}).")
            )
        self.tell(partial(self._over, outcome))

    def _over(self, outcome: Callable[[], None]) -> None:
        self._working -= 1
        outcome()

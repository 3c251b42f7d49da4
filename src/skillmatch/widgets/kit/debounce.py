"""Debouncing: of many calls in quick succession only the last one is made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Debouncer:
    """Holds a call back for ``seconds``; a newer one takes its place.

    Needs the event loop that a notebook's kernel runs. Without a running loop (a script, a test) there is nobody to
    make the call later, so it is made at once.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._pending: asyncio.TimerHandle | None = None

    def call(self, action: Callable[[], None]) -> None:
        """Make this call, unless another one comes first."""
        self.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            action()
            return
        self._pending = loop.call_later(self._seconds, action)

    def cancel(self) -> None:
        """Forget the call that is being held back, if any."""
        if self._pending is not None:
            self._pending.cancel()
            self._pending = None

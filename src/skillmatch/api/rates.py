"""Rates: how many requests a caller may send, counted in a bucket that fills up evenly."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

WINDOW = 60  # seconds in which an empty bucket is full again
MOST_BUCKETS = 10_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a caller: ``wait`` is in seconds, 0 unless the request is ``refused``."""

    refused: bool
    wait: int
    headers: dict[str, str]


class Rates:
    """Lets each caller send ``quota`` requests a minute, all at once or evenly; ``ticks`` is a clock in seconds."""

    def __init__(self, quota: int, ticks: Callable[[], float] = time.monotonic) -> None:
        self.quota = quota
        self._ticks = ticks
        self._buckets: dict[str, tuple[float, float]] = {}  # what is in it, and when that was so
        self._policy = f'"caller";q={quota};w={WINDOW}'

    def take(self, caller_id: str) -> Allowance:
        """Take one request out of a caller's bucket."""
        now = self._ticks()
        level, since = self._buckets.pop(caller_id, (float(self.quota), now))
        level = min(self.quota, level + max(0.0, now - since) * self.quota / WINDOW)
        refused = level < 1
        level = level if refused else level - 1
        if len(self._buckets) >= MOST_BUCKETS:
            self._buckets.pop(next(iter(self._buckets)))  # whoever was silent longest; their bucket is the fullest
        self._buckets[caller_id] = (level, now)
        full_again = math.ceil((self.quota - level) * WINDOW / self.quota)
        wait = max(1, math.ceil((1 - level) * WINDOW / self.quota)) if refused else 0
        headers = {"RateLimit-Policy": self._policy, "RateLimit": f'"caller";r={int(level)};t={full_again}'}
        return Allowance(refused, wait, headers)

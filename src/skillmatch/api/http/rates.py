"""Rates: how many requests a caller may send, counted in a bucket that fills up evenly."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from skillmatch.api.http.buckets import Buckets
from skillmatch.domain.access.caller import Caller

WINDOW = 60  # seconds in which an empty bucket is full again

_NEARLY = 1e-7  # of a request: what the sums of times may be wrong by


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a caller: of ``quota`` requests a minute; ``wait`` is in seconds, 0 unless it is ``refused``."""

    quota: int
    refused: bool
    wait: int
    headers: dict[str, str]


class Rates:
    """Lets each caller send ``quota`` requests a minute, all at once or evenly; ``ticks`` is a clock in seconds.

    Somebody who asks for themselves alone may send ``own``, which is never more. The processes that are forked from the
    one that made this count together: what is promised holds whatever their number.
    """

    def __init__(self, quota: int, ticks: Callable[[], float] = time.monotonic, *, own: int | None = None) -> None:
        self._quota = quota
        self._own = quota if own is None else min(own, quota)
        self._ticks = ticks
        self._buckets = Buckets()

    def take(self, caller: Caller) -> Allowance:
        """Take one request out of a caller's bucket."""
        quota = self._own if caller.only_self else self._quota
        each, now = WINDOW / quota, self._ticks()
        level = 0.0

        def taken(full_at: float) -> float:
            nonlocal level
            level = quota - max(0.0, full_at - now) / each
            return full_at if level < 1 - _NEARLY else max(full_at, now) + each

        self._buckets.change(caller.id, taken)
        refused = level < 1 - _NEARLY
        left = max(0.0, level if refused else level - 1)
        full_again = math.ceil((quota - left) * each - _NEARLY)
        wait = max(1, math.ceil((1 - level) * each)) if refused else 0
        headers = {
            "RateLimit-Policy": f'"caller";q={quota};w={WINDOW}',
            "RateLimit": f'"caller";r={int(left + _NEARLY)};t={full_again}',
        }
        return Allowance(quota, refused, wait, headers)

"""Key ring: the API keys that were checked lately, so that knowing a key again costs a lookup and not a query."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from skillmatch.api.auth.callers import refused
from skillmatch.domain.access.api_key import ApiKey, KeyState
from skillmatch.domain.access.caller import Caller
from skillmatch.domain.base.errors import SkillmatchError
from skillmatch.service.access.keys import MARK
from skillmatch.service.workspace import Workspace

FRESH_SECONDS = 0.5
"""For so long a key is taken on trust before it is asked whether any key was changed, by whatever program."""

NOTE_SECONDS = 60.0
"""How often the last uses of keys are written down; a crash loses no more than that."""

MOST_KEPT = 10_000

_log = logging.getLogger(__name__)


class KeyRing:
    """The verifier of API keys. Of a key only its hash is remembered.

    What is remembered is forgotten as soon as any key is made, replaced or revoked (``keys.revision``), which is asked
    after at most every half second. Clocks are passed in: ``moment`` for expiry, ``ticks`` (seconds) for freshness.
    """

    def __init__(
        self,
        workspace: Callable[[], Workspace],
        *,
        moment: Callable[[], datetime] = lambda: datetime.now(UTC),
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._workspace = workspace
        self._moment = moment
        self._ticks = ticks
        self._lock = threading.Lock()
        self._known: dict[bytes, tuple[ApiKey, Caller]] = {}
        self._revision: int | None = None
        self._asked = float("-inf")
        self._used: dict[str, datetime] = {}
        self._noted = ticks()

    def recall(self, token: str) -> Caller | None:
        """Whom a key stands for that was checked lately; None where that has to be asked again."""
        if self._ticks() - self._asked > FRESH_SECONDS:
            return None
        found = self._known.get(_hash(token))
        if found is None:
            return None
        key, caller = found
        now = self._moment()
        if key.state(now) is not KeyState.VALID:
            return None
        self._used[key.id] = now
        return caller

    def verify(self, token: str) -> Caller | None:
        """Whom a key stands for; problem 401 for one that is unknown, expired or revoked."""
        if not token.startswith(f"{MARK}_"):
            return None
        workspace = self._workspace()
        with self._lock:
            if self._ticks() - self._asked > FRESH_SECONDS:
                asked, revision = self._ticks(), workspace.keys.revision()
                if revision != self._revision:
                    self._known, self._revision = {}, revision
                self._asked = asked
            known = self._known
        self.note_uses()
        caller = self.recall(token)
        if caller is not None:
            return caller
        key = workspace.keys.check(token)
        if key is None:
            raise refused("Nobody here knows this key.")
        now = self._moment()
        state = key.state(now)
        if state is not KeyState.VALID:
            raise refused(f"The key {key.id} is {state}.")
        caller = key.caller()
        with self._lock:
            if len(known) >= MOST_KEPT:
                known.pop(next(iter(known)), None)
            known[_hash(token)] = (key, caller)  # into the ring it was checked under: one emptied since is not filled
            self._used[key.id] = now
        return caller

    def note_uses(self, *, now: bool = False) -> None:
        """Write down when keys were last used, if that is due or asked for; a failure is tried again later."""
        with self._lock:
            if not self._used or (not now and self._ticks() - self._noted < NOTE_SECONDS):
                return
            used, self._used = self._used, {}
            self._noted = self._ticks()
        try:
            self._workspace().keys.note_use(used)
        except SkillmatchError as error:
            _log.warning("the last uses of keys could not be noted: %s", error)
            with self._lock:
                self._used = used | self._used


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()

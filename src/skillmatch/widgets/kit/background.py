"""Background: long work beside the kernel, so that a view stays usable; of what is asked meanwhile the last counts."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from skillmatch.domain.base.errors import SkillmatchError

_LOG = logging.getLogger(__name__)


class Background:
    """Does one piece of work at a time in a thread of its own.

    What the work finds out it hands back with :meth:`post`: that is done on the kernel's event loop where there is
    one, else at once. ``failed`` hears of what went wrong; ``interrupt`` ends the work that is going on.
    """

    def __init__(self, failed: Callable[[SkillmatchError], None], interrupt: Callable[[], None] = lambda: None) -> None:
        self._failed, self._interrupt = failed, interrupt
        self._state, self._turn = threading.Lock(), threading.RLock()
        self._waiting: Callable[[], None] | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._posted: deque[Callable[[], None]] = deque()

    @property
    def busy(self) -> bool:
        """Whether something is being done or waits to be."""
        with self._state:
            return self._thread is not None

    @property
    def outdated(self) -> bool:
        """Whether something else was asked for since; for work that looks up now and then."""
        with self._state:
            return self._waiting is not None

    def start(self, work: Callable[[], None]) -> None:
        """Do this next; what is going on is interrupted, what waited is forgotten."""
        try:
            self._loop = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None
        with self._state:
            self._waiting = work
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="skillmatch view", daemon=True)
                self._thread.start()
                return
        self._interrupt()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nothing is handed back before the caller is done: a view that starts work while it is written stays whole."""
        with self._turn:
            yield

    def forget(self) -> None:
        """Forget what waits."""
        with self._state:
            self._waiting = None

    def post(self, action: Callable[[], None]) -> None:
        """From the work: do this where the view lives."""
        self._posted.append(action)
        loop = self._loop
        if loop is None:
            self._deliver()
            return
        try:
            loop.call_soon_threadsafe(self._deliver)
        except RuntimeError:  # the loop has ended, and with it whoever looked
            self._deliver()

    def wait(self, seconds: float | None = None) -> bool:
        """Until all is done, for scripts and tests; whether it is."""
        with self._state:
            thread = self._thread
        if thread is not None:
            thread.join(seconds)
        self._deliver()
        return not self.busy

    def _deliver(self) -> None:
        with self._turn:
            while self._posted:
                try:
                    action = self._posted.popleft()
                except IndexError:
                    return
                action()

    def _run(self) -> None:
        while True:
            with self._state:
                work, self._waiting = self._waiting, None
                if work is None:
                    self._thread = None
                    return
            try:
                work()
            except SkillmatchError as error:
                self._tell(error)
            except Exception as error:  # a thread that dies would leave a view that waits for ever
                _LOG.exception("work behind a view failed")
                self._tell(
                    SkillmatchError(f"this failed inside: {type(error).__name__}.", remedy="Try it again; see the log.")
                )

    def _tell(self, error: SkillmatchError) -> None:
        self.post(lambda: self._failed(error))

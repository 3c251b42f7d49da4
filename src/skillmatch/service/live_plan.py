"""Live plan: a scenario that is solved beside whoever changes it; the newest one counts, and each answer is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from skillmatch.domain.errors import SkillmatchError
from skillmatch.domain.plan import PlanStatus
from skillmatch.domain.scenario import Scenario
from skillmatch.service.plan_reading import PlanReading
from skillmatch.service.plan_session import PlanSession, Search

if TYPE_CHECKING:  # NumPy and SciPy are loaded by those who plan only
    from skillmatch.planning.contradictions import Contradiction
    from skillmatch.planning.plan_file import PlanFile

FIRST = 0.5
"""Seconds for the first answer; each search after it may take ``LONGER`` times as long."""

LONGER = 2.5
TOLD_EVERY = 0.2
RESTS_AFTER = 120.0
"""Seconds without work after which the solver's process is ended; it is started again when it is needed."""


class Phase(StrEnum):
    """How far a live plan is."""

    OPENING = "opening"
    SEARCHING = "searching"
    DONE = "done"
    STOPPED = "stopped"
    REFUSED = "refused"

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes by itself."""
        return self in (Phase.DONE, Phase.STOPPED, Phase.REFUSED)


@dataclass(frozen=True)
class LiveState:
    """What is known of a scenario's plan so far.

    ``file`` is the best answer; ``worth`` and ``bound`` (in places, None while unknown) and ``seconds`` are those of
    the search that runs. While options are made, ``done`` of ``total`` people are. ``error`` says why it was refused,
    ``contradictions`` everything that cannot be.
    """

    scenario: Scenario
    phase: Phase
    file: PlanFile | None = None
    seconds: float = 0.0
    worth: float | None = None
    bound: float | None = None
    stage: str = ""
    done: int = 0
    total: int = 0
    error: SkillmatchError | None = None
    contradictions: tuple[Contradiction, ...] = ()


class _Left(Exception):  # noqa: N818 - no error: nobody waits for this any more
    """Raised to leave work that somebody stopped, or that a newer scenario has replaced."""


class LivePlan:
    """Solves the scenario handed in last, in a thread of its own; close it.

    ``told`` hears of every state, in that thread, with rising quality: a first answer with its bound within
    :data:`FIRST` seconds of search once options are made, then better ones until ``search`` ends or :meth:`stop`. A
    newer scenario ends the search for an older one. Sessions are kept while the scope stays, so that moved limits are
    answered from where the last plan was.
    """

    def __init__(self, workspace: PlanReading, told: Callable[[LiveState], None], search: Search | None = None) -> None:
        self._workspace, self._told, self._search = workspace, told, search or Search(30.0)
        self._changed = threading.Condition()
        self._wanted: Scenario | None = None
        self._turn = 0
        self._working = False
        self._thread: threading.Thread | None = None
        self._session: PlanSession | None = None
        self._scope: tuple[tuple[str, ...], tuple[str, ...]] | None = None
        self._stale = self._closed = False
        self._state: LiveState | None = None
        self._last_told = 0.0

    def solve(self, scenario: Scenario) -> None:
        """Solve this from now on; returns at once."""
        with self._changed:
            if self._closed:
                return
            self._turn += 1
            self._wanted = scenario
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="skillmatch-live-plan", daemon=True)
                self._thread.start()
            self._changed.notify_all()
            session = self._session
        if session is not None:
            session.stop()

    def stop(self) -> None:
        """End the search; the best plan so far is the answer. Returns at once."""
        with self._changed:
            self._turn += 1
            session = self._session
        if session is not None:
            session.stop()

    def refresh(self) -> None:
        """Look at the workspace anew with the next scenario."""
        with self._changed:
            self._stale = True

    def close(self) -> None:
        """End everything, also the solver's process; returns at once."""
        with self._changed:
            self._closed = True
            self._wanted = None
            self._changed.notify_all()
        self.stop()
        with self._changed:
            if self._thread is None:
                self._end_session()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until nothing is being solved any more; False when that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: self._wanted is None and not self._working, seconds)

    # --- in the thread ---------------------------------------------------------------------------------------

    def _work(self) -> None:
        while True:
            with self._changed:
                self._working = False
                self._changed.notify_all()
                called = self._changed.wait_for(lambda: self._closed or self._wanted is not None, RESTS_AFTER)
                scenario, self._wanted = self._wanted, None
                if self._closed or scenario is None:
                    self._thread = None
                    if self._closed:
                        self._end_session()
                    elif not called and self._session is not None:
                        self._session.rest()
                    return
                self._working = True
                turn = self._turn
            self._solve(scenario, turn)

    def _solve(self, scenario: Scenario, turn: int) -> None:
        begun = time.monotonic()
        self._state = LiveState(scenario, Phase.OPENING)
        self._tell()
        try:
            session = self._opened(scenario, turn)
            seconds, ends = FIRST, None if self._search.time_limit is None else begun + self._search.time_limit
            while True:
                self._leave_if_over(turn)
                left = seconds if ends is None else min(seconds, ends - time.monotonic())
                file = session.resolve(
                    scenario,
                    search=replace(self._search, time_limit=max(0.1, left)),
                    watch=lambda _, worth, bound: self._heard(turn, begun, worth, bound),
                    progress=lambda stage, done, total: self._counted(turn, stage, done, total),
                )
                self._leave_if_replaced()
                scenario = file.scenario
                over = self._decided(file) or (ends is not None and time.monotonic() >= ends)
                self._tell(phase=Phase.DONE if over else Phase.SEARCHING, file=file, seconds=time.monotonic() - begun)
                if over:
                    return
                seconds *= LONGER
        except _Left:
            if not self._replaced:
                self._tell(phase=Phase.STOPPED, seconds=time.monotonic() - begun)
        except SkillmatchError as error:
            self._tell(phase=Phase.REFUSED, error=error, contradictions=self._contradictions(scenario))
        except Exception as error:  # the thread has nobody above it: whoever waits is told instead
            told = SkillmatchError(
                f"The search ended with an error of ours ({type(error).__name__}: {error}).",
                remedy="Solve again; if it comes back, solve the saved scenario with 'skillmatch plan solve'.",
            )
            self._tell(phase=Phase.REFUSED, error=told)

    def _opened(self, scenario: Scenario, turn: int) -> PlanSession:
        scope = (scenario.units, scenario.roles)
        with self._changed:
            kept, stale = self._session, self._stale
            self._stale = False
        if kept is not None and not stale and scope == self._scope:
            return kept
        with self._changed:
            self._end_session()
        opened = self._workspace.plan_session(
            scenario, progress=lambda stage, done, total: self._counted(turn, stage, done, total)
        )
        with self._changed:
            self._session, self._scope = opened, scope
        return opened

    def _end_session(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None

    def _decided(self, file: PlanFile) -> bool:
        return file.plan.status in (PlanStatus.OPTIMAL, PlanStatus.INFEASIBLE) or (
            bool(file.plan.assignments) and file.plan.gap <= self._search.gap
        )

    def _contradictions(self, scenario: Scenario) -> tuple[Contradiction, ...]:
        try:
            return self._workspace.list_contradictions(scenario)
        except SkillmatchError:
            return ()  # the error that brought us here says it

    def _leave_if_over(self, turn: int) -> None:
        if turn != self._turn or self._closed:
            raise _Left

    @property
    def _replaced(self) -> bool:
        with self._changed:
            return self._closed or self._wanted is not None

    def _leave_if_replaced(self) -> None:
        if self._replaced:
            raise _Left

    def _heard(self, turn: int, begun: float, worth: float, bound: float) -> None:
        from skillmatch.planning.solution import Interrupted

        if turn != self._turn:
            raise Interrupted
        now = time.monotonic()
        if now - self._last_told >= TOLD_EVERY:
            self._tell(phase=Phase.SEARCHING, seconds=now - begun, worth=worth, bound=bound)

    def _counted(self, turn: int, stage: str, done: int, total: int) -> None:
        self._leave_if_over(turn)
        if time.monotonic() - self._last_told >= TOLD_EVERY:
            self._tell(phase=Phase.OPENING, stage=stage, done=done, total=total)

    def _tell(self, **changed: object) -> None:
        assert self._state is not None  # noqa: S101 - told only of what was begun
        self._state = replace(self._state, **changed)  # type: ignore[arg-type]
        self._last_told = time.monotonic()
        self._told(self._state)

"""LivePlan: a scenario's plan as it gets better in the background; a first answer with its bound comes at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skillmatch.domain.base.errors import InputError, SkillmatchError
from skillmatch.domain.plans.plan import PlanStatus
from skillmatch.domain.plans.scenario import Scenario
from skillmatch.service.plans.planning import DEFAULT_GAP, PlanSession, Search
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit.background import Background

if TYPE_CHECKING:
    from skillmatch.service.plans.planning import Contradiction, PlanFile

FIRST_SECONDS = 0.5
"""How long the first search may take before its answer is shown."""

TOLD_EVERY = 0.2
"""Seconds between two news of the same search."""


@dataclass(frozen=True)
class News:
    """What there is to say about a scenario: a ``stage`` in words, what was found so far, or a ``file``.

    ``worth`` and ``bound`` are in places; ``final``: the search has ended, with ``stopped`` because somebody said so.
    """

    scenario: Scenario
    stage: str
    seconds: float
    worth: float | None = None
    bound: float | None = None
    file: PlanFile | None = None
    final: bool = False
    stopped: bool = False


class _HaltedError(Exception):
    """What is being prepared is not wanted any more."""


class LivePlan:
    """Solves what it was asked last; ``heard`` is told the news, ``failed`` what is wrong with a scenario."""

    def __init__(
        self, workspace: Workspace, heard: Callable[[News], None], failed: Callable[[SkillmatchError], None]
    ) -> None:
        self._workspace, self._heard = workspace, heard
        self._behind = Background(failed, self._interrupt)
        self._session: PlanSession | None = None
        self._scope: tuple[tuple[str, ...], tuple[str, ...]] | None = None
        self._stopped = False
        self._last = 0.0
        self.contradictions: tuple[Contradiction, ...] = ()

    @property
    def busy(self) -> bool:
        """Whether a search is going on."""
        return self._behind.busy

    def ask(self, scenario: Scenario, seconds: float) -> None:
        """Solve this scenario now, for so many seconds at most; what was going on ends."""
        self._stopped = False
        self._behind.start(lambda: self._work(scenario, seconds))

    def held(self) -> AbstractContextManager[None]:
        """Nothing is told before the caller is done."""
        return self._behind.held()

    def stop(self) -> None:
        """End the search; its best plan so far is the answer."""
        self._stopped = True
        self._behind.forget()
        self._interrupt()

    def forget(self) -> None:
        """Read the workspace anew the next time: people, roles or the catalogue have changed."""
        self._scope = None

    def close(self) -> None:
        """End everything, the solver's process included."""
        self.stop()
        self._behind.start(self._close)

    def wait(self, seconds: float | None = None) -> bool:
        """Until the search has ended, for scripts; whether it has."""
        return self._behind.wait(seconds)

    def _interrupt(self) -> None:
        session = self._session
        if session is not None:
            session.stop()

    def _close(self) -> None:
        session, self._session, self._scope = self._session, None, None
        if session is not None:
            session.close()

    def _work(self, scenario: Scenario, seconds: float) -> None:
        began = time.monotonic()
        self.contradictions = ()
        try:
            session = self._open(scenario, began)
            file = session.resolve(
                scenario,
                search=Search(time_limit=min(FIRST_SECONDS, seconds)),
                watch=self._watch(session, scenario, began),
                progress=self._progress(scenario, began),
            )
            ended = self._ended(file) or seconds <= FIRST_SECONDS
            self._answer(scenario, file, began, final=ended)
            if not ended:
                rest = Search(time_limit=seconds - FIRST_SECONDS)
                file = session.resolve(search=rest, watch=self._watch(session, scenario, began))
                self._answer(scenario, file, began, final=True)
        except InputError:
            self.contradictions = self._listed(scenario)
            raise
        except _HaltedError:
            if not self._behind.outdated:
                self._tell(News(scenario, "stopped before there was a plan", _since(began), final=True, stopped=True))

    def _listed(self, scenario: Scenario) -> tuple[Contradiction, ...]:
        """Everything that cannot be in it; nothing where a name in it is unknown, which is what was refused then."""
        try:
            return self._workspace.plans.list_contradictions(scenario)
        except SkillmatchError:
            return ()

    def _open(self, scenario: Scenario, began: float) -> PlanSession:
        """The session for the scenario's scope; another scope needs everybody's options anew."""
        scope = (scenario.units, scenario.roles)
        if self._session is None or scope != self._scope:
            self._close()
            self._session = self._workspace.plans.session(scenario, progress=self._progress(scenario, began))
            self._scope = scope
        return self._session

    def _ended(self, file: PlanFile) -> bool:
        proven = file.plan.status in (PlanStatus.OPTIMAL, PlanStatus.INFEASIBLE) or file.plan.gap <= DEFAULT_GAP
        return proven or self._stopped or self._behind.outdated

    def _watch(self, session: PlanSession, scenario: Scenario, began: float) -> Callable[[float, float, float], None]:
        def watch(_: float, worth: float, bound: float) -> None:
            if self._stopped:  # said between two searches
                session.stop()
            if self._due():
                self._tell(News(scenario, "looking for a better plan", _since(began), worth, bound))

        return watch

    def _progress(self, scenario: Scenario, began: float) -> Callable[[str, int, int], None]:
        def progress(stage: str, done: int, total: int) -> None:
            if self._stopped or self._behind.outdated:
                raise _HaltedError
            if self._due():
                self._tell(News(scenario, f"preparing, {stage}: {done:,} of {total:,}", _since(began)))

        return progress

    def _answer(self, scenario: Scenario, file: PlanFile, began: float, *, final: bool) -> None:
        stage = "done" if final else "looking for a better plan"
        told = News(scenario, stage, _since(began), file.plan.objective, file.plan.bound, file, final, self._stopped)
        self._tell(told)

    def _due(self) -> bool:
        now = time.monotonic()
        if now - self._last < TOLD_EVERY:
            return False
        self._last = now
        return True

    def _tell(self, news: News) -> None:
        self._behind.post(lambda: self._heard(news))


def _since(began: float) -> float:
    return time.monotonic() - began

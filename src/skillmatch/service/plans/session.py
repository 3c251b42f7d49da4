"""Plan session: a scenario kept open while its limits are moved, each time solved from where the last plan was."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TYPE_CHECKING, Self

from skillmatch.domain.base.answer import content_hash
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.plans.scenario import PlanLimits, Scenario
from skillmatch.service.core.progress import Progress, of_stage, silent
from skillmatch.service.core.settings import MOST_SECONDS
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.plans.scenarios import resolved

if TYPE_CHECKING:  # NumPy and SciPy are loaded by those who plan only
    from skillmatch.planning.build import Built
    from skillmatch.planning.plan_file import PlanFile
    from skillmatch.planning.solution import Solution, SolveProgress
    from skillmatch.planning.worker import Worker

DEFAULT_TIME_LIMIT = 60.0
DEFAULT_GAP = 0.0005


@dataclass(frozen=True)
class Search:
    """How long and how far to search: seconds (None: until done), how far below the bound is good enough, the seed."""

    time_limit: float | None = DEFAULT_TIME_LIMIT
    gap: float = DEFAULT_GAP
    seed: int = 0

    def __post_init__(self) -> None:
        from skillmatch.domain.base import checks

        if self.time_limit is not None:
            checks.number(self.time_limit, "time_limit", least=0, most=MOST_SECONDS, unit="seconds")
        checks.number(self.gap, "gap", least=0, most=1)
        checks.whole(self.seed, "seed")


class PlanSession:
    """A scenario whose options are made once; made by ``Plans.session``.

    A front end opens one, calls :meth:`resolve` whenever something is moved, and closes it (or uses ``with``). The
    state of the workspace is the one at opening; the plans' files say which. Safe to use from several threads: a new
    call of ``resolve`` ends the one that is running, which then answers with its best plan so far.

        with workspace.plans.session(Path("surge.toml")) as session:
            first = session.resolve()
            limits = dataclasses.replace(session.scenario.limits, budget=30_000)
            quick = session.resolve(limits=limits, search=Search(time_limit=0.5))   # at once, with its bound
            better = session.resolve(search=Search(time_limit=20))                  # goes on from there
    """

    def __init__(self, built: Built, snapshot: Snapshot, inputs: Mapping[str, str]) -> None:
        from skillmatch.planning.worker import Worker

        self._built, self._snapshot, self._inputs = built, snapshot, dict(inputs)
        self._worker: Worker = Worker()
        self._solution: Solution | None = None
        self._file: PlanFile | None = None
        self._turn, self._state = threading.Lock(), threading.Lock()
        self._wanted = 0
        self._closed = False

    @property
    def scenario(self) -> Scenario:
        """The scenario as it was solved last, with its names resolved."""
        return self._built.setting.scenario

    @property
    def file(self) -> PlanFile | None:
        """The last plan; None before the first one."""
        return self._file

    def resolve(
        self,
        scenario: Scenario | None = None,
        *,
        limits: PlanLimits | None = None,
        search: Search | None = None,
        watch: SolveProgress | None = None,
        progress: Progress = silent,
    ) -> PlanFile:
        """The plan for other limits, or for a changed scenario of the same scope; without either the search goes on.

        It begins with the prices and the plan of the last time: a plan and a bound are there at once, and get better
        until ``search`` ends. ``watch`` hears of both (seconds, worth, bound). Money, hours in all, seats, people away,
        headcounts and the like change in milliseconds; dates, hours a week, ways and risks make everybody's options
        anew (``progress``). Raises ``InputError`` for contradictions and for another scope; what was open stays.
        """
        with self._state:
            self._wanted += 1
            mine = self._wanted
            self._worker.halt()
        with self._turn:
            if self._closed:
                raise InputError("this plan session is closed.", remedy="Open another one.")
            with self._state:
                if mine == self._wanted:
                    self._worker.resume()
            return self._resolve(self._asked(scenario, limits), search or Search(), watch, progress, mine)

    def stop(self) -> None:
        """End the search that is running, from another thread; it answers with its best plan so far."""
        with self._state:
            self._wanted += 1
            self._worker.halt()

    def close(self) -> None:
        """End what is running and the solver's process."""
        self.stop()
        with self._turn:
            self._closed = True
            self._worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _asked(self, scenario: Scenario | None, limits: PlanLimits | None) -> Scenario:
        now = self.scenario
        asked = now if scenario is None else resolved(scenario, self._snapshot, None)
        if limits is not None:
            asked = resolved(replace(asked, limits=limits), self._snapshot, None)
        if (asked.units, asked.roles) != (now.units, now.roles):
            raise InputError("is another scope than the session's.", field="units", remedy="Open another session.")
        return asked

    def _resolve(
        self, asked: Scenario, search: Search, watch: SolveProgress | None, progress: Progress, mine: int
    ) -> PlanFile:
        from skillmatch.planning.build import changed
        from skillmatch.planning.contradictions import refuse_contradictions
        from skillmatch.planning.plan import Origin, plan_of
        from skillmatch.planning.plan_file import PlanFile
        from skillmatch.planning.solution import Interrupted
        from skillmatch.planning.solve import solve

        setting = replace(self._built.setting, scenario=asked)
        refuse_contradictions(setting, self._snapshot.versions.taxonomy)
        built = changed(self._built, asked, of_stage(progress, "options"))
        warm = None
        if self._solution is not None and self._solution.choice is not None:
            if built.options is self._built.options:
                warm = self._solution.warm(built.problem)
            else:
                parts = self._built.assignments(self._solution.choice)
                warm = built.warm(parts, self._solution.multipliers)

        def heard(seconds: float, worth: float, bound: float) -> None:
            if watch is not None:
                watch(seconds, worth, bound)
            if mine != self._wanted:
                raise Interrupted

        solution = solve(
            built.problem,
            time_limit=search.time_limit,
            gap=search.gap,
            seed=search.seed,
            progress=heard,
            warm=warm,
            worker=self._worker,
        )
        inputs = self._inputs | {"scenario": content_hash(asked.to_json())}
        notes = () if warm is None else ("the search began with the plan for other limits",)
        origin = Origin(content_hash(inputs), self._snapshot.versions, search.seed, notes)
        file = PlanFile(asked, plan_of(built, solution, origin), inputs)
        self._built, self._solution, self._file = built, solution, file
        return file

"""Planning: scenarios solved, checked, priced, stressed, compared, approved and exported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillmatch.domain.access.signer import Signer, require_another
from skillmatch.domain.base.answer import content_hash
from skillmatch.domain.base.errors import ConflictError
from skillmatch.domain.plans.plan import Approval, PlanStatus
from skillmatch.domain.plans.plan_views import Curve, PlanDiff, Prices, Robust, Stress
from skillmatch.domain.plans.scenario import Scenario
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.progress import Progress, of_stage, silent
from skillmatch.service.core.settings import Settings
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.plans.exports import write_plan
from skillmatch.service.plans.scenarios import resolved
from skillmatch.service.plans.session import DEFAULT_GAP, DEFAULT_TIME_LIMIT, PlanSession, Search

if TYPE_CHECKING:  # NumPy and SciPy are loaded by those who plan only
    from skillmatch.planning.check import Breach
    from skillmatch.planning.contradictions import Contradiction as Contradiction
    from skillmatch.planning.plan_file import PlanFile as PlanFile
    from skillmatch.planning.questions import Asked
    from skillmatch.planning.setting import Setting
    from skillmatch.planning.solution import SolveProgress
    from skillmatch.service.plans.kept_search import SearchKeeper

__all__ = [
    "DEFAULT_GAP",
    "DEFAULT_TIME_LIMIT",
    "PlanSession",
    "Planning",
    "Search",
    "approve_plan",
    "diff_plan_files",
    "read_plan_file",
]

CURVE = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""The budgets of a curve where none are given, as shares of the scenario's."""


class Planning:
    """Scenarios and plans. A scenario is a value or the path of its file."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def solve(
        self,
        scenario: Scenario | Path,
        *,
        search: Search | None = None,
        before: PlanFile | None = None,
        as_of: date | None = None,
        progress: Progress = silent,
        watch: SolveProgress | None = None,
        keeper: SearchKeeper | None = None,
    ) -> PlanFile:
        """Solve a scenario. ``before`` is an earlier plan: the search begins there, and changing somebody's part of it
        must be worth the scenario's churn (the same scenario and data: it only goes on). ``watch`` hears of the best
        plan and bound so far and may raise ``Interrupted``; so does Ctrl-C: then the best so far is the answer. With a
        ``keeper`` the search goes on from where it was kept last, for as long as is left of its time. Raises
        ``InputError`` for a scenario that makes no sense or contradicts itself, ``NotFoundError`` for unknown names.

        >>> workspace.plan(scenario).plan.scenario
        'Night cover'
        """
        from skillmatch.planning.build import build
        from skillmatch.planning.plan import Origin, plan_of
        from skillmatch.planning.plan_file import PlanFile
        from skillmatch.planning.solution import unkept, unwatched
        from skillmatch.planning.solve import solve

        how = search or Search()
        setting, snapshot, inputs = self._setting(scenario, as_of)
        resumed = before is not None and dict(before.inputs) == inputs
        old = None if before is None or resumed else {item.person_id: item for item in before.plan.assignments}
        built = build(setting, before=old, progress=of_stage(progress, "options"))
        warm = None if before is None else built.warm(before.plan.assignments, before.plan.multipliers)
        limit = how.time_limit
        if keeper is not None:
            kept = keeper.begin(built, content_hash([inputs, None if before is None else before.to_json()["hash"]]))
            warm = kept.warm or warm
            limit = None if limit is None else max(0.0, limit - kept.seconds)
        solution = solve(
            built.problem,
            time_limit=limit,
            gap=how.gap,
            seed=how.seed,
            progress=watch or unwatched,
            warm=warm,
            keep=unkept if keeper is None else keeper.keep,
        )
        notes = () if old is None else (f"each change of the plan before weighs {setting.scenario.weights.churn:g}",)
        origin = Origin(content_hash(inputs), snapshot.versions, how.seed, notes)
        return PlanFile(setting.scenario, plan_of(built, solution, origin), inputs)

    def session(
        self, scenario: Scenario | Path, *, as_of: date | None = None, progress: Progress = silent
    ) -> PlanSession:
        """Keep a scenario open, to move its limits and solve again within a second; close it, or use ``with``.

        Everybody's options are made here, which is what takes time (``progress`` hears of them). Raises as
        :meth:`solve` does.
        """
        from skillmatch.planning.build import build
        from skillmatch.planning.unmet import find_reasons

        setting, snapshot, inputs = self._setting(scenario, as_of)
        built = build(setting, progress=of_stage(progress, "options"))
        find_reasons(built, of_stage(progress, "what is in the way"))
        return PlanSession(built, snapshot, inputs)

    def find_contradictions(self, scenario: Scenario | Path, *, as_of: date | None = None) -> Scenario:
        """The scenario with its names resolved, after looking for contradictions. Raises as ``plan`` does.

        >>> workspace.plans.find_contradictions(scenario).units
        ('Care homes',)
        """
        return self._setting(scenario, as_of)[0].scenario

    def list_contradictions(self, scenario: Scenario | Path, *, as_of: date | None = None) -> tuple[Contradiction, ...]:
        """Everything in a scenario that cannot be, where ``plan`` raises for the first. Raises for unknown names.

        >>> workspace.plans.list_contradictions(scenario)
        ()
        """
        from skillmatch.planning.contradictions import contradictions

        return tuple(contradictions(self._unrefused(scenario, as_of)[0]))

    def check(self, file: PlanFile) -> tuple[tuple[Breach, ...], tuple[str, ...]]:
        """What is wrong with a plan in this workspace, and which of its inputs have changed since it was made.

        >>> workspace.plans.check(workspace.plan(scenario))
        ((), ())
        """
        from skillmatch.planning.check import check_plan

        setting, _, inputs = self._setting(file.scenario, file.plan.as_of)
        changed = tuple(key for key in sorted(inputs) if inputs[key] != file.inputs.get(key))
        if file.plan.status in (PlanStatus.INFEASIBLE, PlanStatus.TIMED_OUT) and not file.plan.assignments:
            return (), changed
        return check_plan(file.plan.assignments, setting), changed

    def prices(
        self,
        scenario: Scenario | Path,
        *,
        credential: Path | None = None,
        search: Search | None = None,
        as_of: date | None = None,
    ) -> Prices:
        """What more of each limit is worth; or, with the file of a credential, what that would add to the plan.

        Raises as :meth:`solve` does.
        """
        from skillmatch.planning.credential_file import read_credential
        from skillmatch.planning.questions import find_prices, value_of_credential

        new = None if credential is None else read_credential(credential)
        with self._asked(scenario, search, as_of) as asked:
            return find_prices(asked) if new is None else value_of_credential(asked, new)

    def curve(
        self,
        scenario: Scenario | Path,
        *,
        budgets: Sequence[float] = (),
        search: Search | None = None,
        as_of: date | None = None,
    ) -> Curve:
        """What each budget covers, with its bound. Raises as :meth:`solve` does."""
        from skillmatch.planning.plan import Origin
        from skillmatch.planning.questions import find_curve

        with self._asked(scenario, search, as_of) as asked:
            budget = asked.built.setting.scenario.limits.budget
            given = tuple(budgets) or tuple(share * (budget or 0.0) for share in CURVE)
            return find_curve(asked, given, Origin("", self._context.snapshot().versions))

    def robust(self, scenario: Scenario | Path, *, search: Search | None = None, as_of: date | None = None) -> Robust:
        """The plan with the least worst regret over the scenario's futures. Raises as :meth:`solve` does."""
        from skillmatch.planning.robust import find_robust

        with self._asked(scenario, search, as_of) as asked:
            return find_robust(asked)

    def stress(self, file: PlanFile, *, draws: int = 1_000, seed: int = 0) -> Stress:
        """What a plan covers in draws of who completes and who leaves.

        Raises ``InputError`` for draws that are not 1 to 1,000,000.
        """
        from skillmatch.domain.base import checks
        from skillmatch.planning.robust import stress

        checks.whole(draws, "draws", least=1, most=1_000_000)
        checks.whole(seed, "seed")
        setting, _, _ = self._setting(file.scenario, file.plan.as_of)
        return stress(file.plan.assignments, setting, draws=draws, seed=seed)

    def export(self, file: PlanFile, what: str, path: Path) -> dict[str, int]:
        """Write a plan for ``managers`` or ``providers`` (.csv, .xlsx, or a folder with an .xlsx for each of them), as
        ``letters`` (a folder), ``calendar`` (.ics) or ``json``.

        Returns how many rows, letters or events each file got. Raises ``InputError``, ``WorkspaceError``.
        """
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            # Whoever is to be hired has no name yet, and somebody may have left since.
            wanted = [item.person_id for item in file.plan.assignments]
            people = {person.id: person for person in view.people(ids=wanted, known_only=True)}
        return write_plan(file, what, path, people, snapshot.roles, snapshot.catalogue)

    def _setting(self, given: Scenario | Path, as_of: date | None) -> tuple[Setting, Snapshot, dict[str, str]]:
        """The setting with its names resolved, free of contradictions, and the hashes of all that it rests on."""
        from skillmatch.planning.contradictions import refuse_contradictions

        setting, snapshot = self._unrefused(given, as_of)
        name = given.name if isinstance(given, Path) else None
        refuse_contradictions(setting, snapshot.versions.taxonomy, name)
        inputs = {
            "scenario": content_hash(setting.scenario.to_json()),
            "catalogue": snapshot.content_hash,
            "people": content_hash([repr(person) for person in setting.people.values()]),
            "as_of": setting.as_of.isoformat(),
            "program": snapshot.versions.skillmatch,
        }
        return setting, snapshot, inputs

    def _unrefused(self, given: Scenario | Path, as_of: date | None) -> tuple[Setting, Snapshot]:
        """The setting with its names resolved, whatever contradicts itself in it."""
        from skillmatch.planning.scenario_file import read_scenario
        from skillmatch.planning.setting import Setting

        name = given.name if isinstance(given, Path) else None
        scenario = read_scenario(given) if isinstance(given, Path) else given
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            people = [snapshot.person(item) for item in view.people(units=scenario.units or None)]
        named = resolved(scenario, snapshot, name)
        day = self._context.day(snapshot, as_of)
        setting = Setting.of(named, people, snapshot.roles, snapshot.reference, day)
        return setting, snapshot

    @contextmanager
    def _asked(self, scenario: Scenario | Path, search: Search | None, as_of: date | None) -> Iterator[Asked]:
        from skillmatch.planning.build import build
        from skillmatch.planning.questions import Asked
        from skillmatch.planning.solve import solve
        from skillmatch.planning.worker import Worker

        how = search or Search()
        setting, _, _ = self._setting(scenario, as_of)
        built = build(setting)
        with Worker() as worker:
            solution = solve(built.problem, time_limit=how.time_limit, gap=how.gap, seed=how.seed, worker=worker)
            yield Asked(built, solution, worker, how.time_limit, how.gap, how.seed)


def read_scenario(document: Mapping[str, Any]) -> Scenario:
    """A scenario from an object as its file would hold it. Raises ``InputError`` that names the key."""
    from skillmatch.planning.scenario_file import scenario_from

    return scenario_from(document)


def read_plan_file(path: Path) -> PlanFile:
    """A plan from its file; raises ``ConflictError`` when it was edited by hand."""
    from skillmatch.planning.plan_file import read_plan

    return read_plan(path)


def approve_plan(file: PlanFile, by: str, on: date, note: str = "") -> PlanFile:
    """The plan with who approved it and when, by the name that they give.

    Raises ``ConflictError`` for somebody who did so before, and for whoever solved it unless the settings allow that.
    """
    signer = Signer.of(by)
    if any(signer.is_one_with(Signer(item.by)) for item in file.approvals):
        raise ConflictError(f"{signer.name} approved it before.", remedy="Nothing is left to do.")
    if file.by and not Settings.read().approve_own:
        require_another(signer, Signer(file.by), "solved the plan")
    return file.approved(Approval(signer.name, on, note))


def diff_plan_files(old: PlanFile, new: PlanFile) -> PlanDiff:
    """What changed between two plans, and which input that is put down to."""
    from skillmatch.planning.diff import diff_plans

    return diff_plans(old, new)

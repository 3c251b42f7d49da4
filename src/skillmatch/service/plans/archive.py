"""Stored plans: kept in the workspace, listed, fetched, approved, compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from skillmatch.domain.access.signer import Signer
from skillmatch.domain.access.webhook import WebhookEvent
from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import ConflictError
from skillmatch.domain.plans.kept_plan import KeptPlan, KeptPlans
from skillmatch.domain.plans.plan import Approval
from skillmatch.domain.plans.plan_views import PlanDiff
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.events import announce
from skillmatch.service.core.two_hands import refuse_first, signer_of
from skillmatch.service.plans.planning import Planning, diff_plan_files
from skillmatch.store import View
from skillmatch.store.erasure.meanwhile import erased_since
from skillmatch.store.tables.plans import PlanRecord

if TYPE_CHECKING:
    from skillmatch.planning.plan_file import PlanFile


class PlanArchive:
    """Plans that the workspace keeps; a kept plan changes only by approvals (and when a person is erased)."""

    def __init__(self, context: WorkspaceContext, planning: Planning) -> None:
        self._context = context
        self._planning = planning

    def keep(self, file: PlanFile, *, by: str, job: int | None = None) -> KeptPlan:
        """Keep a plan; its id follows from its content, so that keeping it twice keeps it once.

        A stand-in takes the place of who was erased since the ``job`` (its number) that made it was handed in. Raises
        ``InputError`` for a blank ``by``.
        """
        checks.text(by, "by", most=500)
        with self._context.store.writing() as change:
            erased = erased_since(change, job)
            for person in {item.person_id for item in file.plan.assignments}:
                if (stand_in := erased.stand_in(person)) is not None:
                    file = without_people(file, {person: stand_in}) or file
            plan_id = f"plan-{file.to_json()['hash'][:16]}"
            known = {item.id for item in change.plan_summaries()}
            if plan_id not in known:
                change.put_plan(record_of(plan_id, self._context.clock().isoformat(), by, file))
            return _kept(change.plan_record(plan_id))

    def all(
        self,
        *,
        units: Sequence[str] | None = None,
        limit: int | None = None,
        before: tuple[datetime, str] | None = None,
    ) -> KeptPlans:
        """Kept plans, the latest first, or those that speak of the people of these units only.

        ``before`` are the moment and the id of the one that the page before ended with.

        >>> len(workspace.plans.all().rows())
        0
        """
        ended = None if before is None else (before[0].isoformat(), before[1])
        with self._context.store.reading() as view:
            if units is None:
                return KeptPlans(tuple(_kept(item) for item in view.plan_summaries(limit=limit, before=ended)))
            every = view.plan_summaries(before=ended)
            seen = (item for item in every if _keeps_to(file_of(view.plan_record(item.id)), units, view))
            return KeptPlans(tuple(_kept(item) for item in islice(seen, limit)))

    def keeps_to(self, file: PlanFile, units: Sequence[str] | None) -> bool:
        """Whether a plan speaks of the people of these units only (None: of whomever).

        It speaks of everybody in its scope, which its scenario names, and of everybody who has a part in it, wherever
        they are today; whoever is erased or to be hired is in no unit.
        """
        if units is None:
            return True
        with self._context.store.reading() as view:
            return _keeps_to(file, units, view)

    def get(self, plan_id: str) -> tuple[KeptPlan, PlanFile]:
        """One kept plan and its file. Raises ``NotFoundError`` for an unknown id."""
        with self._context.store.reading() as view:
            record = view.plan_record(plan_id)
        return _kept(record), file_of(record)

    def remember_signer(self, signer: Signer) -> None:
        """Keep who a caller is, so that they are known again under another key."""
        with self._context.store.writing() as change:
            change.put_signer(signer)

    def approve(self, plan_id: str, *, by: Signer | str, note: str = "") -> KeptPlan:
        """Record that somebody approved a kept plan.

        Raises ``ConflictError`` when it breaks a limit in the workspace as it is now, when they approved it before,
        and when they solved it, unless the settings allow that (``approve_own``).
        """
        signer = Signer.of(by)
        approval = Approval(signer.name, self._context.today(), note, signer.id)
        with self._context.store.reading() as view:  # what is wrong with it is told before the plan is checked
            file = _approvable(view, plan_id, signer)
        breaches, _ = self._planning.check(file)
        if breaches:
            raise ConflictError(
                f"the plan breaks {len(breaches)} rules; first {breaches[0]}.", remedy="Solve it again."
            )
        with self._context.store.writing() as change:
            approved = _approvable(change, plan_id, signer).approved(approval)
            if signer.id:
                change.put_signer(signer)
            record = change.plan_record(plan_id)
            change.put_plan(record_of(plan_id, record.kept, record.by, approved))
            data = {"plan_id": plan_id, "approvals": len(approved.approvals)}
            announce(change, WebhookEvent.PLAN_APPROVED, data, self._context.clock())
            return _kept(change.plan_record(plan_id))

    def diff(self, old: str, new: str) -> PlanDiff:
        """What changed between two kept plans. Raises ``NotFoundError`` for an unknown id."""
        return diff_plan_files(self.get(old)[1], self.get(new)[1])

    def remove(self, plan_id: str) -> None:
        """Forget a kept plan. Raises ``NotFoundError``; ``ConflictError`` for one that somebody approved."""
        with self._context.store.writing() as change:
            record = change.plan_record(plan_id)
            if record.summary["approvals"]:
                raise ConflictError(f"'{plan_id}' was approved; approved plans are kept.", remedy="Leave it there.")
            change.remove_plan(plan_id)


def record_of(plan_id: str, kept: str, by: str, file: PlanFile) -> PlanRecord:
    """What the store holds of a plan."""
    return PlanRecord(plan_id, kept, by, _summary(file), file.to_text())


def file_of(record: PlanRecord) -> PlanFile:
    """The plan that a record holds. Raises ``ConflictError`` when somebody edited it in the database."""
    from skillmatch.planning.plan_file import plan_of_bytes

    return plan_of_bytes(record.document.encode(), record.id)


def without_people(file: PlanFile, stand_ins: Mapping[str, str]) -> PlanFile | None:
    """The plan with other ids in place of people's; None when nobody of them has a part in it."""
    plan = file.plan
    if all(item.person_id not in stand_ins for item in plan.assignments):
        return None
    parts = tuple(replace(item, person_id=stand_ins.get(item.person_id, item.person_id)) for item in plan.assignments)
    note = "the data of a person in this plan was erased; a stand-in has their place"
    notes = plan.notes if note in plan.notes else (*plan.notes, note)
    return replace(file, plan=replace(plan, assignments=parts, notes=notes))


def _approvable(view: View, plan_id: str, given: Signer) -> PlanFile:
    """A kept plan that somebody may approve; raises as :meth:`PlanKeeping.approve_kept_plan`."""
    record, signer = view.plan_record(plan_id), signer_of(view, given)
    file = file_of(record)
    if any(signer.is_one_with(view.signer(one.caller) if one.caller else Signer(one.by)) for one in file.approvals):
        raise ConflictError(f"{signer.name} approved '{plan_id}' before.", remedy="Nothing is left to do.")
    for solver in filter(None, (record.by, file.by)):
        refuse_first(view, signer, solver, f"solved '{plan_id}'")
    return file


def _keeps_to(file: PlanFile, units: Sequence[str], view: View) -> bool:
    scope = file.scenario.units
    if not scope or not set(scope) <= set(units):
        return False
    return view.units_of(item.person_id for item in file.plan.assignments) <= set(units)


def _kept(record: PlanRecord) -> KeptPlan:
    return KeptPlan(record.id, datetime.fromisoformat(record.kept), record.by, record.summary)


def _summary(file: PlanFile) -> dict[str, Any]:
    plan = file.plan
    return {
        "scenario": plan.scenario,
        "status": plan.status.value,
        "coverage": plan.coverage,
        "coverage_bound": plan.coverage_bound,
        "objective": plan.objective,
        "bound": plan.bound,
        "cost": plan.cost,
        "currency": plan.currency,
        "hours": plan.hours,
        "people": len(plan.assignments),
        "as_of": plan.as_of.isoformat(),
        "approvals": [item.to_json() for item in file.approvals],
    }

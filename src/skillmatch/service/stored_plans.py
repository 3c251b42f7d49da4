"""Stored plans: kept in the workspace, listed, fetched, approved, compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from skillmatch.domain import checks
from skillmatch.domain.errors import ConflictError
from skillmatch.domain.kept_plan import KeptPlan, KeptPlans
from skillmatch.domain.plan import Approval
from skillmatch.domain.plan_views import PlanDiff
from skillmatch.domain.webhook import WebhookEvent
from skillmatch.service.announcing import announce
from skillmatch.service.planning import Planning, approve_plan, diff_plan_files
from skillmatch.store.erased_meanwhile import erased_since
from skillmatch.store.plans import PlanRecord

if TYPE_CHECKING:
    from skillmatch.planning.plan_file import PlanFile


class PlanKeeping(Planning):
    """Plans that the workspace keeps; a kept plan changes only by approvals (and when a person is erased)."""

    def keep_plan(self, file: PlanFile, *, by: str, job: int | None = None) -> KeptPlan:
        """Keep a plan; its id follows from its content, so that keeping it twice keeps it once.

        A stand-in takes the place of who was erased since the ``job`` (its number) that made it was handed in.
        """
        checks.text(by, "by", most=500)
        with self._store.writing() as change:
            erased = erased_since(change, job)
            for person in {item.person_id for item in file.plan.assignments}:
                if (stand_in := erased.stand_in(person)) is not None:
                    file = without_person(file, person, stand_in) or file
            plan_id = f"plan-{file.to_json()['hash'][:16]}"
            known = {item.id for item in change.plan_summaries()}
            if plan_id not in known:
                change.put_plan(record_of(plan_id, self._clock().isoformat(), by, file))
            return _kept(change.plan_record(plan_id))

    def kept_plans(self, *, limit: int | None = None, before: tuple[datetime, str] | None = None) -> KeptPlans:
        """Kept plans, the latest first; ``before`` are the moment and the id of the one that the page before ended
        with."""
        ended = None if before is None else (before[0].isoformat(), before[1])
        with self._store.reading() as view:
            return KeptPlans(tuple(_kept(item) for item in view.plan_summaries(limit=limit, before=ended)))

    def kept_plan(self, plan_id: str) -> tuple[KeptPlan, PlanFile]:
        """One kept plan and its file. Raises ``NotFoundError`` for an unknown id."""
        with self._store.reading() as view:
            record = view.plan_record(plan_id)
        return _kept(record), file_of(record)

    def approve_kept_plan(self, plan_id: str, *, by: str, note: str = "") -> KeptPlan:
        """Record that somebody approved a kept plan.

        Raises ``ConflictError`` when it breaks a limit in the workspace as it is now, or they approved it before.
        """
        _, file = self.kept_plan(plan_id)
        Approval(by, self.today(), note)  # what is wrong with it is told before the plan is checked
        if any(item.by == by for item in file.approvals):
            raise ConflictError(f"{by} approved '{plan_id}' before.", remedy="Nothing is left to do.")
        breaches, _ = self.check_plan(file)
        if breaches:
            raise ConflictError(
                f"the plan breaks {len(breaches)} rules; first {breaches[0]}.", remedy="Solve it again."
            )
        with self._store.writing() as change:
            record = change.plan_record(plan_id)
            approved = approve_plan(file_of(record), by, self.today(), note)
            change.put_plan(record_of(plan_id, record.kept, record.by, approved))
            data = {"plan": plan_id, "approvals": len(approved.approvals)}
            announce(change, WebhookEvent.PLAN_APPROVED, data, self._clock())
            return _kept(change.plan_record(plan_id))

    def diff_kept_plans(self, old: str, new: str) -> PlanDiff:
        """What changed between two kept plans. Raises ``NotFoundError`` for an unknown id."""
        return diff_plan_files(self.kept_plan(old)[1], self.kept_plan(new)[1])

    def remove_kept_plan(self, plan_id: str) -> None:
        """Forget a kept plan. Raises ``NotFoundError``; ``ConflictError`` for one that somebody approved."""
        with self._store.writing() as change:
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


def without_person(file: PlanFile, person_id: str, stand_in: str) -> PlanFile | None:
    """The plan with another id in place of a person's; None when they have no part in it."""
    plan = file.plan
    if all(item.person_id != person_id for item in plan.assignments):
        return None
    parts = tuple(
        replace(item, person_id=stand_in) if item.person_id == person_id else item for item in plan.assignments
    )
    note = "the data of a person in this plan was erased; a stand-in has their place"
    notes = plan.notes if note in plan.notes else (*plan.notes, note)
    return replace(file, plan=replace(plan, assignments=parts, notes=notes))


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
        "approvals": [{"by": item.by, "on": item.on.isoformat(), "note": item.note} for item in file.approvals],
    }

"""Plan files: a plan with all that it was made from, the same bytes for the same plan, and proof against editing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from skillmatch.domain.base.answer import Versions, canonical_json, content_hash
from skillmatch.domain.base.errors import ConflictError, InputError, Place
from skillmatch.domain.plans.plan import Approval, Assignment, Cause, Met, OptionKind, Plan, PlanStatus, PlanStep, Unmet
from skillmatch.domain.plans.scenario import Scenario
from skillmatch.planning.scenario_file import scenario_from

FORMAT = "skillmatch-plan/1"
MOST_BYTES = 500_000_000


@dataclass(frozen=True, repr=False)
class PlanFile:
    """A plan, the scenario it answers, the hashes of what was read from the workspace, and who approved it.

    ``by`` is who solved it, where the file is to say so.
    """

    scenario: Scenario
    plan: Plan
    inputs: Mapping[str, str]
    approvals: tuple[Approval, ...] = ()
    by: str = ""

    def __repr__(self) -> str:
        return f"<PlanFile: {self.plan.headline()}>"

    def _repr_html_(self) -> str:
        return self.plan._repr_html_()

    def approved(self, approval: Approval) -> PlanFile:
        """The same with one more approval."""
        return replace(self, approvals=(*self.approvals, approval))

    def to_json(self) -> dict[str, Any]:
        """What the file holds; ``hash`` is over all of the rest."""
        scenario = self.scenario.to_json()
        for items in (scenario["demands"], scenario["covers"]):
            for item in items:
                for long, short in (("role_id", "role"), ("skill_id", "skill")):
                    if long in item:
                        item[short] = item.pop(long)
        body = {
            "format": FORMAT,
            "scenario": scenario,
            "plan": self.plan.to_json(),
            "inputs": dict(self.inputs),
            "approvals": [item.to_json() for item in self.approvals],
        }
        if self.by:
            body["by"] = self.by
        return {**body, "hash": content_hash(body)}

    def to_text(self) -> str:
        """The file's text: canonical JSON, the same for the same plan."""
        return canonical_json(self.to_json()) + "\n"


def read_plan(path: Path) -> PlanFile:
    """A plan from its file. Raises ``InputError`` for what is no plan, ``ConflictError`` for one edited by hand."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"'{path}' cannot be read ({error.strerror}).", remedy="Check the path.") from None
    return plan_of_bytes(raw, path.name)


def plan_of_bytes(raw: bytes, name: str) -> PlanFile:
    """A plan from the bytes of its file, which is called ``name``; raises as :func:`read_plan`."""
    place = Place(file=name)
    if len(raw) > MOST_BYTES:
        raise InputError("is larger than 500 MB.", place=place)
    try:
        document = json.loads(raw.decode())
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise InputError("is no plan: it is not JSON.", place=place, remedy="Make one with 'plan solve'.") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InputError(
            f"is no plan of the format '{FORMAT}'.", place=place, remedy="Make one with 'plan solve --output'."
        )
    said = document.pop("hash", None)
    try:
        same = said == content_hash(document)
    except ValueError:
        same = False
    if not same:
        raise ConflictError(
            "was changed after it was made: its hash does not match what it says.",
            place=place,
            remedy="Change the scenario instead and solve again.",
        )
    try:
        return PlanFile(
            scenario_from(document["scenario"]),
            plan_from(document["plan"]),
            document["inputs"],
            tuple(
                Approval(item["by"], date.fromisoformat(item["on"]), item["note"], item.get("caller", ""))
                for item in document["approvals"]
            ),
            document.get("by", ""),
        )
    except InputError as error:
        raise error.at(file=name) from None
    except (KeyError, TypeError, ValueError):
        raise InputError("is no plan: parts of it are missing.", place=place, remedy="Solve again.") from None


def plan_from(document: Mapping[str, Any]) -> Plan:
    """A plan from its documented shape."""
    given = dict(document)
    del given["gap"]
    lists: dict[str, Any] = {
        "demands": tuple(Met(**item) for item in given.pop("demands")),
        "unmet": tuple(Unmet(**{**item, "cause": Cause(item["cause"])}) for item in given.pop("unmet")),
        "assignments": tuple(_assignment(item) for item in given.pop("assignments")),
        "notes": tuple(given.pop("notes")),
    }
    return Plan(
        status=PlanStatus(given.pop("status")),
        as_of=date.fromisoformat(given.pop("as_of")),
        versions=Versions(**given.pop("versions")),
        **lists,
        **given,
    )


def _assignment(given: Mapping[str, Any]) -> Assignment:
    item = dict(given)
    steps = tuple(
        PlanStep(**{**step, "start": date.fromisoformat(step["start"]), "end": date.fromisoformat(step["end"])})
        for step in item.pop("steps")
    )
    return Assignment(
        person_id=item.pop("person"),
        role_id=item.pop("role"),
        kind=OptionKind(item.pop("kind")),
        steps=steps,
        covers=tuple(item.pop("covers")),
        recognised=tuple(item.pop("recognised")),
        **item,
    )

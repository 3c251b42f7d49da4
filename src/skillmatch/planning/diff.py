"""What changed between two plans, and which changed input that is put down to."""

from __future__ import annotations

from typing import Any

from skillmatch.domain.plans.plan import Assignment
from skillmatch.domain.plans.plan_views import Change, PlanDiff
from skillmatch.planning.plan_file import PlanFile


def diff_plans(old: PlanFile, new: PlanFile) -> PlanDiff:
    """The inputs and the people's parts that differ.

    A part is put down to the first that holds: the person, role or credential data changed (where that is all that
    did); the demand that the part is for; a limit or another key of the scenario; nothing, when no input changed.
    """
    inputs = [
        Change("scenario", key, _text(before), _text(after))
        for key, before, after in _differences(old.to_json()["scenario"], new.to_json()["scenario"])
    ]
    inputs += [
        Change("data", key, str(old.inputs.get(key, ""))[:16], str(new.inputs.get(key, ""))[:16])
        for key in sorted({*old.inputs, *new.inputs})
        if old.inputs.get(key) != new.inputs.get(key)
    ]
    if old.plan.seed != new.plan.seed:
        inputs.append(Change("search", "seed", str(old.plan.seed), str(new.plan.seed)))
    before = {item.person_id: item for item in old.plan.assignments}
    after = {item.person_id: item for item in new.plan.assignments}
    parts = []
    for person in sorted({*before, *after}):
        one, other = before.get(person), after.get(person)
        if (None if one is None else one.signature) != (None if other is None else other.signature):
            parts.append(Change("part", person, _part(one), _part(other), _cause(one, other, inputs)))
    return PlanDiff(tuple(inputs), tuple(parts), old.plan.objective, new.plan.objective)


def _differences(old: Any, new: Any, key: str = "") -> list[tuple[str, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        names = sorted({*old, *new})
        found = [_differences(old.get(name), new.get(name), f"{key}.{name}" if key else name) for name in names]
        return [item for part in found for item in part]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        found = [_differences(one, other, f"{key}[{n}]") for n, (one, other) in enumerate(zip(old, new, strict=True))]
        return [item for part in found for item in part]
    return [] if old == new else [(key, old, new)]


def _cause(one: Assignment | None, other: Assignment | None, inputs: list[Change]) -> str:
    scenario = [item.key for item in inputs if item.what == "scenario" and item.key != "name"]
    for item in (other, one):
        if item is not None and item.demand is not None:
            mine = next((key for key in scenario if key.startswith(f"demands[{item.demand}]")), None)
            if mine is not None:
                return mine
    if scenario:
        return scenario[0] if len(scenario) == 1 else f"{scenario[0]} and {len(scenario) - 1} more"
    others = [item.key for item in inputs]
    return ", ".join(others) if others else "no input changed: another search"


def _part(item: Assignment | None) -> str:
    if item is None:
        return "nothing"
    what = ", ".join(item.credential_ids) or item.kind.value
    return f"{what} -> {item.role_id or 'covers ' + ', '.join(map(str, item.covers))}"


def _text(value: Any) -> str:
    return "none" if value is None else str(value)[:200]

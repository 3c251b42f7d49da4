"""Who is in a plan as they stand on the screen, and the plans that a view is given."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.plans.plan import Assignment, OptionKind
from skillmatch.service.plans.planning import read_plan_file
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit.choices import person_label_of, pseudonym

if TYPE_CHECKING:
    from skillmatch.service.plans.planning import PlanFile

ERASED = "somebody who is not in the workspace any more"


def plan_labels(workspace: Workspace, parts: Iterable[Assignment], *, pseudonyms: bool) -> dict[str, str]:
    """What the people of a plan are called, by id; those to be hired are numbered."""
    listed = list(parts)
    hired = [item.person_id for item in listed if item.kind is OptionKind.HIRE]
    labels = {person: f"To be hired, {number}" for number, person in enumerate(hired, start=1)}
    if pseudonyms:
        for unit in {item.unit for item in listed}:
            places = {person: place for place, person in enumerate(workspace.people.members(unit), start=1)}
            for item in listed:
                if item.unit == unit and item.person_id in places:
                    labels[item.person_id] = pseudonym(unit, places[item.person_id])
    else:
        units = {item.unit for item in listed}
        known = {person.id: person for person in workspace.people.all(units=units)}
        for item in listed:
            if item.person_id in known:
                person = known[item.person_id]
                labels[person.id] = person_label_of(person.name, person.id, person.unit, 0, pseudonyms=False)
    return {item.person_id: labels.get(item.person_id, ERASED) for item in listed}


def choosable(parts: Iterable[Assignment]) -> dict[str, int]:
    """The places of those who can be chosen, by id; whoever is to be hired has no card to be shown."""
    return {item.person_id: at for at, item in enumerate(parts) if item.kind is not OptionKind.HIRE}


def plan_given(workspace: Workspace, given: Any) -> PlanFile:
    """A plan file from what a view was given: the plan itself, the path of its file, or the id of a kept one.

    Raises ``InputError``, ``NotFoundError``, ``ConflictError``.
    """
    if isinstance(given, Path):
        return read_plan_file(given)
    if isinstance(given, str):
        try:
            return workspace.plans.get(given)[1]
        except NotFoundError:
            if given.endswith(".json"):
                return read_plan_file(Path(given))
            raise
    if not hasattr(given, "plan") or not hasattr(given, "scenario"):
        raise InputError("this is no plan.", remedy="Give what workspace.plan() answers, a path, or a kept plan's id.")
    file: PlanFile = given
    return file

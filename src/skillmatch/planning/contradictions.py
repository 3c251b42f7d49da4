"""Contradictions: what a scenario asks for that cannot be, found before anything is solved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from skillmatch.domain.base.errors import ConflictError, InputError
from skillmatch.planning.setting import Setting


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A key of the scenario, what is wrong with it, and what to do."""

    key: str
    message: str
    remedy: str


def refuse_contradictions(setting: Setting, taxonomy: str, file: str | None = None) -> None:
    """Raise for the first contradiction, saying how many there are.

    ``ConflictError`` for a scenario that was written for a workspace with another taxonomy, else ``InputError``.
    """
    wanted = setting.scenario.taxonomy
    if wanted and wanted not in (taxonomy, taxonomy.partition("@")[0]):
        raise ConflictError(
            f"the scenario was written for the taxonomy '{wanted}'; this workspace has '{taxonomy}'.",
            remedy="Name the workspace that it belongs to with --workspace.",
        )
    found = list(contradictions(setting))
    if found:
        more = f" ({len(found) - 1} more: {', '.join(item.key for item in found[1:6])})" if len(found) > 1 else ""
        raise InputError(found[0].message + more, field=found[0].key, remedy=found[0].remedy).at(file=file)


def contradictions(setting: Setting) -> Iterator[Contradiction]:
    """Everything that cannot be, in the order of the scenario's keys. Roles must have been resolved before."""
    scenario, limits = setting.scenario, setting.scenario.limits
    if not setting.people:
        yield Contradiction("units", "nobody is in scope.", "Name units and roles that people have.")
    seen = {person.unit for person in setting.people.values()}
    for unit in scenario.units:
        if unit not in seen:
            yield Contradiction("units", f"has nobody in '{unit}'.", "Check its spelling.")
    heads = sum(demand.headcount for demand in scenario.demands)
    there = len(setting.people) + scenario.ways.hire_most
    if scenario.demands and heads > there:
        message = (
            f"asks for {heads} people; {len(setting.people)} are in scope and {scenario.ways.hire_most} may be hired."
        )
        yield Contradiction("demands", message, "Ask for fewer, widen the scope, or allow hiring.")
    for number, demand in enumerate(scenario.demands):
        key = f"demands[{number}]"
        if demand.by <= setting.as_of:
            yield Contradiction(
                f"{key}.by", f"is {demand.by}; the plan begins after {setting.as_of}.", "Set a later day."
            )
        if not setting.roles[demand.role_id].requirements:
            yield Contradiction(f"{key}.role", "is a role that requires nothing.", "Give the role its requirements.")
    for number, cover in enumerate(scenario.covers):
        key = f"covers[{number}]"
        if cover.by <= setting.as_of:
            yield Contradiction(
                f"{key}.by", f"is {cover.by}; the plan begins after {setting.as_of}.", "Set a later day."
            )
        if cover.unit and cover.unit not in seen:
            yield Contradiction(f"{key}.unit", f"has nobody in scope in '{cover.unit}'.", "Check its spelling.")
        reach = sum(not cover.unit or person.unit == cover.unit for person in setting.people.values())
        if cover.wanted > reach:
            message = f"asks for {cover.wanted} people, leavers included; {reach} are there."
            yield Contradiction(f"{key}.people", message, "Ask for fewer.")
    for name in ("hours_per_week", "weeks", "hours"):
        if getattr(limits, name) == 0:
            yield Contradiction(
                f"limits.{name}", "is 0: nobody could learn anything.", "Leave it out, or ways.train = false."
            )
    for unit in limits.unit_budgets:
        if unit not in seen:
            yield Contradiction("limits.unit_budgets", f"has nobody in scope in '{unit}'.", "Check its spelling.")
    known = setting.catalogue.credentials
    for key, names in (("seats", limits.seats), ("must", limits.must), ("must_not", limits.must_not)):
        for name in names:
            if name not in known:
                yield Contradiction(f"limits.{key}", f"has no credential '{name}' in the catalogue.", "Check its id.")
    for name, count in limits.must.items():
        if name in limits.must_not:
            yield Contradiction("limits.must", f"has '{name}', which must not be used.", "Take it out of one of them.")
        seats = [cohort.seats for cohort in known[name].offerings] if name in known else []
        left = sum(seat for seat in seats if seat is not None) if seats and None not in seats else None
        if left is not None and left < count:
            yield Contradiction("limits.must", f"wants {count} in '{name}', which has {left} seats.", "Ask for fewer.")
        if limits.seats.get(name, count) < count:
            message = f"wants {count} in '{name}', limits.seats allows {limits.seats[name]}."
            yield Contradiction("limits.must", message, "Change one of the two.")
    yield from _currencies(setting)


def _currencies(setting: Setting) -> Iterator[Contradiction]:
    """Money of two currencies is never added up: a credential that would help needs a rate, or to be left out."""
    scenario = setting.scenario
    skills = {need.skill_id for item in scenario.demands for need in setting.roles[item.role_id].requirements}
    skills |= {cover.skill_id for cover in scenario.covers}
    for skill in sorted(skills):
        for name, _ in setting.catalogue.teaching.get(skill, ()):
            credential = setting.catalogue.credentials[name]
            if setting.rate(credential.currency) is None and credential.cost and name not in scenario.limits.must_not:
                message = f"has no rate for {credential.currency}, in which '{name}' is priced."
                remedy = (
                    f"Say what 1 {credential.currency} is worth in {scenario.limits.currency}, or list it in must_not."
                )
                yield Contradiction("limits.rates", message, remedy)
                return

"""Two scenarios told apart as a planner reads them: money, per cent, weeks; keys of a scenario's file in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from skillmatch.domain.plans.scenario import Cover, Demand, Scenario
from skillmatch.widgets.kit.html import number
from skillmatch.widgets.plans.wording import limit_name, people

MOST_NAMED = 4

_FIELDS = {
    "headcount": "people",
    "people": "people",
    "by": "by",
    "priority": "priority",
    "ready": "ready from",
    "must": "must be filled",
    "role_id": "role",
    "skill_id": "skill",
    "level": "level",
    "leavers": "of these may leave",
    "unit": "in the unit",
}
_WHOLE = {
    "demands": "Wanted",
    "covers": "Skills to be covered",
    "units": "Units in scope",
    "roles": "Roles in scope",
    "futures": "Futures",
    "taxonomy": "Taxonomy",
    "credentials_each": "Credentials for each person",
    "options_each": "Options for each person",
    "limits.must": "Must be trained",
    "limits.must_not": "Not to be used",
    "limits.languages": "Languages",
    "limits.currency": "Currency",
    "risk.completion": "Who completes",
    "risk.attrition": "Who leaves",
    "weights.money": "Weight of money",
    "weights.hours": "Weight of hours",
    "weights.churn": "Weight of a changed part",
    "ways.train": "Training",
    "ways.move": "Moving people",
    "ways.move_cost": "Cost of a move",
    "ways.recognise": "Recognition",
    "ways.recognise_cost": "Cost of recognition",
    "ways.recognise_hours": "Hours of recognition",
    "ways.recognise_chance": "Chance of recognition",
    "ways.hire_most": "To be hired at most",
    "ways.hire_cost": "Cost of hiring",
    "ways.hire_ready": "Ready when hired",
}
_OF = {
    "limits.seats": "Seats in",
    "limits.unit_budgets": "Money of",
    "limits.must": "Must take",
    "limits.rates": "Rate of",
}
_MONEY = frozenset({"budget", "move_cost", "recognise_cost", "hire_cost", "unit_budgets"})
_SHARES = frozenset({"ready", "completion", "attrition", "recognise_chance", "hire_ready"})
_UNITS = {"hours_per_week": "hours a week", "weeks": "weeks", "hours": "hours", "recognise_hours": "hours"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two scenarios differ in: its name and both values, in words."""

    name: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.name} {self.before} → {self.after}"


def differences(old: Scenario, new: Scenario, titles: Mapping[str, str]) -> tuple[Difference, ...]:
    """All that two scenarios differ in but their names; ``titles`` names roles, skills and credentials by id."""
    return tuple(
        Difference(
            key_words(key, old if after is None else new, titles),
            value_words(key, before, old.limits.currency, titles),
            value_words(key, after, new.limits.currency, titles),
        )
        for key, before, after in _pairs(old, new, "")
        if key != "name"
    )


def what_changed(old: Scenario | None, new: Scenario, titles: Mapping[str, str]) -> str:
    """In a few words what tells a scenario from the one before."""
    if old is None or old.name != new.name:
        return f"start: {new.name}"
    return "; ".join(map(str, differences(old, new, titles))) or "the same again"


def key_words(key: str, scenario: Scenario, titles: Mapping[str, str]) -> str:
    """What a planner calls what stands under a key of a scenario's file; other words come back as they are."""
    part = re.fullmatch(r"(demands|covers)\[(\d+)\](?:\.(\w+))?", key)
    if part:
        listed: Sequence[Demand | Cover] = scenario.demands if part[1] == "demands" else scenario.covers
        at = int(part[2])
        if at >= len(listed):
            return f"{_WHOLE[part[1]]}, line {at + 1}"
        item = listed[at]
        name = item.role_id if isinstance(item, Demand) else item.skill_id
        field = part[3] and f": {_FIELDS.get(part[3], part[3])}"
        return f"{titles.get(name, name)}{field or ''}"
    for start, words in _OF.items():
        if key.startswith(f"{start}."):
            name = key.removeprefix(f"{start}.")
            return f"{words} {titles.get(name, name)}"
    return _WHOLE.get(key) or limit_name(key)


def value_words(key: str, value: Any, currency: str, titles: Mapping[str, str]) -> str:
    """A value of a scenario as a planner reads it."""
    field = key.rpartition(".")[2] if not key.startswith(tuple(_OF)) else key.split(".")[1]
    match value:
        case None:
            return "no limit" if key.startswith("limits.") else "not asked"
        case bool():
            return "yes" if value else "no"
        case int() | float() if field in _MONEY:
            return number(value, currency)
        case int() | float() if field in _SHARES:
            return f"{number(100 * value)} %"
        case int() | float() if field == "most_away":
            return people(int(value))
        case int() | float():
            told = f"{value:g}" if 0 < abs(value) < 0.01 else number(value)
            return f"{told} {_UNITS[field]}" if field in _UNITS else told
        case date():
            return value.isoformat()
        case Demand():
            return f"{people(value.headcount)} by {value.by}"
        case Cover():
            return f"{people(value.people)} at level {number(value.level)} by {value.by}"
        case tuple() | list():
            return _listed(field, [titles.get(str(item), str(getattr(item, "name", item))) for item in value])
        case _:
            return titles.get(str(value), str(value))


def _listed(field: str, names: Sequence[str]) -> str:
    if not names:
        return "all" if field in ("units", "roles") else "none"
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _pairs(old: Any, new: Any, key: str) -> Iterator[tuple[str, Any, Any]]:
    """What differs, by key, down to the fields; lists of demands and covers line by line."""
    for item in fields(old):
        before, after = getattr(old, item.name), getattr(new, item.name)
        name = f"{key}{item.name}"
        if before == after:
            continue
        if item.name in ("demands", "covers"):
            yield from _lines(before, after, name)
        elif isinstance(before, Mapping) and isinstance(after, Mapping):
            for one in sorted({*before, *after}):
                if before.get(one) != after.get(one):
                    yield f"{name}.{one}", before.get(one), after.get(one)
        elif item.name in ("limits", "ways", "risk", "weights"):
            yield from _pairs(before, after, f"{name}.")
        else:
            yield name, before, after


def _lines(before: Sequence[Any], after: Sequence[Any], name: str) -> Iterator[tuple[str, Any, Any]]:
    for at in range(max(len(before), len(after))):
        one, other = (before[at] if at < len(before) else None), (after[at] if at < len(after) else None)
        if one is None or other is None:
            yield f"{name}[{at}]", one, other
        elif one != other:
            yield from _pairs(one, other, f"{name}[{at}].")

"""Team: supply and demand of skills by unit, without showing anything about fewer people than may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.base.display import Tabular

MINIMUM_GROUP = 5
"""Nothing is shown that adds up fewer people than this."""

SMALL_UNITS = "(smaller units together)"
"""What units of fewer people than ``MINIMUM_GROUP`` are called when they are shown as one."""

MOST_HEAT_SKILLS = 12


@dataclass(frozen=True, slots=True)
class SupplyLine:
    """Demand and supply of one skill in one unit; ``unit`` None stands for all units of the answer together.

    ``wanted``: people whose role asks for the skill; ``level``: the highest level that one of these roles asks for.
    ``holders``: people of the unit, whatever their role, who are known to be at that level. Of those wanted: how many
    are ``ready`` at the level that their own role asks for, how many are ``needed`` still, of how many of these
    nothing is known (``unknown``), and their mean ``coverage`` (0-1). The last four are None where they would tell
    about fewer than ``MINIMUM_GROUP`` people.
    """

    unit: str | None
    skill_id: str
    label: str
    level: float
    wanted: int
    holders: int
    ready: int | None
    needed: int | None
    unknown: int | None
    coverage: float | None

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "unit": self.unit,
            "skill_id": self.skill_id,
            "label": self.label,
            "level": self.level,
            "wanted": self.wanted,
            "holders": self.holders,
            "ready": self.ready,
            "needed": self.needed,
            "unknown": self.unknown,
            "coverage": self.coverage,
        }


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """A skill at a level that roles ask of ``wanted`` people and only one person has.

    Who that is (``person_id``, ``name``, ``unit``) is None unless it was asked for by someone who may know.
    """

    skill_id: str
    label: str
    level: float
    wanted: int
    person_id: str | None = None
    name: str | None = None
    unit: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "skill_id": self.skill_id,
            "label": self.label,
            "level": self.level,
            "wanted": self.wanted,
            "person": self.person_id,
            "name": self.name,
            "unit": self.unit,
        }


@dataclass(frozen=True, repr=False)
class SinglePoints(Tabular):
    """Skills that one person alone holds; who it is stands in the points themselves, where that was asked for."""

    points: tuple[SinglePoint, ...]

    def headline(self) -> str:
        many = "1 skill is" if len(self.points) == 1 else f"{len(self.points)} skills are"
        return f"{many} held by one person only"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [{"skill": point.label, "level": point.level, "wanted": point.wanted} for point in self.points]


@dataclass(frozen=True, repr=False)
class HeatMap(Tabular):
    """Mean coverage (0-1) by unit (rows) and skill (columns); None where nobody is asked for it, or too few are."""

    units: tuple[str, ...]
    skills: tuple[tuple[str, str], ...]
    values: tuple[tuple[float | None, ...], ...]

    def headline(self) -> str:
        return f"Mean coverage of {len(self.skills)} skills in {len(self.units)} units"

    def rows(self) -> Sequence[dict[str, Any]]:
        names = _distinct([label for _, label in self.skills])
        return [
            {"unit": unit, **dict(zip(names, values, strict=True))}
            for unit, values in zip(self.units, self.values, strict=True)
        ]

    def _repr_html_(self) -> str:
        """A table whose cells say their value in words and show it as a shade: read without colour, too."""
        head = "".join(f'<th scope="col" style="text-align:left">{escape(label)}</th>' for _, label in self.skills)
        body = "".join(
            f'<tr><th scope="row" style="text-align:left">{escape(unit)}</th>' + "".join(map(_cell, values)) + "</tr>"
            for unit, values in zip(self.units, self.values, strict=True)
        )
        caption = f'<caption style="text-align:left;font-weight:600">{escape(self.headline())}</caption>'
        return f"<table>{caption}<thead><tr><th>unit</th>{head}</tr></thead><tbody>{body}</tbody></table>"

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "units": list(self.units),
            "skills": [{"skill_id": skill_id, "label": label} for skill_id, label in self.skills],
            "values": [list(values) for values in self.values],
        }


@dataclass(frozen=True, repr=False)
class Team(Tabular):
    """Supply and demand of an organisation or some of its units on a day.

    ``units`` are those that may be shown, with their people; units below the minimum group size stand together as
    ``SMALL_UNITS``, or are left out (``left_out`` people) where even that is too few. ``lines`` come with those for
    all units together first, most needed first; ``single_points`` most wanted first. ``status`` is ``ok``,
    ``partial`` (``detail`` says what was left out) or ``insufficient_data``.
    """

    status: Status
    detail: str
    role_id: str | None
    units: tuple[tuple[str, int], ...]
    left_out: int
    without_role: int
    lines: tuple[SupplyLine, ...]
    single_points: tuple[SinglePoint, ...]
    as_of: date
    versions: Versions

    @property
    def people(self) -> int:
        """How many people the answer is about."""
        return sum(people for _, people in self.units)

    def together(self) -> tuple[SupplyLine, ...]:
        """The lines for all units together."""
        return tuple(line for line in self.lines if line.unit is None)

    def heat_map(self, most: int = MOST_HEAT_SKILLS) -> HeatMap:
        """Mean coverage by unit and skill, for the ``most`` skills that most people still need."""
        skills = tuple((line.skill_id, line.label) for line in self.together()[:most])
        known = {(line.unit, line.skill_id): line.coverage for line in self.lines}
        units = tuple(unit for unit, _ in self.units)
        values = tuple(tuple(known.get((unit, skill_id)) for skill_id, _ in skills) for unit in units)
        return HeatMap(units, skills, values)

    def held_by_one(self) -> SinglePoints:
        """The skills that one person alone holds, as a table without people."""
        return SinglePoints(self.single_points)

    def headline(self) -> str:
        if self.status is Status.INSUFFICIENT_DATA:
            return f"Team: insufficient data, {self.detail}"
        return (
            f"{self.people} people in {len(self.units)} units: {len(self.together())} skills wanted, "
            f"{len(self.single_points)} held by one person only"
        )

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "unit": "all" if line.unit is None else line.unit,
                "skill": line.label,
                "level": line.level,
                "wanted": line.wanted,
                "ready": line.ready,
                "needed": line.needed,
                "of these unknown": line.unknown,
                "at this level": line.holders,
                "covered": None if line.coverage is None else f"{line.coverage:.0%}",
            }
            for line in self.lines
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "status": self.status.value,
            "detail": self.detail,
            "role": self.role_id,
            "people": self.people,
            "units": [{"unit": unit, "people": people} for unit, people in self.units],
            "left_out": self.left_out,
            "without_role": self.without_role,
            "minimum_group": MINIMUM_GROUP,
            "lines": [line.to_json() for line in self.lines],
            "single_points": [point.to_json() for point in self.single_points],
            "heat_map": self.heat_map().to_json(),
            "as_of": self.as_of.isoformat(),
            "versions": self.versions.to_json(),
        }


def _cell(value: float | None) -> str:
    if value is None:
        return '<td title="not shown, or not asked for">-</td>'
    return f'<td style="background:rgba(46,125,50,{0.08 + 0.5 * value:.2f});padding:4px 10px">{value:.0%}</td>'


def _distinct(names: Sequence[str]) -> list[str]:
    """Names as keys: one that comes again, or is "unit", carries its place."""
    seen = {"unit"}
    found = []
    for place, name in enumerate(names, start=1):
        key = name if name not in seen else f"{name} ({place})"
        seen.add(key)
        found.append(key)
    return found

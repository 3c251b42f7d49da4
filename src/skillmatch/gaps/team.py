"""From counts to a team's supply and demand: what may be shown of it, in the order in which it matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from skillmatch.domain.base.answer import Status, Versions, rounded
from skillmatch.domain.team.team import MINIMUM_GROUP, SinglePoint, SupplyLine, Team
from skillmatch.gaps.disclosure import may_show, may_total, units_to_show
from skillmatch.gaps.supply import Cell, Spot, Supply

Groups = Mapping[str, tuple[str, ...]]


def build_team(
    supply: Supply,
    labels: Mapping[str, str],
    as_of: date,
    versions: Versions,
    *,
    units: Sequence[str] | None = None,
    role_id: str | None = None,
    with_names: bool = False,
) -> Team:
    """What may be shown of a supply counted over the *whole* organisation, for all its units or some of them.

    ``units`` too small to be shown are left out and named in ``detail``; which are is decided on the whole
    organisation. ``with_names`` names who alone holds a skill: for people who may know; it lifts no other limit.
    """
    division = units_to_show(supply.people)
    asked = None if units is None else set(units)
    groups = {name: parts for name, parts in division.shown.items() if asked is None or asked.issuperset(parts)}
    sizes = {name: sum(supply.people[part] for part in parts) for name, parts in groups.items()}
    within = supply.people if asked is None else {unit: supply.people[unit] for unit in asked}
    left_out = sum(within.values()) - sum(sizes.values())
    cells = {name: _merged(supply, parts) for name, parts in groups.items()}
    lines = _lines(supply, groups, sizes, cells, labels, whole=len(groups) == len(division.shown))
    points = _single_points(supply, groups, labels, with_names=with_names)
    status, detail = _status(sizes, lines, left_out)
    return Team(
        status=status,
        detail=detail,
        role_id=role_id,
        units=tuple(sizes.items()),
        left_out=left_out,
        without_role=sum(supply.without_role[part] for parts in groups.values() for part in parts),
        lines=tuple(lines),
        single_points=tuple(points),
        as_of=as_of,
        versions=versions,
    )


def _status(sizes: Mapping[str, int], lines: Sequence[SupplyLine], left_out: int) -> tuple[Status, str]:
    if not sizes:
        return Status.INSUFFICIENT_DATA, f"there is no unit of {MINIMUM_GROUP} people or more, so nothing may be shown"
    if not lines:
        return Status.INSUFFICIENT_DATA, "nobody has a role with requirements"
    if left_out:
        return Status.PARTIAL, f"{left_out} people of units with fewer than {MINIMUM_GROUP} people are left out"
    return Status.OK, ""


def _merged(supply: Supply, parts: Sequence[str]) -> dict[str, Cell]:
    """The cells of some units as those of one."""
    merged: dict[str, Cell] = {}
    for part in parts:
        for (unit, skill_id), cell in supply.cells.items():
            if unit == part:
                total = merged.setdefault(skill_id, Cell())
                total.level = max(total.level, cell.level)
                total.wanted += cell.wanted
                total.ready += cell.ready
                total.unknown += cell.unknown
                total.covered += cell.covered
    return merged


def _lines(
    supply: Supply,
    groups: Groups,
    sizes: Mapping[str, int],
    cells: Mapping[str, Mapping[str, Cell]],
    labels: Mapping[str, str],
    *,
    whole: bool,
) -> list[SupplyLine]:
    """Lines for all units together, most needed first, then those of each unit in the same order of skills.

    Only the total of the whole organisation may hold groups that are not shown by themselves: from the totals of
    several choices of units, each fit to be shown, one such group could be worked out.
    """
    together: list[SupplyLine] = []
    apart: list[SupplyLine] = []
    for skill_id in sorted({skill_id for found in cells.values() for skill_id in found}):
        label = labels.get(skill_id, skill_id)
        here = {name: found[skill_id] for name, found in cells.items() if skill_id in found}
        everyone = Cell(
            level=max(cell.level for cell in here.values()),
            wanted=sum(cell.wanted for cell in here.values()),
            ready=sum(cell.ready for cell in here.values()),
            unknown=sum(cell.unknown for cell in here.values()),
            covered=sum(cell.covered for cell in here.values()),
        )
        pairs = [(here[name].wanted if name in here else 0, size) for name, size in sizes.items()]
        if whole:
            total_shows = may_total(pairs) and may_show(everyone.wanted, sum(sizes.values()))
        else:
            total_shows = all(may_show(group, size) for group, size in pairs if group)
        parts = [part for group in groups.values() for part in group]
        together.append(_line(None, skill_id, label, everyone, supply, parts, shows=total_shows))
        for name, cell in here.items():
            shows = may_show(cell.wanted, sizes[name])
            apart.append(_line(name, skill_id, label, cell, supply, groups[name], shows=shows))
    together.sort(key=_order)
    place = {line.skill_id: number for number, line in enumerate(together)}
    order = {name: number for number, name in enumerate(groups)}
    apart.sort(key=lambda line: (place[line.skill_id], order[line.unit or ""]))
    return [*together, *apart]


def _line(
    unit: str | None, skill_id: str, label: str, cell: Cell, supply: Supply, parts: Sequence[str], *, shows: bool
) -> SupplyLine:
    return SupplyLine(
        unit=unit,
        skill_id=skill_id,
        label=label,
        level=cell.level,
        wanted=cell.wanted,
        holders=sum(supply.holders[Spot(part, skill_id, cell.level)] for part in parts),
        ready=cell.ready if shows else None,
        needed=cell.wanted - cell.ready if shows else None,
        unknown=cell.unknown if shows else None,
        coverage=rounded(cell.covered / cell.wanted) if shows else None,
    )


def _order(line: SupplyLine) -> tuple[int, int, str]:
    return -(line.needed or 0), -line.wanted, line.skill_id


def _single_points(
    supply: Supply, groups: Groups, labels: Mapping[str, str], *, with_names: bool
) -> Iterator[SinglePoint]:
    """Skills with exactly one holder, each at the lowest level at which that is so; most wanted first."""
    parts = [part for group in groups.values() for part in group]
    spots = sorted({(spot.skill_id, spot.level) for spot in supply.wanted if spot.unit in set(parts)})
    found: dict[str, SinglePoint] = {}
    for skill_id, level in spots:
        held = [Spot(part, skill_id, level) for part in parts if supply.holders[Spot(part, skill_id, level)]]
        if skill_id in found or sum(supply.holders[spot] for spot in held) != 1:
            continue
        wanted = sum(
            count
            for spot, count in supply.wanted.items()
            if spot.skill_id == skill_id and spot.level >= level and spot.unit in set(parts)
        )
        person = supply.holder[held[0]]
        found[skill_id] = SinglePoint(
            skill_id=skill_id,
            label=labels.get(skill_id, skill_id),
            level=level,
            wanted=wanted,
            person_id=person.id if with_names else None,
            name=person.name if with_names else None,
            unit=person.unit if with_names else None,
        )
    yield from sorted(found.values(), key=lambda point: (-point.wanted, point.skill_id))

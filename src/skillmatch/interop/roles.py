"""Roles from a table with one requirement a row; the rows of a role need not stand together."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.roles.role import Requirement, RequirementKind, RequirementState, Role
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.files.tables import Table
from skillmatch.interop.batch import Batch, FindingLog, Located
from skillmatch.interop.cells import Cells
from skillmatch.interop.column_map import ColumnMap
from skillmatch.interop.reading import read_each, source_of
from skillmatch.interop.references import own_id
from skillmatch.interop.scales import level_of

_DESCRIBING = ("title", "description", "occupation")


def read_roles(
    table: Table, *, source: str | None = None, column_map: ColumnMap | None = None, names: Container[str] = ()
) -> Batch[Role]:
    """Roles in the order of their first rows, each with the line of that row; ``skill_id`` is the employer's words.

    Title, description and occupation may stand on one of a role's rows or on all, but must not differ. A row without
    a skill adds no requirement. Blank weight is 1, blank kind essential, blank state governed; the level must be
    given, on the row's ``scale`` (0-5 where blank). Raises ``InputError`` when the table lacks a column or is
    malformed.
    """
    log = FindingLog(table.file)
    used = source_of(source, column_map)
    drafts: dict[str, _Draft] = {}

    def build(cells: Cells) -> None:
        role_id = own_id(cells.own_id("role_id"), used, "role_id")
        requirement = _requirement(cells)
        draft = drafts.get(role_id) or _Draft(cells.line)
        draft.add(cells, requirement)
        drafts[role_id] = draft  # only now: a role whose only row is rejected does not exist

    read_each(table, "roles", column_map, log, build, names)
    roles: list[Located[Role]] = []
    for role_id, draft in drafts.items():
        try:
            roles.append(Located(draft.role(role_id), draft.line))
        except InputError as error:
            log.reject(error.at(line=draft.line))
    return Batch(tuple(roles), log.findings())


@dataclass(slots=True)
class _Draft:
    """A role while its rows are still coming."""

    line: int
    said: dict[str, tuple[str, int]] = field(default_factory=dict)
    requirements: list[Requirement] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def add(self, cells: Cells, requirement: Requirement | None) -> None:
        """Take one row, or raise ``InputError`` and take nothing of it."""
        new = {name: (cells.text(name), cells.line) for name in _DESCRIBING if cells.text(name)}
        for name, (text, _) in new.items():
            before, line = self.said.get(name, (text, cells.line))
            if before != text:
                raise InputError(
                    f"'{text[:60]}' is not what line {line:,} says of the same role: '{before[:60]}'.",
                    field=name,
                    remedy="Make them alike, leave one blank, or give the other role an id of its own.",
                )
        if requirement is not None:
            first = self.lines.setdefault(fold(requirement.skill_id), cells.line)
            if first != cells.line:
                lines = f"on line {first:,} and on line {cells.line:,}"
                raise InputError(
                    f"'{requirement.skill_id}' comes twice for this role: {lines}.",
                    field="skill",
                    remedy="Keep one of the two rows.",
                )
            self.requirements.append(requirement)
        self.said = new | self.said

    def role(self, role_id: str) -> Role:
        """The finished role."""
        title, description, occupation = (self.said.get(name, ("", 0))[0] for name in _DESCRIBING)
        if not title:
            raise InputError("no row of this role has a title.", field="title", remedy="Fill it in on the first row.")
        return Role(role_id, title, description, occupation or None, tuple(self.requirements))


def _requirement(cells: Cells) -> Requirement | None:
    if not cells.text("skill"):
        given = [name for name in ("level", "weight", "kind", "state") if cells.text(name)]
        if given:
            raise InputError("must not be blank where the row has a " + " and a ".join(given) + ".", field="skill")
        return None
    weight = cells.number("weight")
    return Requirement(
        skill_id=cells.text("skill"),
        level=level_of(cells),
        weight=1.0 if weight is None else weight,
        kind=cells.choice("kind", RequirementKind, RequirementKind.ESSENTIAL),
        state=cells.choice("state", RequirementState, RequirementState.GOVERNED),
    )

"""Overlay entries from a table, as an organisation keeps them or as they were exported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.skills.overlay import OWN_SKILLS, ChangeKind, OverlayChange, own_skill_id, slug_of
from skillmatch.domain.skills.skill import SkillType
from skillmatch.files.tables import Table
from skillmatch.interop.batch import Batch, FindingLog
from skillmatch.interop.cells import Cells
from skillmatch.interop.reading import FirstLines, read_each

NO_AUTHOR = "Fill it in, or say who imports it."


@dataclass(frozen=True, slots=True)
class GivenChange:
    """A row: the change with skills in the file's words, its number in the file (None: no matter), and who signed."""

    change: OverlayChange
    number: int | None
    author: str
    on: date
    reason: str


def read_overlay(table: Table, *, author: str, on: date) -> Batch[GivenChange]:
    """Entries in the file's order. ``author`` and ``on`` stand in for blank cells; a blank author must have one.

    ``skill`` may be left blank for an ``add``, whose id is then made from its label. Raises ``InputError`` when the
    table lacks a column or is malformed.
    """
    log = FindingLog(table.file)
    numbers = FirstLines("number")

    def build(cells: Cells) -> GivenChange:
        number = cells.whole("number")
        signed = cells.text("author") or author
        if not signed:
            raise InputError("must not be blank.", field="author", remedy=NO_AUTHOR)
        given = GivenChange(_change(cells), number, signed, cells.day("date") or on, cells.text("reason"))
        if number is not None:
            numbers.add(str(number), cells.line)
        return given

    return Batch(tuple(read_each(table, "overlay", None, log, build)), log.findings())


def _change(cells: Cells) -> OverlayChange:
    kind = cells.choice("kind", ChangeKind)
    skill, text = cells.text("skill"), cells.text("text")
    if kind is ChangeKind.ADD:
        own = skill.removeprefix(OWN_SKILLS) if skill.startswith(OWN_SKILLS) else skill
        skill = own_skill_id(own or slug_of(text))
    return OverlayChange(
        kind,
        skill,
        text,
        cells.text("description"),
        cells.choice("type", SkillType, SkillType.SKILL),
        tuple(cells.items("broader")),
        cells.text("other"),
        cells.whole("withdraws"),
    )

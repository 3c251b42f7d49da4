"""People, what is said about their skills, and their awards."""

from __future__ import annotations

from datetime import date

from skillmatch.domain.levels import parse_level
from skillmatch.domain.person import Award, AwardState, Evidence, EvidenceSource, StoredPerson
from skillmatch.domain.report import Severity
from skillmatch.files.tables import Table
from skillmatch.interop.batch import Batch, FindingLog
from skillmatch.interop.cells import Cells
from skillmatch.interop.column_map import ColumnMap
from skillmatch.interop.reading import FirstLines, read_each, source_of
from skillmatch.interop.references import own_id, reference
from skillmatch.interop.scales import scale_of


def read_people(table: Table, *, source: str | None = None, column_map: ColumnMap | None = None) -> Batch[StoredPerson]:
    """People, one a row, without evidence and awards; languages become lower case, as codes do not differ by case.

    Raises ``InputError`` when the table lacks a column or is malformed.
    """
    log = FindingLog(table.file)
    used = source_of(source, column_map)
    ids = FirstLines("id")

    def build(cells: Cells) -> StoredPerson:
        role = cells.text("role")
        found = StoredPerson(
            id=own_id(cells.needed("id"), used, "id"),
            name=cells.needed("name"),
            unit=cells.text("unit"),
            role_id=reference(role, used, "role") if role else None,
            languages=tuple(item.lower() for item in cells.items("languages")),
            hours_per_week=cells.number("hours_per_week"),
        )
        ids.add(found.id, cells.line)
        return found

    return Batch(tuple(read_each(table, "people", column_map, log, build)), log.findings())


def read_evidence(
    table: Table, *, source: str | None = None, today: date, column_map: ColumnMap | None = None
) -> Batch[tuple[str, Evidence]]:
    """Evidence, one statement a row, beside the person's id; levels are translated from the row's ``scale`` to 0-5.

    Blank scale is 0-5, blank confidence 1. A date after ``today`` is rejected. Raises ``InputError`` when the table
    lacks a column or is malformed.
    """
    log = FindingLog(table.file)
    used = source_of(source, column_map)

    def build(cells: Cells) -> tuple[str, Evidence]:
        confidence = cells.number("confidence")
        evidence = Evidence(
            skill_id=cells.needed("skill"),
            level=parse_level(cells.needed("level"), scale_of(cells)),
            source=cells.choice("source", EvidenceSource),
            on=cells.past_day("date", today),
            confidence=1.0 if confidence is None else confidence,
            expires=cells.day("expires"),
            note=cells.text("note"),
        )
        return reference(cells.needed("person"), used, "person"), evidence

    return Batch(tuple(read_each(table, "evidence", column_map, log, build)), log.findings())


def read_awards(
    table: Table, *, source: str | None = None, today: date, column_map: ColumnMap | None = None
) -> Batch[tuple[str, Award]]:
    """Awards, one a row, beside the person's id; a blank state is taken as held, which is noted.

    ``issued`` after ``today`` is rejected. Raises ``InputError`` when the table lacks a column or is malformed.
    """
    log = FindingLog(table.file)
    used = source_of(source, column_map)

    def build(cells: Cells) -> tuple[str, Award]:
        award = Award(
            credential_id=reference(cells.needed("credential"), used, "credential"),
            state=cells.choice("state", AwardState, AwardState.HELD),
            issued=cells.past_day("issued", today),
            expires=cells.day("expires"),
        )
        person = reference(cells.needed("person"), used, "person")
        if not cells.text("state"):
            log.tally("state_assumed", Severity.NOTE, "awards come without a state: taken as held.", "state")
        return person, award

    return Batch(tuple(read_each(table, "awards", column_map, log, build)), log.findings())

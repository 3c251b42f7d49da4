"""People, what is said about their skills, and their awards."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.report import Severity
from skillmatch.domain.people.person import UNDATED, Award, AwardState, Evidence, EvidenceSource, StoredPerson
from skillmatch.files.tables import Table
from skillmatch.interop.batch import Batch, FindingLog
from skillmatch.interop.cells import Cells
from skillmatch.interop.column_map import ColumnMap
from skillmatch.interop.notation.languages import language_codes
from skillmatch.interop.reading import FirstLines, read_each, source_of
from skillmatch.interop.references import own_id, reference
from skillmatch.interop.scales import level_of

SOURCES: dict[str, EvidenceSource] = {
    "self assessment": EvidenceSource.SELF,
    "self rating": EvidenceSource.SELF,
    "self assessed": EvidenceSource.SELF,
    "employee": EvidenceSource.SELF,
    "selbsteinschätzung": EvidenceSource.SELF,
    "selbst": EvidenceSource.SELF,
    "supervisor": EvidenceSource.MANAGER,
    "line manager": EvidenceSource.MANAGER,
    "manager assessment": EvidenceSource.MANAGER,
    "manager rating": EvidenceSource.MANAGER,
    "vorgesetzter": EvidenceSource.MANAGER,
    "vorgesetzte": EvidenceSource.MANAGER,
    "führungskraft": EvidenceSource.MANAGER,
    "colleague": EvidenceSource.PEER,
    "peer review": EvidenceSource.PEER,
    "kollege": EvidenceSource.PEER,
    "test": EvidenceSource.ASSESSMENT,
    "exam": EvidenceSource.ASSESSMENT,
    "assessment center": EvidenceSource.ASSESSMENT,
    "assessment centre": EvidenceSource.ASSESSMENT,
    "certificate": EvidenceSource.AWARD,
    "certification": EvidenceSource.AWARD,
    "zertifikat": EvidenceSource.AWARD,
}
"""What HR systems call who says that somebody has a skill."""

OVER = frozenset({"expired", "lapsed", "abgelaufen", "no longer valid"})
"""Words for an award that was held and is valid no more."""

STATES: dict[str, AwardState] = {
    **dict.fromkeys(
        (
            "completed",
            "complete",
            "passed",
            "earned",
            "issued",
            "active",
            "valid",
            "awarded",
            "achieved",
            "finished",
            "certified",
            "bestanden",
            "abgeschlossen",
            "gültig",
            "réussi",
            "obtenu",
            *OVER,
        ),
        AwardState.HELD,
    ),
    **dict.fromkeys(
        ("enrolled", "started", "in training", "ongoing", "begonnen", "laufend", "läuft", "in bearbeitung", "en cours"),
        AwardState.IN_PROGRESS,
    ),
    "in progress": AwardState.IN_PROGRESS,
    "withdrawn": AwardState.REVOKED,
    "cancelled": AwardState.REVOKED,
    "widerrufen": AwardState.REVOKED,
}
"""What HR and learning systems call where a person stands with a credential."""


@dataclass(frozen=True, slots=True)
class GivenAward:
    """A row: whose award it is, the award, what the file calls its credential, and who issued it ("" for unsaid)."""

    person_id: str
    award: Award
    title: str
    issuer: str = ""


def read_people(table: Table, *, source: str | None = None, column_map: ColumnMap | None = None) -> Batch[StoredPerson]:
    """People, one a row, without evidence and awards; languages become codes, whatever they are called.

    Raises ``InputError`` when the table lacks a column or is malformed.
    """
    log = FindingLog(table.file)
    used = source_of(source, column_map)
    ids = FirstLines("id")

    def build(cells: Cells) -> StoredPerson:
        role = cells.text("role")
        found = StoredPerson(
            id=own_id(cells.own_id("id"), used, "id"),
            name=cells.needed("name"),
            unit=cells.text("unit"),
            role_id=reference(role, used, "role") if role else None,
            languages=_languages(cells),
            hours_per_week=cells.number("hours_per_week"),
        )
        ids.add(found.id, cells.line)
        return found

    return Batch(tuple(read_each(table, "people", column_map, log, build)), log.findings())


def read_evidence(
    table: Table,
    *,
    source: str | None = None,
    today: date,
    column_map: ColumnMap | None = None,
    names: Container[str] = (),
) -> Batch[tuple[str, Evidence]]:
    """Evidence, one statement a row, beside the person's id; levels are translated from the row's ``scale`` to 0-5.

    Blank scale is 0-5, blank confidence 1, a blank date says that nobody dated it. A date after ``today`` is rejected.
    ``names`` are folded names of skills, for lists in cells. Raises ``InputError`` when the table
    lacks a column or is malformed.
    """
    log = FindingLog(table.file)
    used = source_of(source, column_map)

    def build(cells: Cells) -> tuple[str, Evidence]:
        confidence = cells.share("confidence")
        evidence = Evidence(
            skill_id=cells.needed("skill"),
            level=level_of(cells),
            source=cells.choice("source", EvidenceSource, words=SOURCES),
            on=cells.past_day_or("date", today, UNDATED),
            confidence=1.0 if confidence is None else confidence,
            expires=cells.day("expires"),
            note=cells.text("note"),
        )
        return reference(cells.own_id("person"), used, "person"), evidence

    return Batch(tuple(read_each(table, "evidence", column_map, log, build, names)), log.findings())


def read_awards(
    table: Table, *, source: str | None = None, today: date, column_map: ColumnMap | None = None
) -> Batch[GivenAward]:
    """Awards, one a row; a blank state is taken as held, which is noted, and a blank date as one that nobody knows.

    ``issued`` after ``today`` is rejected. Raises ``InputError`` when the table lacks a column or is malformed.
    """
    log = FindingLog(table.file)
    used = source_of(source, column_map)

    def build(cells: Cells) -> GivenAward:
        over = cells.text("state").casefold() in OVER
        issued = cells.past_day_or("issued", today, UNDATED)
        award = Award(
            credential_id=reference(cells.needed("credential"), used, "credential"),
            state=cells.choice("state", AwardState, AwardState.HELD, words=STATES),
            issued=issued,
            expires=cells.day("expires") or (issued if over else None),
        )
        person = reference(cells.own_id("person"), used, "person")
        if over and not cells.text("expires"):
            message = "awards are said to be over, not since when: they count for no day."
            log.tally("expiry_unknown", Severity.NOTE, message, "state")
        if not cells.text("state"):
            log.tally("state_assumed", Severity.NOTE, "awards come without a state: taken as held.", "state")
        return GivenAward(person, award, cells.text("credential"), cells.text("issuer"))

    return Batch(tuple(read_each(table, "awards", column_map, log, build)), log.findings())


def _languages(cells: Cells) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys(code for item in cells.items("languages") for code in language_codes(item)))
    except InputError as error:
        raise error.at(field="languages") from None

"""Credentials, offerings and stacks from a catalogue's tables."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.levels import check_level
from skillmatch.domain.base.report import Severity
from skillmatch.domain.catalogue.credential import Credential, Offering, Outcome, SkillPrerequisite, Stack
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.files.tables import Table
from skillmatch.interop.batch import Batch, FindingLog, Located
from skillmatch.interop.cells import Cells
from skillmatch.interop.column_map import ColumnMap
from skillmatch.interop.notation.languages import language_codes
from skillmatch.interop.notation.levels import read_level
from skillmatch.interop.notation.lists import listed_names
from skillmatch.interop.notation.money import currency_code
from skillmatch.interop.reading import FirstLines, read_each, source_of
from skillmatch.interop.references import own_id, reference, split_items, split_level

ASSUMED_LEVEL = 2.0  # basic: what a course that says nothing promises at least
LEAST_LEVEL = 0.000001


def read_credentials(
    table: Table, *, source: str | None = None, column_map: ColumnMap | None = None, names: Container[str] = ()
) -> Batch[Credential]:
    """Credentials, one a row, their skills in the provider's own words (``skill_id`` and ``given`` alike).

    ``source`` is what the ids belong to (see ``references.own_id``). A skill without a level takes the row's, else
    2 (basic), which is noted; one that comes twice in a cell is merged into the higher level. ``names`` are the folded
    names of skills that are known, by which lists with commas and levels beside names are told. Raises ``InputError``
    when the table lacks a column or is malformed.
    """
    log = FindingLog(table.file)
    used = source_of(source, column_map)
    ids = FirstLines("id")

    def build(cells: Cells) -> Credential:
        found = _credential(cells, used, log, names)
        ids.add(found.id, cells.line)
        return found

    items: list[Located[Credential]] = []
    for item in read_each(table, "credentials", column_map, log, build, names):
        try:
            value = _with_references(item, used, ids, log)
            items.append(Located(value, item.line))
        except InputError as error:
            log.reject(error.at(line=item.line))
    return Batch(tuple(items), log.findings())


def read_offerings(table: Table, *, source: str | None = None, column_map: ColumnMap | None = None) -> Batch[Offering]:
    """Cohorts, one a row; blank ``seats`` mean no limit. Raises ``InputError`` as :func:`read_credentials` does."""
    log = FindingLog(table.file)
    used = source_of(source, column_map)
    ids = FirstLines("id")

    def build(cells: Cells) -> Offering:
        found = Offering(
            id=own_id(cells.own_id("id"), used, "id"),
            credential_id=reference(cells.needed("credential"), used, "credential"),
            start=cells.needed_day("start"),
            end=cells.needed_day("end"),
            seats=cells.whole("seats"),
        )
        ids.add(found.id, cells.line)
        return found

    return Batch(tuple(read_each(table, "offerings", column_map, log, build)), log.findings())


def read_stacks(table: Table, *, source: str | None = None, column_map: ColumnMap | None = None) -> Batch[Stack]:
    """Stacks, one a row; blank ``required`` means all. Raises ``InputError`` as :func:`read_credentials` does."""
    log = FindingLog(table.file)
    used = source_of(source, column_map)
    ids = FirstLines("id")

    def build(cells: Cells) -> Stack:
        found = Stack(
            id=own_id(cells.own_id("id"), used, "id"),
            title=cells.needed("title"),
            credential_ids=tuple(reference(item, used, "credentials") for item in cells.items("credentials")),
            issuer=cells.text("issuer"),
            description=cells.text("description"),
            required=cells.whole("required"),
        )
        ids.add(found.id, cells.line)
        return found

    return Batch(tuple(read_each(table, "stacks", column_map, log, build)), log.findings())


def _credential(cells: Cells, source: str | None, log: FindingLog, names: Container[str]) -> Credential:
    level = _row_level(cells)
    cost, currency = _cost(cells)
    found = Credential(
        id=own_id(cells.own_id("id"), source, "id"),
        title=cells.needed("title"),
        issuer=cells.text("issuer"),
        description=cells.text("description"),
        url=cells.text("url"),
        outcomes=tuple(
            Outcome(skill, reached, given=skill)
            for skill, reached in _skills(cells, "teaches", level, log, names).items()
        ),
        requires_skills=tuple(
            SkillPrerequisite(skill, least)
            for skill, least in _skills(cells, "requires_skills", None, log, names).items()
        ),
        requires_credentials=tuple(cells.items("requires_credentials")),
        hours=cells.duration("hours", "hours"),
        weeks=cells.duration("weeks", "weeks"),
        level=level,
        cost=cost,
        currency=currency or "EUR",
        language=_language(cells),
        mode=cells.text("mode"),
        assessment=cells.text("assessment"),
        quality_assurance=cells.text("quality_assurance"),
        eqf_level=cells.whole("eqf_level"),
        country=cells.text("country").upper(),
        rating=cells.number("rating"),
        rating_count=cells.whole("rating_count") or 0,
        valid_from=cells.day("valid_from"),
        valid_until=cells.day("valid_until"),
        validity_months=cells.whole("validity_months"),
        started=cells.whole("started"),
        completed=cells.whole("completed"),
    )
    if cost is not None and not currency:
        log.tally(
            "currency_assumed", Severity.NOTE, "credentials state a cost without a currency: taken as EUR.", "cost"
        )
    return found


def _with_references(item: Located[Credential], source: str | None, ids: FirstLines, log: FindingLog) -> Credential:
    """The credential with whole ids for those it requires: only at the end is it known which the file has itself."""
    field = "requires_credentials"
    given = item.value.requires_credentials
    wanted = tuple(dict.fromkeys(reference(words, source, field, ids) for words in given))
    if len(wanted) < len(given):
        log.clean("duplicate_prerequisite", "a credential comes twice; once is enough.", item.line, field)
    return replace(item.value, requires_credentials=wanted)


def _row_level(cells: Cells) -> float | None:
    if not cells.text("level"):
        return None
    level = read_level(cells.text("level"))
    check_level(level, least=LEAST_LEVEL)
    return level


def _cost(cells: Cells) -> tuple[float | None, str]:
    """The cost and its currency ("" where neither cell says one); two that differ are refused."""
    cost, beside = cells.price("cost")
    given = cells.text("currency")
    try:
        currency = currency_code(given) if given else beside
    except InputError as error:
        raise error.at(field="currency") from None
    if beside and currency != beside:
        message = f"'{cells.text('cost')[:40]}' is in {beside}, but the row says {currency}."
        raise InputError(message, field="currency", remedy="Correct one of the two.")
    return cost, currency


def _language(cells: Cells) -> str:
    try:
        return ", ".join(language_codes(cells.text("language")))
    except InputError as error:
        raise error.at(field="language") from None


def _skills(
    cells: Cells, field: str, row_level: float | None, log: FindingLog, names: Container[str]
) -> dict[str, float]:
    """The references of a cell with their levels; those that differ in case or blanks only are one."""
    spelled: dict[str, str] = {}
    levels: dict[str, float] = {}
    twice: dict[str, None] = {}
    assumed = 0
    try:
        items = [part for item in split_items(cells.text(field)) for part in _named(item, names)]
    except InputError as error:
        raise error.at(field=field) from None
    for item, name, words in items:
        if not name:
            raise InputError(f"'{item[:40]}' names no skill.", field=field, remedy="Write it as skill@level.")
        if words is None:
            assumed += row_level is None
            level = row_level or ASSUMED_LEVEL
        else:
            level = _level(words, name, field)
        key = fold(name)
        if key in spelled:
            twice[spelled[key]] = None
        kept = spelled.setdefault(key, name)
        levels[kept] = max(level, levels.get(kept, 0.0))
    if twice:
        kind = "duplicate_outcome" if field == "teaches" else "duplicate_prerequisite"
        said = ", ".join(f"'{name[:60]}'" for name in list(twice)[:5]) + (" and more" if len(twice) > 5 else "")
        log.clean(kind, f"more than once in the cell: {said}; the highest level counts.", cells.line, field)
    for _ in range(assumed):
        log.tally("level_assumed", Severity.NOTE, "skills come without a level: taken as 2 (basic).", field)
    return levels


def _named(item: str, names: Container[str]) -> list[tuple[str, str, str | None]]:
    """The parts of an item, each with the skill's name and the words of its level (None for none)."""
    name, words = split_level(item)
    if words is not None or "\\" in item:
        return [(item, name, words)]
    return [(item, part, level or None) for part, level in listed_names(name, names)]


def _level(words: str, name: str, field: str) -> float:
    try:
        level = read_level(words)
        check_level(level, least=LEAST_LEVEL)
    except InputError as error:
        joined = "" if error.message.startswith("is ") else ":"
        raise InputError(
            f"the level of '{name[:60]}'{joined} {error.message}",
            field=field,
            remedy=error.remedy or "Use a level above 0, at most 5; write \\@ for an @ that belongs to the name.",
        ) from None
    return level

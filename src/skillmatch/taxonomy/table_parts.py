"""The four tables of our own format, row by row: each becomes something of the draft or a finding that says why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TypeVar

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.domain.base.levels import parse_level
from skillmatch.domain.roles.role import Requirement, RequirementKind, RequirementState
from skillmatch.domain.skills.skill import RelationKind, SkillType
from skillmatch.files.tables import Row, Table
from skillmatch.files.writing import plain
from skillmatch.taxonomy.cleaning import split_names, tidy
from skillmatch.taxonomy.columns import find_columns
from skillmatch.taxonomy.draft import Draft

SKILL_COLUMNS = ("id", "label", "aliases", "description", "type", "broader", "field", "deprecated")
RELATION_COLUMNS = ("from", "relation", "to")
OCCUPATION_COLUMNS = ("id", "label", "aliases", "description", "code")
REQUIREMENT_COLUMNS = ("occupation", "skill", "level", "weight", "kind")

_YES, _NO = ("yes", "true", "1", "y"), ("", "no", "false", "0", "n")
_READ_ELSEWHERE = ("field",)  # occupations may have one for people to sort by; a taxonomy has no place for it

Cell = Callable[[str], str]
Word = TypeVar("Word", bound=StrEnum)


def read_skills(table: Table, draft: Draft) -> None:
    """Take the skills, then what they stand under."""
    broader: list[tuple[str, str, Place]] = []

    def take(cell: Cell, at: Place) -> None:
        skill_id = _id(cell("id"), "id")
        taken = draft.skill(
            at,
            own_id=skill_id,
            label=cell("label"),
            aliases=split_names(cell("aliases")),
            description=cell("description"),
            kind=_word(cell("type"), SkillType, "type", SkillType.SKILL),
            field=tidy(cell("field")),
            deprecated=_yes(cell("deprecated"), "deprecated"),
        )
        if taken:
            broader.extend((skill_id, above.strip(), at) for above in split_names(cell("broader")))

    _each(table, draft, SKILL_COLUMNS, 2, take)
    for below, above, at in broader:
        draft.broader(below, above, at, "broader")


def read_relations(table: Table, draft: Draft) -> None:
    """Take the relations between skills."""

    def take(cell: Cell, at: Place) -> None:
        kind = _word(cell("relation"), RelationKind, "relation")
        draft.relation(_id(cell("from"), "from"), kind, _id(cell("to"), "to"), at, "to")

    _each(table, draft, RELATION_COLUMNS, 3, take)


def read_occupations(table: Table, draft: Draft) -> None:
    """Take the occupations."""

    def take(cell: Cell, at: Place) -> None:
        draft.occupation(
            at,
            own_id=_id(cell("id"), "id"),
            label=cell("label"),
            aliases=split_names(cell("aliases")),
            description=cell("description"),
            code=tidy(cell("code")),
        )

    _each(table, draft, OCCUPATION_COLUMNS, 2, take)


def read_requirements(table: Table, draft: Draft) -> None:
    """Take what the occupations ask for."""

    def take(cell: Cell, at: Place) -> None:
        need = Requirement(
            _id(cell("skill"), "skill"),
            parse_level(cell("level")),
            _number(cell("weight"), "weight", 1.0),
            _word(cell("kind"), RequirementKind, "kind", RequirementKind.ESSENTIAL),
            RequirementState.SUGGESTED,
        )
        draft.requirement(_id(cell("occupation"), "occupation"), need, at, "skill")

    _each(table, draft, REQUIREMENT_COLUMNS, 3, take)


def _each(table: Table, draft: Draft, known: Sequence[str], required: int, take: Callable[[Cell, Place], None]) -> None:
    """Give every row to ``take``; a row that it cannot build becomes a finding. The first columns are required."""
    columns = find_columns(table, known[:required], known[required:])
    for header in table.header:
        if header.lower() not in (*known, *_READ_ELSEWHERE):
            message = f"'{header[:40]}' is no column of this table and was not read."
            draft.findings.note("unknown_column", message, Place(table.file, 1), header)
    for row in table:
        at = Place(table.file, row.line)
        try:
            take(_reader(columns.cell, row), at)
        except InputError as error:
            draft.findings.refuse(error, at)


def _reader(cell: Callable[[Row, str], str], row: Row) -> Cell:
    return lambda name: plain(cell(row, name))


def _id(given: str, field: str) -> str:
    """An id as lists of ids can hold it; blank stays blank where the draft reports it."""
    own_id = given.strip()
    if own_id and split_names(own_id) != [own_id]:
        raise InputError(
            f"'{own_id[:40]!r}' holds a line break or a bar between blanks, which separate ids.",
            field=field,
            remedy="Choose another id.",
        )
    return own_id


def _word(given: str, words: type[Word], field: str, otherwise: Word | None = None) -> Word:
    word = given.strip().lower()
    if not word and otherwise is not None:
        return otherwise
    try:
        return words(word)
    except ValueError:
        raise InputError(
            f"'{given.strip()[:40]}' is not known here.", field=field, remedy=f"Use {', '.join(words)}."
        ) from None


def _yes(given: str, field: str) -> bool:
    word = given.strip().lower()
    if word not in _YES + _NO:
        raise InputError(f"'{word[:40]}' is neither yes nor no.", field=field, remedy="Use yes or no.")
    return word in _YES


def _number(given: str, field: str, otherwise: float) -> float:
    text = given.strip().replace(",", ".")
    try:
        return float(text) if text else otherwise
    except ValueError:
        raise InputError(f"'{text[:40]}' is not a number.", field=field, remedy="Write it like 0.8.") from None

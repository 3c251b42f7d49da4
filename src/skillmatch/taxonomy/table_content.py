"""A taxonomy as rows of our own table format, to export it and to tell by a hash whether it changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from skillmatch.domain.base.answer import content_hash
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.files.writing import write_table, write_text
from skillmatch.taxonomy.table_parts import OCCUPATION_COLUMNS, RELATION_COLUMNS, REQUIREMENT_COLUMNS, SKILL_COLUMNS

BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class TableRows:
    """A header and its rows; every row has as many cells."""

    header: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def table_rows(taxonomy: Taxonomy) -> dict[str, TableRows]:
    """The tables ``skills``, ``relations``, ``occupations`` and ``requirements`` of a taxonomy.

    Written to files of these names and read again they give the same taxonomy; for skills that people have put
    together otherwise this holds when their texts are tidy. Raises ``InputError`` for an alias or id that holds a bar
    between blanks, because lists could not be taken apart again.
    """
    skills = taxonomy.skills.values()
    occupations = taxonomy.occupations.values()
    return {
        "skills": TableRows(
            SKILL_COLUMNS,
            tuple(
                (
                    skill.id,
                    skill.label,
                    _joined(skill.aliases, skill.id),
                    skill.description,
                    skill.type.value,
                    _joined(skill.broader, skill.id),
                    skill.field,
                    "yes" if skill.deprecated else "",
                )
                for skill in skills
            ),
        ),
        "relations": TableRows(
            RELATION_COLUMNS, tuple((item.skill, item.kind.value, item.other) for item in taxonomy.relations)
        ),
        "occupations": TableRows(
            OCCUPATION_COLUMNS,
            tuple(
                (item.id, item.label, _joined(item.aliases, item.id), item.description, item.code)
                for item in occupations
            ),
        ),
        "requirements": TableRows(
            REQUIREMENT_COLUMNS,
            tuple(
                (item.id, need.skill_id, need.level, need.weight, need.kind.value)
                for item in occupations
                for need in item.requirements
            ),
        ),
    }


def write_taxonomy(taxonomy: Taxonomy, folder: Path, *, ending: str = ".csv") -> tuple[Path, ...]:
    """Write a taxonomy into an existing folder, as .csv or .xlsx, and return the files; a reader gets it back whole.

    Raises ``InputError`` for another ending or a text that the format cannot hold, ``WorkspaceError`` when the disk
    refuses.
    """
    written: list[Path] = []
    for name, table in table_rows(taxonomy).items():
        path = folder / f"{name}{ending}"
        write_table(path, table.header, table.rows)
        written.append(path)
    settings = folder / "taxonomy.toml"
    write_text(settings, f"name = {_quoted(taxonomy.name)}\nversion = {_quoted(taxonomy.version)}\n")
    return (*written, settings)


def content_version(taxonomy: Taxonomy) -> str:
    """A version made from the content alone, 12 hex digits: the same skills give the same version in any order."""
    return content_hash([[list(row) for row in table.rows] for table in table_rows(taxonomy).values()])[:12]


def _joined(names: Sequence[str], owner: str) -> str:
    for name in names:
        if BETWEEN in f" {name} " or "\n" in name or "\r" in name:
            raise InputError(
                f"'{name[:60]!r}' of '{owner[:60]}' holds a line break or a bar between blanks, which separate names.",
                remedy="Rename it before the taxonomy is written.",
            )
    return BETWEEN.join(names)


def _quoted(text: str) -> str:
    """A string of TOML, which takes JSON's escapes but not the bare DEL that JSON lets through."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")

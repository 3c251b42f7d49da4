"""Plans as files for those who carry them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from skillmatch.domain.base.errors import InputError, WorkspaceError
from skillmatch.domain.catalogue.credential import Catalogue
from skillmatch.domain.people.person import PersonRecord
from skillmatch.domain.roles.role import Role

if TYPE_CHECKING:
    from skillmatch.planning.exports import Rows
    from skillmatch.planning.plan_file import PlanFile

NOBODY = "none"
"""What the file is called of rows without a unit or provider, such as people to be hired."""


def write_plan(
    file: PlanFile,
    what: str,
    path: Path,
    people: Mapping[str, PersonRecord],
    roles: Mapping[str, Role],
    catalogue: Catalogue,
) -> dict[str, int]:
    """Write a plan for ``what`` it is exported as; returns how many rows, letters or events each file got."""
    from skillmatch.files.writing import write_text
    from skillmatch.planning import exports

    match what:
        case "managers":
            return _tables(path, exports.manager_rows(file.plan, people, roles))
        case "providers":
            return _tables(path, exports.provider_rows(file.plan, people, catalogue))
        case "calendar":
            text = exports.calendar(file.plan, people)
            write_text(path, text)
            return {path.name: text.count("BEGIN:VEVENT")}
        case "letters":
            found = exports.letters(file.plan, people, roles)
            folder = _folder(path)
            for person, text in found.items():
                write_text(folder / f"{_file_name(person)}.txt", text)
            return {path.name: len(found)}
        case "json":
            write_text(path, file.to_text())
            return {path.name: 1}
        case _:
            raise InputError(f"'{what}' is nothing that a plan can be exported as.", field="what")


def _tables(path: Path, table: Rows) -> dict[str, int]:
    """One table, or in a folder one for each name in the first column; names that make one file name share a file."""
    from skillmatch.files.writing import write_table

    header, rows = table
    if path.suffix:
        return {path.name: write_table(path, header, rows)}
    parts: defaultdict[str, list[tuple[object, ...]]] = defaultdict(list)
    for row in rows:
        parts[f"{_file_name(str(row[0] or NOBODY))}.xlsx"].append(row)
    folder = _folder(path)
    return {name: write_table(folder / name, header, mine) for name, mine in sorted(parts.items())}


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"the folder '{path}' cannot be made ({error.strerror}).") from error
    return path


def _file_name(name: str) -> str:
    return "".join(char if char.isalnum() or char in "-_." else "_" for char in name).strip(".")[:150] or NOBODY

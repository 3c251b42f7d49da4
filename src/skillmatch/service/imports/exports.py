"""Exports: everything in a workspace as the tables that can be imported again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path

from skillmatch.domain.access.audit import AccessNote
from skillmatch.domain.base.errors import InputError, WorkspaceError
from skillmatch.files.writing import write_table
from skillmatch.interop.export import (
    Export,
    export_awards,
    export_credentials,
    export_evidence,
    export_offerings,
    export_people,
    export_roles,
    export_stacks,
)
from skillmatch.service.audit.audit import AuditTrail
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.lookups import no_taxonomy
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.store import View
from skillmatch.taxonomy.table_content import table_rows, write_taxonomy


class Exportable(StrEnum):
    """What can be exported; ``all`` and ``taxonomy`` make several tables and need a folder."""

    CREDENTIALS = "credentials"
    OFFERINGS = "offerings"
    STACKS = "stacks"
    ROLES = "roles"
    PEOPLE = "people"
    EVIDENCE = "evidence"
    AWARDS = "awards"
    TAXONOMY = "taxonomy"
    ALL = "all"


SINGLE = tuple(item for item in Exportable if item not in (Exportable.TAXONOMY, Exportable.ALL))


PERSONAL = frozenset({Exportable.PEOPLE, Exportable.EVIDENCE, Exportable.AWARDS})
"""What says something about people."""


def export_to(
    what: Exportable, path: Path, view: View, snapshot: Snapshot, units: Iterable[str] | None = None
) -> dict[str, int]:
    """Write tables, formula-safe and each whole or not at all; returns the rows written by file name.

    ``path`` is a .csv or .xlsx file for one kind, a folder (made if missing) for ``all`` or ``taxonomy``. People are
    those of ``units``, or all.
    """
    match what:
        case Exportable.ALL:
            folder = _folder(path)
            parts = {f"{kind.value}.csv": _table(kind, view, snapshot, units) for kind in SINGLE}
            return {name: _write(folder / name, table) for name, table in parts.items()}
        case Exportable.TAXONOMY:
            if snapshot.record is None:
                raise no_taxonomy()
            folder = _folder(path)
            taxonomy = view.taxonomy(snapshot.record.name, snapshot.record.version)
            write_taxonomy(taxonomy, folder)
            return {f"{name}.csv": len(table.rows) for name, table in table_rows(taxonomy).items()}
        case _:
            return {path.name: _write(path, _table(what, view, snapshot, units))}


def _table(what: Exportable, view: View, snapshot: Snapshot, units: Iterable[str] | None) -> Export:
    catalogue = snapshot.catalogue
    makers: dict[Exportable, Callable[[], Export]] = {
        Exportable.CREDENTIALS: lambda: export_credentials(catalogue.credentials.values()),
        Exportable.OFFERINGS: lambda: export_offerings(
            cohort for item in catalogue.credentials.values() for cohort in item.offerings
        ),
        Exportable.STACKS: lambda: export_stacks(catalogue.stacks),
        Exportable.ROLES: lambda: export_roles(snapshot.roles.values()),
        Exportable.PEOPLE: lambda: export_people(view.people(units=units)),
        Exportable.EVIDENCE: lambda: export_evidence(
            (person.id, piece) for person in view.people(units=units) for piece in person.evidence
        ),
        Exportable.AWARDS: lambda: export_awards(
            (person.id, award) for person in view.people(units=units) for award in person.awards
        ),
    }
    return makers[what]()


def _write(path: Path, table: Export) -> int:
    return write_table(path, table.header, table.rows)


def _folder(path: Path) -> Path:
    if path.suffix:
        raise InputError(f"'{path.name}' is a file's name.", field="path", remedy="Several tables need a folder.")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"the folder '{path}' cannot be made ({error.strerror or error}).", remedy="Name another folder."
        ) from error
    return path


class TableExports:
    """What is in a workspace, as tables."""

    def __init__(self, context: WorkspaceContext, audit: AuditTrail) -> None:
        self._context = context
        self._audit = audit

    def export(self, what: Exportable, path: Path) -> dict[str, int]:
        """Write tables that can be imported again; returns the rows written by file name.

        ``path`` is a .csv or .xlsx file, or a folder for ``all`` and ``taxonomy``. Raises ``InputError``,
        ``WorkspaceError``.

        >>> workspace.export(Exportable.STACKS, folder / "stacks.csv")["stacks.csv"] > 0
        True
        """
        with self._context.store.reading() as view:
            return export_to(what, path, view, self._context.snapshots.current(view))

    def export_bytes(self, what: Exportable, suffix: str, *, by: str, units: Sequence[str] | None = None) -> bytes:
        """One kind of thing (not ``all`` nor ``taxonomy``) as a formula-safe table; ``suffix`` is .csv or .xlsx.

        People are those of ``units``, or all; each of them, and ``by``, stands in the audit before this returns.
        """
        with tempfile.TemporaryDirectory(prefix="skillmatch-export-") as folder:
            path = Path(folder) / f"{what.value}{suffix}"
            with self._context.store.reading() as view:
                export_to(what, path, view, self._context.snapshots.current(view), units)
                about: list[str] = []
                if what in PERSONAL:
                    about = [one for unit in (view.units() if units is None else units) for one in view.members(unit)]
            self._audit.record(AccessNote(by, "tables.export", tuple(dict.fromkeys(about)), {"table": what.value}))
            return path.read_bytes()

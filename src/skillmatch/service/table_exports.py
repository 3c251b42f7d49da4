"""Tables handed out: as files that can be imported again, or as the bytes of one for those who are elsewhere."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from skillmatch.domain.audit import AccessNote
from skillmatch.service.audit import AuditTrail
from skillmatch.service.context import WorkspaceContext
from skillmatch.service.exports import PERSONAL, Exportable, export_to


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

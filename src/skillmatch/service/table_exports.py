"""Tables handed out: one kind of thing as the bytes of a file, for those who reach the workspace from elsewhere."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from skillmatch.domain.audit import AccessNote
from skillmatch.service.audit import Auditing
from skillmatch.service.exports import PERSONAL, Exportable, export_to


class TableExports(Auditing):
    """Exports that leave no file behind."""

    def exported_table(self, what: Exportable, suffix: str, *, by: str, units: Sequence[str] | None = None) -> bytes:
        """One kind of thing (not ``all`` nor ``taxonomy``) as a formula-safe table; ``suffix`` is .csv or .xlsx.

        People are those of ``units``, or all; each of them, and ``by``, stands in the audit before this returns.
        """
        with tempfile.TemporaryDirectory(prefix="skillmatch-export-") as folder:
            path = Path(folder) / f"{what.value}{suffix}"
            with self._store.reading() as view:
                export_to(what, path, view, self._snapshots.current(view), units)
                about: list[str] = []
                if what in PERSONAL:
                    about = [one for unit in (view.units() if units is None else units) for one in view.members(unit)]
            self.record_access(AccessNote(by, "tables.export", tuple(dict.fromkeys(about)), {"table": what.value}))
            return path.read_bytes()

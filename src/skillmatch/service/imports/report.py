"""Intake: which tables an import was given, and how its report comes about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.domain.base.report import Finding, ImportReport, Severity
from skillmatch.domain.text.link import LinkAnswer
from skillmatch.files.bundle import open_bundle
from skillmatch.files.layout import Layout
from skillmatch.files.tables import Table, open_table
from skillmatch.interop.column_map import ColumnMap, load_column_map
from skillmatch.interop.columns import REQUIRED
from skillmatch.service.core.lookups import near_labels
from skillmatch.store import Upserted


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import: where ids come from, how columns are named, and what to do about rows that cannot be taken.

    With ``piece`` (rows) what was found sound is written in transactions of that size, so that other writers get
    their turn between them; a crash in between leaves a part, which the same import completes. Without it an import
    is one transaction. Who was erased since ``job`` (its number) was handed in is left out.
    """

    source: str | None = None
    column_map: Path | None = None
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    dry_run: bool = False
    keep_going: bool = False
    piece: int | None = None
    job: int | None = None

    def load_map(self) -> ColumnMap | None:
        """The column map, read and checked."""
        return None if self.column_map is None else load_column_map(self.column_map)

    def layout(self, what: str, column_map: ColumnMap | None) -> Layout:
        """Where a table of the kind lies in its file: what was said here, else by the map, else by its columns."""
        known = Layout(needs=REQUIRED[what]) if column_map is None else column_map.layout
        return replace(
            known,
            sheet=self.sheet or known.sheet,
            header_row=self.header_row or known.header_row,
            encoding=self.encoding or known.encoding,
        )


@contextmanager
def tables_in(
    path: Path, kinds: Sequence[str], what: str, options: ImportOptions, column_map: ColumnMap | None
) -> Iterator[dict[str, Table]]:
    """The tables to import by kind: a folder or zip holds ``<kind>.csv`` or ``.xlsx``, a single file is a ``what``.

    Raises ``InputError`` when the path holds none of the kinds.
    """
    if what not in kinds:
        raise InputError(
            f"holds {what}; expected {' or '.join(kinds)}.",
            place=Place(file=path.name, field="what"),
            remedy="Use the import command for that kind.",
        )
    if not path.is_dir() and path.suffix.lower() != ".zip":
        yield {what: open_table(path, layout=options.layout(what, column_map))}
        return
    with open_bundle(path) as bundle:
        named = {kind: bundle.find(f"{kind}.csv", f"{kind}.xlsx") for kind in kinds}
        tables = {
            kind: bundle.table(name, layout=options.layout(kind, column_map))
            for kind, name in named.items()
            if name is not None
        }
        if not tables:
            wanted = ", ".join(f"{kind}.csv" for kind in kinds)
            raise InputError(f"holds none of {wanted}.", place=Place(file=str(path)), remedy="Name the file itself.")
        yield tables


@dataclass
class Account:
    """Collects the findings of one import; a row is rejected at most once."""

    what: str
    source: str
    options: ImportOptions
    findings: list[Finding] = field(default_factory=list)

    def reject_skill(self, file: str, line: int, field_name: str, given: str, labels: Mapping[str, str]) -> None:
        """Note a row whose skill nobody knows, with those that are spelled alike."""
        near = near_labels(labels, given)
        remedy = f"Did you mean {' or '.join(near)}?" if near else "Use a skill of the active taxonomy."
        self.reject(file, line, field_name, f"no skill is called '{given}'.", remedy)

    def reject(self, file: str, line: int, field_name: str, message: str, remedy: str = "") -> None:
        """Note a row that cannot be taken."""
        self.findings.append(Finding.rejected(InputError(message, remedy=remedy, place=Place(file, line, field_name))))

    def note(self, kind: str, file: str, line: int, field_name: str, message: str) -> None:
        """Note something worth knowing about a row that was taken."""
        self.findings.append(Finding(kind, Severity.NOTE, message, Place(file, line, field_name)))

    def note_erased(self, file: str, times: int) -> None:
        """Note how many rows are left out because they are about people who were erased meanwhile."""
        if times:
            message = "rows are about people who were erased after the file was handed in; they were left out."
            self.findings.append(Finding("erased_person", Severity.NOTE, message, Place(file), times))

    def note_link(self, file: str, line: int, field_name: str, given: str, label: str, probability: float) -> None:
        """Note that free words were taken to mean a skill."""
        message = f"'{given}' was taken to mean {label} ({probability:.0%})."
        self.note("linked_skill", file, line, field_name, message)

    def note_waiting(self, file: str, line: int, field_name: str, given: str, nearest: LinkAnswer | None) -> None:
        """Note words that were kept as written, with the skills that the linker finds nearest and how sure it is."""
        links = () if nearest is None else nearest.links
        told = ", ".join(f"{link.label} ({link.probability:.0%})" for link in links)
        message = f"'{given}' is kept as written and waits to be placed." + (told and f" Nearest: {told}.")
        self.note("waiting", file, line, field_name, message)

    @property
    def may_write(self) -> bool:
        """Whether the import goes ahead: no dry run, and no rejected row unless told to keep going."""
        clean = not any(item.severity is Severity.REJECTED for item in self.findings)
        return not self.options.dry_run and (clean or self.options.keep_going)

    def report(self, counted: Upserted, counts: dict[str, int], *, applied: bool) -> ImportReport:
        """The report; findings come in the order of file and line."""
        self.findings.sort(key=lambda item: (item.place.file or "", item.place.line or 0))
        return ImportReport(
            what=self.what,
            source=self.source,
            applied=applied,
            dry_run=self.options.dry_run,
            added=counted.added,
            changed=counted.changed,
            unchanged=counted.unchanged,
            counts=counts,
            findings=tuple(self.findings),
        )


NOTHING = Upserted(0, 0, 0)

MOST_NEAR = 50
"""Findings after which an import no longer looks for names that are spelled alike: that takes long on ESCO."""


def sum_of(parts: Sequence[Upserted]) -> Upserted:
    """Several counts as one."""
    return Upserted(
        sum(part.added for part in parts), sum(part.changed for part in parts), sum(part.unchanged for part in parts)
    )

"""What every import command does with its report: the exit code, the file with all findings, the answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from skillmatch.cli.errors import FINE, USERS_FAULT
from skillmatch.cli.invocation import Invocation, as_text
from skillmatch.cli.options import check_target

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen
    from skillmatch.domain.base.report import ImportReport
    from skillmatch.service.workspace import Workspace

REPORT_ENDINGS = (".csv", ".xlsx", ".json")
REPORT_COLUMNS = ("kind", "severity", "times", "file", "line", "field", "message")


def check_report_path(path: Path | None) -> None:
    """Refuse a report that could not be written before anything is imported. Raises ``InputError``."""
    if path is not None:
        check_target(path, REPORT_ENDINGS, "report")


def warn_without_taxonomy(invocation: Invocation, workspace: Workspace) -> None:
    """Say beforehand that no skill can be understood where there is nothing to understand it by."""
    if workspace.snapshot().record is None:
        invocation.note(
            "Note: there is no taxonomy yet, so no skill can be understood. Import one first: "
            "skillmatch taxonomy import esco|onet|table PATH"
        )


def conclude(invocation: Invocation, report: ImportReport, path: Path | None, *, keep_going: bool) -> None:
    """Write all findings where asked to, set the exit code, and show the report.

    Rejected rows are the user's fault unless they said to keep going, in a dry run too: it says how the import would
    end.
    """
    if path is not None:
        _write_findings(report, path)
    invocation.exit_code = USERS_FAULT if report.rejected and not keep_going else FINE

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.reports import show_report

        show_report(screen, report, keep_going=keep_going)
        if path is not None:
            screen.line()
            screen.line(f"All {len(report.findings):,} findings are in {path}.")

    invocation.answer(report.to_json(), present)


def _write_findings(report: ImportReport, path: Path) -> None:
    from skillmatch.files.writing import write_table, write_text

    if path.suffix.lower() == ".json":
        write_text(path, as_text(report.to_json()))
        return
    rows = (
        (item.kind, item.severity.value, item.times, item.place.file, item.place.line, item.place.field, item.message)
        for item in report.findings
    )
    write_table(path, REPORT_COLUMNS, rows)

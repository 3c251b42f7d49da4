"""Reports: what an import did and found, what is different between two taxonomies, what health checks saw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from skillmatch.cli.present.screen import Screen, counted
from skillmatch.domain.base.report import Finding, ImportReport, Severity

if TYPE_CHECKING:
    from skillmatch.service.core.health import Health
    from skillmatch.service.values import TaxonomyDiff

EXAMPLES = 5
MOST_CAUSES = 12

SEVERITY_WORDS = {
    Severity.REJECTED: ("Rejected", "red"),
    Severity.CLEANED: ("Cleaned", "yellow"),
    Severity.NOTE: ("Worth knowing", "cyan"),
}
VERDICT_STYLES = {"ok": "green", "warning": "yellow", "fault": "red"}


def show_report(screen: Screen, report: ImportReport, *, keep_going: bool, everything: bool = False) -> None:
    """What happened to the rows, what there is now, and the findings by kind with some examples of each.

    With ``keep_going`` every rejected row is listed, for then nobody will see it again.
    """
    screen.heading(f"{report.what}, from {report.source}")
    screen.line(_what_happened(report))
    if report.counts:
        screen.line("Read: " + ", ".join(f"{count:,} {name}" for name, count in report.counts.items()) + ".")
    if report.rejected:
        screen.line()
        screen.line("Why rows cannot be taken:", style="red")
        for cause in report.causes[:MOST_CAUSES]:
            screen.item(cause.told(), indent=2)
        if len(report.causes) > MOST_CAUSES:
            screen.item(f"and {len(report.causes) - MOST_CAUSES:,} more causes", indent=2, style="dim")
    for severity, (words, style) in SEVERITY_WORDS.items():
        for kind in report.kinds():
            found = [item for item in report.findings if item.kind == kind and item.severity is severity]
            if found:
                found.sort(key=lambda item: item.times > 1)  # what stands for many comes after what is told singly
                whole = everything or (keep_going and severity is Severity.REJECTED)
                screen.line()
                screen.line(f"{words}: {kind.replace('_', ' ')} ({_times(found):,})", style=style)
                _show_findings(screen, found if whole else found[:EXAMPLES], _times(found))
    if report.rejected and not keep_going:
        screen.line()
        screen.line("Correct these rows and import again, or leave them out with --keep-going.")


def _what_happened(report: ImportReport) -> str:
    changes = f"{report.added:,} added, {report.changed:,} changed, {report.unchanged:,} unchanged"
    if report.applied:
        left_out = f", {report.rejected_count:,} rejected" if report.rejected else ""
        return f"Imported: {changes}{left_out}."
    rejected = counted(report.rejected_count, "row")
    if report.dry_run:
        return (
            f"Dry run, nothing was written. {f'{rejected} would be rejected.' if report.rejected else 'All is well.'}"
        )
    return f"Nothing was written, because {rejected} cannot be taken."


def _show_findings(screen: Screen, shown: Sequence[Finding], count: int) -> None:
    for item in shown:
        place = item.place
        where = f"{place.file or ''}{f':{place.line}' if place.line is not None else ''}"
        where = " ".join(part for part in (where, place.field or "") if part)
        screen.item(f"{where}: {item.message}" if where else item.message, indent=2)
    if count > _times(shown):
        screen.item(f"and {count - _times(shown):,} more (--report FILE writes all)", indent=2, style="dim")


def _times(found: Sequence[Finding]) -> int:
    """How many findings these stand for; some stand for many that are not listed one by one."""
    return sum(item.times for item in found)


def show_health(screen: Screen, health: Health) -> None:
    """Each check with its verdict in a word and a colour, then what to do."""
    screen.table(
        ("Check", "|Verdict", "Seen"),
        [
            (item.name, Text(item.verdict.value, style=VERDICT_STYLES[item.verdict.value]), item.told())
            for item in health.checks
        ],
    )
    open_ones = [item for item in health.checks if item.remedy and item.verdict.value != "ok"]
    if open_ones:
        screen.line()
        screen.heading("What to do")
        for item in open_ones:
            screen.item(f"{item.name}: {item.remedy}")
    if health.attribution:
        screen.line()
        screen.line(health.attribution)


def show_diff(screen: Screen, diff: TaxonomyDiff, *, everything: bool) -> None:
    """How many changes there are of each sort, with some examples."""
    screen.heading(f"{diff.old[0]}@{diff.old[1]} to {diff.new[0]}@{diff.new[1]}")
    if not diff.changes:
        screen.line("There is no difference.")
    for subject, kinds in diff.counts().items():
        for kind, count in kinds.items():
            screen.line()
            screen.line(f"{subject}, {kind}: {count:,}")
            found = [item for item in diff.changes if item.subject.value == subject and item.kind.value == kind]
            for item in found if everything else found[:EXAMPLES]:
                screen.item(_change(item.label, item.before, item.after), indent=2)
            if count > EXAMPLES and not everything:
                screen.item(f"and {count - EXAMPLES:,} more (--all shows them)", indent=2, style="dim")


def _change(label: str, before: str, after: str) -> str:
    if before and after:
        return f"{label}: {_short(before)} -> {_short(after)}"
    said = before or after
    return label if said in ("", label) else f"{label}: {_short(said)}"


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117]}..."

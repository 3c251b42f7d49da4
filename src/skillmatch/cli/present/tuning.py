"""A tuning as people read it: what became of it, and the measures before and after."""

from __future__ import annotations

from skillmatch.cli.present.screen import Screen
from skillmatch.service.matching.tuning import BeforeAfter, TuningReport, TuningStatus

_SAID = {
    TuningStatus.INSTALLED: "The tuned matching is in force. 'skillmatch tune --remove' goes back.",
    TuningStatus.BETTER: "The tuned matching is better; a dry run puts nothing in force.",
    TuningStatus.KEPT: "Nothing was changed",
    TuningStatus.INSUFFICIENT_DATA: "There is too little feedback to tune on",
    TuningStatus.REMOVED: "The packaged matching is in force again.",
    TuningStatus.NOTHING_TO_REMOVE: "The packaged matching is in force already.",
}
_SHOWN = {
    "right_first": "best link right",
    "rp5": "first five right (RP@5)",
    "on_rejects": "mean probability of rejected links",
    "log_loss": "log loss",
    "calibration_error": "calibration error",
}


def show_tuning(screen: Screen, report: TuningReport) -> None:
    """Show the report."""
    said = _SAID[report.status]
    screen.line(f"{said}: {report.reason}." if report.reason else said)
    if report.counts:
        parts = report.counts
        screen.line(
            f"{parts['usable']} decisions in force: {parts['learning']} to learn from, {parts['curve']} for the curve, "
            f"{parts['held_out']} held out."
        )
    for title, pair in (("On held-out decisions", report.held_out), ("On the guard", report.guard)):
        if pair.after.decisions:
            _show(screen, f"{title} ({pair.after.texts} texts, {pair.after.decisions} decisions):", pair)
    screen.line(f"In force: {report.encoder}, linker {report.linker}.", style="dim")


def _show(screen: Screen, title: str, pair: BeforeAfter) -> None:
    screen.heading(title)
    before, after = pair.before.to_json(), pair.after.to_json()
    rows = [(label, _number(before[name]), _number(after[name])) for name, label in _SHOWN.items()]
    screen.table(("measure", ">before", ">after"), rows)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"

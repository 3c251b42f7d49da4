"""The organisation's logs as people read them: its changes to the taxonomy, and its decisions about texts."""

from __future__ import annotations

from skillmatch.cli.present.screen import Screen
from skillmatch.cli.present.things import show_list
from skillmatch.domain.skills.feedback import Context, Decision, FeedbackList, Verdict
from skillmatch.domain.skills.overlay import ChangeKind, EntryState, OverlayEntry, OverlayList

_MEANS = {
    Verdict.ACCEPT: "means {}",
    Verdict.PIN: "always means {}",
    Verdict.REJECT: "does not mean {}",
    Verdict.BLOCK: "never means {}",
}
_STYLES = {EntryState.DANGLING: "yellow", EntryState.CLASHING: "red", EntryState.WITHDRAWN: "dim"}


def told(entry: OverlayEntry) -> str:
    """What an entry does, in words."""
    change = entry.change
    match change.kind:
        case ChangeKind.ADD:
            return f"add '{change.text}' as {change.skill_id}"
        case ChangeKind.RENAME:
            return f"rename {change.skill_id} to '{change.text}'"
        case ChangeKind.ALIAS:
            return f"call {change.skill_id} '{change.text}' too"
        case ChangeKind.UNALIAS:
            return f"call {change.skill_id} '{change.text}' no more"
        case ChangeKind.MERGE:
            return f"merge {change.skill_id} into {change.other_id}"
        case ChangeKind.DEPRECATE:
            return f"deprecate {change.skill_id}" + (f" in favour of {change.other_id}" if change.other_id else "")
        case ChangeKind.BROADER:
            return f"put {change.skill_id} under {change.other_id}"
        case ChangeKind.WITHDRAW:
            return f"withdraw entry {change.withdraws}"


def show_overlay(screen: Screen, found: OverlayList, *, only_troubled: bool) -> None:
    """Each entry in a few lines: what it does, how it fares, who signed it and why."""
    if not found.lines:
        nothing = "All entries fit the taxonomy." if only_troubled else "There are no entries yet."
        screen.line(f"{nothing} ({found.taxonomy})")
        return
    screen.heading(found.headline())
    for line in found.lines:
        entry = line.entry
        screen.line()
        screen.line(f"{entry.number}. {told(entry)} - {line.state.value}", style=_STYLES.get(line.state, ""))
        if line.message:
            screen.line(f"{line.message}.", indent=3)
        signed = f"{entry.author}, {entry.on}" + (f": {entry.reason}" if entry.reason else "")
        screen.line(signed, style="dim", indent=3)


def meaning(decision: Decision, label: str) -> str:
    """What a decision says about its text, in words."""
    where = "" if decision.context is Context.ANY else f" in a {decision.context.value}"
    if decision.context is Context.EVIDENCE:
        where = " in evidence"
    if not decision.skill_id:
        return f"never means any skill{where}"
    return _MEANS[decision.verdict].format(label or decision.skill_id) + where


def show_feedback(screen: Screen, found: FeedbackList, limit: int | None) -> None:
    """A table of the decisions in their order."""
    rows = [
        (
            line.entry.decision.text[:200],
            meaning(line.entry.decision, line.label),
            line.state.value.replace("_", " "),
            line.entry.author,
            line.entry.on,
        )
        for line in found.lines
    ]
    nothing = "Nobody has decided anything yet. Begin with 'skillmatch feedback accept TEXT SKILL'."
    show_list(screen, ("Text", "Decision", "|State", "By", "|On"), rows, limit, nothing)

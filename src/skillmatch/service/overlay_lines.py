"""Overlay entries that do not fit the taxonomy, as findings of the import that brought it."""

from __future__ import annotations

from skillmatch.domain.overlay import EntryState
from skillmatch.domain.report import Finding, Severity
from skillmatch.service.snapshot import Snapshot

_KINDS = {EntryState.DANGLING: "dangling_overlay_entry", EntryState.CLASHING: "clashing_overlay_entry"}


def overlay_findings(snapshot: Snapshot) -> list[Finding]:
    """One note for each entry that waits for something or clashes; none of them stops an import."""
    return [
        Finding(_KINDS[line.state], Severity.NOTE, f"Overlay {line.entry.title}: {line.message}.")
        for line in snapshot.overlaid.lines
        if line.state in _KINDS
    ]

"""The five states of a gap as people see them: a word, a sign and a colour that colour-blind readers can tell apart."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatch.domain.people.gap import GapState


@dataclass(frozen=True, slots=True)
class Look:
    """How a state looks: ``sign`` and ``colour`` repeat what the state's own word says, they never say more."""

    sign: str
    colour: str
    meaning: str


OF_UNITS: dict[GapState, str] = {  # see ``domain.team.grid.supply_state``
    GapState.MISSING: "less than a quarter is covered",
    GapState.UNKNOWN: "nothing is known of more than half",
    GapState.PARTIAL: "anything between",
    GapState.MET: "nine in ten are ready",
    GapState.EXCEEDS: "and more hold it than are wanted",
}
"""What the states mean of a unit, in the order of the looks."""

LOOKS: dict[GapState, Look] = {  # the colours of Okabe and Ito; in the order in which a planner wants to see them
    GapState.MISSING: Look("✕", "#d55e00", "known not to be there"),
    GapState.UNKNOWN: Look("?", "#7a7a7a", "nobody has said anything about it"),
    GapState.PARTIAL: Look("◐", "#e69f00", "there, but not far enough"),
    GapState.MET: Look("✓", "#009e73", "as far as required"),
    GapState.EXCEEDS: Look("▲", "#0072b2", "further than required"),
}

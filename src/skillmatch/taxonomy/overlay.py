"""The overlay applied: an imported taxonomy as the organisation wants it, entry by entry in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from skillmatch.domain.skills.overlay import ChangeKind, EntryState, OverlayEntry, OverlayLine
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.taxonomy.overlay_draft import Draft, Outcome


@dataclass(frozen=True)
class Overlaid:
    """A taxonomy with an overlay on it.

    ``meanings`` leads from each id that was merged away to the skill it means now (ids that mean themselves are not
    in it); ``successors`` from a deprecated skill to the one to use instead; ``notes`` say what readers of a
    deprecated skill should know; ``lines`` how each entry fared.
    """

    taxonomy: Taxonomy
    meanings: Mapping[str, str] = field(default_factory=dict)
    successors: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[OverlayLine, ...] = ()

    @property
    def standing(self) -> frozenset[str]:
        """Every id that leads to a skill: the skills' own, and those that were merged away."""
        return frozenset(self.taxonomy.skills) | self.meanings.keys()

    def meant(self, skill_id: str) -> str:
        """The skill that an id stands for now; the id itself where the overlay says nothing about it."""
        return self.meanings.get(skill_id, skill_id)


def apply_overlay(ground: Taxonomy | Overlaid, entries: Iterable[OverlayEntry]) -> Overlaid:
    """Replay entries in their order; nothing is raised, because a taxonomy may have moved on since they were made.

    An entry that names a skill which is not there waits (``dangling``) and does what it can without it. An entry
    that a later one of the same list withdraws does nothing. To go on from an ``Overlaid`` gives what one replay of
    both lists gives, as long as no entry withdraws one of the earlier list.
    """
    listed = tuple(entries)
    start = ground if isinstance(ground, Overlaid) else Overlaid(ground)
    if not listed:
        return start
    withdrawn = {entry.change.withdraws for entry in listed if entry.change.kind is ChangeKind.WITHDRAW}
    draft = Draft.of(start.taxonomy, start.meanings, start.successors, start.notes)
    lines = list(start.lines)
    for entry in listed:
        if entry.number in withdrawn:
            lines.append(OverlayLine(entry, EntryState.WITHDRAWN))
            continue
        outcome = Outcome() if entry.change.kind is ChangeKind.WITHDRAW else draft.take(entry)
        lines.append(OverlayLine(entry, outcome.state, outcome.message))
    base = start.taxonomy
    taxonomy = replace(
        base,
        skills={skill_id: draft.skills[skill_id] for skill_id in sorted(draft.skills)},
        relations=draft.relations(base.relations),
        occupations=draft.occupations(base.occupations),
    )
    return Overlaid(taxonomy, draft.meanings, draft.successors, draft.notes, tuple(lines))

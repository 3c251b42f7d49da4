"""Rules for a new overlay entry: what would contradict the taxonomy as it stands is refused before it is written."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.domain.base.errors import ConflictError, NotFoundError
from skillmatch.domain.skills.overlay import ChangeKind, EntryState, OverlayEntry
from skillmatch.domain.skills.skill import Skill
from skillmatch.domain.skills.taxonomy import Taxonomy, fold
from skillmatch.taxonomy.overlay import apply_overlay
from skillmatch.taxonomy.overlay_draft import Draft

_WORSE = (EntryState.DANGLING, EntryState.CLASHING)


def check_entry(base: Taxonomy, entries: Sequence[OverlayEntry], draft: Draft, new: OverlayEntry) -> None:
    """Raise what is wrong with an entry that would come next; ``draft`` is ``base`` with ``entries`` taken.

    ``NotFoundError`` where it names a skill that is not there, ``ConflictError`` with the entry and a remedy where
    it contradicts what is there: a name that another skill has, a merge in a circle, a second deprecation, a
    withdrawal that others rest on.
    """
    change = new.change
    if change.kind is ChangeKind.WITHDRAW:
        _check_withdrawal(base, entries, new)
        return
    named = [] if change.kind is ChangeKind.ADD else [change.skill_id]
    named += [*change.broader, *([change.other_id] if change.other_id else [])]
    for skill_id in named:
        if skill_id in draft.meanings:
            number = _merge_of(entries, skill_id)
            raise _conflict(new, f"'{skill_id}' was merged by entry {number}", f"Name '{draft.meant(skill_id)}'.")
        if skill_id not in draft.skills:
            raise NotFoundError("skill", skill_id)
    match change.kind:
        case ChangeKind.ADD:
            if change.skill_id in draft.skills or change.skill_id in draft.meanings:
                raise _conflict(new, f"the id '{change.skill_id}' is taken", "Give the skill another slug.")
            _check_name(draft, new, change.text, change.skill_id, "add an alias to that skill instead")
        case ChangeKind.RENAME:
            _check_rename(draft, new)
        case ChangeKind.ALIAS:
            skill = draft.skills[change.skill_id]
            if fold(change.text) in map(fold, skill.names):
                raise _conflict(new, f"'{skill.label}' has the name '{change.text}' already", "There is nothing to do.")
            _check_name(draft, new, change.text, skill.id, "merge the two skills")
        case ChangeKind.UNALIAS:
            _check_unalias(draft.skills[change.skill_id], new)
        case ChangeKind.MERGE:
            if draft.skills[change.other_id].deprecated:
                label = draft.skills[change.other_id].label
                raise _conflict(new, f"'{label}' is deprecated", "Merge into a skill that is in use.")
        case ChangeKind.DEPRECATE:
            _check_deprecation(draft, entries, new)
        case _:
            _check_broader(draft, new)


def _check_name(draft: Draft, new: OverlayEntry, name: str, own: str, way: str) -> None:
    others = draft.others_called(name, own)
    if others:
        raise _conflict(
            new,
            f"'{name}' names another skill already: {draft.skills[others[0]].label} ({others[0]})",
            f"Choose another name, or {way}.",
        )


def _check_rename(draft: Draft, new: OverlayEntry) -> None:
    skill = draft.skills[new.change.skill_id]
    if skill.label == new.change.text:
        raise _conflict(new, f"'{skill.label}' is its label already", "There is nothing to do.")
    _check_name(draft, new, new.change.text, skill.id, "merge the two skills")


def _check_unalias(skill: Skill, new: OverlayEntry) -> None:
    name = fold(new.change.text)
    if name == fold(skill.label):
        raise _conflict(new, f"'{new.change.text}' is the label of the skill", "Rename the skill first.")
    if name not in map(fold, skill.aliases):
        known = ", ".join(skill.aliases[:5]) or "none"
        raise _conflict(new, f"'{skill.label}' has no alias '{new.change.text}'", f"Its aliases: {known}.")


def _check_deprecation(draft: Draft, entries: Sequence[OverlayEntry], new: OverlayEntry) -> None:
    skill = draft.skills[new.change.skill_id]
    if skill.deprecated:
        earlier = [
            entry
            for entry in entries
            if entry.change.kind is ChangeKind.DEPRECATE and draft.meant(entry.change.skill_id) == skill.id
        ]
        by = f"by entry {earlier[-1].number}" if earlier else "by the taxonomy itself"
        remedy = f"Withdraw entry {earlier[-1].number} first." if earlier else "There is nothing to do."
        raise _conflict(new, f"'{skill.label}' is deprecated already, {by}", remedy)
    successor = draft.skills.get(new.change.other_id)
    if successor is not None and successor.deprecated:
        raise _conflict(new, f"its successor '{successor.label}' is deprecated", "Name one that is in use.")


def _check_broader(draft: Draft, new: OverlayEntry) -> None:
    skill, above = draft.skills[new.change.skill_id], new.change.other_id
    label = draft.skills[above].label
    if above in skill.broader:
        raise _conflict(new, f"'{label}' is above '{skill.label}' already", "There is nothing to do.")
    if draft.reaches(above, skill.id):
        raise _conflict(new, f"'{label}' lies below '{skill.label}'", "Turn the two around, or choose another skill.")


def _check_withdrawal(base: Taxonomy, entries: Sequence[OverlayEntry], new: OverlayEntry) -> None:
    number = new.change.withdraws
    target = next((entry for entry in entries if entry.number == number), None)
    if target is None:
        raise NotFoundError("overlay entry", str(number))
    if target.change.kind is ChangeKind.WITHDRAW:
        raise _conflict(new, f"{target.title} is a withdrawal itself", "Make the change anew instead.")
    earlier = next((entry for entry in entries if entry.change.withdraws == number), None)
    if earlier is not None:
        raise _conflict(new, f"{target.title} was withdrawn by entry {earlier.number}", "There is nothing to do.")
    now, then = apply_overlay(base, entries).lines, apply_overlay(base, [*entries, new]).lines
    for before, after in zip(now, then, strict=False):
        if after.state in _WORSE and before.state is not after.state:
            raise _conflict(
                new,
                f"{after.entry.title} rests on {target.title}: {after.message}",
                f"Withdraw entry {after.entry.number} first.",
            )


def _merge_of(entries: Sequence[OverlayEntry], skill_id: str) -> int:
    """The number of the entry that merged a skill away; the last one that names it."""
    merges = [entry for entry in entries if entry.change.kind is ChangeKind.MERGE]
    return next((entry.number for entry in reversed(merges) if entry.change.skill_id == skill_id), 0)


def _conflict(new: OverlayEntry, why: str, remedy: str) -> ConflictError:
    return ConflictError(f"{new.title} cannot be made: {why}.", remedy=remedy)

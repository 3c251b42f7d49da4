"""Who decided what about the requirements of a role, and what that means for the next import or suggestion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.display import Tabular
from skillmatch.domain.roles.role import Requirement, RequirementState, Role


class RoleAction(StrEnum):
    """What was done to one requirement. The last three are decisions of a named person and outlive every import."""

    SUGGESTED = "suggested"
    IMPORTED = "imported"
    GOVERNED = "governed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


DECISIONS = frozenset({RoleAction.GOVERNED, RoleAction.ACCEPTED, RoleAction.REJECTED})


@dataclass(frozen=True, slots=True)
class RoleChange:
    """One change of one requirement: None before says that it was not there, None after that it is no more.

    ``author`` is the person who decided, or what suggested it; ``note`` the reason given, or the words of the text
    that a suggestion rests on. ``number`` is the place in the log, 0 before it has one.
    """

    role_id: str
    skill_id: str
    action: RoleAction
    author: str
    on: date
    before: Requirement | None = None
    after: Requirement | None = None
    note: str = ""
    number: int = 0

    def __post_init__(self) -> None:
        checks.text(self.role_id, "role", most=500)
        checks.text(self.skill_id, "skill", most=500)
        checks.text(self.author, "author", most=200)
        checks.text(self.note, "reason", empty=True)
        checks.whole(self.number, "number")

    @property
    def is_decision(self) -> bool:
        """Whether a named person stands behind it."""
        return self.action in DECISIONS

    def to_json(self) -> dict[str, Any]:
        """The documented shape, without the skill's label."""
        return {
            "number": self.number,
            "skill_id": self.skill_id,
            "action": self.action.value,
            "author": self.author,
            "on": self.on.isoformat(),
            "before": _terms_json(self.before),
            "after": _terms_json(self.after),
            "note": self.note,
        }


@dataclass(frozen=True, repr=False)
class RoleHistory(Tabular):
    """All changes of one role in their order, with the labels of its skills."""

    role_id: str
    role_title: str
    changes: tuple[RoleChange, ...]
    labels: Mapping[str, str] = field(default_factory=dict)

    def headline(self) -> str:
        count = len(self.changes)
        return f"{self.role_title}: {count} change{'' if count == 1 else 's'} of its requirements"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "number": change.number,
                "skill": self.labels.get(change.skill_id, change.skill_id),
                "what": change.action.value,
                "by": change.author,
                "on": change.on,
                "before": terms(change.before),
                "after": terms(change.after),
                "why": change.note,
            }
            for change in self.changes
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "role": self.role_id,
            "role_title": self.role_title,
            "items": [
                {"label": self.labels.get(change.skill_id, change.skill_id), **change.to_json()}
                for change in self.changes
            ],
        }


def terms(need: Requirement | None) -> str:
    """What is required, in few words: "level 3, weight 1, essential, governed"; nothing for None."""
    if need is None:
        return ""
    return f"level {need.level:g}, weight {need.weight:g}, {need.kind.value}, {need.state.value}"


def last_decisions(changes: Iterable[RoleChange]) -> dict[str, RoleChange]:
    """For each skill the last decision that a named person took about it; ``changes`` in their order."""
    return {change.skill_id: change for change in changes if change.is_decision}


def heed(
    proposed: Role, earlier: Role | None, decisions: Mapping[str, RoleChange], *, suggesting: bool
) -> tuple[Role, tuple[str, ...]]:
    """A proposed role as it may be kept, and the skills of which something else had been decided.

    What a named person governed, accepted or rejected stays as it is. A suggestion (``suggesting``) changes nothing
    that is governed in any way; a file may change what only a file governed. Requirements come in the proposal's
    order, those that stay against it behind them.
    """
    stands = {} if earlier is None else {need.skill_id: need for need in earlier.requirements}
    kept: list[str] = []
    needs: dict[str, Requirement] = {}
    for need in proposed.requirements:
        there = stands.get(need.skill_id)
        if need.skill_id in decisions:
            if there is not None:
                needs[need.skill_id] = there
            if there != need:
                kept.append(need.skill_id)
        elif suggesting and there is not None and there.state is RequirementState.GOVERNED:
            needs[need.skill_id] = there
            if _terms_of(there) != _terms_of(need):
                kept.append(need.skill_id)
        else:
            needs[need.skill_id] = need
    for skill_id, there in stands.items():
        stays = skill_id in decisions or (suggesting and there.state is RequirementState.GOVERNED)
        if stays and skill_id not in needs:
            needs[skill_id] = there
            kept.append(skill_id)
    return replace(proposed, requirements=tuple(needs.values())), tuple(kept)


def differences(
    earlier: Role | None, later: Role, action: RoleAction, author: str, on: date, notes: Mapping[str, str] | None = None
) -> list[RoleChange]:
    """What changed between two states of one role, by skill; ``notes`` holds the words to keep with each skill."""
    before = {} if earlier is None else {need.skill_id: need for need in earlier.requirements}
    after = {need.skill_id: need for need in later.requirements}
    said = notes or {}
    return [
        RoleChange(
            later.id, skill_id, action, author, on, before.get(skill_id), after.get(skill_id), said.get(skill_id, "")
        )
        for skill_id in dict.fromkeys((*after, *before))
        if before.get(skill_id) != after.get(skill_id)
    ]


def _terms_of(need: Requirement) -> tuple[float, float, str]:
    return need.level, need.weight, need.kind.value


def _terms_json(need: Requirement | None) -> dict[str, Any] | None:
    if need is None:
        return None
    return {"level": need.level, "weight": need.weight, "kind": need.kind.value, "state": need.state.value}

"""Retagging: another taxonomy becomes active, and what meant skills of the old one comes to mean the new one's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from skillmatch.domain.catalogue.credential import Basis, Credential, Outcome, SkillPrerequisite
from skillmatch.domain.people.dispute import Dispute
from skillmatch.domain.people.person import Evidence, StoredPerson
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.domain.skills.feedback import Context
from skillmatch.service.core.decisions import ASSUMED_LEVEL
from skillmatch.service.core.resolve import LinkTexts, Resolved, resolve
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.store import Change, View

T = TypeVar("T", Outcome, SkillPrerequisite, Requirement, Evidence)


@dataclass(frozen=True)
class Retagging:
    """The skill of the new taxonomy for each reference that has one; what has none keeps its id and is not lost.

    ``meanings`` are those of old labels, ``words`` those of the providers' words in the catalogue.
    """

    meanings: dict[str, Resolved]
    words: dict[str, Resolved]
    labels: dict[str, str]
    known: frozenset[str]

    @property
    def lost(self) -> list[str]:
        """The labels of skills that are referred to and have no counterpart, in order."""
        return sorted(label for skill_id, label in self.labels.items() if self._meaning(skill_id) is None)

    def credential(self, item: Credential) -> Credential:
        """The credential with its outcomes and prerequisites mapped, and its unmapped words tried again."""
        outcomes: list[Outcome] = []
        for outcome in item.outcomes:
            meaning = self.words.get(outcome.given) or self._meaning(outcome.skill_id)
            if outcome.skill_id in self.known or meaning is None:
                outcomes.append(outcome)
            else:
                outcomes.append(replace(outcome, skill_id=meaning.skill_id, probability=meaning.probability))
        level = item.level or ASSUMED_LEVEL
        for words in item.unmapped:
            if (meaning := self.words.get(words)) is not None:
                outcomes.append(Outcome(meaning.skill_id, level, Basis.STATED, meaning.probability, words))
        return replace(
            item,
            unmapped=tuple(words for words in item.unmapped if words not in self.words),
            outcomes=_highest(outcomes, lambda outcome: outcome.level),
            requires_skills=_highest(map(self._moved, item.requires_skills), lambda skill: skill.level),
        )

    def role(self, item: Role) -> Role:
        """The role with its requirements mapped; of two that fall together the higher level stays."""
        return replace(item, requirements=_highest(map(self._moved, item.requirements), lambda need: need.level))

    def evidence(self, item: StoredPerson) -> tuple[Evidence, ...]:
        """The person's evidence, mapped."""
        return tuple(map(self._moved, item.evidence))

    def dispute(self, item: Dispute) -> Dispute:
        """The dispute with its skill mapped."""
        meaning = None if item.skill_id is None else self._meaning(item.skill_id)
        return item if meaning is None else replace(item, skill_id=meaning.skill_id)

    def _moved(self, item: T) -> T:
        meaning = self._meaning(item.skill_id)
        return item if meaning is None else replace(item, skill_id=meaning.skill_id)

    def _meaning(self, skill_id: str) -> Resolved | None:
        if skill_id in self.known:
            return Resolved(skill_id, 1.0)
        return self.meanings.get(self.labels.get(skill_id, skill_id))


def plan_retagging(view: View, old: Snapshot, new: Snapshot, link: Callable[[Context], LinkTexts]) -> Retagging:
    """Work out the counterparts of all skills referred to: by id, else by the old label, else by matching it.

    What people decided about words wins over matching them, as everywhere. ``link`` links where texts stand in a
    context.
    """
    credentials = view.catalogue().credentials.values()  # as stored: the snapshot's follow the overlay
    used = set(used_skills(view))
    known = new.overlaid.standing
    labels = {skill_id: old.labels.get(old.overlaid.meant(skill_id), skill_id) for skill_id in used - known}
    words = {
        outcome.given
        for item in credentials
        for outcome in item.outcomes
        if outcome.skill_id in labels and outcome.given not in ("", outcome.skill_id)
    }
    words |= {words for item in credentials for words in item.unmapped}
    said = resolve(sorted(words), new, link(Context.CATALOGUE), Context.CATALOGUE)
    return Retagging(resolve(sorted(set(labels.values())), new, link(Context.ANY)), said, labels, known)


def apply_retagging(change: Change, plan: Retagging) -> None:
    """Write everything that refers to another skill now, in the transaction of ``change``."""
    if not plan.labels and not plan.words:
        return
    change.put_credentials([plan.credential(item) for item in change.catalogue().credentials.values()])
    change.put_roles([plan.role(item) for item in change.roles().values()])
    for person in list(change.people()):
        moved = plan.evidence(person)
        if moved != person.evidence:
            change.replace_evidence(person.id, moved)
    change.put_disputes([plan.dispute(item) for item in change.disputes()])


def used_skills(view: View) -> Iterator[str]:
    """The ids of skills that anything stored refers to, as often as it does."""
    for item in view.catalogue().credentials.values():
        yield from (outcome.skill_id for outcome in item.outcomes)
        yield from (skill.skill_id for skill in item.requires_skills)
    for role in view.roles().values():
        yield from (need.skill_id for need in role.requirements)
    yield from (item.skill_id for item in view.disputes() if item.skill_id is not None)
    for person in view.people():
        yield from (piece.skill_id for piece in person.evidence)


def _highest(items: Iterable[T], level: Callable[[T], float]) -> tuple[T, ...]:
    """One item per skill, the one with the highest level, in the order of first coming."""
    best: dict[str, T] = {}
    for item in items:
        other = best.get(item.skill_id)
        if other is None or level(item) > level(other):
            best[item.skill_id] = item
    return tuple(best.values())

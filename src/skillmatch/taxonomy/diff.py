"""What is different between two versions of a taxonomy, so that people can judge an update before they take it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from skillmatch.domain.base.display import Tabular
from skillmatch.domain.roles.role import Occupation, Requirement
from skillmatch.domain.skills.skill import Skill
from skillmatch.domain.skills.taxonomy import Taxonomy


class Subject(StrEnum):
    """What kind of thing changed."""

    SKILL = "skill"
    RELATION = "relation"
    OCCUPATION = "occupation"
    REQUIREMENT = "requirement"


class ChangeKind(StrEnum):
    """How it changed. ``moved``: other broader skills; ``changed``: another level, weight or kind."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    ALIASES = "aliases changed"
    DESCRIBED = "description changed"
    RETYPED = "type changed"
    REFILED = "field changed"
    MOVED = "moved"
    DEPRECATED = "deprecated"
    RESTORED = "restored"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: ``id`` and ``label`` of what changed, and what was and is there instead (blank for nothing).

    Of a requirement ``id`` is the occupation's and ``other`` the skill's; of a relation they are the two skills'.
    """

    subject: Subject
    kind: ChangeKind
    id: str
    label: str
    before: str = ""
    after: str = ""
    other: str = ""

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "subject": self.subject.value,
            "change": self.kind.value,
            "id": self.id,
            "other": self.other,
            "label": self.label,
            "before": self.before,
            "after": self.after,
        }


@dataclass(frozen=True, repr=False)
class TaxonomyDiff(Tabular):
    """Two versions compared; ``changes`` stand by subject, then id, and are the same however the files were sorted."""

    old: tuple[str, str]
    new: tuple[str, str]
    changes: tuple[Change, ...]

    def of(self, subject: Subject, kind: ChangeKind | None = None) -> tuple[Change, ...]:
        """The changes of a subject, of one kind or of all."""
        return tuple(item for item in self.changes if item.subject is subject and kind in (None, item.kind))

    def counts(self) -> dict[str, dict[str, int]]:
        """How many changes there are by subject and kind; what did not change is not listed."""
        found = Counter((item.subject, item.kind) for item in self.changes)
        return {
            subject.value: {kind.value: found[subject, kind] for kind in ChangeKind if found[subject, kind]}
            for subject in Subject
        }

    def headline(self) -> str:
        old, new = " ".join(self.old), " ".join(self.new)
        said = [
            f"{sum(kinds.values()):,} {subject} change{'s' if sum(kinds.values()) != 1 else ''}"
            for subject, kinds in self.counts().items()
            if kinds
        ]
        return f"{old} to {new}: {', '.join(said) if said else 'no difference'}"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [item.to_json() for item in self.changes]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "old": {"name": self.old[0], "version": self.old[1]},
            "new": {"name": self.new[0], "version": self.new[1]},
            "counts": self.counts(),
            "changes": [item.to_json() for item in self.changes],
        }


def diff_taxonomies(old: Taxonomy, new: Taxonomy) -> TaxonomyDiff:
    """Compare two taxonomies by the ids of their skills and occupations.

    Requirements are compared for occupations that are in both; those of an added or removed occupation come and go
    with it.
    """
    changes = [
        *_skills(old, new),
        *_relations(old, new),
        *_occupations(old, new),
        *_requirements(old, new),
    ]
    return TaxonomyDiff((old.name, old.version), (new.name, new.version), tuple(changes))


def _skills(old: Taxonomy, new: Taxonomy) -> Iterator[Change]:
    for skill_id in sorted(old.skills.keys() | new.skills.keys()):
        before, after = old.skills.get(skill_id), new.skills.get(skill_id)
        if before is None and after is not None:
            yield Change(Subject.SKILL, ChangeKind.ADDED, skill_id, after.label, after=after.label)
        elif after is None and before is not None:
            yield Change(Subject.SKILL, ChangeKind.REMOVED, skill_id, before.label, before=before.label)
        elif before is not None and after is not None and before != after:
            yield from _named(Subject.SKILL, before, after)
            yield from _skill(before, after)


def _skill(before: Skill, after: Skill) -> Iterator[Change]:
    def differs(kind: ChangeKind, show: Callable[[Skill], str]) -> Iterator[Change]:
        if show(before) != show(after):
            yield Change(Subject.SKILL, kind, after.id, after.label, show(before), show(after))

    yield from differs(ChangeKind.RETYPED, lambda skill: skill.type.value)
    yield from differs(ChangeKind.REFILED, lambda skill: skill.field)
    yield from differs(ChangeKind.MOVED, lambda skill: _listed(skill.broader))
    if before.deprecated != after.deprecated:
        kind = ChangeKind.DEPRECATED if after.deprecated else ChangeKind.RESTORED
        yield Change(Subject.SKILL, kind, after.id, after.label)


def _named(subject: Subject, before: Skill | Occupation, after: Skill | Occupation) -> Iterator[Change]:
    if before.label != after.label:
        yield Change(subject, ChangeKind.RENAMED, after.id, after.label, before.label, after.label)
    gone, come = set(before.aliases) - set(after.aliases), set(after.aliases) - set(before.aliases)
    if gone or come:
        yield Change(subject, ChangeKind.ALIASES, after.id, after.label, _listed(gone), _listed(come))
    if before.description != after.description:
        yield Change(subject, ChangeKind.DESCRIBED, after.id, after.label, before.description, after.description)


def _relations(old: Taxonomy, new: Taxonomy) -> Iterator[Change]:
    before, after = set(old.relations), set(new.relations)
    for relation in sorted(before ^ after):
        added = relation in after
        skills = (new if added else old).skills
        text = f"{relation.kind.value}: {skills[relation.other].label}"
        yield Change(
            Subject.RELATION,
            ChangeKind.ADDED if added else ChangeKind.REMOVED,
            relation.skill,
            skills[relation.skill].label,
            "" if added else text,
            text if added else "",
            relation.other,
        )


def _occupations(old: Taxonomy, new: Taxonomy) -> Iterator[Change]:
    for occupation_id in sorted(old.occupations.keys() | new.occupations.keys()):
        before, after = old.occupations.get(occupation_id), new.occupations.get(occupation_id)
        if before is None and after is not None:
            yield Change(Subject.OCCUPATION, ChangeKind.ADDED, occupation_id, after.label, after=after.label)
        elif after is None and before is not None:
            yield Change(Subject.OCCUPATION, ChangeKind.REMOVED, occupation_id, before.label, before=before.label)
        elif before is not None and after is not None and before != after:
            yield from _named(Subject.OCCUPATION, before, after)
            if before.code != after.code:
                yield Change(
                    Subject.OCCUPATION, ChangeKind.REFILED, occupation_id, after.label, before.code, after.code
                )


def _requirements(old: Taxonomy, new: Taxonomy) -> Iterator[Change]:
    for occupation_id in sorted(old.occupations.keys() & new.occupations.keys()):
        occupation = new.occupations[occupation_id]
        before = {need.skill_id: need for need in old.occupations[occupation_id].requirements}
        after = {need.skill_id: need for need in occupation.requirements}
        for skill_id in sorted(before.keys() | after.keys()):
            was, is_now = before.get(skill_id), after.get(skill_id)
            if was != is_now:
                kind = ChangeKind.ADDED if was is None else ChangeKind.REMOVED if is_now is None else ChangeKind.CHANGED
                skill = new.skills.get(skill_id) or old.skills[skill_id]
                yield Change(
                    Subject.REQUIREMENT,
                    kind,
                    occupation_id,
                    f"{occupation.label}: {skill.label}",
                    _asked(was),
                    _asked(is_now),
                    skill_id,
                )


def _asked(need: Requirement | None) -> str:
    return "" if need is None else f"{need.kind.value}, level {need.level:g}, weight {need.weight:g}"


def _listed(names: Iterable[str]) -> str:
    return " | ".join(sorted(names))

"""Draft of an overlaid taxonomy: what each kind of entry does to the skills, and how it may fall short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from skillmatch.domain.roles.role import Occupation
from skillmatch.domain.skills.overlay import ChangeKind, EntryState, OverlayChange, OverlayEntry
from skillmatch.domain.skills.skill import Skill, SkillRelation
from skillmatch.domain.skills.taxonomy import Taxonomy, fold
from skillmatch.taxonomy.following import follow_requirements

_NAMING = (ChangeKind.ADD, ChangeKind.RENAME, ChangeKind.ALIAS)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an entry fared."""

    state: EntryState = EntryState.APPLIED
    message: str = ""


APPLIED = Outcome()


class Draft:
    """Skills while the entries of an overlay are replayed; relations and occupations follow at the end."""

    def __init__(self, taxonomy: Taxonomy, meanings: dict[str, str], successors: dict[str, str], notes: dict[str, str]):
        self.skills = dict(taxonomy.skills)
        self.meanings = meanings
        self.successors = successors
        self.notes = notes
        self._names: dict[str, set[str]] | None = None  # folded name -> ids; made when first needed
        self._narrower: dict[str, set[str]] | None = None  # id -> ids one step down; likewise

    @classmethod
    def of(
        cls, taxonomy: Taxonomy, meanings: Mapping[str, str], successors: Mapping[str, str], notes: Mapping[str, str]
    ) -> Draft:
        """A draft that starts from a taxonomy and what earlier entries made of it; neither is changed."""
        return cls(taxonomy, dict(meanings), dict(successors), dict(notes))

    def take(self, entry: OverlayEntry) -> Outcome:
        """Do what the entry says, as far as it can be done."""
        change = entry.change
        if change.kind is ChangeKind.ADD:
            return self._add(change)
        if change.kind is ChangeKind.MERGE:
            return self._merge(change)
        skill = self.skills.get(self.meant(change.skill_id))
        if skill is None:
            return _missing(change.skill_id)
        match change.kind:
            case ChangeKind.RENAME:
                return self._rename(skill, change.text)
            case ChangeKind.ALIAS:
                return self._alias(skill, change.text)
            case ChangeKind.UNALIAS:
                return self._unalias(skill, change.text)
            case ChangeKind.DEPRECATE:
                return self._deprecate(skill, entry)
            case _:
                return self._broaden(skill, change.other_id)

    def meant(self, skill_id: str) -> str:
        """The skill that an id stands for by now."""
        return self.meanings.get(skill_id, skill_id)

    def reaches(self, start: str, wanted: str) -> bool:
        """Whether ``wanted`` is ``start`` itself or somewhere above it."""
        seen, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            if here == wanted:
                return True
            for above in self.skills[here].broader if here in self.skills else ():
                if above not in seen:
                    seen.add(above)
                    waiting.append(above)
        return False

    def others_called(self, name: str, but: str) -> list[str]:
        """The ids of other skills with this label or alias, in order; deprecated ones do not count."""
        if self._names is None:
            self._names = {}
            for skill in self.skills.values():
                self._index(skill)
        found = self._names.get(fold(name), set()) - {but}
        return sorted(skill_id for skill_id in found if not self.skills[skill_id].deprecated)

    def relations(self, given: tuple[SkillRelation, ...]) -> tuple[SkillRelation, ...]:
        """Relations between the skills that are left."""
        if not self.meanings:
            return given
        ends = ((self.meant(item.skill), item.kind, self.meant(item.other)) for item in given)
        return tuple(sorted({SkillRelation(*item) for item in ends if item[0] != item[2]}))

    def occupations(self, given: dict[str, Occupation]) -> dict[str, Occupation]:
        """Occupations that ask for the skills that are left."""
        if not self.meanings:
            return given
        return {
            key: replace(item, requirements=follow_requirements(item.requirements, self.meanings))
            for key, item in given.items()
        }

    def _add(self, change: OverlayChange) -> Outcome:
        if change.skill_id in self.skills or change.skill_id in self.meanings:
            return Outcome(EntryState.CLASHING, f"there is a skill of the id '{change.skill_id}' already")
        broader = tuple(dict.fromkeys(self.meant(item) for item in change.broader))
        lacking = [item for item in broader if item not in self.skills]
        known = tuple(item for item in broader if item in self.skills)
        clash = self._clash(change.text, change.skill_id)
        self._put(Skill(change.skill_id, change.text, (), change.description, change.type, known))
        if lacking:
            return Outcome(EntryState.DANGLING, f"added, but the broader skill '{lacking[0]}' is missing")
        return clash

    def _rename(self, skill: Skill, label: str) -> Outcome:
        if skill.label == label:
            return Outcome(message="the taxonomy calls it so itself")
        clash = self._clash(label, skill.id)
        others = tuple(name for name in skill.aliases if name != label)
        self._put(replace(skill, label=label, aliases=(*others, skill.label)))
        return clash

    def _alias(self, skill: Skill, name: str) -> Outcome:
        if fold(name) in map(fold, skill.names):
            return Outcome(message="the taxonomy knows this name itself")
        clash = self._clash(name, skill.id)
        self._put(replace(skill, aliases=(*skill.aliases, name)))
        return clash

    def _unalias(self, skill: Skill, name: str) -> Outcome:
        left = tuple(alias for alias in skill.aliases if fold(alias) != fold(name))
        if len(left) == len(skill.aliases):
            label = fold(skill.label) == fold(name)
            message = "it is the label, not an alias" if label else "the taxonomy has no such alias any more"
            return Outcome(EntryState.CLASHING if label else EntryState.APPLIED, message)
        self._put(replace(skill, aliases=left))
        return APPLIED

    def _merge(self, change: OverlayChange) -> Outcome:
        source, target = self.meant(change.skill_id), self.meant(change.other_id)
        survivor, gone = self.skills.get(target), self.skills.get(source)
        if survivor is None:
            return _missing(change.other_id)
        if source == target:
            return Outcome(EntryState.CLASHING, "both mean the same skill already")
        self._redirect(source, target)
        if gone is None:
            return Outcome(message=f"'{change.skill_id}' is missing; what refers to it counts for '{target}'")
        self._drop(gone)
        known = set(map(fold, survivor.names))
        names = tuple(name for name in gone.names if fold(name) not in known)
        above = (*survivor.broader, *(gone.broader if gone.id in survivor.broader else ()))
        broader = tuple(dict.fromkeys(item for item in above if item not in (source, target)))
        self._put(replace(survivor, aliases=_distinct(survivor, names), broader=broader))
        for below in sorted(self._below(source)):
            skill = self.skills.get(below)
            if skill is None or source not in skill.broader:
                continue
            rest = tuple(item for item in skill.broader if item not in (source, target))
            circle = below == target or self.reaches(target, below)
            self._put(replace(skill, broader=rest if circle else (*rest, target)))
        return APPLIED

    def _deprecate(self, skill: Skill, entry: OverlayEntry) -> Outcome:
        successor = self.meant(entry.change.other_id)
        known = self.skills.get(successor)
        self._put(replace(skill, deprecated=True))
        note = f"Deprecated on {entry.on}" + (f": {entry.reason}" if entry.reason else "")
        note += "" if note.endswith((".", "!", "?")) else "."
        if known is not None:
            self.successors[skill.id] = successor
            note += f" Use {known.label} ({known.id}) instead."
        self.notes[skill.id] = note
        if entry.change.other_id and known is None:
            return Outcome(EntryState.DANGLING, f"deprecated, but its successor '{successor}' is missing")
        return APPLIED

    def _broaden(self, skill: Skill, given: str) -> Outcome:
        above = self.meant(given)
        if above not in self.skills:
            return _missing(given)
        if above in skill.broader:
            return Outcome(message="the taxonomy puts it there itself")
        if self.reaches(above, skill.id):
            return Outcome(EntryState.CLASHING, f"'{above}' lies below it in the taxonomy")
        self._put(replace(skill, broader=(*skill.broader, above)))
        return APPLIED

    def _clash(self, name: str, own: str) -> Outcome:
        others = self.others_called(name, own)
        message = f"'{name}' names another skill too: {self.skills[others[0]].label} ({others[0]})" if others else ""
        return Outcome(EntryState.CLASHING, message) if others else APPLIED

    def _redirect(self, source: str, target: str) -> None:
        for table in (self.meanings, self.successors):
            for key, meaning in table.items():
                if meaning == source:
                    table[key] = target
        self.meanings[source] = target
        self.successors.pop(source, None)
        self.notes.pop(source, None)
        if self.successors.get(target) == target:
            del self.successors[target]

    def _put(self, skill: Skill) -> None:
        before = self.skills.get(skill.id)
        if before is not None:
            self._drop(before)
        self.skills[skill.id] = skill
        if self._names is not None:
            self._index(skill)
        if self._narrower is not None:
            for above in skill.broader:
                self._narrower.setdefault(above, set()).add(skill.id)

    def _drop(self, skill: Skill) -> None:
        del self.skills[skill.id]
        for name in skill.names if self._names is not None else ():
            (self._names or {}).get(fold(name), set()).discard(skill.id)

    def _index(self, skill: Skill) -> None:
        if self._names is not None:
            for name in skill.names:
                self._names.setdefault(fold(name), set()).add(skill.id)

    def _below(self, skill_id: str) -> set[str]:
        if self._narrower is None:
            self._narrower = {}
            for skill in self.skills.values():
                for above in skill.broader:
                    self._narrower.setdefault(above, set()).add(skill.id)
        return self._narrower.get(skill_id, set())


def _missing(skill_id: str) -> Outcome:
    return Outcome(EntryState.DANGLING, f"the taxonomy has no skill '{skill_id}'; the entry waits until it has")


def _distinct(survivor: Skill, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys((*survivor.aliases, *names)) if name != survivor.label)

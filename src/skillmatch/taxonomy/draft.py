"""Draft: what a reader has gathered so far; becomes a taxonomy in which every reference leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError, Place
from skillmatch.domain.roles.role import Occupation, Requirement
from skillmatch.domain.skills.skill import RelationKind, Skill, SkillRelation, SkillType
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.taxonomy.cleaning import Cleaner
from skillmatch.taxonomy.hierarchy import cycle_edges
from skillmatch.taxonomy.reading import Findings, Reading


@dataclass(frozen=True, slots=True)
class Fields:
    """What the columns of names are called in a file, for findings to point at."""

    id: str = "id"
    label: str = "label"
    aliases: str = "aliases"
    description: str = "description"


OUR_FIELDS = Fields()


class Draft:
    """Takes rows in this order: all skills, then what refers to them; all occupations, then their requirements.

    ``strict`` is for tables of the customer's own: what comes twice is rejected there, so that somebody decides. In
    published taxonomies the first of two concepts and the stronger of two requirements is kept and reported.
    """

    def __init__(self, findings: Findings, *, strict: bool = False) -> None:
        self.findings = findings
        self.skills: dict[str, Skill] = {}
        self.occupations: dict[str, Occupation] = {}
        self._cleaner = Cleaner(findings)
        self._repeated = findings.reject if strict else findings.clean
        self._places: dict[str, Place] = {}
        self._broader: dict[str, set[str]] = {}
        self._relations: set[SkillRelation] = set()
        self._needs: dict[str, dict[str, Requirement]] = {}

    def skill(
        self,
        at: Place,
        *,
        own_id: str,
        label: str,
        aliases: Iterable[str] = (),
        description: str = "",
        kind: SkillType = SkillType.SKILL,
        field: str = "",
        deprecated: bool = False,
        fields: Fields = OUR_FIELDS,
    ) -> bool:
        """Take a skill with its texts cleaned; says whether it was taken."""
        named = self._named(at, own_id, label, self.skills, fields)
        if named is None:
            return False
        skill_id, name = named
        try:
            self.skills[skill_id] = Skill(
                skill_id,
                name,
                self._cleaner.names(aliases, name, at, fields.aliases),
                self._cleaner.text(description, at, fields.description),
                kind,
                (),
                field,
                deprecated,
            )
        except InputError as error:
            self.findings.refuse(error, at)
            return False
        self._places[skill_id] = at
        return True

    def occupation(
        self,
        at: Place,
        *,
        own_id: str,
        label: str,
        aliases: Iterable[str] = (),
        description: str = "",
        code: str = "",
        fields: Fields = OUR_FIELDS,
    ) -> bool:
        """Take an occupation with its texts cleaned; says whether it was taken."""
        named = self._named(at, own_id, label, self.occupations, fields)
        if named is None:
            return False
        occupation_id, name = named
        try:
            self.occupations[occupation_id] = Occupation(
                occupation_id,
                name,
                self._cleaner.names(aliases, name, at, fields.aliases),
                self._cleaner.text(description, at, fields.description),
                code,
            )
        except InputError as error:
            self.findings.refuse(error, at)
            return False
        return True

    def _named(
        self, at: Place, given_id: str, label: str, known: dict[str, Skill] | dict[str, Occupation], fields: Fields
    ) -> tuple[str, str] | None:
        own_id = given_id.strip()
        name = self._cleaner.name(label, at, fields.label)
        if not own_id:
            self.findings.reject("blank_id", f"'{name[:80]}' has no id; the row was left out.", at, fields.id)
        elif not name:
            self.findings.reject("blank_label", f"'{own_id[:80]}' has no label; left out.", at, fields.label)
        elif own_id in known:
            self._repeated("duplicate_id", f"'{own_id[:80]}' comes twice; the first was kept.", at, fields.id)
        else:
            return self._sound(own_id, name, at, fields)
        return None

    def _sound(self, own_id: str, name: str, at: Place, fields: Fields) -> tuple[str, str] | None:
        try:
            checks.key(own_id, fields.id, most=500)
        except InputError as error:
            self.findings.refuse(error, at)
            return None
        return own_id, name

    def broader(self, narrower: str, above: str, at: Place, field: str) -> None:
        """Take the statement that one skill is broader than another."""
        if narrower == above:
            self.findings.clean("self_reference", f"'{narrower[:80]}' is said to be broader than itself.", at, field)
        elif self._known(narrower, above, at=at, field=field):
            self._broader.setdefault(narrower, set()).add(above)

    def relation(self, skill: str, kind: RelationKind, other: str, at: Place, field: str) -> None:
        """Take the statement that one skill bears on another."""
        if skill == other:
            self.findings.clean("self_reference", f"'{skill[:80]}' is said to bear on itself.", at, field)
        elif self._known(skill, other, at=at, field=field):
            relation = SkillRelation(skill, kind, other)
            if relation in self._relations:
                self.findings.clean("duplicate_relation", "the same statement comes twice.", at)
            self._relations.add(relation)

    def _known(self, *skill_ids: str, at: Place, field: str) -> bool:
        for skill_id in skill_ids:
            if skill_id not in self.skills:
                self.findings.clean("dangling_reference", f"no skill has the id '{skill_id[:80]}'.", at, field)
                return False
        return True

    def requirement(self, occupation_id: str, need: Requirement, at: Place, field: str) -> None:
        """Take the statement that an occupation asks for a skill."""
        if occupation_id not in self.occupations:
            self.findings.clean("dangling_reference", f"no occupation has the id '{occupation_id[:80]}'.", at, field)
        elif self._known(need.skill_id, at=at, field=field):
            needs = self._needs.setdefault(occupation_id, {})
            before = needs.setdefault(need.skill_id, need)
            if before is not need:
                kept = "the first" if self._repeated == self.findings.reject else "the stronger"
                message = f"'{need.skill_id[:80]}' is required twice; {kept} was kept."
                self._repeated("duplicate_requirement", message, at, field)
                if kept == "the stronger":
                    needs[need.skill_id] = min(before, need, key=_strength)

    def finish(self, name: str, version: str) -> Reading:
        """The taxonomy, free of cycles, and all findings. Raises ``InputError`` for a blank name or version."""
        for narrower, above in cycle_edges(self._broader):
            message = f"'{narrower[:80]}' and '{above[:80]}' are both broader than the other; the link up was dropped."
            self.findings.clean("broader_cycle", message, self._places[narrower])
            self._broader[narrower].remove(above)
        taxonomy = Taxonomy.of(
            name,
            version,
            (self._placed(skill) for skill in self.skills.values()),
            self._relations,
            (self._equipped(occupation) for occupation in self.occupations.values()),
        )
        self._note_shared_names(taxonomy)
        return Reading(taxonomy, self.findings.all(), self.findings.counts())

    def _placed(self, skill: Skill) -> Skill:
        above = self._broader.get(skill.id)
        return replace(skill, broader=tuple(sorted(above))) if above else skill

    def _equipped(self, occupation: Occupation) -> Occupation:
        needs = self._needs.get(occupation.id)
        return replace(occupation, requirements=tuple(sorted(needs.values(), key=_strength))) if needs else occupation

    def _note_shared_names(self, taxonomy: Taxonomy) -> None:
        for name, skill_ids in sorted(taxonomy.by_name.items()):
            if len(skill_ids) > 1:
                labels = ", ".join(f"'{taxonomy.skills[skill_id].label[:40]}'" for skill_id in skill_ids[:4])
                more = f" and {len(skill_ids) - 4} more" if len(skill_ids) > 4 else ""
                message = f"'{name[:80]}' names {len(skill_ids)} skills: {labels}{more}."
                self.findings.note("shared_label", message, self._places[skill_ids[-1]])


def _strength(need: Requirement) -> tuple[bool, float, float, str]:
    """Sorts essential before optional, then the heavier, then the higher level; ids settle the rest."""
    return not need.essential, -need.weight, -need.level, need.skill_id

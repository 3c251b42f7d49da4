"""Taxonomy: a versioned set of skills, their relations and the occupations that ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from unicodedata import normalize

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.roles.role import Occupation
from skillmatch.domain.skills.skill import Skill, SkillRelation


def fold(name: str) -> str:
    """The form in which two spellings of a name are the same: case and runs of blanks do not count.

    Nor does it count whether an accent was typed with its letter or after it. Punctuation counts: "C", "C++" and
    "C#" stay three names.
    """
    if name.isascii():  # most names are, and there are a hundred thousand
        return " ".join(name.casefold().split())
    # Case is folded letter by letter with the accents apart: only so do equal texts stay equal (Unicode's D145).
    return " ".join(normalize("NFC", normalize("NFD", name).casefold()).split())


@dataclass(frozen=True)
class Taxonomy:
    """Skills, relations and occupations under one name and version.

    Skills and occupations are kept in the order of their ids, whatever order they came in, so that the same
    content always gives the same value. Every reference leads to a skill of the same taxonomy: readers drop
    dangling ones and say so in their report.
    """

    name: str
    version: str
    skills: dict[str, Skill]
    relations: tuple[SkillRelation, ...] = ()
    occupations: dict[str, Occupation] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        name: str,
        version: str,
        skills: Iterable[Skill],
        relations: Iterable[SkillRelation] = (),
        occupations: Iterable[Occupation] = (),
    ) -> Taxonomy:
        """Build from values. Raises ``InputError`` for an id that comes twice, ``NotFoundError`` for a dangling one."""
        checks.text(name, "name", most=100)
        checks.text(version, "version", most=100)
        skill_list = sorted(skills, key=lambda skill: skill.id)
        occupation_list = sorted(occupations, key=lambda occupation: occupation.id)
        checks.unique((skill.id for skill in skill_list), "id")
        checks.unique((occupation.id for occupation in occupation_list), "id")
        taxonomy = cls(
            name,
            version,
            {skill.id: skill for skill in skill_list},
            tuple(sorted(set(relations))),
            {occupation.id: occupation for occupation in occupation_list},
        )
        for skill_id in taxonomy._references():
            if skill_id not in taxonomy.skills:
                raise NotFoundError("skill", skill_id)
        return taxonomy

    def _references(self) -> Iterator[str]:
        for skill in self.skills.values():
            yield from skill.broader
        for relation in self.relations:
            yield relation.skill
            yield relation.other
        for occupation in self.occupations.values():
            yield from (need.skill_id for need in occupation.requirements)

    @cached_property
    def by_name(self) -> dict[str, tuple[str, ...]]:
        """For each folded label or alias the ids of the skills called so; those that carry it as label come first."""
        labels: dict[str, list[str]] = {}
        aliases: dict[str, list[str]] = {}
        for skill in self.skills.values():
            labels.setdefault(fold(skill.label), []).append(skill.id)
            for alias in skill.aliases:
                aliases.setdefault(fold(alias), []).append(skill.id)
        names = labels.keys() | aliases.keys()
        return {name: tuple(dict.fromkeys([*labels.get(name, ()), *aliases.get(name, ())])) for name in names}


def name_and_version(given: str, field: str) -> tuple[str, str]:
    """The two parts of ``name@version``; raises ``InputError`` for a text that is none."""
    name, at, version = given.rpartition("@")
    if not (name and at and version):
        remedy = "Write it as name@version, such as esco@1.1.1; the list of taxonomies shows them."
        raise InputError(f"'{given[:60]}' does not name a version.", field=field, remedy=remedy)
    return name, version

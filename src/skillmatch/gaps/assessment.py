"""Assessment: where one person stands on a day; every answer about people begins here, so that all say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from skillmatch.domain.base.answer import Versions
from skillmatch.domain.catalogue.credential import Catalogue
from skillmatch.domain.people.attainment import Profile
from skillmatch.domain.people.gap import Gap
from skillmatch.domain.people.person import Person
from skillmatch.domain.roles.role import Role
from skillmatch.domain.skills.skill import SkillType
from skillmatch.gaps.gap import find_gap
from skillmatch.gaps.kinship import NO_KINSHIP, Kinship
from skillmatch.gaps.profile import build_profile
from skillmatch.gaps.reach import coverage
from skillmatch.gaps.standing_in import stand_in

Levels = Mapping[str, float]
"""Levels (0-5) by skill id; of a skill that is not in it nothing is known."""


@dataclass(frozen=True)
class Reference:
    """What everybody is held against, all of one state of the workspace; a snapshot has it ready.

    It says what awards lead to, how skills age, which ones stand in for which, and what they are called.
    """

    catalogue: Catalogue
    types: Mapping[str, SkillType]
    kinship: Kinship
    labels: Mapping[str, str]
    versions: Versions

    @classmethod
    def without_taxonomy(cls, catalogue: Catalogue, versions: Versions) -> Reference:
        """For an organisation that has a catalogue and no taxonomy: no skill says anything about another one."""
        return cls(catalogue, {}, NO_KINSHIP, {}, versions)


@dataclass(frozen=True)
class Profiled:
    """A person with what all that was said about them adds up to on a day, whatever role they are held against."""

    person: Person
    profile: Profile
    reference: Reference

    @cached_property
    def levels(self) -> Levels:
        """The level in each skill that evidence names."""
        return {skill: attainment.level for skill, attainment in self.profile.attainments.items()}

    def towards(self, role: Role) -> Assessment:
        """The person held against a role."""
        profile = stand_in(self.profile, role, self.reference.kinship)
        return Assessment(self.person, role, profile, self.reference)


@dataclass(frozen=True)
class Assessment:
    """One person held against one role on the day of the ``profile``, which says of each requirement what is known.

    That may be shown or explained by another skill (see ``standing_in``): such attainments have a ``through``.
    """

    person: Person
    role: Role
    profile: Profile
    reference: Reference

    @property
    def as_of(self) -> date:
        """The day that it holds for."""
        return self.profile.as_of

    @cached_property
    def levels(self) -> Levels:
        """The level in each skill of which something is known, those that another skill shows or explains included."""
        return {skill: attainment.level for skill, attainment in self.profile.attainments.items()}

    @cached_property
    def coverage(self) -> float:
        """The share (0-1) of the role that is covered: the same figure as the gap's."""
        return coverage(self.role, self.levels)

    @cached_property
    def gap(self) -> Gap:
        """Requirement by requirement, with what the answer rests on; takes longer than ``coverage``."""
        labels, versions = self.reference.labels, self.reference.versions
        return find_gap(self.profile, self.role, labels, versions, current_role=self.person.role_id)


def profiled(person: Person, as_of: date, reference: Reference) -> Profiled:
    """What is known of a person on a day, before they are held against any role."""
    profile = build_profile(person, reference.catalogue, as_of, reference.types)
    return Profiled(person, profile, reference)


def assess(person: Person, role: Role, as_of: date, reference: Reference) -> Assessment:
    """Where a person stands with a role on a day: the one way to a gap and to the levels that advice and plans use."""
    return profiled(person, as_of, reference).towards(role)

"""Starting point: where a person stands before any plan, as the assessment says it, and what advice says of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import NamedTuple

from skillmatch.domain.advice.advice import Limits
from skillmatch.domain.catalogue.credential import Credential
from skillmatch.domain.roles.role import Role
from skillmatch.gaps import Profiled
from skillmatch.gaps.assessment import Levels
from skillmatch.recommend import Situation
from skillmatch.recommend.exclusions import ruled_out
from skillmatch.recommend.lift import after, teaches


class Held(NamedTuple):
    """A person held against a role: the levels today, those once what they have begun is finished, and the coverage.

    ``coverage`` (0-1) is that of today, the gap's. What they have begun counts towards what they will be able to do,
    as in a pathway; what asks for a level before it begins asks for today's.
    """

    levels: Levels
    coming: Levels
    coverage: float

    def with_levels(self, claimed: Levels) -> Held:
        """The same with some levels known for certain, none lower than before; the coverage of today stays."""
        coming = {skill: max(level, self.coming.get(skill, 0.0)) for skill, level in claimed.items()}
        return Held({**self.levels, **claimed}, {**self.coming, **coming}, self.coverage)


@dataclass(frozen=True)
class StartingPoint:
    """One person, assessed once for each role that they are held against."""

    known: Profiled
    _held: dict[Role, Held] = field(default_factory=dict, repr=False)
    _situations: dict[tuple[str, ...], Situation] = field(default_factory=dict, repr=False)
    _ruled_out: dict[tuple[str, ...], dict[str, bool]] = field(default_factory=dict, repr=False)

    def towards(self, role: Role) -> Held:
        """The person held against a role."""
        found = self._held.get(role)
        if found is None:
            assessment = self.known.towards(role)
            levels = assessment.levels
            coming = reduce(after, self.unfinished, levels)
            found = self._held[role] = Held(levels, coming, assessment.coverage)
        return found

    def situation(self, languages: tuple[str, ...]) -> Situation:
        """What decides whether a credential is for them; ``languages`` are the scenario's, empty for their own."""
        found = self._situations.get(languages)
        if found is None:
            known, limits = self.known, Limits(languages=languages)
            catalogue, day = known.reference.catalogue, known.profile.as_of
            found = self._situations[languages] = Situation(known.person, known.profile, limits, catalogue, day)
        return found

    def is_ruled_out(self, credential: Credential, languages: tuple[str, ...]) -> bool:
        """Whether a credential is not for them on any day, by the rules of all advice."""
        known = self._ruled_out.setdefault(languages, {})
        found = known.get(credential.id)
        if found is None:
            found = known[credential.id] = ruled_out(credential, self.situation(languages)) is not None
        return found

    def unfinished_for(self, role: Role) -> int:
        """How many of the credentials that they have begun teach something that a role requires."""
        skills = {need.skill_id for need in role.requirements}
        return sum(
            any(outcome.skill_id in skills and teaches(outcome) for outcome in item.outcomes)
            for item in self.unfinished
        )

    @cached_property
    def unfinished(self) -> tuple[Credential, ...]:
        """The credentials that they have begun, as far as the catalogue has them."""
        credentials = self.known.reference.catalogue.credentials
        return tuple(credentials[name] for name in sorted(self.situation(()).running) if name in credentials)

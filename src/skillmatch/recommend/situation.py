"""Where a person stands before anything is recommended: what they hold, what is running, what they can give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, reduce

from skillmatch.domain.advice.advice import Limits
from skillmatch.domain.catalogue.credential import Catalogue, Credential, SkillPrerequisite
from skillmatch.domain.people.gap import Profile
from skillmatch.domain.people.person import Person
from skillmatch.gaps.awards import held_on, running_on
from skillmatch.gaps.gap import attains
from skillmatch.recommend.lift import after, level_after, teaches


@dataclass(frozen=True)
class Situation:
    """Everything about a person that decides what they may begin on ``as_of``.

    ``recognised`` are the credentials whose learning was recognised: they count as held when others ask for them.
    """

    person: Person
    profile: Profile
    limits: Limits
    catalogue: Catalogue
    as_of: date
    recognised: frozenset[str] = frozenset()

    @property
    def hours_per_week(self) -> float | None:
        """The hours a week that the limits say, else the person's own."""
        stated = self.limits.hours_per_week
        return self.person.hours_per_week if stated is None else stated

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the limits say, else the person's own; empty when nothing is said."""
        return self.limits.languages or self.person.languages

    @cached_property
    def tongues(self) -> frozenset[str]:
        """Those languages without their regions."""
        return frozenset(map(tongue, self.languages))

    @cached_property
    def held(self) -> frozenset[str]:
        """Ids of the credentials held and valid."""
        return frozenset(award.credential_id for award in held_on(self.person.awards, self.catalogue, self.as_of))

    @cached_property
    def barred(self) -> Mapping[str, str]:
        """The credentials that are not to be recommended since an objection was upheld, each with the reason."""
        return self.person.barred(self.as_of)

    @cached_property
    def running(self) -> frozenset[str]:
        """Ids of the credentials begun and not finished."""
        return frozenset(award.credential_id for award in running_on(self.person.awards, self.as_of)) - self.held

    @cached_property
    def blank(self) -> bool:
        """Whether nothing is held, begun, recognised or objected to: then no credential is needless."""
        return not (self.held or self.running or self.recognised or self.barred)

    @cached_property
    def levels(self) -> Mapping[str, float]:
        """The level attained in each skill of which something is known."""
        return {skill: attainment.level for skill, attainment in self.profile.attainments.items()}

    @cached_property
    def shown(self) -> Mapping[str, float]:
        """The level in each skill that evidence itself names: not what another skill stands in for."""
        return {skill: had.level for skill, had in self.profile.attainments.items() if had.through is None}

    @cached_property
    def underway(self) -> dict[str, float]:
        """The levels to expect once the running credentials are finished, for the skills that these teach."""
        running = [item for item in self._had if item.id in self.running]
        levels = reduce(after, running, self.levels)
        taught = {outcome.skill_id for credential in running for outcome in credential.outcomes if teaches(outcome)}
        return {skill: levels[skill] for skill in sorted(taught)}

    def satisfies(self, credential_id: str) -> bool:
        """Whether a credential asked for as a prerequisite is held, or an equivalent of it is."""
        if credential_id in self.held or credential_id in self.recognised:
            return True
        credential = self.catalogue.credentials.get(credential_id)
        other = None if credential is None else self.equivalent_to(credential)
        return other is not None and other.id in self.held

    def supplier(self, wanted: SkillPrerequisite) -> Credential | None:
        """The credential with the least work that leads from the level attained to one asked for, or None."""
        if wanted not in self._suppliers:
            before, known = self.levels.get(wanted.skill_id, 0.0), self.catalogue.credentials
            able = [
                known[teacher]
                for teacher, outcome in self.catalogue.teaching.get(wanted.skill_id, ())
                if teaches(outcome) and attains(level_after(before, outcome.level), wanted.level)
            ]
            self._suppliers[wanted] = min(
                able, key=lambda item: (item.hours is None, item.hours or 0.0, item.id), default=None
            )
        return self._suppliers[wanted]

    @cached_property
    def _suppliers(self) -> dict[SkillPrerequisite, Credential | None]:
        return {}

    def equivalent_to(self, credential: Credential) -> Credential | None:
        """A credential held, or else running, that teaches every skill listed for this one as far; or None.

        Levels within the tolerance of a gap are as far. Outcomes count when they are likely; those of this one count
        all where none is.
        """
        listed = [outcome for outcome in credential.outcomes if teaches(outcome)] or credential.outcomes
        if not listed:
            return None
        # Most share no skill with those had: looking up their first one tells quickly.
        first, *others = listed
        for other, reached in self._reaching.get(first.skill_id, ()):
            if (
                other.id != credential.id
                and attains(reached[first.skill_id], first.level)
                and all(attains(reached.get(outcome.skill_id, 0.0), outcome.level) for outcome in others)
            ):
                return other
        return None

    @cached_property
    def _had(self) -> tuple[Credential, ...]:
        known = self.catalogue.credentials
        return tuple(known[item] for item in (*sorted(self.held), *sorted(self.running)) if item in known)

    @cached_property
    def _reaching(self) -> dict[str, list[tuple[Credential, dict[str, float]]]]:
        """For each skill the credentials had that teach it, with all the levels that they lead to."""
        table: dict[str, list[tuple[Credential, dict[str, float]]]] = {}
        for credential in self._had:
            reached = {outcome.skill_id: outcome.level for outcome in credential.outcomes if teaches(outcome)}
            for skill in reached:
                table.setdefault(skill, []).append((credential, reached))
        return table


@lru_cache(maxsize=256)
def tongue(language: str) -> str:
    """The language of a code without its region: who reads en can follow en-GB."""
    return language.replace("_", "-").partition("-")[0].strip().casefold()

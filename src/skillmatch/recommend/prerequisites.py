"""What has to come before a credential: whether a person lacks it, and which credentials would supply it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import fsum

from skillmatch.domain.advice import Exclusion, ExclusionReason
from skillmatch.domain.credential import Credential, SkillPrerequisite
from skillmatch.gaps.gap import attains
from skillmatch.recommend.candidates import RoleOffers
from skillmatch.recommend.lift import raise_levels, teaches
from skillmatch.recommend.situation import Situation

DEEPEST_CHAIN = 6
"""How many prerequisites of prerequisites are followed."""

Chain = tuple[Credential, ...]
"""Credentials in an order in which each finds its prerequisites met."""


def first_lacking(
    credential: Credential, has: Callable[[str], bool], levels: Mapping[str, float]
) -> str | SkillPrerequisite | None:
    """The first prerequisite that is not met: the id of a credential, or a skill at a level; None when all are."""
    for needed in credential.requires_credentials:
        if not has(needed):
            return needed
    for skill in credential.requires_skills:
        if not attains(levels.get(skill.skill_id, 0.0), skill.level):
            return skill
    return None


def missing_prerequisite(credential: Credential, situation: Situation, labels: Mapping[str, str]) -> Exclusion | None:
    """Why a credential cannot be begun yet: the first prerequisite that the person lacks today, or None."""
    match first_lacking(credential, situation.satisfies, situation.levels):
        case None:
            return None
        case SkillPrerequisite(skill_id, wanted):
            level = situation.levels.get(skill_id)
            stands = "nothing is known" if level is None else f"{level:.1f} is known"
            detail = f"needs {labels.get(skill_id, skill_id)} at level {wanted:g}; {stands}"
        case needed:
            other = situation.catalogue.credentials.get(needed)
            detail = f"needs '{other.title if other else needed}' first"
            if needed in situation.running:
                detail += ", which is already begun"
    return Exclusion(credential.id, credential.title, ExclusionReason.PREREQUISITE_MISSING, detail)


class Preparation:
    """For one person the shortest way, in hours, to each credential whose prerequisites they lack today.

    Chains grow from what the person can begin now, one more prerequisite of prerequisites in each round, so
    that circles are never entered and the work stays in proportion to the catalogue.
    """

    def __init__(
        self,
        targets: Iterable[Credential],
        offers: RoleOffers,
        situation: Situation,
        allowed: Callable[[Credential], bool],
    ) -> None:
        self.offers = offers
        self.situation = situation
        self.allowed = allowed
        self.chains: dict[str, Chain] = {}
        self._suppliers: dict[SkillPrerequisite, Chain | None] = {}
        relevant = self._relevant(targets)
        for _ in range(DEEPEST_CHAIN):
            longer = {item.id: chain for item in relevant if (chain := self._chain(item)) is not None}
            if longer == self.chains:
                break
            self.chains, self._suppliers = longer, {}

    def way_to(self, credential: Credential, taken: frozenset[str], levels: Mapping[str, float]) -> Chain | None:
        """The credential after whatever it still needs once ``taken`` led to ``levels``; None when that cannot be had."""

        def works(chain: Chain) -> bool:
            ids = taken.union(item.id for item in chain)
            reached = dict(levels)
            for item in chain:
                if first_lacking(item, lambda needed: needed in ids or self.situation.satisfies(needed), reached):
                    return False
                raise_levels(reached, item)
            return True

        chain = tuple(item for item in self.chains.get(credential.id, ()) if item.id not in taken)
        # What was taken for its own sake may have made a part of the chain needless.
        for item in chain[:-1]:
            without = tuple(other for other in chain if other is not item)
            chain = without if works(without) else chain
        return chain or None

    def _relevant(self, targets: Iterable[Credential]) -> tuple[Credential, ...]:
        """The targets, and whatever might supply what they lack, in the order of their ids."""
        known = self.offers.catalogue.credentials
        found: dict[str, Credential] = {}
        fresh = list(targets)
        while fresh:
            item = fresh.pop()
            if item.id not in found and self.allowed(item):
                found[item.id] = item
                fresh += [known[needed] for needed in item.requires_credentials if needed in known]
                for skill in item.requires_skills:
                    if not attains(self.situation.levels.get(skill.skill_id, 0.0), skill.level):
                        fresh += [known[teacher] for teacher, _ in self.offers.catalogue.teaching.get(skill.skill_id, ())]
        return tuple(found[item] for item in sorted(found))

    def _chain(self, credential: Credential) -> Chain | None:
        """The credential after what it needs, as far as the chains known by now supply that."""
        parts: list[Credential] = []
        for needed in credential.requires_credentials:
            if not self.situation.satisfies(needed):
                chain = self.chains.get(needed)
                if chain is None:
                    return None
                parts += chain
        for skill in credential.requires_skills:
            if not attains(self._levels(parts).get(skill.skill_id, 0.0), skill.level):
                chain = self._supplier(skill)
                if chain is None:
                    return None
                parts += chain
        # A prerequisite of several things is taken once, where it is needed first.
        return tuple({item.id: item for item in (*parts, credential)}.values())

    def _supplier(self, skill: SkillPrerequisite) -> Chain | None:
        """The shortest chain that carries the person to a level of a skill."""
        if skill not in self._suppliers:
            ways = [
                chain
                for teacher, outcome in self.offers.catalogue.teaching.get(skill.skill_id, ())
                if teaches(outcome)
                and (chain := self.chains.get(teacher)) is not None
                and attains(self._levels(chain).get(skill.skill_id, 0.0), skill.level)
            ]
            self._suppliers[skill] = min(ways, key=self._length, default=None)
        return self._suppliers[skill]

    def _length(self, chain: Chain) -> tuple[float, int, list[str]]:
        return (fsum(map(self.offers.hours_of, chain)), len(chain), [item.id for item in chain])

    def _levels(self, chain: Iterable[Credential]) -> dict[str, float]:
        levels = dict(self.situation.levels)
        for item in chain:
            raise_levels(levels, item)
        return levels

"""The way to a credential whose prerequisites a person lacks: what to take before it, soonest done first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import reduce

from skillmatch.domain.credential import Credential, SkillPrerequisite
from skillmatch.gaps.gap import attains
from skillmatch.recommend.lift import after
from skillmatch.recommend.prerequisites import first_lacking
from skillmatch.recommend.situation import Situation

DEEPEST_CHAIN = 6
"""How many prerequisites of prerequisites are followed."""

Chain = tuple[Credential, ...]
"""Credentials in an order in which each finds its prerequisites met."""


class Preparation:
    """For one person a way to each credential within reach, worked out once before the search for a pathway.

    Chains grow from what the person can begin today, one more prerequisite of prerequisites in each round, so
    that circles are never entered and the work stays in proportion to the catalogue. ``finish`` says on which day
    a chain would be done at the soonest, or None when it does not fit into time and money.
    """

    def __init__(
        self,
        targets: Iterable[Credential],
        situation: Situation,
        allowed: Callable[[Credential], bool],
        finish: Callable[[Chain], date | None],
    ) -> None:
        self.situation = situation
        self.finish = finish
        self.chains: dict[str, Chain] = {}
        self._soonest: dict[str, tuple[date, int, list[str]]] = {}
        self._reached: dict[str, Mapping[str, float]] = {}
        waiting = []
        for item in self._relevant(targets, allowed):
            if first_lacking(item, situation.satisfies, situation.levels) is None:
                self._keep((item,))
            else:
                waiting.append(item)
        for _ in range(DEEPEST_CHAIN):
            self._suppliers: dict[SkillPrerequisite, Chain | None] = {}
            chains = [chain for item in waiting if (chain := self._chain(item)) is not None]
            if sum(self._keep(chain) for chain in chains) == 0:
                break

    def way_to(self, credential: Credential, taken: frozenset[str], levels: Mapping[str, float]) -> Chain | None:
        """A credential after what it still needs once ``taken`` led to ``levels``; None when that cannot be had."""
        if self._works((credential,), taken, levels):
            return (credential,)
        chain = tuple(item for item in self.chains.get(credential.id, ()) if item.id not in taken)
        # What was taken for its own sake may have made a part of the chain needless.
        for item in chain[:-1]:
            without = tuple(other for other in chain if other is not item)
            chain = without if self._works(without, taken, levels) else chain
        return chain or None

    def _works(self, chain: Chain, taken: frozenset[str], levels: Mapping[str, float]) -> bool:
        """Whether each of a chain finds its prerequisites met, after what was taken and after those before it."""
        had = set(taken)
        reached = levels
        for item in chain:
            if first_lacking(item, lambda needed: needed in had or self.situation.satisfies(needed), reached):
                return False
            if item is not chain[-1]:
                had.add(item.id)
                reached = after(reached, item)
        return True

    def _keep(self, chain: Chain) -> bool:
        """Keep a chain if it fits and is done sooner than the one known so far."""
        done = self.finish(chain)
        if done is None:
            return False
        target = chain[-1].id
        order = (done, len(chain), [item.id for item in chain])
        if target in self._soonest and self._soonest[target] <= order:
            return False
        self.chains[target], self._soonest[target] = chain, order
        self._reached[target] = self._levels(chain)
        return True

    def _chain(self, credential: Credential) -> Chain | None:
        """The credential after what it needs, as far as the chains known by now supply that."""
        parts: list[Credential] = []
        for needed in credential.requires_credentials:
            if not self.situation.satisfies(needed):
                if needed not in self.chains:
                    return None
                parts += self.chains[needed]
        for skill in credential.requires_skills:
            if not attains(self._levels(parts).get(skill.skill_id, 0.0), skill.level):
                supplier = self._supplier(skill)
                if supplier is None:
                    return None
                parts += supplier
        # What several things need is taken once, where it is needed first.
        return tuple({item.id: item for item in (*parts, credential)}.values())

    def _supplier(self, skill: SkillPrerequisite) -> Chain | None:
        """The chain done soonest that carries the person to a level of a skill."""
        if skill not in self._suppliers:
            able = [
                teacher
                for teacher, _ in self.situation.catalogue.teaching.get(skill.skill_id, ())
                if teacher in self.chains and attains(self._reached[teacher].get(skill.skill_id, 0.0), skill.level)
            ]
            best = min(able, key=self._soonest.__getitem__, default=None)
            self._suppliers[skill] = None if best is None else self.chains[best]
        return self._suppliers[skill]

    def _levels(self, chain: Iterable[Credential]) -> Mapping[str, float]:
        return reduce(after, chain, self.situation.levels)

    def _relevant(self, targets: Iterable[Credential], allowed: Callable[[Credential], bool]) -> Iterable[Credential]:
        """The targets, and whatever might supply what they lack, in the order of their ids."""
        known, teaching = self.situation.catalogue.credentials, self.situation.catalogue.teaching
        found: dict[str, Credential] = {}
        fresh = list(targets)
        while fresh:
            item = fresh.pop()
            if item.id in found or not allowed(item):
                continue
            found[item.id] = item
            fresh += [known[needed] for needed in item.requires_credentials if needed in known]
            for skill in item.requires_skills:
                if not attains(self.situation.levels.get(skill.skill_id, 0.0), skill.level):
                    fresh += [known[teacher] for teacher, _ in teaching.get(skill.skill_id, ())]
        return [found[item] for item in sorted(found)]

"""What a person can be expected to attain after some credentials, and what one more would add."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import fsum

from skillmatch.domain.credential import Credential
from skillmatch.gaps.gap import share
from skillmatch.recommend.candidates import Hit, RoleOffers
from skillmatch.recommend.lift import level_after, raise_levels, teaches
from skillmatch.recommend.situation import Situation

SCRAP = 0.1
"""A credential is no target of its own when it adds less than this part of an average requirement."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """Expected levels, the expected share (0-1) of each requirement, and what each target would add to coverage.

    ``gains`` holds the targets not taken yet that add more than a ``SCRAP``. Only those that teach what the last
    credential taught are looked at again, which is what makes a search through thousands of expectations quick.
    """

    offers: RoleOffers
    levels: dict[str, float]
    shares: dict[str, float]
    gains: dict[str, float]

    @classmethod
    def today(cls, offers: RoleOffers, situation: Situation, targets: Iterable[str]) -> Expectation:
        """What is attained, and what the running credentials will teach, so that nothing is taught twice."""
        shares = {}
        for need in offers.role.requirements:
            level = situation.levels.get(need.skill_id, 0.0)
            shares[need.skill_id] = share(need, max(level, situation.underway.get(need.skill_id, 0.0)))
        start = cls(offers, situation.levels, shares, {})
        for target in targets:
            start._weigh(target)
        return start

    def gain(self, credential_id: str) -> float:
        """The coverage (0-1) that a credential is expected to add."""
        return fsum(hit.worth * more for hit, more in self._improvements(credential_id))

    def after(self, credential: Credential, targets: Iterable[str]) -> Expectation:
        """The expectation with one more credential; ``targets`` are those that its outcomes may bear on."""
        shares = dict(self.shares)
        for hit, more in self._improvements(credential.id):
            shares[hit.need.skill_id] += hit.outcome.probability * more
        levels = dict(self.levels)
        raise_levels(levels, credential)
        later = Expectation(self.offers, levels, shares, dict(self.gains))
        for target in targets:
            later._weigh(target)
        later.gains.pop(credential.id, None)
        return later

    def _weigh(self, target: str) -> None:
        gain = self.gain(target)
        if gain >= SCRAP / len(self.shares):
            self.gains[target] = gain
        else:
            self.gains.pop(target, None)

    def _improvements(self, credential_id: str) -> Iterator[tuple[Hit, float]]:
        """The requirements that a credential leads further, and by what share if its link is right."""
        candidate = self.offers.by_id.get(credential_id)
        for hit in candidate.hits if candidate is not None else ():
            before = self.levels.get(hit.need.skill_id, 0.0)
            after = level_after(before, hit.outcome.level)
            more = share(hit.need, after) - self.shares[hit.need.skill_id]
            if after > before and more > 0 and teaches(hit.outcome):
                yield hit, more

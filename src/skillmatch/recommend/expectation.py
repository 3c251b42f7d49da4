"""What a person can be expected to attain after some credentials, and what one more would add."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import fsum

from skillmatch.domain.credential import Credential
from skillmatch.gaps.gap import share
from skillmatch.recommend.candidates import Hit, RoleOffers
from skillmatch.recommend.lift import after, level_after, teaches
from skillmatch.recommend.situation import Situation


@dataclass(frozen=True, slots=True)
class Expectation:
    """Expected levels of a person, and the expected share (0-1) of each requirement of a role."""

    offers: RoleOffers
    levels: Mapping[str, float]
    shares: Mapping[str, float]

    @classmethod
    def today(cls, offers: RoleOffers, situation: Situation) -> Expectation:
        """What is attained; shares also count what running credentials will teach, so that it is not taught twice."""
        levels, coming = situation.levels, situation.underway
        shares = {
            need.skill_id: share(need, max(levels.get(need.skill_id, 0.0), coming.get(need.skill_id, 0.0)))
            for need in offers.role.requirements
        }
        return cls(offers, levels, shares)

    def gain(self, credential_id: str) -> float:
        """The coverage (0-1) that a credential is expected to add."""
        return fsum(hit.worth * more for hit, more in self._improvements(credential_id))

    def after(self, credential: Credential) -> Expectation:
        """What to expect after one more credential."""
        shares = dict(self.shares)
        for hit, more in self._improvements(credential.id):
            shares[hit.need.skill_id] += hit.outcome.probability * more
        return Expectation(self.offers, after(self.levels, credential), shares)

    def _improvements(self, credential_id: str) -> Iterator[tuple[Hit, float]]:
        """The requirements that a credential leads further, and by what share if its link is right.

        A second course to a level already expected improves nothing, however unsure the link of the first one.
        """
        candidate = self.offers.by_id.get(credential_id)
        for hit in candidate.hits if candidate is not None else ():
            before = self.levels.get(hit.need.skill_id, 0.0)
            level = level_after(before, hit.outcome.level)
            if level > before and teaches(hit.outcome):
                more = share(hit.need, level) - self.shares[hit.need.skill_id]
                if more > 0:
                    yield hit, more

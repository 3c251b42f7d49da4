"""All that speaks against beginning a credential now; a list of recommendations tells the first of it only."""

from __future__ import annotations

from skillmatch.domain.catalogue.credential import Credential
from skillmatch.recommend.candidates import RoleOffers
from skillmatch.recommend.exclusions import obstacles, too_dear
from skillmatch.recommend.prerequisites import missing_prerequisite
from skillmatch.recommend.situation import Situation


def hindrances(credential: Credential, offers: RoleOffers, situation: Situation) -> tuple[str, ...]:
    """Every rule that speaks against it, in words, in the order in which the ranking asks them."""
    found = [
        *obstacles(credential, situation),
        too_dear(credential, offers, situation.limits),
        missing_prerequisite(credential, situation, offers.labels),
    ]
    return tuple(item.detail for item in found if item is not None)

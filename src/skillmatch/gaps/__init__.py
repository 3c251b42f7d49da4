"""Evidence becomes a profile; a profile held against a role becomes a gap."""

from skillmatch.gaps.gap import find_gap
from skillmatch.gaps.kinship import Kinship
from skillmatch.gaps.profile import build_profile
from skillmatch.gaps.standing_in import stand_in
from skillmatch.gaps.weighing import HALF_LIFE_DAYS, TRUST

__all__ = ["HALF_LIFE_DAYS", "TRUST", "Kinship", "build_profile", "find_gap", "stand_in"]

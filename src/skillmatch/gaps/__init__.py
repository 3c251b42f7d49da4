"""Evidence becomes a profile; a profile held against a role becomes a gap."""

from skillmatch.gaps.gap import find_gap
from skillmatch.gaps.profile import HALF_LIFE_DAYS, TRUST, build_profile

__all__ = ["HALF_LIFE_DAYS", "TRUST", "build_profile", "find_gap"]

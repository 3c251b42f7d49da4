"""Evidence becomes a profile; a profile held against a role becomes a gap."""

from skillmatch.gaps.assessment import Assessment, Profiled, Reference, assess, profiled
from skillmatch.gaps.kinship import Kinship
from skillmatch.gaps.weighing import HALF_LIFE_DAYS, TRUST

__all__ = ["HALF_LIFE_DAYS", "TRUST", "Assessment", "Kinship", "Profiled", "Reference", "assess", "profiled"]

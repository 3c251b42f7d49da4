"""The values of the rooms behind the service that front ends name, so that these need to know the service only."""

from skillmatch.matching.encoder import Encoder
from skillmatch.store import TaxonomyRecord
from skillmatch.taxonomy.diff import TaxonomyDiff

__all__ = ["Encoder", "TaxonomyDiff", "TaxonomyRecord"]

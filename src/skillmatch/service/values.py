"""The values of the rooms behind the service that front ends name, so that these need to know the service only."""

from skillmatch.matching.encoder import Encoder
from skillmatch.store import OccupationRecord, TaxonomyRecord
from skillmatch.taxonomy.diff import Change, ChangeKind, Subject, TaxonomyDiff

__all__ = ["Change", "ChangeKind", "Encoder", "OccupationRecord", "Subject", "TaxonomyDiff", "TaxonomyRecord"]

"""A gap and a catalogue become recommendations, and these a pathway."""

from skillmatch.recommend.candidates import RoleOffers
from skillmatch.recommend.counterfactual import explain
from skillmatch.recommend.pathway import find_pathway
from skillmatch.recommend.ranking import rank
from skillmatch.recommend.situation import Situation

__all__ = ["RoleOffers", "Situation", "explain", "find_pathway", "rank"]

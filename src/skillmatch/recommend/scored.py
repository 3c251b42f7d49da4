"""Scored: a candidate with its score, and the requirements that make it up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from skillmatch.recommend.candidates import Candidate, Hit
from skillmatch.recommend.standing import Standing


class Part(NamedTuple):
    """One requirement's part in a score: ``gain`` when the credential works out, ``score`` on average and for its
    effort, ``reach`` the share of the requirement (0-1) then attained if the link is right."""

    score: float
    gain: float
    hit: Hit
    reach: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score and the parts that add up to it: one for each requirement, and ``fit`` as a whole."""

    score: float
    candidate: Candidate
    parts: tuple[Part, ...]
    fit: float = 0.0

    @property
    def id(self) -> str:
        """The credential's id."""
        return self.candidate.credential.id

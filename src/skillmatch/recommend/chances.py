"""How likely a credential is to work out: completion counts and ratings, each believed as far as its number goes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from skillmatch.domain.advice.advice import Chance
from skillmatch.domain.base.answer import rounded
from skillmatch.domain.catalogue.credential import Credential

COMPLETING = 0.75
"""The share of learners who complete a credential of which nothing is counted (our assumption)."""

BELIEF = 40.0
"""With how many learners each wider circle speaks for a narrower one, were its own rate known: all credentials, those
of a level, an issuer's of that level, the one itself (our assumption). Where it is not known it speaks with fewer."""

REACHING_BELIEF = 20.0
"""With how many learners its rating speaks for the share that reaches the level (our assumption)."""

USUAL_RATING = 4.0
"""The rating of a credential that nobody rated. Fixed: a new credential must not change what others are worth."""

RATERS = 25.0
"""As many ratings at the usual one are added to a credential's own, so that few high ones prove little."""

REACHING = 0.8
"""The share of those who complete a credential with the usual rating that reach its level (our assumption)."""

PER_STAR = 0.1
"""What one star more or less adds to that or takes from it (our assumption)."""

LEAST = 0.001
"""No rate is taken for nearer to 0 or 1 than this: nobody has counted that many (our assumption)."""

LOW, HIGH = 0.1, 0.9
"""The two ends of an 80 % interval."""

Counts = tuple[float, float]


@dataclass(frozen=True)
class Chances:
    """The completion counts of a catalogue, added up by level and by issuer.

    Completion is Beta-binomial. A circle's rate is a Beta about the wider circle's; the counts of the others in it
    move it; the narrower circle's is a Beta about that again, whose variance is ``r (1 - r) / (BELIEF + 1)`` and what
    is in doubt about r itself. So what is said where nobody counted is less sure than what a counted neighbourhood
    says. A credential's own learners count once, at the end, and in a circle no credential counts for more than
    ``BELIEF`` of them: they all learnt the same thing.
    """

    everything: Counts = (0.0, 0.0)
    levels: dict[int, Counts] = field(default_factory=dict)
    issuers: dict[tuple[str, int], Counts] = field(default_factory=dict)

    @classmethod
    def of(cls, credentials: Iterable[Credential]) -> Chances:
        """Add up the counts."""
        everything: Counts = (0.0, 0.0)
        levels: dict[int, Counts] = {}
        issuers: dict[tuple[str, int], Counts] = {}
        for item in credentials:
            if item.started:
                counts, level = _witness(item), level_of(item)
                everything = _sum(everything, counts)
                levels[level] = _sum(levels.get(level, (0.0, 0.0)), counts)
                issuers[item.issuer, level] = _sum(issuers.get((item.issuer, level), (0.0, 0.0)), counts)
        return cls(everything, levels, issuers)

    def completion(self, credential: Credential) -> Counts:
        """The two parameters of the Beta distribution of its completion rate."""
        level, own = level_of(credential), _witness(credential)
        rate, size = COMPLETING, BELIEF
        for counts in (
            self.everything,
            self.levels.get(level, (0.0, 0.0)),
            self.issuers.get((credential.issuer, level), (0.0, 0.0)),
        ):
            started, completed = max(0.0, counts[0] - own[0]), max(0.0, counts[1] - own[1])
            rate = (completed + size * rate) / (started + size)
            doubt = 1 / (started + size + 1)  # its variance, as a part of rate * (1 - rate)
            size = 1 / (doubt + (1 - doubt) / (BELIEF + 1)) - 1
        rate = min(1 - LEAST, max(LEAST, rate))
        learners, done = float(credential.started or 0), float(credential.completed or 0)
        return done + size * rate, learners - done + size * (1 - rate)

    def chance(self, credential: Credential) -> Chance:
        """The probability that it works out, with the interval that holds it in 80 of 100 cases.

        The interval is that of the product of two Betas, itself taken for a Beta with the same mean and variance.
        """
        return _chance(*self.completion(credential), reaching(credential))

    def moments(self, credential: Credential) -> tuple[float, float]:
        """The mean and the variance of the probability that it works out."""
        return _moments(*self.completion(credential), reaching(credential))


def shrunk_rating(credential: Credential) -> float:
    """Its rating (1-5) with ``RATERS`` usual ones added; 5.0 of three people stays below 4.6 of three thousand."""
    count = 0 if credential.rating is None else credential.rating_count
    return (RATERS * USUAL_RATING + count * (credential.rating or 0.0)) / (RATERS + count)


def reaching(credential: Credential) -> float:
    """The probability that who completes it reaches its level, by its rating: there is no better witness yet."""
    return min(0.95, max(0.5, REACHING + PER_STAR * (shrunk_rating(credential) - USUAL_RATING)))


def level_of(credential: Credential) -> int:
    """The level (0-5) that a credential as a whole leads to: that of its highest outcome."""
    return round(max((item.level for item in credential.outcomes), default=credential.level or 0.0))


def _witness(credential: Credential) -> Counts:
    """What its learners count in a circle: with n of them as ``BELIEF * n / (BELIEF + n)`` (the design effect)."""
    started, completed = float(credential.started or 0), float(credential.completed or 0)
    part = BELIEF / (BELIEF + started)
    return started * part, completed * part


def _sum(one: Counts, other: Counts) -> Counts:
    return one[0] + other[0], one[1] + other[1]


def _moments(good: float, bad: float, reach: float) -> tuple[float, float]:
    complete = good / (good + bad)
    mean = complete * reach
    # E[x^2] of a Beta with mean m and n pseudo-learners is m (m n + 1) / (n + 1); of a product, the product.
    square = complete * (complete * (good + bad) + 1) / (good + bad + 1) * reach * (reach * REACHING_BELIEF + 1)
    square /= REACHING_BELIEF + 1
    return mean, square - mean * mean


@lru_cache(maxsize=4096)
def _chance(good: float, bad: float, reach: float) -> Chance:
    low, high = interval(*_moments(good, bad, reach))
    return Chance(rounded(good / (good + bad)), rounded(reach), rounded(low), rounded(high))


@lru_cache(maxsize=4096)
def interval(mean: float, variance: float) -> tuple[float, float]:
    """The 80 % interval of the Beta distribution (on 0-1) with a mean and a variance."""
    if not 0.0 < mean < 1.0 or variance <= 1e-12:
        return mean, mean
    from scipy.special import betaincinv

    size = max(1e-6, mean * (1 - mean) / variance - 1)
    low, high = (float(betaincinv(mean * size, (1 - mean) * size, part)) for part in (LOW, HIGH))
    if math.isnan(low) or math.isnan(high):
        return 0.0, 1.0
    return min(low, mean), max(high, mean)

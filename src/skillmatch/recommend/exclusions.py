"""What is left out of the recommendations, and why: each rule is one short function."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from skillmatch.domain.advice.advice import Exclusion, ExclusionReason, Limits
from skillmatch.domain.base.answer import rounded
from skillmatch.domain.catalogue.credential import Credential, Offering
from skillmatch.recommend.candidates import RoleOffers
from skillmatch.recommend.situation import Situation, tongue

_Finding = tuple[ExclusionReason, str]


MOST_KEPT = 64
"""For so many kinds of questions about a role the answers are kept; then the oldest are forgotten."""


def in_the_way(offers: RoleOffers, situation: Situation) -> Mapping[str, Exclusion]:
    """Which candidates cannot be begun now whoever asks, by id: not on offer, beyond a limit, or too dear.

    That hangs on the day, the limits, the languages and, where weeks are limited, the hours a week. People who share
    these share the answer, which is kept with the offers. Does not look at prerequisites.
    """
    limits = situation.limits
    pace = None if limits.weeks is None else situation.hours_per_week
    kind = (situation.as_of, limits, limits.languages or situation.person.languages, pace)
    found = offers.in_the_way.get(kind)
    if found is None:
        if len(offers.in_the_way) >= MOST_KEPT:
            offers.in_the_way.pop(next(iter(offers.in_the_way)), None)
        known = (_in_the_way(item.credential, offers, situation) for item in offers.candidates)
        found = offers.in_the_way[kind] = {item.credential_id: item for item in known if item is not None}
    return found


def _in_the_way(credential: Credential, offers: RoleOffers, situation: Situation) -> Exclusion | None:
    found = _availability(credential, situation.as_of) or _beyond_limits(credential, situation)
    if found is not None:
        return Exclusion(credential.id, credential.title, *found)
    return too_dear(credential, offers, situation.limits)


def why_needless(credential: Credential, situation: Situation) -> Exclusion | None:
    """Why there is no need to begin a credential: it, or what equals it, is held or has begun; or None."""
    found = _already(credential, situation)
    return None if found is None else Exclusion(credential.id, credential.title, *found)


def obstacles(credential: Credential, situation: Situation) -> list[Exclusion]:
    """All that speaks against beginning a credential now, money and prerequisites aside."""
    rules = (_already(credential, situation), _availability(credential, situation.as_of))
    found = [*rules, *_all_beyond_limits(credential, situation)]
    return [Exclusion(credential.id, credential.title, *item) for item in found if item is not None]


def ruled_out(credential: Credential, situation: Situation) -> Exclusion | None:
    """Why a credential is not for a person on any day, or None; which day is left to the calendar.

    Held, begun, equal to one of those, objected to, in a language they do not have, or longer than they can give.
    """
    found = _already(credential, situation) or _beyond_limits(credential, situation)
    return None if found is None else Exclusion(credential.id, credential.title, *found)


def too_dear(credential: Credential, offers: RoleOffers, limits: Limits) -> Exclusion | None:
    """Why a credential is beyond the money there is, in the currency of the offers; or None."""
    if limits.cost is None or not credential.cost:
        return None
    cost = offers.stated_cost(credential)
    if cost is None:
        detail = f"costs {credential.cost:g} {credential.currency}, and no rate to {offers.currency} is known"
        return Exclusion(credential.id, credential.title, ExclusionReason.OTHER_CURRENCY, detail)
    if cost > limits.cost:
        detail = f"costs {credential.cost:g} {credential.currency}; {limits.cost:g} are there"
        return Exclusion(credential.id, credential.title, ExclusionReason.TOO_EXPENSIVE, detail)
    return None


def open_cohorts(credential: Credential, day: date) -> tuple[Offering, ...]:
    """The cohorts that begin on ``day`` or later, while the credential is on offer, and have a seat; soonest first."""
    ahead = (item for item in _ahead(credential, day) if item.seats != 0)
    return tuple(sorted(ahead, key=lambda item: (item.start, item.end, item.id)))


def _ahead(credential: Credential, day: date) -> Iterable[Offering]:
    return (item for item in credential.offerings if item.start >= day and credential.on_offer(item.start))


def _already(credential: Credential, situation: Situation) -> _Finding | None:
    if situation.blank:
        return None
    if credential.id in situation.held:
        return ExclusionReason.HELD, "already held"
    if credential.id in situation.running:
        return ExclusionReason.IN_PROGRESS, "already begun"
    if credential.id in situation.recognised:
        return ExclusionReason.PRIOR_LEARNING, "its learning is recognised as prior learning"
    if credential.id in situation.barred:
        return ExclusionReason.DISPUTED, f"an objection to it was upheld: {situation.barred[credential.id]}"
    other = situation.equivalent_to(credential)
    if other is not None:
        stands = "held" if other.id in situation.held else "already begun"
        return ExclusionReason.EQUIVALENT_HELD, f"'{other.title}' teaches the same skills as far and is {stands}"
    return None


def _availability(credential: Credential, day: date) -> _Finding | None:
    if credential.valid_until is not None and credential.valid_until < day:
        return ExclusionReason.EXPIRED, f"was on offer until {credential.valid_until}"
    if credential.valid_from is not None and credential.valid_from > day:
        return ExclusionReason.NOT_YET_ON_OFFER, f"is on offer from {credential.valid_from}"
    if credential.offerings and all(item.seats == 0 for item in _ahead(credential, day)):
        if any(_ahead(credential, day)):
            return ExclusionReason.NO_SEATS, "every coming cohort is full"
        last = max(item.start for item in credential.offerings)
        verb = "began" if last < day else "begins when it is no longer on offer, on"
        return ExclusionReason.NO_COHORT, f"the last cohort {verb} {last}"
    return None


def _beyond_limits(credential: Credential, situation: Situation) -> _Finding | None:
    return next(_all_beyond_limits(credential, situation), None)


def _all_beyond_limits(credential: Credential, situation: Situation) -> Iterator[_Finding]:
    limits, tongues = situation.limits, situation.tongues
    if credential.language and tongues and tongues.isdisjoint(map(tongue, credential.languages)):
        languages = " or ".join(situation.languages)
        yield ExclusionReason.WRONG_LANGUAGE, f"is taught in {' or '.join(credential.languages)}, not in {languages}"
    if limits.hours is not None and credential.hours is not None and credential.hours > limits.hours:
        yield ExclusionReason.TOO_LONG, f"takes {credential.hours:g} hours; {limits.hours:g} are there"
    if limits.weeks is not None:
        weeks = _weeks_of(credential, situation)
        if weeks is not None and weeks > limits.weeks:
            yield ExclusionReason.TOO_LONG, f"takes {weeks:g} weeks; {limits.weeks} are there"


def _weeks_of(credential: Credential, situation: Situation) -> float | None:
    """The weeks that a credential takes, by its calendar or at the person's pace; None when neither is stated."""
    pace = situation.hours_per_week
    if pace is None or not credential.hours:
        return credential.weeks
    return max(credential.weeks or 0.0, rounded(credential.hours / pace) if pace else math.inf)

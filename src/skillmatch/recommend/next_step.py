"""The one next step: of what is recommended, the first that can be done soon at the person's own pace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from skillmatch.domain.advice.advice import NextStep, Recommendation
from skillmatch.domain.advice.pathway import Pace
from skillmatch.recommend.candidates import RoleOffers
from skillmatch.recommend.schedule import find_slot, last_day
from skillmatch.recommend.situation import Situation

SOON = 13
"""Within so many weeks, a quarter, the next step should be done (our assumption)."""


def find_next_step(
    recommendations: Sequence[Recommendation], offers: RoleOffers, situation: Situation
) -> NextStep | None:
    """The best recommendation that is done within ``SOON`` weeks; where none is, the one done first.

    Without hours a week it is the first one, without days. None when nothing is recommended, or nothing can be done
    at the hours a week that there are.
    """
    if not recommendations:
        return None
    hours = situation.hours_per_week
    if hours is None:
        first = recommendations[0]
        return NextStep(first.credential_id, first.title, None, None, "the best; no hours a week are known to date it")
    begin = situation.as_of + timedelta(days=1)
    pace = Pace(hours, 520)
    dated = []
    for item in recommendations:
        credential = offers.by_id[item.credential_id].credential
        last = last_day(situation.as_of, pace)
        slot = find_slot(credential, offers.hours_of(credential), begin, last, pace)
        if slot is not None:
            dated.append((item, slot))
    if not dated:
        return None
    soon = [pair for pair in dated if pair[1].end <= situation.as_of + timedelta(weeks=SOON)]
    item, slot = soon[0] if soon else min(dated, key=lambda pair: pair[1].end)
    at = f"within {SOON} weeks at {hours:g} hours a week"
    why = f"the best that is done {at}" if soon else f"nothing is done {at}; this is done first"
    first, later = dated[0]
    if first is not item:
        why += f"; '{first.title}' is worth more but is done on {later.end} only"
    return NextStep(item.credential_id, item.title, slot.start, slot.end, why)

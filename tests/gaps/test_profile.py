"""What evidence adds up to, in numbers that can be checked in the head."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from skillmatch.domain.catalogue.credential import Catalogue, Credential, Outcome
from skillmatch.domain.people.attainment import SetAside
from skillmatch.domain.people.person import Award, AwardState, Evidence, EvidenceSource, Person
from skillmatch.domain.skills.skill import SkillType
from skillmatch.gaps import HALF_LIFE_DAYS, TRUST
from skillmatch.gaps.profile import build_profile
from skillmatch.gaps.weighing import ERROR, LIKELY, UNEXAMINED, worth_together

AS_OF = date(2026, 3, 2)
LONG_AGO = AS_OF - timedelta(days=1461)  # four years, the half-life of a skill


def said(level: float, source: str = "assessment", on: date = AS_OF, **more: object) -> Evidence:
    return Evidence("sql", level, EvidenceSource(source), on, **more)


def course(level: float = 3.0, **fields: object) -> Credential:
    outcome = Outcome("sql", level, probability=fields.pop("probability", 1.0))
    return Credential("own/sql", "SQL course", outcomes=(outcome,), **{"assessment": "exam"} | fields)


def held(on: date = AS_OF, state: str = "held", **more: object) -> Award:
    return Award("own/sql", AwardState(state), on, **more)


def test_one_piece_of_evidence_is_the_level(profile_of):
    profile = profile_of(said(3))
    assert profile.level_of("sql") == 3.0
    assert profile.attainments["sql"].confidence == 1.0  # an assessment of today is believed in full
    assert profile.level_of("python") is None  # unknown, and not 0


@pytest.mark.parametrize(
    ("piece", "counts"),
    [
        (said(3, on=AS_OF), True),
        (said(3, on=AS_OF + timedelta(days=1)), False),  # said tomorrow
        (said(3, on=LONG_AGO, expires=AS_OF + timedelta(days=1)), True),  # valid for one more day
        (said(3, on=LONG_AGO, expires=AS_OF), False),  # today is the first day on which it counts no more
        (said(3, confidence=0.0), False),  # its own source does not believe it
        (said(0), True),  # "not at all" is knowledge
    ],
)
def test_which_evidence_counts_today(profile_of, piece, counts):
    assert (profile_of(piece).level_of("sql") is not None) is counts


def test_the_day_can_lie_in_the_past(profile_of):
    person = Person("hr/ada", "Ada", evidence=(said(1, on=LONG_AGO), said(5)))
    yesterday = AS_OF - timedelta(days=1)
    assert build_profile(person, Catalogue.of(()), yesterday).level_of("sql") == 1.0


def test_evidence_is_kept_newest_first(profile_of):
    old, new = said(2, "peer", on=LONG_AGO), said(4, "self")
    assert profile_of(old, new).attainments["sql"].evidence == (new, old)


def test_an_award_is_evidence_at_the_level_of_its_outcomes(profile_of):
    profile = profile_of(awards=(held(),), catalogue=Catalogue.of([course(3)]))
    attainment = profile.attainments["sql"]
    assert attainment.level == 3.0
    assert attainment.confidence == TRUST[EvidenceSource.AWARD]
    assert attainment.evidence == (Evidence("sql", 3.0, EvidenceSource.AWARD, AS_OF, note="SQL course"),)


def test_what_an_award_says_ends_with_it(profile_of):
    profile = profile_of(awards=(held(LONG_AGO),), catalogue=Catalogue.of([course(3, validity_months=60)]))
    (piece,) = profile.attainments["sql"].evidence
    assert piece.expires == date(2027, 3, 2)  # five years after 2 March 2022


@pytest.mark.parametrize("assessment", ["", "none", " None "])
def test_an_award_without_an_exam_is_believed_less(profile_of, assessment):
    profile = profile_of(awards=(held(),), catalogue=Catalogue.of([course(3, assessment=assessment)]))
    assert profile.attainments["sql"].confidence == pytest.approx(TRUST[EvidenceSource.AWARD] * UNEXAMINED)


@pytest.mark.parametrize(
    ("award", "fields"),
    [
        (held(state="in_progress"), {}),  # begun, not earned
        (held(state="revoked"), {}),
        (held(AS_OF + timedelta(days=1)), {}),  # earned tomorrow
        (held(LONG_AGO, expires=AS_OF), {}),
        (held(LONG_AGO), {"validity_months": 24}),  # the catalogue says that it lasts two years; it is four
        (held(), {"probability": LIKELY - 0.01}),  # more likely than not it teaches something else
        (Award("own/unknown", AwardState.HELD, AS_OF), {}),  # no longer in the catalogue: nobody knows what it taught
    ],
)
def test_which_awards_say_nothing(profile_of, award, fields):
    assert profile_of(awards=(award,), catalogue=Catalogue.of([course(3, **fields)])).attainments == {}


def test_a_beginners_badge_takes_nothing_from_an_expert(profile_of):
    # Assessed at 5; the badge for level 1 says "at least 1", which nobody doubted.
    profile = profile_of(said(5), awards=(held(),), catalogue=Catalogue.of([course(1)]))
    assert profile.level_of("sql") == 5.0
    assert len(profile.attainments["sql"].evidence) == 2  # still shown


def test_of_two_badges_the_higher_one_counts(profile_of):
    catalogue = Catalogue.of([course(2), Credential("own/more", "More SQL", outcomes=(Outcome("sql", 4),))])
    profile = profile_of(awards=(held(), Award("own/more", AwardState.HELD, LONG_AGO)), catalogue=catalogue)
    assert profile.level_of("sql") == 4.0


def test_the_level_is_the_mean_weighted_by_trust(profile_of):
    # A manager (0.5) says 4, the person (0.2) says 2: (0.5 * 4 + 0.2 * 2) / 0.7 = 2.4 / 0.7
    found = profile_of(said(4, "manager"), said(2, "self")).attainments["sql"]
    assert found.level == pytest.approx(2.4 / 0.7, abs=1e-6)
    assert found.deviation == pytest.approx(ERROR / 0.7**0.5, abs=1e-6)
    assert found.confidence == pytest.approx(1 - 0.5 * 0.8)


def test_a_source_that_doubts_itself_weighs_less(profile_of):
    # Two peers, one only half sure: (2 * 4 + 1 * 1) / 3 = 3
    assert profile_of(said(4, "peer"), said(1, "peer", confidence=0.5)).level_of("sql") == pytest.approx(3.0)


def test_after_a_half_life_evidence_weighs_half(profile_of):
    # A manager says 1 today and said 4 four years ago: (2 * 1 + 1 * 4) / 3 = 2
    assert profile_of(said(1, "manager"), said(4, "manager", on=LONG_AGO)).level_of("sql") == pytest.approx(
        2.0, abs=1e-3
    )
    assert (AS_OF - LONG_AGO).days == HALF_LIFE_DAYS[SkillType.SKILL]


def test_old_evidence_alone_keeps_its_level_and_grows_unsure(profile_of):
    old, new = (profile_of(said(3, on=day)).attainments["sql"] for day in (LONG_AGO, AS_OF))
    assert old.level == new.level == 3.0
    assert old.confidence == pytest.approx(0.5)
    assert old.deviation == pytest.approx(new.deviation * 2**0.5, abs=1e-6)
    assert old.low < new.low < 3 < new.high < old.high


def test_knowledge_ages_faster_than_a_way_of_working():
    person = Person("hr/ada", "Ada", evidence=(said(3, on=LONG_AGO),))
    spreads = [
        build_profile(person, Catalogue.of(()), AS_OF, {"sql": kind}).attainments["sql"].deviation
        for kind in (SkillType.TRANSVERSAL, SkillType.SKILL, SkillType.KNOWLEDGE)
    ]
    assert spreads == sorted(spreads)
    assert len(set(spreads)) == 3


def test_the_trust_order():
    order = ["assessment", "award", "manager", "peer", "self", "inferred"]
    figures = [TRUST[EvidenceSource(source)] for source in order]
    assert figures == sorted(figures, reverse=True)
    assert TRUST[EvidenceSource.AWARD] * UNEXAMINED < TRUST[EvidenceSource.MANAGER]


def test_ten_self_ratings_are_no_assessment(profile_of):
    ten = profile_of(*(said(4, "self", on=AS_OF - timedelta(days=day)) for day in range(10))).attainments["sql"]
    assert ten.deviation > profile_of(said(4)).attainments["sql"].deviation
    assert worth_together([0.2] * 10) == pytest.approx(0.2 * 10 / 5.5)


def test_an_interval_holds_eighty_per_cent(profile_of):
    found = profile_of(said(2)).attainments["sql"]
    assert (found.low, found.high) == pytest.approx((2 - 1.281552 * 0.5, 2 + 1.281552 * 0.5), abs=1e-5)
    assert sum(found.levels) == pytest.approx(1.0, abs=1e-5)
    assert max(found.levels) == found.levels[2] == pytest.approx(0.6827, abs=1e-4)


def test_what_contradicts_itself_is_wide_and_says_so(profile_of):
    found = profile_of(said(0, "manager"), said(5)).attainments["sql"]
    calm = profile_of(said(3.3, "manager"), said(3.4)).attainments["sql"]
    assert found.contradictory and not calm.contradictory
    assert found.high - found.low > 2 * (calm.high - calm.low)


def test_one_weak_piece_is_thin(profile_of):
    assert profile_of(said(3, "self")).attainments["sql"].thin
    assert not profile_of(said(3)).attainments["sql"].thin
    assert not profile_of(said(3, "self"), said(3, "peer")).attainments["sql"].thin


def test_what_does_not_count_is_told(profile_of):
    future = said(3, on=AS_OF + timedelta(days=1))
    expired = said(3, on=LONG_AGO, expires=AS_OF)
    ancient = said(3, "self", on=AS_OF - timedelta(days=40 * 365))
    told = {item.reason: item.evidence for item in profile_of(future, expired, ancient, said(3, confidence=0)).ignored}
    assert told[SetAside.IN_FUTURE] == future
    assert told[SetAside.EXPIRED] == expired
    assert told[SetAside.TOO_OLD] == ancient
    assert SetAside.NO_CONFIDENCE in told


def test_a_badge_raises_what_others_rate_lower(profile_of):
    # A manager (0.5) says 1, the badge (0.7) says at least 3: (0.5 + 2.1) / 1.2
    profile = profile_of(said(1, "manager"), awards=(held(),), catalogue=Catalogue.of([course(3)]))
    assert profile.level_of("sql") == pytest.approx(2.6 / 1.2, abs=1e-6)


def test_what_was_recognised_counts_as_an_assessment_that_says_at_least(profile_of):
    catalogue = Catalogue.of([course(3, assessment="")])
    found = profile_of(said(1, "manager"), awards=(held(state="recognised"),), catalogue=catalogue).attainments["sql"]
    assert found.level == pytest.approx((0.5 * 1 + 1.0 * 3) / 1.5, abs=1e-6)
    assert {piece.source for piece in found.evidence} == {EvidenceSource.RECOGNITION, EvidenceSource.MANAGER}


def test_the_closed_form_is_the_product_of_likelihoods_on_a_fine_grid(profile_of):
    from math import exp

    pieces = [(4.0, 0.5), (2.5, 0.2), (3.0, 0.3)]
    found = profile_of(said(4, "manager"), said(2.5, "self"), said(3, "peer")).attainments["sql"]
    grid = [cell / 1000 - 10 for cell in range(25_001)]
    density = [exp(-sum(weight * (x - level) ** 2 for level, weight in pieces) / (2 * ERROR**2)) for x in grid]
    total = sum(density)
    mean = sum(x * part for x, part in zip(grid, density, strict=True)) / total
    assert found.level == pytest.approx(mean, abs=1e-4)
    below = sum(part for x, part in zip(grid, density, strict=True) if x < found.low) / total
    assert below == pytest.approx(0.1, abs=1e-3)

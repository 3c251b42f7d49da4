"""What evidence adds up to, in numbers that can be checked in the head."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from skillmatch.domain.credential import Catalogue, Credential, Outcome
from skillmatch.domain.person import Award, AwardState, Evidence, EvidenceSource, Person
from skillmatch.gaps import HALF_LIFE_DAYS, TRUST, build_profile
from skillmatch.gaps.profile import LIKELY, UNSTATED_ASSESSMENT_TRUST

AS_OF = date(2026, 3, 2)
LONG_AGO = AS_OF - timedelta(days=1096)  # three years, 0.02 % over one half-life


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


def test_the_level_is_the_mean_weighted_by_trust(profile_of):
    # A manager (0.8) says 4, the person (0.5) says 1: (0.8 * 4 + 0.5 * 1) / 1.3 = 3.7 / 1.3
    profile = profile_of(said(4, "manager"), said(1, "self"))
    assert profile.level_of("sql") == pytest.approx(3.7 / 1.3, abs=1e-6)
    # The chance that both are wrong is 0.2 * 0.5.
    assert profile.attainments["sql"].confidence == pytest.approx(0.9)


def test_a_source_that_doubts_itself_weighs_less(profile_of):
    # Two peers (0.6 each), one only half sure: (0.6 * 4 + 0.3 * 1) / 0.9 = 3
    assert profile_of(said(4, "peer"), said(1, "peer", confidence=0.5)).level_of("sql") == pytest.approx(3.0)


def test_after_a_half_life_evidence_weighs_half(profile_of):
    # 1 today against 4 three years ago: (1 * 1 + 0.5 * 4) / 1.5 = 2
    profile = profile_of(said(1), said(4, on=LONG_AGO))
    assert profile.level_of("sql") == pytest.approx(2.0, abs=1e-3)
    assert (AS_OF - LONG_AGO).days == pytest.approx(HALF_LIFE_DAYS, abs=0.5)


def test_old_evidence_alone_keeps_its_level_and_loses_confidence(profile_of):
    attainment = profile_of(said(4, on=LONG_AGO)).attainments["sql"]
    assert attainment.level == 4.0
    assert attainment.confidence == pytest.approx(0.5, abs=1e-3)


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
    profile = profile_of(awards=(held(LONG_AGO),), catalogue=Catalogue.of([course(3, validity_months=48)]))
    (piece,) = profile.attainments["sql"].evidence
    assert piece.expires == date(2027, 3, 2)  # four years after 2 March 2023


@pytest.mark.parametrize("assessment", ["", "none", " None "])
def test_an_award_without_an_exam_is_believed_less(profile_of, assessment):
    profile = profile_of(awards=(held(),), catalogue=Catalogue.of([course(3, assessment=assessment)]))
    assert profile.attainments["sql"].confidence == pytest.approx(0.9 * UNSTATED_ASSESSMENT_TRUST)


@pytest.mark.parametrize(
    ("award", "fields"),
    [
        (held(state="in_progress"), {}),  # begun, not earned
        (held(state="revoked"), {}),
        (held(AS_OF + timedelta(days=1)), {}),  # earned tomorrow
        (held(LONG_AGO, expires=AS_OF), {}),
        (held(LONG_AGO), {"validity_months": 24}),  # the catalogue says that it lasts two years; it is three
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


def test_a_badge_raises_what_others_rate_lower(profile_of):
    # A manager (0.8) says 1, the badge (0.9) says 3: (0.8 + 2.7) / 1.7
    profile = profile_of(said(1, "manager"), awards=(held(),), catalogue=Catalogue.of([course(3)]))
    assert profile.level_of("sql") == pytest.approx(3.5 / 1.7, abs=1e-6)


def test_of_two_badges_the_higher_one_counts(profile_of):
    catalogue = Catalogue.of([course(2), Credential("own/more", "More SQL", outcomes=(Outcome("sql", 4),))])
    profile = profile_of(awards=(held(), Award("own/more", AwardState.HELD, LONG_AGO)), catalogue=catalogue)
    assert profile.level_of("sql") == 4.0

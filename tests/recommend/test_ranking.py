"""The ranking, in numbers that can be checked in the head."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from math import fsum

import pytest

from skillmatch.domain.advice.advice import ExclusionReason, Preference
from skillmatch.domain.base.answer import Status
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.catalogue.credential import Basis, Credential, Outcome
from skillmatch.domain.people.person import Award, AwardState
from skillmatch.recommend import rank
from skillmatch.recommend.ranking import UNKNOWN_WORTH

AS_OF = date(2026, 3, 2)
WORKS_OUT = 0.6
"""Of courses that nobody counted or rated: 0.75 are completed, 0.8 of these reach the level."""
NO_EFFORT = Preference(hours_scale=None, cost_scale=None)


def titles(advice):
    return [item.credential_id for item in advice.recommendations]


def test_a_dozen_skills(case_of, course):
    # Twelve requirements at level 4 and of weight 1: each is worth 1/12 of the coverage. Ten are met.
    knows = {f"s{n}": 4 for n in range(10)} | {"sql": 2, "git": 0}
    case = case_of(
        knows,
        dict.fromkeys(knows, 4),
        course("deep", {"sql": 4}, hours=40),  # closes half of sql: 1/24, effort 1 + 40/40 = 2: 1/48
        course("quick", {"git": 1}, hours=0, cost=0),  # closes a quarter of git: 1/48, effort 1: 1/48 as well
        course("both", {"sql": 3, "git": 2}, hours=20),  # 1/4 of sql + 1/2 of git: 1/16, effort 1.5: 1/24
        course("old", {"s1": 4, "sql": 2}),  # nothing that is not there
        course("cooking", {"cooking": 5}),  # nothing that the role asks for
    )
    advice = case.rank()
    # Ties are broken by id.
    assert titles(advice) == ["both", "deep", "quick"]
    assert [item.score for item in advice.recommendations] == [
        round(n * WORKS_OUT, 6) for n in (1 / 24, 1 / 48, 1 / 48)
    ]
    assert [item.gain for item in advice.recommendations] == [round(1 / 16, 6), round(1 / 24, 6), round(1 / 48, 6)]
    assert advice.coverage == round(10.5 / 12, 6)
    assert advice.status is Status.OK
    assert advice.excluded == ()


def test_reasons_say_what_each_skill_adds(case_of, course):
    case = case_of(
        {"sql": 2, "git": 0},
        {"sql": (4, 3), "git": (2, 1)},
        course("both", {"git": 2, "sql": 4}),
        labels={"sql": "SQL"},
        preference=NO_EFFORT,
    )
    (item,) = case.rank().recommendations
    # sql: 3/4 of the weight, from 2/4 to 4/4: 0.375. git: 1/4 of the weight, from nothing to all: 0.25.
    told = [(reason.label, reason.contribution, reason.level_before, reason.level_after) for reason in item.reasons]
    assert told == [("SQL", 0.225, 2.0, 4.0), ("git", 0.15, 0.0, 2.0)]
    assert item.gain == 0.625
    assert item.score == item.closure == item.fresh == 0.375


def test_a_small_quick_course_against_a_large_slow_one(case_of, course):
    # 2 hours for 1 % (effort 1.05) against 40 hours for 20 % (effort 2): 0.0095 against 0.1
    case = case_of(
        {"a": 0, "b": 0, "c": 0},
        {"a": (1, 1), "b": (1, 20), "c": (1, 79)},
        course("small", {"a": 1}, hours=2),
        course("large", {"b": 1}, hours=40),
    )
    assert [(item.credential_id, item.score) for item in case.rank().recommendations] == [
        ("large", 0.06),
        ("small", round(0.006 / 1.05, 6)),
    ]


def test_an_unsure_link_counts_by_its_probability(case_of, course):
    case = case_of({"sql": 0}, {"sql": 3}, course("a", {"sql": 3}, probability=0.8), preference=NO_EFFORT)
    (item,) = case.rank().recommendations
    assert item.score == 0.48
    assert item.reasons[0].probability == 0.8


def test_the_basis_of_an_outcome_is_shown(case_of):
    inferred = Credential("a", "A", outcomes=(Outcome("sql", 3, Basis.INFERRED, 0.9),))
    assert case_of({"sql": 0}, {"sql": 3}, inferred).rank().recommendations[0].reasons[0].basis is Basis.INFERRED


def test_what_is_known_to_be_missing_comes_before_what_is_unknown(case_of, course):
    # Nothing is known of git: the person may have it, so that it counts half. The gain in coverage is the same.
    case = case_of(
        {"sql": 0}, {"sql": 2, "git": 2}, course("g", {"git": 2}), course("s", {"sql": 2}), preference=NO_EFFORT
    )
    first, second = case.rank().recommendations
    assert (first.credential_id, first.score, first.gain) == ("s", 0.3, 0.5)
    assert (second.credential_id, second.score, second.gain) == ("g", 0.3 * UNKNOWN_WORTH, 0.5)
    assert second.reasons[0].level_before is None


def test_the_right_course_comes_before_one_over_the_head(case_of, course):
    # From 0, a course to 3 leads to 3 of 4, one to 4 is too far and leads to 2, one to 5 to 1.
    case = case_of({"sql": 0}, {"sql": 4}, *(course(f"to-{n}", {"sql": n}) for n in (3, 4, 5)), preference=NO_EFFORT)
    told = [(item.credential_id, item.score, item.reasons[0].level_after) for item in case.rank().recommendations]
    assert told == [("to-3", 0.45, 3.0), ("to-4", 0.3, 2.0), ("to-5", 0.15, 1.0)]


def test_the_right_course_for_who_stands_higher(case_of, course):
    case = case_of({"sql": 2}, {"sql": 4}, *(course(f"to-{n}", {"sql": n}) for n in (3, 4, 5)), preference=NO_EFFORT)
    assert titles(case.rank()) == ["to-4", "to-5", "to-3"]  # both of the first two lead to all of it


def test_what_a_running_course_will_teach_is_not_taught_twice(case_of, course):
    # Once "begun" is finished sql stands at 2 of 4. Of "more" only the way from 2 to 4 and git count:
    # (1/2 + 1) / 2 = 0.75, and without that 1.
    begun, more = course("begun", {"sql": 2}), course("more", {"sql": 4, "git": 2})
    awards = [Award("begun", AwardState.IN_PROGRESS, AS_OF - timedelta(days=5))]
    case = case_of({"sql": 1, "git": 0}, {"sql": 4, "git": 2}, begun, more, awards=awards, preference=NO_EFFORT)
    (item,) = case.rank().recommendations
    assert item.gain == 0.75
    assert {reason.skill_id: reason.level_before for reason in item.reasons} == {"sql": 2.0, "git": 0.0}


def test_unstated_hours_and_cost_are_shown_as_such_and_rank_as_the_usual(case_of, course):
    case = case_of(
        {"sql": 0},
        {"sql": 3},
        course("a", {"sql": 3}, hours=20, cost=0),
        course("b", {"sql": 3}, hours=40, cost=0),
        course("c", {"sql": 3}, hours=60, cost=0),
        course("silent", {"sql": 3}, hours=None, cost=None),
    )
    advice = case.rank()
    assert titles(advice) == ["a", "b", "silent", "c"]  # as if it took 40 hours; then by id
    silent = advice.recommendations[2]
    assert (silent.hours, silent.cost) == (None, None)
    assert silent.score == 0.3


def test_the_limit_keeps_the_best(case_of, course):
    case = case_of({"sql": 0}, {"sql": 3}, *(course(f"c{n}", {"sql": 3}, hours=10 * n) for n in range(1, 5)))
    assert titles(case.rank(2)) == ["c1", "c2"]


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_is_refused(case_of, limit):
    with pytest.raises(InputError, match="limit"):
        case_of({"sql": 0}, {"sql": 3}).rank(limit)


@pytest.mark.parametrize(
    ("knows", "needs", "status"),
    [
        ({"sql": 0}, {"sql": 3}, Status.OK),
        ({"sql": 0}, {"sql": 3, "git": 3}, Status.PARTIAL),  # git is unknown
        ({}, {"sql": 3}, Status.INSUFFICIENT_DATA),  # recommendations all the same
        ({}, {}, Status.INSUFFICIENT_DATA),  # a role without requirements
        ({"sql": 3}, {"sql": 3}, Status.NOTHING_TO_CLOSE),
        ({"law": 0}, {"law": 3}, Status.NO_RECOMMENDATION),  # nobody teaches law
    ],
)
def test_status(case_of, course, knows, needs, status):
    assert case_of(knows, needs, course("a", {"sql": 3})).rank().status is status


def test_a_person_without_evidence_still_gets_recommendations(case_of, course):
    advice = case_of({}, {"sql": 3}, course("a", {"sql": 3})).rank()
    assert titles(advice) == ["a"]
    assert advice.headline().endswith("0% covered, 1 recommendation (insufficient_data)")


def test_an_empty_catalogue_is_said_to_hold_nothing(case_of):
    advice = case_of({"sql": 1}, {"sql": 3}).rank()
    assert (advice.status, advice.recommendations, advice.excluded) == (Status.NO_RECOMMENDATION, (), ())


def test_everything_held_is_no_recommendation(case_of, course):
    awards = [Award("a", AwardState.HELD, AS_OF - timedelta(days=3_000))]
    advice = case_of({"sql": 0}, {"sql": 4}, course("a", {"sql": 4}), awards=awards).rank()
    assert advice.recommendations == ()
    assert advice.status is Status.NO_RECOMMENDATION
    assert [item.reason for item in advice.excluded] == [ExclusionReason.HELD]


def test_rank_refuses_a_gap_to_another_role(case_of, course):
    case, other = case_of({}, {"sql": 3}), case_of({}, {"sql": 3, "git": 3})
    with pytest.raises(ValueError, match="does not go with"):
        rank(case.gap, other.offers, case.situation, 5)


def test_json_and_html_say_why(case_of, course):
    advice = case_of({"sql": 0}, {"sql": 3}, course("a", {"sql": 3}), labels={"sql": "<b>SQL</b>"}).rank()
    told = json.loads(json.dumps(advice.to_json()))
    assert told["recommendations"][0]["reasons"][0]["contribution"] == 0.48
    assert "&lt;b&gt;SQL&lt;/b&gt; +0.48" in advice._repr_html_()


def test_an_expert_is_not_sent_to_the_foundations_for_the_part_that_nobody_asked_about(case_of, course):
    """Who is at 5 where the course leads to 2 has most likely met the rest of it; a beginner may not have."""
    foundations = course("foundations", {"models": 2, "evaluation": 2})
    other = course("other", {"sql": 2.0})
    role = {"models": 4, "evaluation": 3, "sql": 3}
    expert = case_of({"models": 5, "sql": 1}, role, foundations, other).rank()
    assert [item.credential_id for item in expert.recommendations] == ["other", "foundations"]
    near = case_of({"models": 2, "sql": 1}, role, foundations, other).rank()
    assert near.recommendations[0].credential_id == "foundations"
    for advice in (expert, near):
        for item in advice.recommendations:
            assert round(fsum(reason.contribution for reason in item.reasons), 6) == item.score


def test_what_is_more_likely_wrong_than_right_does_not_count(case_of, course):
    vague = replace(course("vague", {"sql": 3}), outcomes=(Outcome("sql", 3.0, probability=0.3),))
    sure, again = course("sure", {"sql": 3}), course("again", {"sql": 3})
    listed = case_of({"sql": 1}, {"sql": 3}, sure, again, vague)
    assert {item.credential_id for item in listed.rank().recommendations} == {"sure", "again"}
    assert listed.why("vague").place is None
    alone = case_of({"sql": 1}, {"sql": 3}, vague).rank()
    assert (alone.status, alone.recommendations) == (Status.NO_RECOMMENDATION, ())

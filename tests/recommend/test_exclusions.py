"""Every reason to leave a credential out, and what is not a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from skillmatch.domain.advice.advice import ExclusionReason, Limits
from skillmatch.domain.catalogue.credential import Credential, Offering, Outcome, SkillPrerequisite
from skillmatch.domain.people.person import Award, AwardState
from skillmatch.recommend import rank

AS_OF = date(2026, 3, 2)
DAY = timedelta(days=1)


def cohort(start: date, seats: int | None = None, name: str = "o") -> Offering:
    return Offering(name, "a", start, start + 30 * DAY, seats)


def had(credential_id: str, state: str = "held", **more: object) -> Award:
    return Award(credential_id, AwardState(state), AS_OF - 10 * DAY, **more)


@pytest.mark.parametrize(
    ("fields", "limits", "reason", "detail"),
    [
        ({"valid_until": AS_OF - DAY}, {}, "expired", "was on offer until 2026-03-01"),
        ({"valid_until": AS_OF}, {}, None, ""),  # today is the last day
        ({"valid_from": AS_OF + DAY}, {}, "not_yet_on_offer", "is on offer from 2026-03-03"),
        ({"valid_from": AS_OF}, {}, None, ""),
        ({"offerings": (cohort(AS_OF - DAY),)}, {}, "no_cohort", "the last cohort began 2026-03-01"),
        ({"offerings": (cohort(AS_OF),)}, {}, None, ""),
        ({"offerings": (cohort(AS_OF + DAY, seats=0),)}, {}, "no_seats", "every coming cohort is full"),
        ({"offerings": (cohort(AS_OF - DAY), cohort(AS_OF + DAY, 0, "p"), cohort(AS_OF + DAY, 1, "q"))}, {}, None, ""),
        (
            {"offerings": (cohort(AS_OF + 9 * DAY),), "valid_until": AS_OF + 8 * DAY},
            {},
            "no_cohort",
            "the last cohort begins when it is no longer on offer, on 2026-03-11",
        ),
        ({"language": "de"}, {"languages": ("en", "fr")}, "wrong_language", "is taught in de, not in en or fr"),
        ({"language": "en"}, {"languages": ("en", "fr")}, None, ""),
        ({"language": "EN-gb"}, {"languages": ("en",)}, None, ""),  # a region or capitals make no other language
        ({"language": "pt_BR"}, {"languages": ("pt-PT",)}, None, ""),
        ({"language": ""}, {"languages": ("en",)}, None, ""),  # not stated is no reason
        ({"language": "de"}, {}, None, ""),  # nobody said what the person speaks
        ({"hours": 10.5}, {"hours": 10}, "too_long", "takes 10.5 hours; 10 are there"),
        ({"hours": 10}, {"hours": 10}, None, ""),
        ({"hours": None}, {"hours": 10}, None, ""),
        ({"cost": 501}, {"cost": 500}, "too_expensive", "costs 501 EUR; 500 are there"),
        ({"cost": 500}, {"cost": 500}, None, ""),
        ({"cost": None}, {"cost": 0}, None, ""),
        ({"cost": 0}, {"cost": 0}, None, ""),
    ],
)
def test_limits_and_availability(case_of, course, fields, limits, reason, detail):
    advice = case_of({"sql": 0}, {"sql": 3}, course("a", {"sql": 3}, **fields), limits=Limits(**limits)).rank()
    if reason is None:
        assert [item.credential_id for item in advice.recommendations] == ["a"]
        assert advice.excluded == ()
    else:
        assert advice.recommendations == ()
        assert [(item.reason.value, item.detail) for item in advice.excluded] == [(reason, detail)]


def test_the_languages_of_the_person_count_when_the_question_names_none(case_of, course):
    german = course("a", {"sql": 3}, language="de")
    assert case_of({"sql": 0}, {"sql": 3}, german, languages=("en",)).rank().recommendations == ()
    asked = case_of({"sql": 0}, {"sql": 3}, german, languages=("en",), limits=Limits(languages=("de",)))
    assert len(asked.rank().recommendations) == 1


@pytest.mark.parametrize(
    ("awards", "reason"),
    [
        ([had("a")], "held"),
        ([had("a", "in_progress")], "in_progress"),
        ([had("a", "revoked")], None),
        ([had("a", expires=AS_OF)], None),  # time to renew it
        ([had("a", expires=AS_OF + DAY)], "held"),
        ([had("a"), had("a", "in_progress")], "held"),
        ([had("twin")], "equivalent_held"),
        ([had("twin", "in_progress")], "equivalent_held"),
        ([had("twin", expires=AS_OF)], None),
        ([had("nearly")], "equivalent_held"),  # 2.75 instead of 3: no source can tell them apart
        ([had("lower")], None),
        ([had("other")], None),
        ([had("doubtful")], None),  # more likely than not it teaches something else
    ],
)
def test_what_the_person_has(case_of, course, awards, reason):
    # Although the person holds a badge for sql, their assessment says 1: there is something to close.
    case = case_of(
        {"sql": 1},
        {"sql": 5},
        course("a", {"sql": 3}),
        course("twin", {"sql": 3, "law": 1}),
        course("nearly", {"sql": 2.75}),
        course("lower", {"sql": 2.5}),
        course("other", {"law": 5}),
        Credential("doubtful", "Doubtful", outcomes=(Outcome("sql", 5, probability=0.4),)),
        awards=awards,
    )
    advice = case.rank()
    told = {item.credential_id: item.reason.value for item in advice.excluded}
    assert told.get("a") == reason
    assert ("a" in {item.credential_id for item in advice.recommendations}) is (reason is None)


def test_an_equivalent_is_named(case_of, course):
    advice = case_of(
        {"sql": 1}, {"sql": 5}, course("a", {"sql": 3}), course("twin", {"sql": 3}), awards=[had("twin", "in_progress")]
    ).rank()
    told = {item.credential_id: item.detail for item in advice.excluded}
    assert told == {
        "a": "'Course twin' teaches the same skills as far and is already begun",
        "twin": "already begun",
    }


def test_a_course_that_teaches_more_is_no_equivalent(case_of, course):
    advice = case_of(
        {"sql": 1, "git": 0},
        {"sql": 3, "git": 3},
        course("a", {"sql": 3, "git": 3}),
        course("b", {"sql": 3}),
        awards=[had("b")],
    ).rank()
    assert [item.credential_id for item in advice.recommendations] == ["a"]


def test_what_it_may_teach_besides_makes_it_no_other_course(case_of, course):
    """An outcome that is more likely wrong than right does not hide that the same is held."""
    vague = replace(course("a", {"sql": 3, "git": 3}), outcomes=(Outcome("sql", 3), Outcome("git", 3, probability=0.3)))
    case = case_of({"sql": 1, "git": 0}, {"sql": 3, "git": 3}, vague, course("b", {"sql": 3}), awards=[had("b")])
    assert {item.credential_id: item.reason for item in case.rank().excluded}["a"] is ExclusionReason.EQUIVALENT_HELD


def test_what_is_in_the_way_of_one_person_is_not_in_the_way_of_another(case_of, course):
    """What was found for one question is kept for questions like it, and for no others."""
    case = case_of({"sql": 1}, {"sql": 3}, course("a", {"sql": 3}, language="de", hours=20, weeks=2))
    speaks = replace(case.situation, person=replace(case.situation.person, languages=("de",)))
    silent = replace(case.situation, person=replace(case.situation.person, languages=("en",)))
    slow = replace(speaks, limits=Limits(weeks=4, hours_per_week=2))
    quick = replace(speaks, limits=Limits(weeks=4, hours_per_week=8))
    for _ in range(2):
        shown = [bool(rank(case.gap, case.offers, one, 5).recommendations) for one in (speaks, silent, slow, quick)]
        assert shown == [True, False, False, True]


def test_what_is_held_is_shown_even_when_it_would_add_nothing(case_of, course):
    advice = case_of({"sql": 4}, {"sql": 4, "git": 1}, course("a", {"sql": 4}), awards=[had("a")]).rank()
    assert [(item.credential_id, item.reason.value) for item in advice.excluded] == [("a", "held")]


def test_what_would_add_nothing_is_not_listed_for_other_reasons(case_of, course):
    useless = course("a", {"sql": 1}, hours=99, language="de", valid_until=AS_OF - DAY)
    advice = case_of({"sql": 4}, {"sql": 4, "git": 1}, useless, limits=Limits(hours=1, languages=("en",))).rank()
    assert advice.excluded == ()


@pytest.mark.parametrize(
    ("fields", "detail"),
    [
        ({"requires_credentials": ("base",)}, "needs 'Course base' first"),
        ({"requires_credentials": ("run",)}, "needs 'Course run' first, which is already begun"),
        ({"requires_credentials": ("own/gone",)}, "needs 'own/gone' first"),
        ({"requires_credentials": ("held", "base")}, "needs 'Course base' first"),
        ({"requires_credentials": ("held",)}, None),
        ({"requires_credentials": ("twin",)}, None),  # what equals it is held
        ({"requires_skills": (SkillPrerequisite("law", 2),)}, "needs Law at level 2; 1.5 is known"),
        ({"requires_skills": (SkillPrerequisite("law", 1.75),)}, None),  # within a quarter of a level
        ({"requires_skills": (SkillPrerequisite("art", 0.2),)}, "needs art at level 0.2; nothing is known"),
    ],
)
def test_prerequisites(case_of, course, fields, detail):
    case = case_of(
        {"sql": 0, "law": 1.5},
        {"sql": 3},
        course("a", {"sql": 3}, **fields),
        course("base", {"cooking": 1}),
        course("held", {"knitting": 1}),
        course("twin", {"knitting": 1}),
        course("run", {"swimming": 1}),
        awards=[had("held"), had("run", "in_progress")],
        labels={"law": "Law"},
    )
    advice = case.rank()
    told = [(item.reason, item.detail) for item in advice.excluded]
    assert told == ([] if detail is None else [(ExclusionReason.PREREQUISITE_MISSING, detail)])
    assert len(advice.recommendations) == (detail is None)


def test_a_rule_that_no_learning_changes_is_named_before_a_prerequisite(case_of, course):
    both = course("a", {"sql": 3}, hours=99, requires_credentials=("base",))
    advice = case_of({"sql": 0}, {"sql": 3}, both, limits=Limits(hours=10)).rank()
    assert [item.reason for item in advice.excluded] == [ExclusionReason.TOO_LONG]

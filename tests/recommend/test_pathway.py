"""Pathways whose dates and coverage can be checked in the head. They begin on Tuesday, 3 March 2026."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from skillmatch.domain.advice.advice import Limits
from skillmatch.domain.base.answer import Status
from skillmatch.domain.catalogue.credential import Offering, SkillPrerequisite
from skillmatch.domain.people.person import Award, AwardState

AS_OF = date(2026, 3, 2)
DAY = timedelta(days=1)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def ids(pathway):
    return [step.credential_id for step in pathway.steps]


def cohort(credential: str, start: str, end: str, seats: int | None = None) -> Offering:
    return Offering(f"{credential}-{start}", credential, day(start), day(end), seats)


def test_a_dozen_skills(case_of, course):
    # Ten of twelve requirements are met. sql lacks 2 of 4 levels, git all 4: 10.5 of 12.
    knows = {f"s{n}": 4 for n in range(10)} | {"sql": 2, "git": 0}
    case = case_of(
        knows,
        dict.fromkeys(knows, 4),
        course("git-1", {"git": 2}, hours=10),
        course("git-2", {"git": 4}, hours=20),  # from 0 too far; after git-1 it leads to 4
        course("sql", {"sql": 4}, hours=10),
        course("old", {"s1": 4}),
    )
    pathway = case.pathway(hours_per_week=10, weeks=4)
    assert pathway.status is Status.OK
    assert (pathway.coverage_before, pathway.coverage_after) == (round(10.5 / 12, 6), 1.0)
    assert set(ids(pathway)) == {"git-1", "git-2", "sql"}
    assert ids(pathway).index("git-1") < ids(pathway).index("git-2")
    assert pathway.hours == 40
    assert pathway.steps[0].start == day("03-03")
    assert pathway.steps[-1].end == day("03-30")  # 28 days, all of them used


def test_dates_follow_one_another(case_of, course):
    case = case_of(
        {"a": 0, "b": 0}, {"a": (3, 2), "b": 3}, course("a", {"a": 3}, hours=15), course("b", {"b": 3}, hours=5)
    )
    pathway = case.pathway(hours_per_week=5, weeks=4)
    # 5 hours a week: 15 hours are 21 days, 5 hours 7. Either order takes as long; a third in one week comes before
    # two thirds in three.
    assert [(step.credential_id, step.start, step.end) for step in pathway.steps] == [
        ("b", day("03-03"), day("03-09")),
        ("a", day("03-10"), day("03-30")),
    ]
    assert [step.coverage_after for step in pathway.steps] == [0.333333, 1.0]


def test_what_covers_most_comes_first_when_the_end_is_the_same(case_of, course):
    needs = {"a": 1, "b": (1, 4), "c": 1}
    courses = [course(name, {name: 1}, hours=5) for name in needs]
    assert ids(case_of({}, needs, *courses).pathway(hours_per_week=5, weeks=3)) == ["b", "a", "c"]


def test_a_prerequisite_is_not_overtaken_by_what_it_prepares_for(case_of, course):
    case = case_of(
        {"x": 0},
        {"a": 1, "b": (1, 4)},
        course("a", {"a": 1}, hours=5),
        course("b", {"b": 1}, hours=5, requires_credentials=("p",)),
        course("p", {"x": 1}, hours=5),
    )
    # Half of it a week sooner would be worth more than the little that comes first, but p must come before b.
    assert ids(case.pathway(hours_per_week=5, weeks=3)) == ["p", "b", "a"]


def test_a_cohort_that_would_end_later_is_not_waited_for(case_of, course):
    case = case_of(
        {},
        {"a": (1, 4), "b": 1},
        course("a", {"a": 1}, hours=5, offerings=(cohort("a", "03-10", "03-16"),)),
        course("b", {"b": 1}, hours=5),
    )
    pathway = case.pathway(hours_per_week=5, weeks=4)
    assert [(step.credential_id, step.end) for step in pathway.steps] == [("b", day("03-09")), ("a", day("03-16"))]


def test_a_crowd_that_does_not_fit_hides_nothing_that_does(case_of, course):
    # A hundred short courses look best for their hours, and all are over; the one that can be begun is found.
    over = [
        course(f"over-{n:03}", {"a": 3}, hours=1, offerings=(cohort(f"over-{n:03}", "02-02", "02-09"),))
        for n in range(100)
    ]
    dear = [course(f"dear-{n:03}", {"a": 3}, hours=1, cost=900) for n in range(100)]
    case = case_of({"a": 0}, {"a": 3}, *over, *dear, course("z", {"a": 3}, hours=90, cost=10), limits=Limits(cost=100))
    assert ids(case.pathway()) == ["z"]


def test_short_of_time_the_more_important_comes(case_of, course):
    needs = {"a": (3, 2), "b": 3}
    case = case_of({"a": 0, "b": 0}, needs, course("a", {"a": 3}, hours=10), course("b", {"b": 3}, hours=10))
    assert ids(case.pathway(hours_per_week=10, weeks=1)) == ["a"]
    assert ids(case.pathway(hours_per_week=5, weeks=1)) == []


def test_two_short_courses_beat_a_long_one(case_of, course):
    # Two weeks of 10 hours: "long" alone closes 2 of 4, the two others 3 of 4.
    case = case_of(
        {"a": 0, "b": 0, "c": 0},
        {"a": (3, 2), "b": (3, 1.5), "c": (3, 1.5)},
        course("long", {"a": 3}, hours=20),
        course("b", {"b": 3}),
        course("c", {"c": 3}),
    )
    assert ids(case.pathway(hours_per_week=10, weeks=2)) == ["b", "c"]


def test_prerequisites_come_first_even_when_the_role_does_not_ask_for_them(case_of, course):
    case = case_of(
        {"sql": 0},
        {"sql": 3},
        course("sql", {"sql": 3}, requires_skills=(SkillPrerequisite("logic", 2),), requires_credentials=("exam",)),
        course("exam", {}, requires_skills=(SkillPrerequisite("reading", 1),)),
        course("reading", {"reading": 1}),
        course("logic", {"logic": 2}),
        course("logic-slow", {"logic": 2}, hours=30),
    )
    pathway = case.pathway()
    assert set(ids(pathway)) == {"sql", "exam", "reading", "logic"}
    assert ids(pathway)[-1] == "sql"
    assert ids(pathway).index("reading") < ids(pathway).index("exam")
    assert [step.coverage_after for step in pathway.steps] == [0, 0, 0, 1]


def test_what_another_step_teaches_is_not_prepared_for_again(case_of, course):
    # "b" needs sql at 2, which "a" teaches anyway: "short" is not needed.
    case = case_of(
        {"sql": 0, "git": 0},
        {"sql": 3, "git": 3},
        course("a", {"sql": 3}, hours=20),
        course("b", {"git": 3}, requires_skills=(SkillPrerequisite("sql", 2),)),
        course("short", {"sql": 2}, hours=5),
    )
    assert ids(case.pathway()) == ["a", "b"]


def test_prerequisites_in_a_circle_are_never_had(case_of, course):
    circle = (
        course("a", {"sql": 3}, requires_credentials=("b",)),
        course("b", {"law": 3}, requires_credentials=("a",)),
    )
    pathway = case_of({"sql": 0}, {"sql": 3}, *circle).pathway()
    assert pathway.steps == ()
    assert "prerequisites that cannot be had" in pathway.detail


def test_a_thousand_ways_to_a_prerequisite_are_no_trouble(case_of, course):
    # Each teaches logic and asks for logic: a search that followed every chain would never come back.
    asks = (SkillPrerequisite("logic", 1), SkillPrerequisite("reading", 1))
    crowd = [course(f"c{n:03}", {"logic": 3, "reading": 3}, requires_skills=asks) for n in range(300)]
    case = case_of({"sql": 0}, {"sql": 3}, course("sql", {"sql": 3}, requires_skills=asks), *crowd)
    assert case.pathway().steps == ()


def test_of_the_ways_to_a_prerequisite_the_one_done_soonest(case_of, course):
    # The shorter course only begins in May.
    case = case_of(
        {"sql": 0},
        {"sql": 3},
        course("sql", {"sql": 3}, requires_skills=(SkillPrerequisite("logic", 2),)),
        course("late", {"logic": 2}, hours=5, offerings=(cohort("late", "05-04", "05-10"),)),
        course("now", {"logic": 2}, hours=10),
    )
    assert ids(case.pathway()) == ["now", "sql"]


def test_a_way_with_more_courses_may_be_done_sooner(case_of, course):
    # "logic-slow" takes 30 hours; "reading" and then "logic" take 5 each.
    case = case_of(
        {"sql": 0},
        {"sql": 3},
        course("a", {"sql": 3}, requires_skills=(SkillPrerequisite("logic", 2),)),
        course("logic-slow", {"logic": 2}, hours=30),
        course("logic", {"logic": 2}, hours=5, requires_skills=(SkillPrerequisite("reading", 1),)),
        course("reading", {"reading": 1}, hours=5),
    )
    pathway = case.pathway()
    assert ids(pathway) == ["logic-slow", "a"]  # a step less
    (fastest,) = pathway.alternatives
    assert fastest.names[0] == "fastest"
    assert [step.credential_id for step in fastest.steps] == ["reading", "logic", "a"]
    assert fastest.trade_off.startswith("13 days shorter, 1 step more")


def test_a_cohort_sets_the_dates_and_the_wait_is_used(case_of, course):
    case = case_of(
        {"a": 0, "b": 0},
        {"a": (3, 5), "b": 3},
        course("a", {"a": 3}, offerings=(cohort("a", "03-09", "03-22", 0), cohort("a", "03-16", "03-29", 3))),
        course("b", {"b": 3}),
    )
    # "b" takes 3 to 9 March; the cohort with a seat begins on the 16th.
    assert [(step.credential_id, step.start, step.end, step.offering_id) for step in case.pathway().steps] == [
        ("b", day("03-03"), day("03-09"), None),
        ("a", day("03-16"), day("03-29"), "a-03-16"),
    ]


def test_a_course_that_comes_on_offer_later_waits_for_it(case_of, course):
    pathway = case_of({"a": 0}, {"a": 3}, course("a", {"a": 3}, valid_from=day("04-01"))).pathway()
    assert [(step.start, step.end) for step in pathway.steps] == [(day("04-01"), day("04-07"))]


def test_a_course_is_not_begun_after_its_last_day_on_offer(case_of, course):
    case = case_of(
        {"a": 0, "b": 0}, {"a": 3, "b": 3}, course("a", {"a": 3}), course("b", {"b": 3}, valid_until=day("03-05"))
    )
    assert ids(case.pathway()) == ["b", "a"]  # the other order would be too late for b


def test_the_budget_is_for_all_of_it(case_of, course):
    courses = [course(name, {name: 3}, cost=400) for name in "abc"]
    needs = {"a": (3, 3), "b": (3, 2), "c": (3, 1)}
    pathway = case_of(dict.fromkeys("abc", 0), needs, *courses, limits=Limits(cost=800)).pathway()
    assert set(ids(pathway)) == {"a", "b"}
    assert pathway.cost == 800


def test_a_cost_that_is_not_stated_uses_up_the_usual_one(case_of, course):
    # The usual cost is 400, so that "a" may well cost that: 500 are enough for one of them.
    courses = [course("a", {"a": 3}, cost=None), course("b", {"b": 3}, cost=400)]
    case = case_of({"a": 0, "b": 0}, {"a": (3, 2), "b": 3}, *courses, limits=Limits(cost=500))
    pathway = case.pathway()
    assert ids(pathway) == ["a"]
    assert (pathway.steps[0].cost, pathway.cost) == (None, 0)


def test_unstated_hours_are_assumed_and_said_to_be(case_of, course):
    case = case_of(
        {"a": 0, "b": 0}, {"a": 3, "b": 3}, course("a", {"a": 3}, hours=None), course("b", {"b": 3}, hours=20)
    )
    told = {step.credential_id: (step.hours, step.hours_stated) for step in case.pathway().steps}
    assert told == {"a": (20, False), "b": (20, True)}


def test_held_running_and_equivalent_credentials_are_not_taken_again(case_of, course):
    awards = [
        Award("a", AwardState.HELD, AS_OF - 9 * DAY),
        Award("b", AwardState.IN_PROGRESS, AS_OF - 9 * DAY),
    ]
    case = case_of(
        {"a": 0, "b": 0, "c": 0},
        dict.fromkeys("abc", 4),
        *(course(name, {name: 4}) for name in "ab"),
        *(course(f"{name}-twin", {name: 4}) for name in "ab"),
        course("b-higher", {"b": 5, "c": 1}),  # b is underway: taken for c alone, and b does not count
        awards=awards,
    )
    pathway = case.pathway()
    assert ids(pathway) == ["b-higher"]
    assert pathway.coverage_after == pytest.approx(pathway.coverage_before + 1 / 12, abs=1e-6)  # c from 0 to 1 of 4


def test_unsure_outcomes_count_by_their_probability_and_once(case_of, course):
    case = case_of(
        {"a": 0, "b": 0},
        {"a": 3, "b": 3},
        course("a", {"a": 3}, probability=0.8),
        course("a-again", {"a": 3}, probability=0.8),  # three of these would not make anyone surer of a
        course("b", {"b": 3}, probability=0.4),  # more likely than not it is no course for b at all
    )
    pathway = case.pathway()
    assert ids(pathway) == ["a"]
    assert pathway.coverage_after == 0.4


def test_a_scrap_is_not_worth_a_step(case_of, course):
    # sql stands at 3.7 of 4; "more" is within the tolerance. git from 3.5 to 3.7 of 4 would add a twentieth of git.
    case = case_of(
        {"sql": 3.8, "git": 3.5}, {"sql": 4, "git": 4}, course("more", {"sql": 4}), course("bit", {"git": 3.7})
    )
    assert case.pathway().steps == ()
    assert len(case.rank().recommendations) == 1  # the ranking shows it, with what little it adds


@pytest.mark.parametrize(
    ("knows", "needs", "fields", "limits", "pace", "status", "words"),
    [
        ({}, {}, {}, {}, (10, 9), "insufficient_data", "the role has no requirements"),
        ({"sql": 3}, {"sql": 3}, {}, {}, (10, 9), "nothing_to_close", "every requirement is met"),
        ({"law": 0}, {"law": 3}, {}, {}, (10, 9), "no_pathway", "nothing in the catalogue adds"),
        ({"sql": 3, "law": 0}, {"sql": 3, "law": 3}, {}, {}, (10, 9), "no_pathway", "nothing in the catalogue adds"),
        ({"sql": 0}, {"sql": 3}, {"language": "de"}, {"languages": ("en",)}, (10, 9), "no_pathway", "is left out"),
        ({"sql": 0}, {"sql": 3}, {"hours": 11}, {"hours": 10}, (10, 9), "no_pathway", "is left out"),
        ({"sql": 0}, {"sql": 3}, {"hours": 91}, {}, (10, 9), "no_pathway", "fits into 9 weeks at 10 hours a week"),
        ({"sql": 0}, {"sql": 3}, {}, {}, (0, 9), "no_pathway", "fits into 9 weeks at 0 hours a week"),
        ({"sql": 0}, {"sql": 3}, {}, {}, (10, 0), "no_pathway", "fits into 0 weeks"),
        ({"sql": 0}, {"sql": 3}, {"weeks": 10}, {}, (10, 9), "no_pathway", "fits into 9 weeks"),
        ({"sql": 0}, {"sql": 3}, {"cost": 101}, {"cost": 100}, (10, 9), "no_pathway", "costs more than 100"),
        ({"sql": 0}, {"sql": 3}, {"cost": 101, "hours": 91}, {"cost": 100}, (10, 9), "no_pathway", "fits into 9 weeks"),
        (
            {"sql": 0},
            {"sql": 3},
            {"requires_credentials": ("own/gone",)},
            {},
            (10, 9),
            "no_pathway",
            "prerequisites that cannot be had",
        ),
        ({"sql": 0}, {"sql": 3}, {"valid_until": AS_OF}, {}, (10, 9), "no_pathway", "can no longer be begun"),
        (
            {"sql": 0},
            {"sql": 3},
            {"offerings": (cohort("a", "03-16", "04-16", 0),)},
            {},
            (10, 9),
            "no_pathway",
            "can no longer be begun",
        ),
    ],
)
def test_no_step_says_why(case_of, course, knows, needs, fields, limits, pace, status, words):
    pathway = case_of(knows, needs, course("a", {"sql": 3}, **fields), limits=Limits(**limits)).pathway(*pace)
    assert pathway.status.value == status
    assert words in pathway.detail
    assert pathway.steps == ()
    assert pathway.coverage_after == pathway.coverage_before
    assert words in pathway.headline()


def test_a_prerequisite_too_dear_is_a_matter_of_cost(case_of, course):
    case = case_of(
        {"sql": 0},
        {"sql": 3},
        course("sql", {"sql": 3}, cost=100, requires_credentials=("base",)),
        course("base", {}, cost=450),
        limits=Limits(cost=500),
    )
    assert case.pathway().detail == "whatever would help costs more than 500 with all it needs"


def test_an_empty_catalogue(case_of):
    pathway = case_of({"sql": 0}, {"sql": 3}).pathway()
    assert (pathway.status, pathway.steps) == (Status.NO_PATHWAY, ())


def test_everything_that_would_help_is_underway(case_of, course):
    awards = [Award("a", AwardState.IN_PROGRESS, AS_OF)]
    pathway = case_of({"sql": 0}, {"sql": 3}, course("a", {"sql": 3}), awards=awards).pathway()
    assert (pathway.status, pathway.steps) == (Status.NO_PATHWAY, ())
    assert "already begun" in pathway.detail


def test_a_person_without_evidence_gets_a_pathway_that_says_so(case_of, course):
    pathway = case_of({}, {"sql": 3}, course("a", {"sql": 3})).pathway()
    assert ids(pathway) == ["a"]
    assert pathway.status is Status.INSUFFICIENT_DATA
    assert pathway.detail == "nothing is known of the person's skills"


def test_json_has_dates_and_sums(case_of, course):
    pathway = case_of({"sql": 0}, {"sql": 3}, course("a", {"sql": 3}, cost=50)).pathway()
    told = json.loads(json.dumps(pathway.to_json()))
    assert (told["hours"], told["cost"], told["coverage_after"]) == (10, 50, 1)
    assert told["steps"][0]["start"] == "2026-03-03"

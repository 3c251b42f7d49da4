"""What else is said about a pathway: money that cannot be added up, stacks, waste, circles, and what stays open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skillmatch.domain.advice.advice import ExclusionReason, Limits
from skillmatch.domain.base.answer import Status
from skillmatch.domain.catalogue.credential import Stack
from skillmatch.recommend import RoleOffers


def said(path, kind):
    return {item.subject_id: item.detail for item in path.remarks if item.kind == kind}


def test_currencies_are_never_summed_silently(case_of, course):
    case = case_of(
        {"a": 0, "b": 0},
        {"a": 3, "b": 3},
        course("euro", {"a": 3}, cost=100, currency="EUR"),
        course("other", {"a": 1}, cost=100, currency="EUR"),
        course("krona", {"b": 3}, cost=1_000, currency="SEK"),
    )
    path = case.pathway()
    assert {step.credential_id for step in path.steps} == {"euro", "krona"}
    assert (path.costs, path.cost) == ({"EUR": 100.0, "SEK": 1_000.0}, None)
    assert "their rates are not known" in said(path, "currency")["SEK"]
    assert "cheapest" not in [*path.names, *(name for route in path.alternatives for name in route.names)]


def test_a_budget_cannot_be_held_against_another_currency(case_of, course):
    given = [course("euro", {"a": 3}, cost=100), course("too", {"a": 1}, cost=1), course("krona", {"b": 3}, cost=9)]
    given[2] = replace(given[2], currency="SEK")
    case = case_of({"a": 0, "b": 0}, {"a": 3, "b": 3}, *given, limits=Limits(cost=500))
    (left_out,) = case.rank().excluded
    assert (left_out.credential_id, left_out.reason) == ("krona", ExclusionReason.OTHER_CURRENCY)
    assert {step.credential_id for step in case.pathway().steps} == {"euro"}
    known = replace(case, offers=RoleOffers(case.offers.role, case.offers.catalogue, {}, None, {"SEK": 0.1}))
    assert {step.credential_id for step in known.pathway().steps} == {"euro", "krona"}


def test_a_stack_that_the_steps_earn_or_come_near_is_said(case_of, course):
    given = (course("a1", {"a": 3}), course("b1", {"b": 3}), course("c1", {"c": 2}))
    stacks = (
        Stack("both", "Both", ("a1", "b1")),
        Stack("all", "All three", ("a1", "b1", "c1")),
        Stack("else", "Something else", ("c1", "unheard-of")),
    )
    case = case_of({"a": 0, "b": 0}, {"a": 3, "b": 3}, *given, stacks=stacks, labels={"c": "Cooking"})
    assert said(case.pathway(), "stack") == {
        "both": "is earned with these steps",
        "all": "is earned with 'Course c1' besides; you also reach Cooking at 2",
    }


def test_a_credential_that_would_be_wasted_is_named_and_none_that_cannot_be_had(case_of, course):
    given = (
        course("best", {"a": 4, "b": 3}),
        course("same", {"a": 3}, hours=30),
        course("long", {"a": 3}, hours=4_000),
        course("dear", {"a": 3}, cost=1_000),
    )
    path = case_of({"a": 2, "b": 1}, {"a": 4, "b": 3}, *given, limits=Limits(cost=500)).pathway(10, 8)
    assert [step.credential_id for step in path.steps] == ["best"]
    assert list(said(path, "wasted")) == ["same"]


def test_a_circle_of_prerequisites_is_named(case_of, course):
    given = (
        course("a", {"a": 3}, requires_credentials=("b",)),
        course("b", {"x": 3}, requires_credentials=("c",)),
        course("c", {"y": 3}, requires_credentials=("a",)),
    )
    path = case_of({"a": 0}, {"a": 3}, *given).pathway()
    assert (path.status, path.steps) == (Status.NO_PATHWAY, ())
    assert "'Course a' needs 'Course b' needs 'Course c' needs 'Course a', in a circle" in path.detail


@pytest.mark.parametrize(
    ("second", "pace", "cause"),
    [
        ({}, (10, 1), "no time is left"),
        ({"cost": 90.0}, (10, 52), "no money is left"),
        ({"requires_credentials": ("nowhere",)}, (10, 52), "what teaches it asks for something else first"),
        ({"language": "de"}, (10, 52), "what teaches it is held, begun, in another language or beyond a limit"),
        (None, (10, 52), "nothing in the catalogue leads further"),
    ],
)
def test_what_stays_open_is_said_with_its_cause(case_of, course, second, pace, cause):
    given = [course("a", {"a": 3}, cost=50.0)]
    if second is not None:
        given.append(course("b", {"b": 3}, **second))
    case = case_of({"a": 0, "b": 0}, {"a": (3, 2), "b": 3}, *given, limits=Limits(cost=100, languages=("en",)))
    assert said(case.pathway(*pace), "open") == {"b": cause}

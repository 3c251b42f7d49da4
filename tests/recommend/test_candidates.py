"""What is worked out once per role."""

from __future__ import annotations

import pytest

from skillmatch.domain.advice.advice import Preference
from skillmatch.domain.catalogue.credential import Catalogue
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.recommend import RoleOffers

ROLE = Role("hr/analyst", "Analyst", requirements=(Requirement("sql", 3, 3), Requirement("git", 2, 1)))


def test_only_what_the_role_requires_makes_a_candidate(course):
    catalogue = Catalogue.of([course("b", {"sql": 3, "git": 1}), course("a", {"git": 2}), course("c", {"cooking": 5})])
    offers = RoleOffers(ROLE, catalogue, {})
    assert [item.credential.id for item in offers.candidates] == ["a", "b"]
    # sql has 3 of 4 of the weight, git 1 of 4
    assert [hit.worth for hit in offers.by_id["b"].hits] == [0.75, 0.25]


def test_an_unsure_link_is_worth_less(course):
    offers = RoleOffers(ROLE, Catalogue.of([course("a", {"sql": 3}, probability=0.8)]), {})
    assert offers.by_id["a"].hits[0].worth == pytest.approx(0.6)


def test_what_is_not_stated_is_the_median_of_what_is(course):
    stated = [course(str(n), {"sql": 3}, hours=h, cost=c) for n, (h, c) in enumerate([(10, 0), (20, 100), (90, 900)])]
    silent = course("silent", {"sql": 3}, hours=None, cost=None)
    offers = RoleOffers(ROLE, Catalogue.of([*stated, silent]), {})
    assert offers.hours_of(silent) == 20
    assert offers.cost_of(silent) == 100
    assert offers.hours_of(stated[0]) == 10
    assert offers.cost_of(stated[0]) == 0  # free is a statement
    # 1 + 20/40 + 100/1000
    assert offers.effort(silent) == pytest.approx(1.6)


def test_a_catalogue_that_states_nothing_assumes_nothing(course):
    silent = course("silent", {"sql": 3}, hours=None, cost=None)
    assert RoleOffers(ROLE, Catalogue.of([silent]), {}).effort(silent) == 1.0


@pytest.mark.parametrize(
    ("preference", "effort"),
    [
        (Preference(), 1 + 1 + 0.5),  # 40 hours of 40, 500 of 1,000
        (Preference(hours_scale=10), 1 + 4 + 0.5),
        (Preference(cost_scale=None), 1 + 1),  # money does not matter
        (Preference(hours_scale=None, cost_scale=None), 1),
    ],
)
def test_preference_says_what_effort_weighs(course, preference, effort):
    credential = course("a", {"sql": 3}, hours=40, cost=500)
    assert RoleOffers(ROLE, Catalogue.of([credential]), {}, preference).effort(credential) == effort


def test_offers_refuse_a_gap_to_another_role(course, case_of):
    case = case_of({}, {"sql": 3, "git": 2})
    other = RoleOffers(Role("hr/cook", "Cook", requirements=ROLE.requirements), Catalogue.of(()), {})
    with pytest.raises(ValueError, match="hr/analyst"):
        other.expect(case.gap)
    case.offers.expect(case.gap)

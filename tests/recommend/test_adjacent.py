from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.advice.adjacent import Route
from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.catalogue.credential import Catalogue
from skillmatch.domain.people.gap import Gap
from skillmatch.domain.people.person import Evidence, EvidenceSource, Person
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.gaps.gap import find_gap
from skillmatch.gaps.profile import build_profile
from skillmatch.recommend.adjacent import find_adjacent, hurdles
from skillmatch.recommend.likeness import compare_roles, similarity

DAY = date(2026, 3, 2)
VERSIONS = Versions("0", "t", "e", "l", "s")
NOWHERE = Route(Status.NO_PATHWAY, "empty catalogue", 0, 0.0, (), 0, 0.0, None)


def role(name: str, **needs: float) -> Role:
    return Role(name, name.title(), requirements=tuple(Requirement(skill, level) for skill, level in needs.items()))


def adjacent(levels: dict[str, float], *roles: Role, current: Role | None = None, limit: int = 5):
    pieces = tuple(Evidence(skill, level, EvidenceSource.ASSESSMENT, DAY) for skill, level in levels.items())
    profile = build_profile(Person("p", "P", evidence=pieces), Catalogue.of(()), DAY)

    def gap_of(one: Role) -> Gap:
        return find_gap(profile, one, {}, VERSIONS)

    shown = {skill: item.level for skill, item in profile.attainments.items()}
    return find_adjacent(roles, shown, current, gap_of, lambda _: NOWHERE, limit)


CARER = role("carer", hygiene=3, listening=3)
NURSE = role("nurse", hygiene=3, listening=3, doses=4)
WELDER = role("welder", weld=3)


def test_the_nearest_role_comes_first_and_todays_and_the_unknown_do_not_come() -> None:
    found = adjacent({"hygiene": 3, "listening": 3}, CARER, NURSE, WELDER, current=CARER)
    assert [item.role_id for item in found] == ["nurse"]
    (nurse,) = found
    assert nurse.coverage == pytest.approx(2 / 3, abs=1e-6)
    assert nurse.similarity == similarity(CARER, NURSE)
    assert [(item.skill_id, item.share_of_gap) for item in nurse.hurdles] == [("doses", 1.0)]
    assert nurse.unknown == 1


def test_where_nothing_is_known_the_role_of_today_speaks() -> None:
    """Of a welder only care for detail is known: the machinist, who welds too, is nearer than the clerk."""
    welder = role("welder", weld=3, drawings=3, detail=2)
    machinist = role("machinist", weld=2, drawings=3, turning=4, detail=3)
    clerk = role("clerk", detail=3, payroll=3)
    found = adjacent({"detail": 3}, welder, machinist, clerk, current=welder)
    assert [(item.role_id, item.coverage) for item in found] == [("machinist", 0.25), ("clerk", 0.5)]
    # What is known counts instead: who cannot weld or read drawings is no half machinist.
    found = adjacent({"detail": 3, "weld": 0, "drawings": 0}, welder, machinist, clerk, current=welder)
    assert [item.role_id for item in found] == ["clerk", "machinist"]


def test_nothing_known_gives_nothing_and_a_limit_of_none_is_an_error() -> None:
    assert adjacent({}, CARER, NURSE) == ()
    assert adjacent({"hygiene": 3}, Role("empty", "Empty")) == ()
    with pytest.raises(InputError):
        adjacent({"hygiene": 3}, CARER, limit=0)


def test_hurdles_hold_the_most_and_their_shares_are_of_the_whole_gap() -> None:
    wide = Role("r", "R", requirements=tuple(Requirement(f"s{n}", 4, weight=n) for n in range(1, 5)))
    gap = find_gap(build_profile(Person("p", "P"), Catalogue.of(()), DAY), wide, {}, VERSIONS)
    assert [(item.skill_id, item.share_of_gap) for item in hurdles(gap)] == [("s4", 0.4), ("s3", 0.3), ("s2", 0.2)]


def test_a_comparison_that_one_can_check() -> None:
    found = compare_roles(CARER, NURSE, {"doses": "Drug calculation"})
    assert [skill.skill_id for skill in found.in_common()] == ["hygiene", "listening"]
    assert [skill.label for skill in found.only_b()] == ["Drug calculation"]
    assert found.only_a() == ()
    # each of the carer's two: 1/2 * 3; of the nurse's: 1/3 * 3, and 1/3 * 4
    assert found.similarity == pytest.approx((1 + 1) / (1.5 + 1.5 + 4 / 3), abs=1e-6)
    assert compare_roles(CARER, role("x", hygiene=5), {}).in_common()[0].difference == 2.0
    assert "<table" in found._repr_html_()


roles = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(st.floats(0.5, 5), st.floats(0.1, 100)), min_size=1, max_size=6
).map(lambda needs: Role("r", "R", requirements=tuple(Requirement(s, *pair) for s, pair in needs.items())))


@given(roles, roles)
def test_similarity_is_symmetric_and_between_none_and_all(a: Role, b: Role) -> None:
    assert 0.0 <= similarity(a, b) == similarity(b, a) <= 1.0


@given(roles)
def test_a_role_is_like_itself_however_it_is_weighed(a: Role) -> None:
    half = tuple(Requirement(need.skill_id, need.level, need.weight / 2) for need in a.requirements)
    assert similarity(a, Role("h", "H", requirements=half[::-1])) == 1.0


@given(
    st.dictionaries(st.sampled_from(["hygiene", "listening", "doses", "weld"]), st.sampled_from([1.0, 2.0, 3.0, 4.0]))
)
def test_the_order_of_roles_changes_nothing(levels: dict[str, float]) -> None:
    assert adjacent(levels, CARER, NURSE, WELDER) == adjacent(levels, WELDER, NURSE, CARER)

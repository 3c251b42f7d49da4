from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.roles.role import Requirement, RequirementState, Role
from skillmatch.domain.roles.role_history import RoleAction, RoleChange, RoleHistory, differences, heed, last_decisions

DAY = date(2026, 3, 2)
SUGGESTED, GOVERNED = RequirementState.SUGGESTED, RequirementState.GOVERNED


def role(*needs: Requirement) -> Role:
    return Role("own/r", "R", requirements=needs)


def decided(skill: str, action: RoleAction = RoleAction.GOVERNED) -> dict[str, RoleChange]:
    return {skill: RoleChange("own/r", skill, action, "Kim", DAY)}


def test_a_suggestion_changes_nothing_that_is_governed() -> None:
    earlier = role(Requirement("a", 4), Requirement("b", 2, state=SUGGESTED))
    proposed = role(Requirement("a", 1, state=SUGGESTED), Requirement("c", 3, state=SUGGESTED))
    kept, against = heed(proposed, earlier, {}, suggesting=True)
    assert [(need.skill_id, need.level, need.state) for need in kept.requirements] == [
        ("a", 4, GOVERNED),
        ("c", 3, SUGGESTED),
    ]
    assert against == ("a",)


def test_a_file_may_change_what_a_file_governed_but_not_what_a_person_did() -> None:
    earlier, proposed = role(Requirement("a", 4)), role(Requirement("a", 1))
    assert heed(proposed, earlier, {}, suggesting=False) == (proposed, ())
    assert heed(proposed, earlier, decided("a"), suggesting=False) == (earlier, ("a",))
    assert heed(role(), earlier, decided("a"), suggesting=False)[0] == earlier


def test_what_a_person_rejected_stays_out() -> None:
    proposed = role(Requirement("a", 3, state=SUGGESTED))
    for suggesting in (True, False):
        assert heed(proposed, role(), decided("a", RoleAction.REJECTED), suggesting=suggesting) == (role(), ("a",))


def test_the_last_decision_counts_and_suggestions_are_none() -> None:
    changes = [
        RoleChange("r", "a", RoleAction.REJECTED, "Kim", DAY),
        RoleChange("r", "a", RoleAction.GOVERNED, "Lou", DAY),
        RoleChange("r", "a", RoleAction.SUGGESTED, "text", DAY),
        RoleChange("r", "b", RoleAction.IMPORTED, "file", DAY),
    ]
    assert {skill: change.author for skill, change in last_decisions(changes).items()} == {"a": "Lou"}


def test_differences_say_what_came_went_and_changed() -> None:
    found = differences(
        role(Requirement("a", 1), Requirement("b", 1)),
        role(Requirement("b", 2), Requirement("c", 1)),
        RoleAction.SUGGESTED,
        "text advert",
        DAY,
        {"c": "knows C"},
    )
    assert [(one.skill_id, one.before is None, one.after is None, one.note) for one in found] == [
        ("b", False, False, ""),
        ("c", True, False, "knows C"),
        ("a", False, True, ""),
    ]
    history = RoleHistory("own/r", "R", tuple(found), {"c": "Cooking <b>"})
    assert "&lt;b&gt;" in history._repr_html_()
    assert history.to_json()["items"][1]["label"] == "Cooking <b>"


def test_a_decision_without_a_name_cannot_be_made() -> None:
    with pytest.raises(InputError):
        RoleChange("r", "a", RoleAction.GOVERNED, " ", DAY)


needs = st.dictionaries(
    st.sampled_from("abcd"), st.tuples(st.sampled_from([1.0, 3.0]), st.sampled_from(list(RequirementState))), max_size=4
).map(lambda found: tuple(Requirement(s, level, state=state) for s, (level, state) in found.items()))


@given(needs, needs, st.sets(st.sampled_from("abcd")), st.booleans())
def test_what_a_named_person_decided_is_never_overridden(earlier, proposed, about, suggesting) -> None:
    decisions = {skill: RoleChange("own/r", skill, RoleAction.GOVERNED, "Kim", DAY) for skill in about}
    later, _ = heed(role(*proposed), role(*earlier), decisions, suggesting=suggesting)
    before = {need.skill_id: need for need in earlier}
    after = {need.skill_id: need for need in later.requirements}
    assert all(after.get(skill) == before.get(skill) for skill in about)
    if suggesting:
        assert all(after[s] == need for s, need in before.items() if need.state is GOVERNED)
    again, _ = heed(replace(role(*proposed)), later, decisions, suggesting=suggesting)
    assert {need.skill_id: need for need in again.requirements} == after

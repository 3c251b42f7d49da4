from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError
from skillmatch.domain.roles.role import Occupation, Requirement
from skillmatch.domain.skills.overlay import ChangeKind, EntryState, OverlayChange, OverlayEntry
from skillmatch.domain.skills.skill import RelationKind, Skill, SkillRelation
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.taxonomy.overlay import Overlaid, apply_overlay
from skillmatch.taxonomy.overlay_draft import Draft
from skillmatch.taxonomy.overlay_rules import check_entry

DAY = date(2026, 3, 1)
BASE = Taxonomy.of(
    "six",
    "1",
    [
        Skill("a", "Apple care", ("pip care",)),
        Skill("b", "Berry care", broader=("a",)),
        Skill("c", "Cherry care", broader=("b",)),
        Skill("d", "Date care", ("dates",), broader=("a",)),
        Skill("e", "Elder care"),
        Skill("old", "Quince care", deprecated=True),
    ],
    [SkillRelation("c", RelationKind.ESSENTIAL, "d"), SkillRelation("b", RelationKind.RELATED, "d")],
    [Occupation("o", "Gardener", requirements=(Requirement("b", 2), Requirement("d", 3, 0.5)))],
)


def entries(*changes: OverlayChange) -> list[OverlayEntry]:
    return [OverlayEntry(number, change, "Ada", DAY, "because") for number, change in enumerate(changes, start=1)]


def overlaid(*changes: OverlayChange) -> Overlaid:
    return apply_overlay(BASE, entries(*changes))


def refusal(*changes: OverlayChange) -> ConflictError:
    *before, new = entries(*changes)
    state = apply_overlay(BASE, before)
    draft = Draft.of(state.taxonomy, state.meanings, state.successors, state.notes)
    with pytest.raises(ConflictError) as caught:
        check_entry(BASE, before, draft, new)
    assert f"entry {new.number} ({new.change.kind.value})" in caught.value.message
    assert caught.value.remedy
    return caught.value


def test_without_entries_the_taxonomy_is_the_same() -> None:
    assert apply_overlay(BASE, []).taxonomy is BASE


def test_an_added_skill_has_an_own_id_and_its_place() -> None:
    found = overlaid(OverlayChange.add("Fig care", broader=["a"], description="Looks after figs."))
    assert found.taxonomy.skills["org/fig-care"] == Skill(
        "org/fig-care", "Fig care", description="Looks after figs.", broader=("a",)
    )
    assert list(found.taxonomy.skills) == sorted(found.taxonomy.skills)


def test_a_renamed_skill_keeps_its_old_label_as_an_alias() -> None:
    skill = overlaid(OverlayChange.rename("a", "Orchard care")).taxonomy.skills["a"]
    assert skill.names == ("Orchard care", "pip care", "Apple care")


def test_renaming_to_an_own_alias_swaps_the_two() -> None:
    assert overlaid(OverlayChange.rename("a", "pip care")).taxonomy.skills["a"].names == ("pip care", "Apple care")


def test_aliases_come_and_go() -> None:
    found = overlaid(OverlayChange.alias("e", "granny care"), OverlayChange.unalias("a", "PIP  care"))
    assert found.taxonomy.skills["e"].aliases == ("granny care",)
    assert found.taxonomy.skills["a"].aliases == ()


def test_what_refers_to_a_merged_skill_refers_to_the_one_that_is_left() -> None:
    found = overlaid(OverlayChange.merge("b", "d"))
    assert "b" not in found.taxonomy.skills
    assert found.meant("b") == "d"
    assert found.taxonomy.skills["d"].names == ("Date care", "dates", "Berry care")
    assert found.taxonomy.skills["c"].broader == ("d",)
    assert found.taxonomy.relations == (SkillRelation("c", RelationKind.ESSENTIAL, "d"),)
    assert found.taxonomy.occupations["o"].requirements == (Requirement("d", 3, 0.5),)


def test_a_merge_into_a_skill_below_leaves_no_circle() -> None:
    found = overlaid(OverlayChange.merge("a", "c")).taxonomy
    # b lay between the two; as it is above c, it cannot lie under it too
    assert {skill.id: skill.broader for skill in found.skills.values()} == {
        "b": (), "c": ("b",), "d": ("c",), "e": (), "old": (),
    }  # fmt: skip


def test_merges_in_a_row_lead_to_the_last() -> None:
    found = overlaid(OverlayChange.merge("b", "d"), OverlayChange.merge("d", "e"), OverlayChange.rename("b", "Care"))
    assert (found.meant("b"), found.meant("d")) == ("e", "e")
    assert found.taxonomy.skills["e"].label == "Care"


def test_a_deprecated_skill_stays_with_a_note_and_a_successor() -> None:
    found = overlaid(OverlayChange.deprecate("b", "d"), OverlayChange.deprecate("e"))
    assert found.taxonomy.skills["b"].deprecated
    assert found.successors == {"b": "d"}
    assert found.notes["b"] == "Deprecated on 2026-03-01: because. Use Date care (d) instead."
    assert found.notes["e"] == "Deprecated on 2026-03-01: because."


def test_entries_that_name_what_is_not_there_wait_and_apply_when_it_is_back() -> None:
    listed = entries(
        OverlayChange.rename("gone", "New"),
        OverlayChange.merge("a", "gone"),
        OverlayChange.add("Fig care", broader=["gone"]),
        OverlayChange.deprecate("e", "gone"),
        OverlayChange.merge("gone", "a"),
    )
    without = apply_overlay(BASE, listed)
    assert [line.state for line in without.lines] == [EntryState.DANGLING] * 4 + [EntryState.APPLIED]
    assert without.meant("gone") == "a", "the id of a merged skill leads on even where the skill itself is missing"
    back = Taxonomy.of("six", "2", [*BASE.skills.values(), Skill("gone", "Back again")])
    states = [line.state for line in apply_overlay(back, listed[:1]).lines]
    assert states == [EntryState.APPLIED]


def test_a_withdrawn_entry_does_nothing_and_stays_in_the_list() -> None:
    found = overlaid(OverlayChange.merge("b", "d"), OverlayChange.withdraw(1))
    assert found.taxonomy == BASE
    assert [line.state for line in found.lines] == [EntryState.WITHDRAWN, EntryState.APPLIED]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([OverlayChange.rename("a", "elder  CARE")], "Elder care (e)"),
        ([OverlayChange.rename("a", "Apple care")], "its label already"),
        ([OverlayChange.add("dates")], "Date care (d)"),
        ([OverlayChange.add("Fig"), OverlayChange.add("Fig tree", slug="fig")], "is taken"),
        ([OverlayChange.alias("a", "dates")], "Date care (d)"),
        ([OverlayChange.alias("a", "Pip Care")], "already"),
        ([OverlayChange.unalias("a", "Apple care")], "is the label"),
        ([OverlayChange.unalias("a", "nothing")], "no alias"),
        ([OverlayChange.merge("a", "d"), OverlayChange.merge("d", "a")], "'a' was merged by entry 1"),
        ([OverlayChange.merge("a", "d"), OverlayChange.merge("a", "e")], "'a' was merged by entry 1"),
        ([OverlayChange.merge("a", "old")], "is deprecated"),
        ([OverlayChange.deprecate("a"), OverlayChange.deprecate("a")], "by entry 1"),
        ([OverlayChange.deprecate("old")], "by the taxonomy itself"),
        ([OverlayChange.deprecate("a", "old")], "successor"),
        ([OverlayChange.broaden("a", "c")], "lies below"),
        ([OverlayChange.broaden("c", "b")], "already"),
        ([OverlayChange.alias("a", "x"), OverlayChange.withdraw(1), OverlayChange.withdraw(1)], "by entry 2"),
        ([OverlayChange.alias("a", "x"), OverlayChange.withdraw(1), OverlayChange.withdraw(2)], "withdrawal itself"),
        ([OverlayChange.add("Fig"), OverlayChange.alias("org/fig", "x"), OverlayChange.withdraw(1)], "entry 2 (alias)"),
    ],
)
def test_what_contradicts_the_taxonomy_is_refused(changes: list[OverlayChange], said: str) -> None:
    assert said in str(refusal(*changes))


@pytest.mark.parametrize("change", [OverlayChange.rename("zzz", "New"), OverlayChange.withdraw(7)])
def test_what_is_not_there_is_not_found(change: OverlayChange) -> None:
    draft = Draft.of(BASE, {}, {}, {})
    with pytest.raises(NotFoundError):
        check_entry(BASE, [], draft, entries(change)[0])


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (ChangeKind.RENAME, {"skill_id": "a"}),
        (ChangeKind.RENAME, {"skill_id": "a", "text": "a\x07b"}),
        (ChangeKind.RENAME, {"skill_id": "a", "text": "x" * 1_000_000}),
        (ChangeKind.MERGE, {"skill_id": "a"}),
        (ChangeKind.MERGE, {"skill_id": "a", "other_id": "a"}),
        (ChangeKind.ADD, {"skill_id": "esco/x", "text": "X"}),
        (ChangeKind.ADD, {"skill_id": "org/../x", "text": "X"}),
        (ChangeKind.WITHDRAW, {}),
        (ChangeKind.WITHDRAW, {"withdraws": 0}),
        (ChangeKind.ALIAS, {"skill_id": "a", "text": "x", "withdraws": 1}),
    ],
)
def test_a_change_that_says_nothing_cannot_be_made(kind: ChangeKind, fields: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        OverlayChange(kind, **fields)


IDS = st.sampled_from(["a", "b", "c", "d", "e", "old", "gone", "org/n1", "org/n2"])
NAMES = st.sampled_from(["n1", "n2", "dates", "Elder care", "Apple care", "x y"])
CHANGES = st.one_of(
    st.builds(OverlayChange.add, st.sampled_from(["n1", "n2"]), broader=st.lists(st.sampled_from("abcg"), max_size=1)),
    st.builds(OverlayChange.rename, IDS, NAMES),
    st.builds(OverlayChange.alias, IDS, NAMES),
    st.builds(OverlayChange.unalias, IDS, NAMES),
    st.tuples(IDS, IDS).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: OverlayChange.merge(*pair)),
    st.tuples(IDS, IDS).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: OverlayChange.deprecate(*pair)),
    st.tuples(IDS, IDS).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: OverlayChange.broaden(*pair)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(CHANGES, max_size=10), st.integers(0, 10))
def test_replay_in_two_steps_is_replay_in_one_and_leaves_a_sound_taxonomy(
    changes: list[OverlayChange], cut: int
) -> None:
    listed = entries(*changes)
    whole = apply_overlay(BASE, listed)
    assert apply_overlay(apply_overlay(BASE, listed[:cut]), listed[cut:]) == whole
    assert repr(apply_overlay(BASE, listed)) == repr(whole)
    found = whole.taxonomy
    # whoever builds it anew finds every reference and every invariant in order
    Taxonomy.of(found.name, found.version, found.skills.values(), found.relations, found.occupations.values())
    assert set(whole.meanings.values()) <= set(found.skills)
    assert not set(whole.meanings) & set(found.skills)
    draft = Draft.of(found, {}, {}, {})
    for skill in found.skills.values():
        assert not any(draft.reaches(above, skill.id) for above in skill.broader), "nothing lies above itself"


@settings(max_examples=100, deadline=None)
@given(st.lists(CHANGES, max_size=8))
def test_what_the_rules_let_through_applies_without_a_clash(changes: list[OverlayChange]) -> None:
    taken: list[OverlayEntry] = []
    for change in changes:
        new = OverlayEntry(len(taken) + 1, change, "Ada", DAY)
        state = apply_overlay(BASE, taken)
        try:
            check_entry(BASE, taken, Draft.of(state.taxonomy, state.meanings, state.successors, state.notes), new)
        except (ConflictError, NotFoundError):
            continue
        taken.append(new)
    assert {line.state for line in apply_overlay(BASE, taken).lines} <= {EntryState.APPLIED}

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from skillmatch.domain.roles.role import Occupation, Requirement, RequirementKind
from skillmatch.domain.skills.skill import RelationKind, Skill, SkillRelation, SkillType
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.taxonomy.diff import ChangeKind, Subject, diff_taxonomies
from skillmatch.taxonomy.onet import read_onet

NEED = Requirement("a", 3.0, 1.0)
OLD = Taxonomy.of(
    "ours",
    "1",
    [Skill("a", "Alpha", ("first",)), Skill("b", "Beta"), Skill("c", "Gamma", broader=("a",)), Skill("d", "Delta")],
    [SkillRelation("a", RelationKind.RELATED, "b")],
    [Occupation("o", "Cook", requirements=(NEED, Requirement("b", 2.0))), Occupation("p", "Clerk")],
)
NEW = Taxonomy.of(
    "ours",
    "2",
    [
        Skill("a", "Alpha 2", ("one", "uno"), "Said.", SkillType.KNOWLEDGE, field="letters"),
        Skill("c", "Gamma", broader=("e",), deprecated=True),
        Skill("d", "Delta"),
        Skill("e", "Epsilon"),
    ],
    [SkillRelation("a", RelationKind.ESSENTIAL, "c")],
    [
        Occupation("o", "Cook", requirements=(replace(NEED, level=4.0), Requirement("d", 1.0))),
        Occupation("q", "Driver", requirements=(NEED,)),
    ],
)


def test_every_kind_of_change_is_told_once() -> None:
    told = [
        (item.subject.value, item.kind.value, item.id, item.before, item.after)
        for item in diff_taxonomies(OLD, NEW).changes
    ]
    assert told == [
        ("skill", "renamed", "a", "Alpha", "Alpha 2"),
        ("skill", "aliases changed", "a", "first", "one | uno"),
        ("skill", "description changed", "a", "", "Said."),
        ("skill", "type changed", "a", "skill", "knowledge"),
        ("skill", "field changed", "a", "", "letters"),
        ("skill", "removed", "b", "Beta", ""),
        ("skill", "moved", "c", "a", "e"),
        ("skill", "deprecated", "c", "", ""),
        ("skill", "added", "e", "", "Epsilon"),
        ("relation", "added", "a", "", "essential: Gamma"),
        ("relation", "removed", "a", "related: Beta", ""),
        ("occupation", "removed", "p", "Clerk", ""),
        ("occupation", "added", "q", "", "Driver"),
        ("requirement", "changed", "o", "essential, level 3, weight 1", "essential, level 4, weight 1"),
        ("requirement", "removed", "o", "essential, level 2, weight 1", ""),
        ("requirement", "added", "o", "", "essential, level 1, weight 1"),
    ]  # fmt: skip


def test_the_same_taxonomy_has_no_difference() -> None:
    diff = diff_taxonomies(OLD, OLD)
    assert diff.changes == ()
    assert diff.headline() == "ours 1 to ours 1: no difference"


def test_back_and_forth_mirror_each_other() -> None:
    there, back = diff_taxonomies(OLD, NEW), diff_taxonomies(NEW, OLD)
    assert len(there.of(Subject.SKILL, ChangeKind.ADDED)) == len(back.of(Subject.SKILL, ChangeKind.REMOVED)) == 1
    assert len(back.of(Subject.SKILL, ChangeKind.RESTORED)) == 1
    assert len(there.changes) == len(back.changes)


def test_the_views_agree() -> None:
    diff = diff_taxonomies(OLD, NEW)
    told = diff.to_json()
    assert told["old"] == {"name": "ours", "version": "1"}
    assert told["counts"]["requirement"] == {"added": 1, "removed": 1, "changed": 1}
    assert told["changes"] == list(diff.rows())
    assert len(diff.of(Subject.SKILL)) == 9
    assert repr(diff) == (
        "<TaxonomyDiff: ours 1 to ours 2: 9 skill changes, 2 relation changes, 2 occupation changes, "
        "3 requirement changes>"
    )
    assert "<table" in diff._repr_html_()


def test_a_requirement_names_both_its_ends() -> None:
    (changed,) = diff_taxonomies(OLD, NEW).of(Subject.REQUIREMENT, ChangeKind.CHANGED)
    assert (changed.id, changed.other, changed.label) == ("o", "a", "Cook: Alpha 2")
    assert RequirementKind.ESSENTIAL.value in changed.before


@pytest.mark.slow
@pytest.mark.shared
def test_real_releases_compare(shared_data: Path) -> None:
    taxonomy = read_onet(shared_data / "onet-29.3").taxonomy
    fewer = replace(taxonomy, version="29.4", occupations={})
    assert diff_taxonomies(taxonomy, fewer).counts()["occupation"] == {"removed": 1_016}
    assert diff_taxonomies(taxonomy, taxonomy).changes == ()

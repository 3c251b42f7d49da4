"""A profile against a role: the five states, coverage, order and status."""

from __future__ import annotations

import json

import pytest
from tests.gaps.conftest import AS_OF, VERSIONS

from skillmatch.domain.base.answer import Status
from skillmatch.domain.people.gap import GapState, Profile
from skillmatch.domain.people.question import QuestionKind
from skillmatch.domain.roles.role import Requirement, RequirementKind, Role
from skillmatch.gaps.asking import expected
from skillmatch.gaps.gap import attains, coverage, find_gap


def need(skill: str, level: float = 4.0, weight: float = 1.0, kind: str = "essential") -> Requirement:
    return Requirement(skill, level, weight, RequirementKind(kind))


def test_a_dozen_skills(gap_of):
    # Twelve requirements of equal weight, each at level 4. What each adds to the sum of shares:
    levels = {
        "sql": 4, "git": 4, "excel": 4, "writing": 4,  # met: 1 each, 4 in all
        "english": 5,  # exceeds, yet counts no more than 1
        "python": 2, "tableau": 2, "statistics": 2,  # half way: 0.5 each, 1.5 in all
        "law": 0,  # known to be absent: 0
    }  # fmt: skip
    unknown = ["negotiation", "french", "ethics"]  # nothing is known: 0
    gap = gap_of(levels, *(need(skill) for skill in [*levels, *unknown]))
    # (4 + 1 + 1.5) / 12 = 6.5 / 12
    assert gap.coverage == round(6.5 / 12, 6)
    assert {state: gap.count(state) for state in GapState} == {
        GapState.MET: 4,
        GapState.EXCEEDS: 1,
        GapState.PARTIAL: 3,
        GapState.MISSING: 1,
        GapState.UNKNOWN: 3,
    }
    assert gap.status is Status.PARTIAL  # three are unknown


@pytest.mark.parametrize(
    ("level", "state"),
    [
        (None, GapState.UNKNOWN),
        (0.0, GapState.MISSING),
        (0.49, GapState.MISSING),
        (0.5, GapState.PARTIAL),
        (2.74, GapState.PARTIAL),
        (2.75, GapState.MET),  # within a quarter of a level no source can tell
        (3.0, GapState.MET),
        (3.99, GapState.MET),
        (4.0, GapState.EXCEEDS),
    ],
)
def test_states_of_a_requirement_at_level_3(gap_of, level, state):
    gap = gap_of({} if level is None else {"sql": level}, need("sql", 3), need("other", 3))
    assert {item.requirement.skill_id: item.state for item in gap.items}["sql"] is state


def test_level_0_never_meets_a_requirement_however_small(gap_of):
    # 0.2 lies within the tolerance of 0; to know nothing is not to meet it, and not to be known is not either.
    gap = gap_of({"sql": 0}, need("sql", 0.2), need("git", 0.2))
    assert gap.coverage == 0.0
    assert [item.state for item in gap.items] == [GapState.UNKNOWN, GapState.MISSING]
    assert not attains(0.0, 0.2)
    assert attains(0.01, 0.2)


def test_weights_count(gap_of):
    # sql weighs 3 and is met, git weighs 1 and is absent: 3 / 4
    assert gap_of({"sql": 4, "git": 0}, need("sql", weight=3), need("git")).coverage == 0.75


def test_what_is_met_covers_everything(gap_of):
    # 2.75 of 3 is met within the tolerance: no trace of 0.9167 in the coverage
    gap = gap_of({"sql": 2.75}, need("sql", 3))
    assert gap.coverage == 1.0
    assert gap.status is Status.NOTHING_TO_CLOSE


def test_order_essential_heavy_wide_then_by_name(gap_of):
    gap = gap_of(
        {"a": 3, "b": 1},
        need("z", weight=9, kind="optional"),
        need("a", 4),
        need("b", 4),
        need("heavy", weight=2),
        need("d", 4),
        need("c", 4),
        labels={"c": "Zebra", "d": "Ant"},
    )
    # heavy first; then 4 levels wide (Ant, Zebra), 3 wide (b), 1 wide (a); the optional one last for all its weight
    assert [item.requirement.skill_id for item in gap.items] == ["heavy", "d", "c", "b", "a", "z"]
    assert [item.shortfall for item in gap.items] == [4, 4, 4, 3, 1, 4]


def test_labels_are_used_and_an_id_stands_in(gap_of):
    gap = gap_of({}, need("sql"), need("git"), labels={"sql": "SQL"})
    assert {item.label for item in gap.items} == {"SQL", "git"}


def test_a_role_without_requirements_is_no_success(gap_of):
    gap = gap_of({"sql": 5})
    assert gap.status is Status.INSUFFICIENT_DATA
    assert gap.coverage == 0.0
    assert "insufficient data" in gap.headline()


def test_a_person_without_evidence_is_no_success(gap_of):
    gap = gap_of({}, need("sql"))
    assert gap.status is Status.INSUFFICIENT_DATA
    assert gap.items[0].state is GapState.UNKNOWN
    assert gap.items[0].attained is None


def test_evidence_for_other_skills_says_nothing_about_the_role(gap_of):
    assert gap_of({"cooking": 5}, need("sql")).status is Status.INSUFFICIENT_DATA


def test_each_line_carries_its_evidence(gap_of):
    gap = gap_of({"sql": 2}, need("sql"), need("git"))
    evidence = {item.requirement.skill_id: item.evidence for item in gap.items}
    assert [piece.level for piece in evidence["sql"]] == [2]
    assert evidence["git"] == ()


def test_coverage_of_levels_alone():
    role = Role("r", "R", requirements=(need("sql", 4), need("git", 2)))
    assert coverage(role, {}) == 0.0
    assert coverage(role, {"sql": 2}) == 0.25  # half of one of two
    assert coverage(role, {"sql": 5, "git": 5, "more": 5}) == 1.0
    assert coverage(Role("r", "R"), {"sql": 5}) == 0.0


def test_json_says_everything(gap_of):
    gap = gap_of({"sql": 2}, need("sql", 4))
    told = json.loads(json.dumps(gap.to_json()))
    assert told["coverage"] == 0.5
    assert told["status"] == "ok"
    assert told["items"][0] | {"evidence": []} == {
        "skill_id": "sql",
        "label": "sql",
        "required": 4.0,
        "attained": 2.0,
        "low": 1.359224,
        "high": 2.640776,
        "levels": [0.00135, 0.157305, 0.682689, 0.157305, 0.00135, 0.0],
        "chance": 0.000233,
        "weight": 1.0,
        "essential": True,
        "state": "partial",
        "thin": False,
        "contradictory": False,
        "through": None,
        "question": None,
        "evidence": [],
    }
    assert told["items"][0]["evidence"][0]["source"] == "assessment"
    assert told["versions"]["taxonomy"] == "starter-1"


def test_the_role_held_today_is_named():
    person = Profile("hr/ada", AS_OF)
    gap = find_gap(person, Role("r", "R", requirements=(need("sql"),)), {}, VERSIONS, current_role="r")
    assert gap.is_current_role
    assert "the role they have today" in gap.headline()
    assert not find_gap(person, Role("r", "R"), {}, VERSIONS, current_role="other").is_current_role


def test_the_unknown_comes_with_the_cheapest_question_that_settles_it(gap_of):
    gap = gap_of({}, need("sql", 3), need("art", 3, kind="optional"), need("law", 5))
    kinds = {item.requirement.skill_id: item.question.kind for item in gap.items}
    # One's own word leaves 18 % doubt at level 3: enough for what is optional. Few are experts, so asking them will do.
    assert kinds == {
        "sql": QuestionKind.ASK_MANAGER,
        "art": QuestionKind.ASK_PERSON,
        "law": QuestionKind.ASK_PERSON,
    }


def test_dearer_questions_tell_more():
    told = [expected(3.0, kind, None) for kind in QuestionKind]
    assert told == sorted(told)
    assert all(0.5 <= certainty <= 1 and 0 <= information <= 1 for certainty, information in told)

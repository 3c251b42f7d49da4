"""What users of other systems complain about, one test for each complaint: none of it may happen here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import fsum
from pathlib import Path

import pytest
from tests.service.conftest import CREDENTIALS, OCCUPATIONS, REQUIREMENTS, SKILLS, write

from skillmatch.domain.advice.advice import ExclusionReason, Limits
from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.catalogue.credential import Basis, Catalogue, Offering, SkillPrerequisite
from skillmatch.domain.people.gap import GapState
from skillmatch.domain.people.person import Award, AwardState, Evidence, EvidenceSource, Person
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.domain.skills.feedback import Verdict
from skillmatch.domain.skills.skill import Skill
from skillmatch.gaps.gap import find_gap
from skillmatch.gaps.kinship import Kinship
from skillmatch.gaps.profile import build_profile
from skillmatch.gaps.standing_in import stand_in
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace

AS_OF = date(2026, 3, 2)
YESTERDAY, LONG_AGO = AS_OF - timedelta(days=1), AS_OF - timedelta(days=900)


@pytest.fixture
def workspace(tmp_path: Path):
    """The dozen skills and their catalogue, with an encoder of letters."""
    folder = write(tmp_path / "taxonomy", skills=SKILLS, occupations=OCCUPATIONS, requirements=REQUIREMENTS)
    (folder / "taxonomy.toml").write_text('name = "dozen"\nversion = "1"\n')
    with Workspace.open(tmp_path / "workspace", create=True, encoder=NgramEncoder()) as opened:
        assert opened.taxonomy.import_from(Layout.TABLE, folder).applied
        yield opened


@pytest.mark.parametrize("level", [2.8, 3.0, 5.0])  # within a quarter of a level, exactly, and far above
def test_a_skill_the_person_plainly_has_is_not_shown_as_missing(case_of, course, level):
    case = case_of({"sql": level}, {"sql": 3}, course("a", {"sql": 3}))
    assert [item.state for item in case.gap.items] in ([GapState.MET], [GapState.EXCEEDS])
    assert (case.rank().status, case.rank().recommendations) == (Status.NOTHING_TO_CLOSE, ())


def test_a_skill_plainly_had_under_its_former_name_is_not_shown_as_missing():
    skills = {"new": Skill("new", "Wound care"), "x": Skill("x", "Other")}
    person = Person("p", "P", evidence=(Evidence("old", 4, EvidenceSource.ASSESSMENT, AS_OF),))
    role = Role("r", "R", requirements=(Requirement("new", 3),))
    profile = build_profile(person, Catalogue.of(()), AS_OF)
    (item,) = find_gap(
        stand_in(profile, role, Kinship(skills, same={"old": "new"})), role, {}, Versions("1", "t", "e", "l", "s")
    ).items
    assert item.state in (GapState.MET, GapState.EXCEEDS)


@pytest.mark.parametrize(
    ("award", "reason"),
    [
        (Award("a", AwardState.HELD, LONG_AGO), ExclusionReason.HELD),
        (Award("a", AwardState.IN_PROGRESS, YESTERDAY), ExclusionReason.IN_PROGRESS),
        (Award("same", AwardState.HELD, YESTERDAY), ExclusionReason.EQUIVALENT_HELD),
        (Award("same", AwardState.IN_PROGRESS, YESTERDAY), ExclusionReason.EQUIVALENT_HELD),
    ],
)
def test_a_finished_running_or_equivalent_course_is_not_recommended(case_of, course, award, reason):
    # The manager says 0 all the same, so that it would help if it were taken again.
    case = case_of({"sql": 0}, {"sql": 5}, course("a", {"sql": 3}), course("same", {"sql": 3}), awards=[award])
    advice = case.rank()
    assert "a" not in {item.credential_id for item in advice.recommendations}
    assert "a" not in {step.credential_id for step in case.pathway().steps}
    assert {item.credential_id: item.reason for item in advice.excluded}["a"] is reason


def test_recognised_learning_is_not_recommended(case_of, course):
    case = case_of({"sql": 0}, {"sql": 3}, course("a", {"sql": 3}), recognised=["a"])
    assert case.rank().recommendations == ()
    assert [item.reason for item in case.rank().excluded] == [ExclusionReason.PRIOR_LEARNING]


COHORT = Offering("o", "a", AS_OF + timedelta(days=9), AS_OF + timedelta(days=20), seats=0)


@pytest.mark.parametrize(
    ("fields", "limits", "reason", "said"),
    [
        ({"valid_until": YESTERDAY}, Limits(), ExclusionReason.EXPIRED, "was on offer until 2026-03-01"),
        ({"language": "de"}, Limits(languages=("en",)), ExclusionReason.WRONG_LANGUAGE, "is taught in de, not in en"),
        ({"hours": 50.0}, Limits(hours=40), ExclusionReason.TOO_LONG, "takes 50 hours; 40 are there"),
        ({"weeks": 9.0}, Limits(weeks=8), ExclusionReason.TOO_LONG, "takes 9 weeks; 8 are there"),
        ({}, Limits(weeks=4, hours_per_week=2), ExclusionReason.TOO_LONG, "takes 5 weeks; 4 are there"),
        ({"cost": 90.0}, Limits(cost=80), ExclusionReason.TOO_EXPENSIVE, "costs 90 EUR; 80 are there"),
        ({"offerings": (COHORT,)}, Limits(), ExclusionReason.NO_SEATS, "every coming cohort is full"),
        (
            {"requires_skills": (SkillPrerequisite("git", 2),)},
            Limits(),
            ExclusionReason.PREREQUISITE_MISSING,
            "needs git at level 2; nothing is known",
        ),
        ({"requires_credentials": ("b",)}, Limits(), ExclusionReason.PREREQUISITE_MISSING, "needs 'Course b' first"),
    ],
)
def test_what_cannot_be_taken_is_left_out_with_the_reason(case_of, course, fields, limits, reason, said):
    case = case_of({"sql": 0}, {"sql": 3}, course("a", {"sql": 3}, **fields), course("b", {"x": 1}), limits=limits)
    (left_out,) = case.rank().excluded
    assert case.rank().recommendations == ()
    assert (left_out.credential_id, left_out.reason, left_out.detail) == ("a", reason, said)


def test_boilerplate_does_not_turn_into_skills(workspace: Workspace):
    found = workspace.extract(
        "Requirements\n- Wound care\n\nWe are an equal opportunity employer. All qualified applicants will receive "
        "consideration without regard to race, religion or gender.\n\nBenefits\n- Private health care and a pension\n"
    )
    assert [item.skill_id for item in found.skills] == ["care.wounds"]
    assert any("equal opportunity" in item.quote for item in found.left_out)


@pytest.mark.parametrize(
    ("knows", "needs", "courses", "status"),
    [
        ({}, {"sql": 3}, 1, Status.INSUFFICIENT_DATA),  # nothing is known of the person
        ({"sql": 2}, {}, 1, Status.INSUFFICIENT_DATA),  # the role requires nothing
        ({"sql": 2}, {"sql": 3}, 0, Status.NO_RECOMMENDATION),  # the catalogue is empty
    ],
)
def test_an_empty_result_does_not_look_like_success(case_of, course, knows, needs, courses, status):
    case = case_of(knows, needs, *[course("a", {"sql": 3})][:courses])
    assert case.rank().status is status
    assert status.value in case.rank().headline()
    path = case.pathway()
    assert path.status in (Status.INSUFFICIENT_DATA, Status.NO_PATHWAY)
    assert path.detail


def test_a_score_is_explained_by_its_reasons_and_a_number_by_its_interval(case_of, course):
    case = case_of({"sql": 1, "git": 0}, {"sql": 4, "git": 2}, course("a", {"sql": 3, "git": 2}))
    (item,) = case.rank().recommendations
    assert round(fsum(reason.contribution for reason in item.reasons), 6) == item.score
    assert {reason.skill_id for reason in item.reasons} == {"sql", "git"}
    assert 0 < item.low < item.closure < item.high < item.gain
    assert 0 < item.chance.low < item.chance.both < item.chance.high < 1


def test_five_stars_from_three_people_do_not_beat_4_6_from_three_thousand(case_of, course):
    few = course("a-few", {"sql": 3}, rating=5.0, rating_count=3)
    many = course("many", {"sql": 3}, rating=4.6, rating_count=3_000)
    first, second = case_of({"sql": 0}, {"sql": 3}, few, many).rank().recommendations
    assert (first.credential_id, second.credential_id) == ("many", "a-few")
    assert first.score > second.score
    none = replace(few, id="none", rating=None, rating_count=0)
    order = [item.credential_id for item in case_of({"sql": 0}, {"sql": 3}, few, none).rank().recommendations]
    assert order == ["a-few", "none"]  # what little they say counts a little


def test_a_re_import_does_not_override_what_a_human_decided(workspace: Workspace, tmp_path: Path):
    folder = write(tmp_path / "catalogue", credentials=CREDENTIALS)
    assert workspace.catalogue.import_from(folder).applied
    workspace.matching.feedback.give(Verdict.PIN, "dressing wounds", "care.doses", author="Ada", on=AS_OF)
    for _ in range(2):
        stated = [
            item.skill_id for item in workspace.catalogue.credentials.get("C2").outcomes if item.basis is Basis.STATED
        ]
        assert stated == ["care.doses"]
        assert workspace.catalogue.import_from(folder).applied
        assert workspace.taxonomy.import_from(Layout.TABLE, tmp_path / "taxonomy").applied


def test_a_long_answer_is_one_short_table_and_no_widgets(case_of, course):
    courses = [course(f"c{n:03}", {f"s{n}": 3}) for n in range(300)]
    advice = case_of({f"s{n}": 0 for n in range(300)}, {f"s{n}": 3 for n in range(300)}, *courses).rank(300)
    assert len(advice.recommendations) == 300
    html = advice._repr_html_()
    assert (html.count("<table"), html.count("<tr")) == (1, 21)
    assert len(html) < 25_000


def test_near_copies_do_not_fill_the_list(case_of, course):
    copies = [course(f"copy-{n}", {"sql": 3}) for n in range(5)]
    others = [course(f"{skill}-course", {skill: 1.0}, hours=30) for skill in ("a", "b", "c")]
    case = case_of(dict.fromkeys(("sql", "a", "b", "c"), 0), dict.fromkeys(("sql", "a", "b", "c"), 3), *copies, *others)
    advice = case.rank(5)
    assert [item.credential_id for item in advice.recommendations[:4]] == ["copy-0", "a-course", "b-course", "c-course"]
    assert [item.fresh > 0 for item in advice.recommendations] == [True] * 4 + [False]

"""The walk from people and roles to gap, recommendations and pathway, worked out by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from tests.service.conftest import NOW

from skillmatch.domain.advice.advice import ExclusionReason, Preference
from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.base.answer import Status
from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError
from skillmatch.domain.people.gap import GapState
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.imports.report import ImportOptions
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace

PACE = Pace(hours_per_week=5, weeks=20)


def test_the_gap_by_hand(full: Workspace) -> None:
    """Hygiene 2 of 4, wounds 1 of 4, teamwork unknown: (1 x 0.5 + 1 x 0.25 + 0.5 x 0) / 2.5 = 0.3."""
    gap = full.gap("P1", "R1")
    assert gap.coverage == pytest.approx(0.3)
    assert {item.label: item.state for item in gap.items} == {
        "Hand hygiene": GapState.PARTIAL,
        "Wound care": GapState.PARTIAL,
        "Teamwork": GapState.UNKNOWN,
    }
    assert gap.status is Status.PARTIAL
    assert gap.as_of == date(2026, 6, 1)


WORKS_OUT = 0.75 * 0.8
"""Nobody counted or rated these courses: 0.75 are completed, 0.8 of these reach the level."""


def expected_gain(workspace: Workspace) -> float:
    """1 / 2.5 of what Clean hands adds to 4 of 4, over the levels at which the person may stand; 4 is far from 0."""
    (hands,) = [item for item in workspace.gap("P1", "R1").items if item.label == "Hand hygiene"]
    adds = {0: 2 / 4, 1: 3 / 4, 2: 2 / 4, 3: 1 / 4, 4: 0, 5: 0}
    return sum(1 / 2.5 * adds[level] * part for level, part in enumerate(hands.levels))


def test_gain_and_score_by_hand(full: Workspace) -> None:
    """Clean hands leads to 4 of the 4 wanted, worth 1 / 2.5 of the role; from 0 it is two levels too far up.

    Its chance is 0.75 to complete x 0.8 to reach the level; it is divided by 1 + 10 / 40 + 100 / 1000 = 1.35.
    """
    advice = full.recommend("P1", "R1")
    hands = next(item for item in advice.recommendations if item.title == "Clean hands")
    likely = full.profile("P1").attainments["care.hygiene"].levels
    closes = (0.5, 0.75, 0.5, 0.25, 0.0, 0.0)  # share of the requirement that it adds from each level 0 to 5
    gain = sum(part * share for part, share in zip(likely, closes, strict=True)) / 2.5
    assert gain == pytest.approx(0.2, abs=0.01)  # 0.5 / 2.5, if the level were known to be 2
    assert hands.gain == pytest.approx(gain, abs=1e-5)
    assert hands.score == pytest.approx(gain * 0.75 * 0.8 / 1.35, abs=1e-5)
    for item in advice.recommendations:
        assert round(sum(reason.contribution for reason in item.reasons), 6) == item.score


def test_a_preference_for_short_courses_changes_the_score(full: Workspace) -> None:
    hands = full.recommend("P1", "R1", preference=Preference(hours_scale=10, cost_scale=None)).recommendations
    found = next(item for item in hands if item.title == "Clean hands")
    assert found.score == pytest.approx(found.gain * 0.75 * 0.8 / 2, abs=1e-6)


def test_what_is_held_or_lacks_a_prerequisite_is_left_out_with_the_reason(full: Workspace) -> None:
    reasons = {item.credential_id: item.reason for item in full.recommend("P1", "R1").excluded}
    assert reasons["own/C3"] is ExclusionReason.PREREQUISITE_MISSING
    assert {item.credential_id: item.reason for item in full.recommend("P2", "R1").excluded}["own/C1"] is (
        ExclusionReason.HELD
    )


def test_an_award_is_evidence_of_what_the_credential_teaches(full: Workspace) -> None:
    states = {item.label: item.state for item in full.gap("P2", "R1").items}
    assert states["Hand hygiene"] is GapState.MET


def test_the_pathway_keeps_to_prerequisites_cohort_and_pace(full: Workspace) -> None:
    path = full.pathway("P1", "R1", PACE)
    order = [step.credential_id for step in path.steps]
    assert order.index("own/C2") < order.index("own/C3")
    hands = next(step for step in path.steps if step.credential_id == "own/C1")
    assert (hands.start, hands.end, hands.offering_id) == (date(2026, 7, 6), date(2026, 7, 19), "own/O1")
    assert path.coverage_before == pytest.approx(0.3)
    assert path.coverage_after == path.steps[-1].coverage_after > 0.8


def test_no_time_gives_a_named_outcome_with_its_cause(full: Workspace) -> None:
    path = full.pathway("P1", "R1", Pace(hours_per_week=1, weeks=1))
    assert (path.status, path.steps) == (Status.NO_PATHWAY, ())
    assert path.detail


def test_a_person_nothing_is_known_of_is_not_called_without_gaps(full: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,name\nP3,Cy Dunn\n")
    full.people.import_from(path)
    assert full.gap("P3", "R1").status is Status.INSUFFICIENT_DATA
    assert full.recommend("P3", "R1").status is Status.INSUFFICIENT_DATA


def test_advice_for_everyone_equals_advice_one_by_one(full: Workspace) -> None:
    assert list(full.recommend_all("R1")) == [full.recommend(person.id, "R1") for person in full.people.all()]
    assert list(full.recommend_all(units=["Ward 1"])) == list(full.recommend_all("R1"))


def test_processes_that_share_the_work_give_the_same_answers_in_the_same_order(full: Workspace) -> None:
    alone = [answer.to_json() for answer in full.recommend_all("R1")]
    assert [answer.to_json() for answer in full.recommend_all("R1", workers=2)] == alone
    assert next(full.recommend_all("R1", workers=2)).to_json() == alone[0]  # whoever stops early waits for nobody


@pytest.mark.parametrize("workers", [0, -1, 65, 1.5])
def test_a_senseless_number_of_processes_is_refused(full: Workspace, workers: int) -> None:
    with pytest.raises(InputError, match="workers"):
        next(full.recommend_all("R1", workers=workers))


def test_a_credential_may_be_named_by_its_title(full: Workspace) -> None:
    for credential in full.catalogue.all().credentials.values():
        assert full.catalogue.credentials.get(credential.title.upper()).id == credential.id
    with pytest.raises(NotFoundError, match="credential"):
        full.catalogue.credentials.get("No such course")


def test_the_same_content_gives_the_same_bytes_in_another_workspace(full: Workspace, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "twin", create=True, encoder=NgramEncoder(), clock=lambda: NOW) as twin:
        twin.taxonomy.import_from(Layout.TABLE, tmp_path / "taxonomy")
        for load in (
            twin.people.import_from,
            twin.roles.import_from,
            twin.catalogue.import_from,
            twin.people.import_from,
        ):
            load(tmp_path / "organisation")  # type: ignore[operator]  # people first fail: their roles are unknown
        for ask in ("gap", "recommend"):
            one, other = (json.dumps(getattr(place, ask)("P1", "R1").to_json()) for place in (full, twin))
            assert one == other
        assert full.pathway("P1", "R1", PACE).to_json() == twin.pathway("P1", "R1", PACE).to_json()


def test_names_that_nothing_answers_to_bring_suggestions(full: Workspace) -> None:
    with pytest.raises(NotFoundError, match="Ward nurse"):
        full.gap("P1", "Ward nurs")
    with pytest.raises(NotFoundError, match="no person is called 'P77'"):
        full.gap("P77", "R1")
    with pytest.raises(NotFoundError, match="Wound care"):
        full.taxonomy.skill("wound")


def test_an_id_that_two_sources_use_must_be_said_in_full(full: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,name\nP1,Someone Else\n")
    full.people.import_from(path, options=ImportOptions(source="hris"))
    with pytest.raises(ConflictError, match="hris/P1, own/P1"):
        full.people.get("P1")


def test_a_role_from_an_occupation_is_suggested_until_governed(full: Workspace) -> None:
    role = full.roles.from_occupation("registered nurse")
    assert role.id == "own/nurse"
    assert {need.state.value for need in full.roles.get("Nurse").requirements} == {"suggested"}
    assert full.gap("P1", "nurse").coverage > 0


def test_the_pinned_day_is_the_day_of_every_answer(full: Workspace) -> None:
    full.pin_day(date(2027, 1, 1))
    assert full.gap("P1", "R1").as_of == date(2027, 1, 1)
    assert full.gap("P1", "R1", as_of=date(2026, 7, 1)).as_of == date(2026, 7, 1)
    full.pin_day(None)
    assert full.today() == date(2026, 6, 1)


def test_completion_is_learnt_from_the_data_of_the_catalogue(full: Workspace, tmp_path: Path) -> None:
    before = {item.title: item.chance.completing for item in full.recommend("P1", "R1").recommendations}
    path = tmp_path / "credentials.csv"
    path.write_text(
        "id,title,teaches,hours,cost,language,started,completed\nC1,Clean hands,Hand hygiene@4,10,100,en,400,80\n"
    )
    assert full.catalogue.import_from(path).applied
    after = {item.title: item.chance.completing for item in full.recommend("P1", "R1").recommendations}
    assert after["Clean hands"] < 0.3 < before["Clean hands"]
    assert after["Wounds one"] < before["Wounds one"], "what is counted of one says a little of the others"


def test_parity_is_told_of_five_people_and_no_fewer(full: Workspace, tmp_path: Path) -> None:
    assert full.team.parity("R1").status is Status.INSUFFICIENT_DATA
    (tmp_path / "people.csv").write_text("id,name,role\n" + "".join(f"Q{n},Person {n},R1\n" for n in range(4)))
    assert full.people.import_from(tmp_path / "people.csv").applied
    found = full.team.parity()
    assert (found.status, found.people) == (Status.OK, 6)
    assert round(sum(line.share_of_gap for line in found.lines), 5) == 1

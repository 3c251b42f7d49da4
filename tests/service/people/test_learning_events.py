"""Learning events: a completion changes the answer at once, telling it again changes nothing, bad ones are named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from skillmatch.domain.advice.advice import ExclusionReason
from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError
from skillmatch.domain.people.gap import GapState
from skillmatch.domain.people.learning_event import EventKind, EventOutcome, LearningEvent
from skillmatch.domain.people.person import Award, AwardState, EvidenceSource
from skillmatch.service.workspace import Workspace

DAY = date(2026, 5, 20)
DONE = LearningEvent("lms-1", "P1", EventKind.COMPLETED, DAY, "C1")


def awards(workspace: Workspace, person: str = "P1") -> tuple[Award, ...]:
    return workspace.people.get(person).awards


def test_a_completion_is_an_award_and_the_answer_changes_at_once(full: Workspace) -> None:
    assert "own/C1" in [item.credential_id for item in full.recommend("P1", "R1").recommendations]
    (taken,) = full.learning.take([DONE])
    assert (taken.outcome, taken.changed, taken.event.person_id) == (EventOutcome.TAKEN, True, "own/P1")
    assert awards(full) == (Award("own/C1", AwardState.HELD, DAY),)
    hygiene = next(item for item in full.gap("P1", "R1").items if item.label == "Hand hygiene")
    assert hygiene.state is not GapState.PARTIAL or hygiene.attained is None or hygiene.attained > 2
    advice = full.recommend("P1", "R1")
    assert "own/C1" not in [item.credential_id for item in advice.recommendations]


def test_a_start_makes_it_run_and_its_completion_ends_that(full: Workspace) -> None:
    full.learning.take([LearningEvent("s1", "P1", EventKind.STARTED, date(2026, 5, 1), "C2")])
    left_out = {item.credential_id: item.reason for item in full.recommend("P1", "R1").excluded}
    assert left_out["own/C2"] is ExclusionReason.IN_PROGRESS
    progress = LearningEvent("p1", "P1", EventKind.PROGRESS, date(2026, 5, 10), "C2", value=0.5)
    (taken,) = full.learning.take([progress])
    assert not taken.changed  # it runs already
    full.learning.take([LearningEvent("c1", "P1", EventKind.COMPLETED, DAY, "C2")])
    assert [item.state for item in awards(full)] == [AwardState.IN_PROGRESS, AwardState.HELD]
    left_out = {item.credential_id: item.reason for item in full.recommend("P1", "R1").excluded}
    assert left_out["own/C2"] is ExclusionReason.HELD
    # A start that is told late, or on the day of the completion, does not undo it.
    full.learning.take(
        [
            LearningEvent("s2", "P1", EventKind.STARTED, date(2026, 4, 1), "C2"),
            LearningEvent("s3", "P1", EventKind.STARTED, DAY, "C2"),
        ]
    )
    assert full.recommend("P1", "R1").excluded[0].reason is ExclusionReason.HELD


def test_telling_it_again_changes_nothing_and_otherwise_is_refused(full: Workspace) -> None:
    full.learning.take([DONE])
    before = full.people.get("P1")
    (again,) = full.learning.take([replace(DONE, person_id="own/P1")])
    assert (again.outcome, again.changed) == (EventOutcome.KNOWN, False)
    for other in (
        replace(DONE, on=date(2026, 5, 21)),
        replace(DONE, person_id="P2"),
        replace(DONE, credential_id="C2"),
    ):
        with pytest.raises(ConflictError, match="lms-1"):
            full.learning.take([other])
    with pytest.raises(InputError, match="twice"):
        full.learning.take([replace(DONE, id="x"), replace(DONE, id="x")])
    assert full.people.get("P1") == before
    assert len(full.learning.events("P1").items) == 1


def test_a_score_of_a_skill_is_an_assessment_the_others_are_kept(full: Workspace) -> None:
    score = LearningEvent("e1", "P1", EventKind.SCORE, DAY, skill_id="Teamwork", value=3)
    exam = LearningEvent("e2", "P1", EventKind.SCORE, DAY, "C1", value=0.9)
    stars = LearningEvent("e3", "P1", EventKind.RATING, DAY, "C1", value=4)
    assert [item.changed for item in full.learning.take([score, exam, stars])] == [True, False, False]
    (piece,) = [item for item in full.people.get("P1").evidence if item.skill_id == "soft.teamwork"]
    assert (piece.level, piece.source, piece.note) == (3, EvidenceSource.ASSESSMENT, "event e1")
    assert [item.id for item in full.learning.events().items] == ["e1", "e2", "e3"]
    assert awards(full) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"credential_id": None}, "credential"),
        ({"skill_id": "it.sql"}, "credential"),
        ({"value": 1.0}, "value"),
        ({"kind": EventKind.RATING}, "value"),
        ({"kind": EventKind.RATING, "value": 6.0}, "value"),
        ({"kind": EventKind.SCORE, "value": 1.5}, "value"),
        ({"kind": EventKind.PROGRESS, "value": -0.1}, "value"),
        ({"kind": EventKind.PROGRESS, "value": float("nan")}, "value"),
        ({"credential_id": None, "skill_id": "it.sql"}, "skill"),
        ({"id": " "}, "id"),
    ],
)
def test_wrong_events_cannot_be_made(change: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as caught:
        replace(DONE, **change)  # type: ignore[arg-type]
    assert caught.value.place.field == field


def test_unknown_names_and_days_to_come_are_refused_and_nothing_is_taken(full: Workspace) -> None:
    for other in ({"person_id": "P9"}, {"credential_id": "C99"}):
        with pytest.raises(NotFoundError):
            full.learning.take([DONE, replace(DONE, id="lms-2", **other)])  # type: ignore[arg-type]
    with pytest.raises(InputError, match="future"):
        full.learning.take([replace(DONE, on=date(2026, 6, 2))])
    assert full.learning.events().items == ()
    assert awards(full) == ()


def test_a_file_of_events_names_each_bad_row(full: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(
        "id,person,kind,date,credential,skill,value\n"
        "1,P1,completed,2026-05-20,C1,,\n"
        "2,P9,completed,2026-05-20,C1,,\n"
        "3,P1,completed,2026-05-20,C99,,\n"
        "4,P1,score,2026-05-20,,Juggling,3\n"
        "5,P1,rating,2026-05-20,C1,,9\n"
        "6,P1,danced,2026-05-20,C1,,\n"
        "7,P1,completed,2027-05-20,C1,,\n"
        "1,P2,completed,2026-05-20,C1,,\n"
    )
    report = full.learning.import_from(path)
    places = [(item.place.line, item.place.field) for item in report.rejected]
    assert places == [
        (3, "person"),
        (4, "credential"),
        (5, "skill"),
        (6, "value"),
        (7, "kind"),
        (8, "date"),
        (9, "id"),
    ]
    assert (report.applied, full.learning.events().items) == (False, ())
    assert full.learning.import_from(path, keep_going=True).added == 1
    assert awards(full) == (Award("own/C1", AwardState.HELD, DAY),)
    path = tmp_path / "more.ndjson"
    path.write_text(
        '{"id": "1", "person": "P1", "kind": "completed", "date": "2026-05-20", "credential": "C1"}\n'
        '{"id": "8", "person": "P2", "kind": "progress", "date": "2026-05-20", "credential": "C2", "value": 0.5}\n'
    )
    assert full.learning.import_from(path, dry_run=True).added == 0
    report = full.learning.import_from(path)
    assert (report.added, report.unchanged) == (1, 1)
    assert Award("own/C2", AwardState.IN_PROGRESS, DAY) in awards(full, "P2")

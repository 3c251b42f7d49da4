"""Disputes: when a person is right the answer changes, shows why, and no import takes it back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from skillmatch.domain.advice.advice import ExclusionReason
from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError
from skillmatch.domain.people.attainment import SetAside
from skillmatch.domain.people.dispute import DisputeVerdict
from skillmatch.domain.people.gap import GapState
from skillmatch.domain.people.person import EvidenceSource
from skillmatch.service.workspace import Workspace

KIM = {"by": "Kim", "note": "Spoke with both."}
UPHELD, REJECTED = DisputeVerdict.UPHELD, DisputeVerdict.REJECTED


def item(workspace: Workspace, label: str, person: str = "P1"):  # type: ignore[no-untyped-def]
    return next(one for one in workspace.gap(person, "R1").items if one.label == label)


def test_a_dispute_changes_nothing_until_it_is_upheld(full: Workspace) -> None:
    before = full.gap("P1", "R1")
    line = full.disputes.submit("P1", skill="Hand hygiene", reason="I do it every day.")
    assert (line.label, line.dispute.decision) == ("Hand hygiene", None)
    assert full.gap("P1", "R1") == before
    full.disputes.decide(line.dispute.id, REJECTED, **KIM)
    assert full.gap("P1", "R1") == before
    assert full.disputes.all(undecided=True).lines == ()


def test_upheld_with_a_level_corrects_the_profile_and_keeps_what_was_said(full: Workspace) -> None:
    assert item(full, "Hand hygiene").attained == 2.0
    line = full.disputes.submit("P1", skill="hand washing", reason="I do it every day.")
    full.disputes.decide(line.dispute.id, UPHELD, level=4, **KIM)
    now = item(full, "Hand hygiene")
    assert (now.state, now.attained) == (GapState.MET, 4.0)
    assert [piece.source for piece in now.evidence] == [EvidenceSource.RECOGNITION]
    assert "Kim" in now.evidence[0].note
    ignored = full.profile("P1").ignored
    assert [(one.evidence.skill_id, one.reason) for one in ignored] == [("care.hygiene", SetAside.DISPUTED)]
    assert len(full.people.get("P1").evidence) == 3  # nothing was deleted
    assert all(one.credential_id != "own/C1" for one in full.recommend("P1", "R1").recommendations)


def test_upheld_without_a_level_leaves_it_unknown(full: Workspace) -> None:
    line = full.disputes.submit("P1", skill="Wound care", reason="I never said that.")
    full.disputes.decide(line.dispute.id, UPHELD, **KIM)
    assert item(full, "Wound care").state is GapState.UNKNOWN


def test_an_import_does_not_take_it_back_and_what_is_said_later_counts(full: Workspace, tmp_path: Path) -> None:
    line = full.disputes.submit("P1", skill="Hand hygiene", reason="I do it every day.", on=date(2026, 5, 1))
    full.disputes.decide(line.dispute.id, UPHELD, level=4, on=date(2026, 5, 1), **KIM)
    path = tmp_path / "again.csv"
    path.write_text("person,skill,level,source,date\nP1,Hand hygiene,1,manager,2026-04-30\n")
    full.people.import_from(path, what="evidence")
    assert item(full, "Hand hygiene").attained == 4.0
    path.write_text("person,skill,level,source,date\nP1,Hand hygiene,0,assessment,2026-05-20\n")
    full.people.import_from(path, what="evidence")
    assert item(full, "Hand hygiene").attained < 4.0
    # Asked for a day before the decision the answer is the old one.
    assert {one.reason for one in full.profile("P1", as_of=date(2026, 4, 1)).ignored} <= {SetAside.IN_FUTURE}


def test_one_source_only_can_be_disputed_an_award_too(full: Workspace) -> None:
    assert item(full, "Hand hygiene", "P2").attained == 4.0  # by the award C1
    line = full.disputes.submit(
        "P2", skill="Hand hygiene", source=EvidenceSource.MANAGER, reason="Not the manager's business."
    )
    full.disputes.decide(line.dispute.id, UPHELD, **KIM)
    assert item(full, "Hand hygiene", "P2").attained == 4.0
    line = full.disputes.submit("P2", skill="Hand hygiene", source=EvidenceSource.AWARD, reason="I forgot it all.")
    full.disputes.decide(line.dispute.id, UPHELD, level=1, **KIM)
    assert item(full, "Hand hygiene", "P2").attained == 1.0


def test_the_latest_of_two_rulings_counts(full: Workspace) -> None:
    for level, day in ((4, date(2026, 5, 1)), (1, date(2026, 5, 2))):
        line = full.disputes.submit("P1", skill="Hand hygiene", reason=f"It is {level}.", on=day)
        full.disputes.decide(line.dispute.id, UPHELD, level=level, on=day, **KIM)
    assert item(full, "Hand hygiene").attained == 1.0


def test_a_recommendation_objected_to_is_left_out_everywhere_and_says_why(full: Workspace) -> None:
    assert "own/C1" in [one.credential_id for one in full.recommend("P1", "R1").recommendations]
    line = full.disputes.submit("P1", credential="C1", reason="The agents make me ill.")
    full.disputes.decide(line.dispute.id, UPHELD, by="Kim", note="Allergy confirmed.")
    advice = full.recommend("P1", "R1")
    assert "own/C1" not in [one.credential_id for one in advice.recommendations]
    out = next(one for one in advice.excluded if one.credential_id == "own/C1")
    assert (out.reason, "Allergy confirmed" in out.detail) == (ExclusionReason.DISPUTED, True)
    why = full.why("P1", "R1", "C1")
    assert why.exclusion == out
    steps = full.pathway("P1", "R1", Pace(5, 40)).steps
    assert "own/C1" not in [one.credential_id for one in steps]
    # For others it stays what it was.
    other = full.recommend("P2", "R1").excluded
    assert ExclusionReason.DISPUTED not in [one.reason for one in other]


def test_history_is_kept_and_nothing_is_decided_twice_or_by_oneself(full: Workspace) -> None:
    line = full.disputes.submit("P1", credential="C1", reason="Too far away.")
    assert full.disputes.submit("P1", credential="C1", reason=" Too far away. ") == line
    for own in ("P1", "own/P1", "ada berg"):
        with pytest.raises(ConflictError, match="cannot decide"):
            full.disputes.decide(line.dispute.id, UPHELD, by=own, note="I agree with myself.")
    full.disputes.decide(line.dispute.id, REJECTED, **KIM)
    with pytest.raises(ConflictError, match="rejected by Kim"):
        full.disputes.decide(line.dispute.id, UPHELD, **KIM)
    (kept,) = full.disputes.all("P1").lines
    assert kept.dispute.decision is not None
    assert (kept.dispute.decision.by, kept.dispute.decision.note) == ("Kim", "Spoke with both.")
    assert full.disputes.all("P2").lines == ()


def test_what_makes_no_sense_is_refused(full: Workspace) -> None:
    for given in ({}, {"skill": "Teamwork", "credential": "C1"}, {"credential": "C1", "source": EvidenceSource.SELF}):
        with pytest.raises(InputError):
            full.disputes.submit("P1", reason="No.", **given)  # type: ignore[arg-type]
    with pytest.raises(InputError):
        full.disputes.submit("P1", skill="Teamwork", reason=" ")
    for name in ("P9", "P1"):
        with pytest.raises(NotFoundError):
            full.disputes.submit(name, skill="Juggling", reason="No.")
    with pytest.raises(NotFoundError):
        full.disputes.decide("dispute-0", UPHELD, **KIM)
    line = full.disputes.submit("P1", credential="C1", reason="No.")
    for verdict, more in ((UPHELD, {"level": 3}), (UPHELD, {"on": date(2026, 1, 1)}), (REJECTED, {"level": 3})):
        with pytest.raises(InputError):
            full.disputes.decide(line.dispute.id, verdict, **KIM, **more)  # type: ignore[arg-type]
    assert full.disputes.all(undecided=True).lines == (line,)


def test_a_ruling_follows_a_skill_that_was_merged(full: Workspace) -> None:
    from skillmatch.domain.skills.overlay import ChangeKind, OverlayChange

    line = full.disputes.submit("P1", skill="Hand hygiene", reason="I do it every day.")
    full.disputes.decide(line.dispute.id, UPHELD, level=4, **KIM)
    full.taxonomy.overlay.change(OverlayChange(ChangeKind.MERGE, "care.hygiene", other_id="care.wounds"), author="Ada")
    found = full.profile("P1").attainments["care.wounds"]
    assert 4.0 in [piece.level for piece in found.evidence]

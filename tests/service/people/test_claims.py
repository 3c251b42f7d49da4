"""Prior learning: what is recognised counts at once, and which check saves most hours is known beforehand."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.service.conftest import NOW

from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError
from skillmatch.domain.people.claim import Verdict
from skillmatch.domain.people.gap import GapState
from skillmatch.domain.people.person import AwardState, EvidenceSource
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace

PACE = Pace(5, 52)
KIM = {"by": "Kim", "reason": "Saw it."}


def team(full: Workspace) -> str:
    return full.claims.submit("P1", skill="Teamwork", level=3, text="Led a team.").claim.id


def test_a_claim_counts_nothing_until_it_is_decided(full: Workspace) -> None:
    before = full.gap("P1", "R1")
    claim = team(full)
    assert full.gap("P1", "R1") == before
    done = full.claims.decide(claim, Verdict.ACCEPT, **KIM)
    item = next(item for item in full.gap("P1", "R1").items if item.label == "Teamwork")
    assert (item.state, item.attained) == (GapState.MET, 3.0)
    assert item.evidence[0].source is EvidenceSource.RECOGNITION
    assert done.effect is not None
    # Teamwork is 0.5 of 2.5, and its course of 8 hours is not needed any more.
    assert done.effect.coverage_after - done.effect.coverage_before == pytest.approx(0.2, abs=1e-6)
    assert done.effect.hours_saved == 8
    assert "8 hours saved" in repr(done)
    assert "<table" in done._repr_html_()


def test_a_claim_is_decided_once(full: Workspace) -> None:
    claim = team(full)
    full.claims.decide(claim, Verdict.REJECT, **KIM)
    with pytest.raises(ConflictError, match="reject by Kim"):
        full.claims.decide(claim, Verdict.ACCEPT, **KIM)
    assert full.gap("P1", "R1").count(GapState.UNKNOWN) == 1
    assert not [piece for piece in full.people.get("P1").evidence if piece.source is EvidenceSource.RECOGNITION]


def test_a_part_is_recognised_at_its_level(full: Workspace) -> None:
    full.claims.decide(team(full), Verdict.PARTIAL, level=1, **KIM)
    item = next(item for item in full.gap("P1", "R1").items if item.label == "Teamwork")
    assert (item.state, item.attained) == (GapState.PARTIAL, 1.0)


def test_a_recognised_credential_is_an_award_and_opens_what_asks_for_it(full: Workspace) -> None:
    claim = full.claims.submit("P1", credential="C2", text="The same course at the old hospital.").claim.id
    full.claims.decide(claim, Verdict.ACCEPT, **KIM)
    (award,) = full.people.get("P1").awards
    assert (award.credential_id, award.state, award.issued) == ("own/C2", AwardState.RECOGNISED, date(2026, 6, 1))
    advice = full.recommend("P1", "R1")
    assert "own/C2" not in {item.credential_id for item in advice.recommendations}
    with pytest.raises(ConflictError, match="holds"):
        full.claims.submit("P1", credential="C2", text="Again.", on=date(2026, 7, 1))


def test_nothing_is_written_when_a_decision_is_refused(full: Workspace) -> None:
    claim, before = team(full), full.people.get("P1")
    with pytest.raises(InputError):
        full.claims.decide(claim, Verdict.PARTIAL, level=4, **KIM)  # more than was claimed
    with pytest.raises(InputError):
        full.claims.decide(claim, Verdict.ACCEPT, on=date(2026, 5, 1), **KIM)  # before it was handed in
    with pytest.raises(NotFoundError):
        full.claims.decide(claim, Verdict.ACCEPT, role="Pilot", **KIM)
    assert full.claims.all(undecided=True).lines[0].claim.id == claim
    assert full.people.get("P1") == before


@pytest.mark.parametrize(
    ("names", "error"),
    [
        ({"skill": "Teamwork"}, InputError),
        ({"skill": "Alchemy", "level": 2}, NotFoundError),
        ({"credential": "C9"}, NotFoundError),
        ({}, InputError),
        ({"skill": "Teamwork", "level": 2, "credential": "C1"}, InputError),
        ({"skill": "Teamwork", "level": 9}, InputError),
    ],
)
def test_claims_that_are_refused(full: Workspace, names: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        full.claims.submit("P1", text="I can.", **names)  # type: ignore[arg-type]
    assert full.claims.all().lines == ()


def test_the_same_claim_twice_is_one(full: Workspace) -> None:
    assert team(full) == team(full)
    assert len(full.claims.all("P1").lines) == 1
    assert full.claims.all("P2").lines == ()


def test_what_a_check_is_worth_is_what_deciding_it_saves(full: Workspace, tmp_path: Path) -> None:
    """Brute force: each open claim is really accepted, in a copy of the workspace, and the pathway looked at."""
    team(full)
    full.claims.submit("P1", credential="C2", text="The same course elsewhere.")
    full.claims.submit("P1", skill="Wound care", level=4, text="Ten years on a ward.")
    full.claims.submit("P2", skill="Hand hygiene", level=4, text="What the award shows.")
    worths = full.claims.worths(pace=PACE)
    assert len(worths.items) == 4
    found = {}
    for number, item in enumerate(worths.items):
        claim = item.line.claim
        copy = tmp_path / f"copy{number}"
        full.claims.export_to(tmp_path / "claims.csv")
        shutil.copytree(full.folder, copy)
        with Workspace.open(copy, encoder=NgramEncoder(), clock=lambda: NOW) as other:
            before = other.pathway(claim.person_id, "R1", PACE).hours
            other.claims.decide(claim.id, Verdict.ACCEPT, **KIM)
            after = other.pathway(claim.person_id, "R1", PACE).hours
        found[claim.id] = item.chance * max(0.0, before - after)
        assert item.worth == pytest.approx(found[claim.id], abs=1e-6)
    assert [item.line.claim.id for item in worths.items] == sorted(found, key=lambda one: (-round(found[one], 6), one))
    assert worths.items[0].worth > 0
    assert "check" in repr(worths)
    assert "<table" in worths._repr_html_()


def test_what_fits_other_evidence_holds_more_likely(full: Workspace) -> None:
    full.claims.submit("P1", skill="Wound care", level=4, text="Ten years.")  # who rated themselves 1
    full.claims.submit("P1", skill="Teamwork", level=4, text="Ten years.")  # nothing is known
    chances = {item.line.label: item.chance for item in full.claims.worths().items}
    assert 0 < chances["Wound care"] < chances["Teamwork"] < 1


def test_people_without_a_role_and_no_claims(full: Workspace, tmp_path: Path) -> None:
    assert full.claims.worths().items == ()
    assert "no open claim" in repr(full.claims.worths())
    path = tmp_path / "people.csv"
    path.write_text("id,name\nP3,Cy Dunn\n")
    full.people.import_from(path)
    full.claims.submit("P3", skill="SQL", level=3, text="At home.")
    (item,) = full.claims.worths().items
    assert (item.effect, item.worth) == (None, 0.0)
    assert full.claims.worths(role="R1").items[0].effect is not None


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_files_go_out_and_in(full: Workspace, tmp_path: Path, ending: str) -> None:
    claim = team(full)
    full.claims.submit("P1", skill="JS", level=2.5, text="=cmd|' /C calc'!A0", links=("https://e.org/a|b", "x"))
    full.claims.submit("P2", credential="C4", text="Ten years, in teams")
    full.claims.decide(claim, Verdict.PARTIAL, level=1.5, **KIM)
    path = tmp_path / f"claims.{ending}"
    assert full.claims.export_to(path) == 3
    report = full.claims.import_from(path)
    assert (report.applied, report.added, report.changed, report.unchanged) == (True, 0, 0, 3)
    # Into a workspace that knows the people but no claims.
    copy = tmp_path / "copy"
    shutil.copytree(full.folder, copy)
    with Workspace.open(copy, encoder=NgramEncoder(), clock=lambda: NOW) as other:
        assert other.claims.all() == full.claims.all()
    rows = [line.claim for line in full.claims.all().lines]
    assert sum(one.decision is not None for one in rows) == 1


def test_a_file_decides_what_is_open_and_never_what_was_decided(full: Workspace, tmp_path: Path) -> None:
    claim = team(full)
    path = tmp_path / "claims.csv"
    full.claims.export_to(path)
    decided = path.read_text().rstrip("\n") + "accept,Kim,Saw it.,2026-06-01,\n"
    path.write_text(decided.replace(",,,,,accept", ",accept"))
    report = full.claims.import_from(path)
    assert (report.applied, report.changed) == (True, 1), report.findings
    assert full.gap("P1", "R1").count(GapState.UNKNOWN) == 0
    path.write_text(path.read_text().replace("accept", "reject"))
    report = full.claims.import_from(path)
    assert (report.applied, len(report.rejected)) == (False, 1)
    (finding,) = report.findings
    assert "was decided before" in finding.message
    assert finding.place.line == 2
    assert full.claims.all().lines[0].claim.id == claim


def test_bad_rows_are_told_by_line_and_column(full: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text(
        "person,skill,level,text,verdict,by,reason,decided\n"
        "P9,SQL,3,x,,,,\n"
        "P1,Alchemy,3,x,,,,\n"
        "P1,SQL,six,x,,,,\n"
        "P1,SQL,3,x,,Kim,,\n"
        "P1,SQL,3,,,,,\n"
        "P1,SQL,3,x,accept,Kim,ok,2030-01-01\n"
    )
    report = full.claims.import_from(path)
    assert not report.applied
    assert [(item.place.line, item.place.field) for item in report.findings] == [
        (2, "person"),
        (3, "skill"),
        (4, "level"),
        (5, "verdict"),
        (6, "text"),
        (7, "decided"),
    ]
    assert full.claims.all().lines == ()

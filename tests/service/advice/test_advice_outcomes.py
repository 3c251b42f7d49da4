"""What cannot be answered ends with a name and a cause, through Python and on the command line; nothing is silent."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.service.conftest import write

from skillmatch.cli.invocation import Invocation
from skillmatch.cli.main import run
from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.base.answer import Status
from skillmatch.domain.base.errors import ConflictError, InputError
from skillmatch.domain.people.attainment import SetAside
from skillmatch.domain.people.claim import Verdict
from skillmatch.domain.people.gap import GapState
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace

PACE = Pace(hours_per_week=5, weeks=20)
Ask = Callable[..., dict[str, object]]


def bring(workspace: Workspace, folder: Path, **tables: str) -> None:
    write(folder, **tables)
    loads = {
        ("credentials", "offerings", "stacks"): workspace.catalogue.import_from,
        ("roles",): workspace.roles.import_from,
        ("people", "evidence", "awards"): workspace.people.import_from,
    }
    for names, load in loads.items():
        if any((folder / f"{name}.csv").exists() for name in names):
            assert load(folder).applied


@pytest.fixture
def ask(full: Workspace, capfd: pytest.CaptureFixture[str]) -> Ask:
    """The JSON that a command prints about the workspace, which stays open here."""

    def call(*arguments: str) -> dict[str, object]:
        capfd.readouterr()
        code = run([*arguments, "--workspace", str(full.folder), "--json"], Invocation(encoder=NgramEncoder()))
        printed = capfd.readouterr()
        assert code == 0, printed.err
        found: dict[str, object] = json.loads(printed.out)
        return found

    return call


Told = Callable[..., tuple[int, str]]


@pytest.fixture
def told(full: Workspace, capfd: pytest.CaptureFixture[str]) -> Told:
    """What a command ends with and prints for people, in one line."""

    def call(*arguments: str) -> tuple[int, str]:
        capfd.readouterr()
        code = run([*arguments, "--workspace", str(full.folder)], Invocation(encoder=NgramEncoder()))
        printed = capfd.readouterr()
        assert "Traceback" not in printed.err
        return code, " ".join((printed.out + printed.err).split())

    return call


def test_a_person_without_evidence(full: Workspace, ask: Ask, tmp_path: Path) -> None:
    bring(full, tmp_path / "more", people="id,name\nP3,Cy Dunn\n")
    assert full.gap("P3", "R1").status is Status.INSUFFICIENT_DATA
    assert full.recommend("P3", "R1").status is Status.INSUFFICIENT_DATA
    assert full.pathway("P3", "R1", PACE).status is Status.INSUFFICIENT_DATA
    assert ask("gap", "P3", "R1")["status"] == "insufficient_data"
    assert ask("recommend", "P3", "R1")["status"] == "insufficient_data"


def test_a_role_without_requirements(full: Workspace, ask: Ask, tmp_path: Path) -> None:
    bring(full, tmp_path / "more", roles="role_id,title,skill,level\nR9,Chief of nothing,,\n")
    assert full.gap("P1", "R9").status is Status.INSUFFICIENT_DATA
    assert full.recommend("P1", "R9").status is Status.INSUFFICIENT_DATA
    pathway = full.pathway("P1", "R9", PACE)
    assert (pathway.status, pathway.detail) == (Status.INSUFFICIENT_DATA, "the role has no requirements")
    assert ask("gap", "P1", "R9")["status"] == "insufficient_data"


def test_the_role_that_is_held_today_is_named_as_such(full: Workspace, ask: Ask) -> None:
    gap = full.gap("P1", "R1")
    assert gap.is_current_role
    assert gap.status is not Status.NOTHING_TO_CLOSE  # whoever has a job may lack what it asks for
    assert ask("gap", "P1", "R1")["is_current_role"] is True


def test_everything_met_has_nothing_to_close(full: Workspace, ask: Ask, tmp_path: Path) -> None:
    said = "\n".join(f"P2,{skill},5,0-5,assessment,2026-05-01" for skill in ("Hand hygiene", "Wound care", "Teamwork"))
    bring(full, tmp_path / "more", evidence=f"person,skill,level,scale,source,date\n{said}\n")
    assert full.gap("P2", "R1").status is Status.NOTHING_TO_CLOSE
    assert full.recommend("P2", "R1").status is Status.NOTHING_TO_CLOSE
    assert full.pathway("P2", "R1", PACE).status is Status.NOTHING_TO_CLOSE
    assert ask("recommend", "P2", "R1")["status"] == "nothing_to_close"


def test_contradictory_evidence_is_wide_and_marked(full: Workspace, told: Told, tmp_path: Path) -> None:
    said = "P2,Wound care,0,0-5,manager,2026-05-01\nP2,Wound care,5,0-5,manager,2026-05-02\n"
    bring(full, tmp_path / "more", evidence=f"person,skill,level,scale,source,date\n{said}")
    attained = full.profile("P2").attainments["care.wounds"]
    assert attained.contradictory
    assert attained.high - attained.low > 2
    (item,) = [item for item in full.gap("P2", "R1").items if item.requirement.skill_id == "care.wounds"]
    assert item.state is GapState.PARTIAL
    code, said = told("gap", "P2", "R1")
    assert code == 0
    assert "contradictory" in said


def test_evidence_of_a_day_to_come_counts_nothing_yet_and_says_so(full: Workspace, told: Told, tmp_path: Path) -> None:
    said = "P2,Teamwork,4,0-5,manager,2026-07-01\n"
    report = full.people.import_from(write(tmp_path / "more", evidence=f"person,skill,level,scale,source,date\n{said}"))
    profile = full.profile("P2")
    assert "soft.teamwork" not in profile.attainments
    if report.applied:  # it is kept for its day
        assert [item.reason for item in profile.ignored] == [SetAside.IN_FUTURE]
        assert "soft.teamwork" in full.profile("P2", as_of=date(2026, 7, 1)).attainments
    else:
        assert report.rejected
    later = write(tmp_path / "later", evidence=f"person,skill,level,scale,source,date\n{said.replace('2026', '2226')}")
    code, printed = told("people", "import", str(later))  # the command goes by the clock of the machine
    assert code not in (0, 1)
    assert "future" in printed


def test_a_claim_decided_twice_is_refused(full: Workspace, told: Told) -> None:
    claim = full.claims.submit("P1", skill="Wound care", level=4, text="Ten years on the ward.").claim.id
    full.claims.decide(claim, Verdict.ACCEPT, by="Mia Holt", reason="Shown on the ward.")
    with pytest.raises(ConflictError, match="decided"):
        full.claims.decide(claim, Verdict.REJECT, by="Tom Reed", reason="Second thoughts.")
    code, said = told("claims", "decide", claim, "reject", "--author", "Tom Reed", "--reason", "Second thoughts.")
    assert code not in (0, 1)  # 1 is a fault of the program
    assert "decided" in said


def test_prerequisites_in_a_circle_are_refused_with_the_circle(full: Workspace, told: Told, tmp_path: Path) -> None:
    circle = (
        "id,title,issuer,teaches,requires_credentials,hours\n"
        "C2,Wounds one,CareBridge,Wound care@2,C3,20\nC3,Wounds two,CareBridge,Wound care@4,C2,20\n"
    )
    report = full.catalogue.import_from(write(tmp_path / "more", credentials=circle))
    assert not report.applied
    said = [finding.message for finding in report.findings]
    assert any("circle" in words for words in said), said
    assert full.catalogue.credentials.get("C2").requires_credentials == ()  # nothing of it was written
    code, printed = told("catalogue", "import", str(tmp_path / "more"))
    assert code not in (0, 1)
    assert "circle" in printed


def test_no_hours_a_week(full: Workspace, ask: Ask) -> None:
    pathway = full.pathway("P1", "R1", Pace(hours_per_week=0, weeks=20))
    assert (pathway.status, pathway.steps) == (Status.NO_PATHWAY, ())
    assert "0 hours a week" in pathway.detail
    assert ask("pathway", "P1", "R1", "--hours-per-week", "0", "--weeks", "20")["status"] == "no_pathway"
    with pytest.raises(InputError, match="hours_per_week"):
        Pace(hours_per_week=-1, weeks=20)


def test_an_empty_catalogue(skilled: Workspace, tmp_path: Path) -> None:
    bring(
        skilled,
        tmp_path / "few",
        roles="role_id,title,skill,level\nR1,Nurse,Wound care,4\n",
        people="id,name\nP1,Ada Berg\n",
        evidence="person,skill,level,scale,source,date\nP1,Wound care,1,0-5,self,2026-05-01\n",
    )
    assert skilled.recommend("P1", "R1").status is Status.NO_RECOMMENDATION
    pathway = skilled.pathway("P1", "R1", PACE)
    assert pathway.status is Status.NO_PATHWAY
    assert "empty" in pathway.detail

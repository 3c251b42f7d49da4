"""Erasure leaves no byte of a name in the workspace, and the audit whole; an export holds everything."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.live_files import seen_elsewhere
from tests.service.audit.test_audit import served
from tests.service.jobs.test_jobs import SCENARIO, submit

from skillmatch.domain.access.caller import Scope
from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.people.claim import Verdict
from skillmatch.domain.people.dispute import DisputeVerdict
from skillmatch.domain.people.learning_event import EventKind, LearningEvent
from skillmatch.domain.people.person import StoredPerson
from skillmatch.service.people.sweeping import Sweep
from skillmatch.service.workers.sweep import SweepWorker
from skillmatch.service.workspace import Workspace
from skillmatch.store import Kind
from skillmatch.store.engine.session import chunks
from skillmatch.store.erasure.owed import owe
from skillmatch.store.erasure.remnants import left_between_rows
from skillmatch.store.erasure.words import NOBODY

NAME = "Zebulon Quix"
ID = "zq-4711"


def bytes_with(folder: Path, *words: str) -> list[tuple[str, str]]:
    """Which files of a folder hold which words."""
    return [
        (path.name, word)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for word in words
        if word.encode() in path.read_bytes()
    ]


@pytest.fixture
def known(full: Workspace, tmp_path: Path) -> Workspace:
    """The workspace with one more person, of whom there is something of every kind."""
    path = tmp_path / "q.csv"
    path.write_text(f"id,name,unit,role\n{ID},{NAME},Ward 1,R1\n" + "".join(f"F{n},Fill {n},,\n" for n in range(300)))
    full.people.import_from(path)
    path.write_text(
        "person,skill,level,source,date,note\n"
        f"{ID},Hand hygiene,2,manager,2026-03-01,said by the chief of {NAME}\n"
        f"{ID},dressing wounds,1,self,2026-03-01,quixotic note\n"
        + "".join(f"F{n},Teamwork,1,self,2026-03-01,note of {n}\n" for n in range(300))
    )
    assert full.people.import_from(path, what="evidence").applied
    full.claims.submit(ID, skill="Teamwork", level=3, text="Led the quixotic choir.")
    dispute = full.disputes.submit(ID, skill="Hand hygiene", reason="The quixotic chief was ill.").dispute
    full.disputes.decide(dispute.id, DisputeVerdict.UPHELD, by="Kim", note="True.", level=3)
    full.learning.take([LearningEvent("lms-q", ID, EventKind.STARTED, date(2026, 5, 1), "C2")])
    # What they decided about others, and what others wrote about them.
    claim = full.claims.submit("P1", skill="Teamwork", level=2, text=f"Worked beside {NAME}.").claim.id
    full.claims.decide(claim, Verdict.ACCEPT, by=NAME, reason="Saw it.")
    submit(full, tmp_path, f"id,name\n{ID},{NAME}\n{ID},{NAME} II\n")
    full.jobs.run_next()
    full.jobs.submit("plan", {"scenario": SCENARIO}, by="Mo")
    done = full.jobs.run_next()
    assert done is not None and done.result is not None
    full.plans.approve(done.result["plan"]["id"], by=NAME)
    served(full, ID)
    served(full, "P1")
    full.keys.create("own page", [Scope.SELF], by="Mo", person=ID)
    return full


def test_no_byte_of_the_name_is_left_and_the_audit_is_whole(known: Workspace) -> None:
    assert bytes_with(known.folder, NAME, ID, "quixotic")
    found = known.people.erase(ID, by="Kim")
    assert bytes_with(known.folder, NAME, ID, "quixotic") == []
    assert (found.swept, found.left) == (True, ())
    assert found.counts["evidence"] == 2
    assert {kind: found.counts[kind] for kind in ("claims", "disputes", "learning events", "answers")} == {
        "claims": 1,
        "disputes": 1,
        "learning events": 1,
        "answers": 1,
    }
    assert (found.counts["lists of rows"], found.counts["API keys"]) == (1, 1)
    check = known.audit.verify()
    assert (check.whole, check.erased) == (True, 1), check.wrong
    with pytest.raises(NotFoundError):
        known.people.get(ID)
    assert known._context.store.integrity_check() == []
    # What concerned others is still there, without the name.
    (line,) = known.claims.all("P1").lines
    assert line.claim.decision is not None
    assert (line.claim.decision.by, line.claim.text) == (NOBODY, f"Worked beside {NOBODY}.")
    (piece,) = [one for one in known.people.get("P1").evidence if one.skill_id == "soft.teamwork"]
    assert NOBODY in piece.note
    assert known.audit.replay(2).answer is not None
    gone = known.audit.replay(1)
    assert (gone.answer, "erased" in gone.detail) == (None, True)
    assert [item["by"] for item in known.plans.all().items[0].summary["approvals"]] == [NOBODY]


def test_a_plan_keeps_the_part_under_a_stand_in(known: Workspace) -> None:
    plan = known.plans.all().items[0]
    _, file = known.plans.get(plan.id)
    who = file.plan.assignments[0].person_id
    known.people.erase(who, by="Kim")
    _, later = known.plans.get(plan.id)
    assert later.plan.assignments[0].person_id.startswith("erased/")
    assert any("erased" in note for note in later.plan.notes)
    assert later.plan.objective == file.plan.objective
    assert bytes_with(known.folder, f'"{who}"') == []


def test_whoever_solved_a_plan_is_forgotten_too(known: Workspace) -> None:
    _, file = known.plans.get(known.plans.all().items[0].id)
    plan = known.plans.keep(replace(file, by=NAME), by=NAME)
    known.people.erase(ID, by="Kim")
    kept, file = known.plans.get(plan.id)
    assert (kept.by, file.by) == (NOBODY, NOBODY)
    assert bytes_with(known.folder, NAME) == []


def test_a_namesake_keeps_their_name(known: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "same.csv"
    path.write_text(f"id,name\nother,{NAME}\n")
    known.people.import_from(path)
    found = known.people.erase(ID, by="Kim")
    assert known.people.get("other").name == NAME
    assert "workspace.db" in found.left
    assert found.counts["signatures"] == 0
    assert bytes_with(known.folder, ID) == []


def test_the_erased_may_come_back_as_somebody_new(known: Workspace, tmp_path: Path) -> None:
    before = known.audit.lines(person=ID).items[0].subjects
    known.people.erase(ID, by="Kim")
    path = tmp_path / "again.csv"
    path.write_text(f"id,name,role\n{ID},{NAME},R1\n")
    known.people.import_from(path)
    served(known, ID)
    (line,) = known.audit.lines(person=ID).items
    assert line.subjects != before


def test_in_a_large_workspace_the_rest_is_owed_until_a_sweep(known: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillmatch.service.people.erasure.SMALL", 0)
    monkeypatch.setattr("skillmatch.service.people.sweeping.SMALL", 0)
    found = known.people.erase(ID, by="Kim")
    assert (found.swept, found.left, "plans" in found.counts) == (False, (), False)
    with pytest.raises(NotFoundError):
        known.people.get(ID)
    assert known.people.erasures_owed() == 1
    assert [check.name for check in known.health().checks if "owed" in check.seen] == ["erasures"]
    swept = known.people.sweep()
    assert (swept.done, swept.people, swept.counts["plans"], swept.counts["lists of rows"]) == (True, 1, 1, 1)
    assert known.people.erasures_owed() == 0
    assert bytes_with(known.folder, NAME, ID, "quixotic") == []
    assert known.people.sweep().people == 0


def test_a_sweep_that_was_cut_short_is_made_up_for(known: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillmatch.service.people.erasure.SMALL", 0)
    known.people.erase(ID, by="Kim")
    with monkeypatch.context() as cut:
        cut.setattr(Sweep, "_logs_emptied", lambda _: False)  # as another program that reads all the time
        assert not known.people.sweep().done
    assert known.people.erasures_owed() == 1  # by now nobody remembers whom
    assert known.people.sweep().done
    assert known.people.erasures_owed() == 0
    assert bytes_with(known.folder, NAME, ID, "quixotic") == []


def test_the_worker_sweeps_once_it_is_quiet(known: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillmatch.service.people.erasure.SMALL", 0)
    known.people.erase(ID, by="Kim")
    with SweepWorker(known, look_again=0.02):
        until = time.monotonic() + 30
        while known.people.erasures_owed() and time.monotonic() < until:
            time.sleep(0.02)
    assert known.people.erasures_owed() == 0
    assert bytes_with(known.folder, NAME, ID) == []


def test_after_many_erasures_nothing_is_left_between_the_rows(full: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillmatch.service.people.erasure.SMALL", 0)
    monkeypatch.setattr("skillmatch.service.people.sweeping.SMALL", 0)
    order = random.Random(7)
    numbers = list(range(3_000))
    order.shuffle(numbers)
    for some in chunks(numbers, 100):  # in small pieces and in no order, so that pages are split
        with full._context.store.writing() as change:
            change.put_people(
                [StoredPerson(f"hr/x{one:05}y", f"Zeb{one:05} Quix{one:05}", unit=f"U{one % 30}") for one in some]
            )
    words = {one: (f"Zeb{one:05} Quix{one:05}", f"x{one:05}y") for one in order.sample(numbers, 400)}
    with full._context.store.writing() as change:  # as erasing each of them does, in one go
        for one, (name, _) in words.items():
            change.remove(Kind.PERSON, f"hr/x{one:05}y")
            owe(change, f"hr/x{one:05}y", name, "erased/0", ())
    assert full._context.store.sweep()
    database = full.folder / "workspace.db"
    left = still_in(database, words)
    assert left, "SQLite left no remnants, so that this test shows nothing"
    assert left_between_rows(database, (word for said in words.values() for word in said))
    assert full.people.sweep().done
    assert still_in(database, words) == []


def still_in(database: Path, words: dict[int, tuple[str, str]]) -> list[int]:
    """Of whom a word stands anywhere in a file."""
    data = database.read_bytes()
    return [one for one, said in words.items() if any(word.encode() in data for word in said)]


SERVING = """
import sys, time
from pathlib import Path
from skillmatch.domain.people.person import StoredPerson
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace

def put(workspace, own_id):
    with workspace._context.store.writing() as change:
        change.put_people([StoredPerson(own_id, "Ada Berg")])

with Workspace.open(Path(sys.argv[1]), create=True, encoder=NgramEncoder()) as workspace:
    put(workspace, "own/gone")
    put(workspace, "own/stays")
    workspace.people.erase("own/gone", by="Kim")
    print("erased", flush=True)
    input()
    put(workspace, "own/new")
    print("acknowledged", flush=True)
    time.sleep(60)
"""


def test_what_is_acknowledged_after_an_erasure_outlives_another_program_and_a_kill(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    command = [sys.executable, "-c", SERVING, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdin is not None and serving.stdout is not None
        assert serving.stdout.readline() == "erased\n"
        assert seen_elsewhere(folder) == (["ok", "ok"], {"own/stays"})  # it opens the workspace and closes it
        serving.stdin.write("\n")
        serving.stdin.flush()
        assert serving.stdout.readline() == "acknowledged\n"
        serving.kill()
    assert seen_elsewhere(folder) == (["ok", "ok"], {"own/stays", "own/new"})


def test_an_export_holds_everything_and_is_recorded(known: Workspace, tmp_path: Path) -> None:
    counts = known.people.export(ID, tmp_path / "all.zip", by="Kim")
    assert counts["evidence"] == 2
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        document: dict[str, Any] = json.loads(archive.read("person.json"))
        text = archive.read("read-me.txt").decode()
    assert document["person"]["name"] == NAME
    for key in ("evidence", "awards", "profile", "claims", "disputes", "events", "accesses", "rulings"):
        assert document[key], key
    answer = json.loads(document["accesses"][0]["answer"])
    assert answer["person"] == f"own/{ID}"
    for words in (NAME, "Led the quixotic choir.", "The quixotic chief was ill.", "upheld by Kim", "Hand hygiene"):
        assert words in text
    assert [line.action for line in known.audit.lines(person=ID).items] == ["recommend", "people.export"]
    known.people.export("P1", tmp_path / "one.json", by="Kim")
    assert json.loads((tmp_path / "one.json").read_text())["plans"] is not None
    with pytest.raises(InputError):
        known.people.export(ID, tmp_path / "all.pdf", by="Kim")

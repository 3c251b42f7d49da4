"""The audit of a workspace: answers come back byte for byte, and today's program says whether it agrees."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from skillmatch.domain.access.audit import AccessNote, Again
from skillmatch.domain.advice.advice import Limits, Preference
from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.base.answer import content_hash
from skillmatch.domain.base.errors import ConflictError, InputError
from skillmatch.service.audit.questions import question
from skillmatch.service.workspace import Workspace

ERASED, OTHER = "own/P1", "own/P2"


def served(workspace: Workspace, person: str = "P1") -> int:
    """Serve a recommendation as a front end would: record it, then answer."""
    advice = workspace.recommend(person, "R1")
    answer = json.dumps(advice.to_json(), indent=1).encode()
    note = AccessNote(
        "key-1",
        "recommend",
        (advice.person_id,),
        versions=advice.versions.to_json(),
        snapshot=workspace.snapshot().content_hash,
        question=question("recommend", advice.person_id, advice.role_id, advice.as_of),
        result=content_hash(advice.to_json()),
    )
    line = workspace.audit.record(note, answer)
    assert workspace.audit.replay(line.seq).answer == answer
    return line.seq


def test_a_recommendation_is_replayed_and_today_agrees_until_the_data_changes(full: Workspace, tmp_path: Path) -> None:
    seq = served(full)
    assert full.audit.replay(seq).again is Again.SAME
    path = tmp_path / "more.csv"
    path.write_text("person,skill,level,source,date\nP1,Wound care,4,assessment,2026-05-01\n")
    full.people.import_from(path, what="evidence")
    later = full.audit.replay(seq)
    assert (later.again, later.moved) == (Again.DIFFERENT, ())
    path.write_text("id,title,teaches\nC9,New one,Wound care@4\n")
    full.catalogue.import_from(path)
    later = full.audit.replay(seq)
    assert (later.again, later.moved) == (Again.DIFFERENT, ("snapshot",))
    assert later.answer is not None
    assert json.loads(later.answer)["person"] == "own/P1"
    assert full.audit.verify().whole


@pytest.mark.parametrize(
    ("what", "given"),
    [
        ("gap", {}),
        ("pathway", {"pace": Pace(5, 30)}),
        ("why", {"credential_id": "own/C1"}),
        ("recommend", {"limit": 2, "limits": Limits(hours=30, languages=("en",)), "preference": Preference(None, 500)}),
    ],
)
def test_every_question_can_be_asked_again(full: Workspace, what: str, given: dict[str, Any]) -> None:
    person, role, day = "own/P1", "own/R1", full.today()
    asked = question(what, person, role, day, **given)
    plain = {key: value for key, value in given.items() if key not in ("pace", "credential_id")}
    answers = {
        "gap": lambda: full.gap(person, role, as_of=day),
        "pathway": lambda: full.pathway(person, role, Pace(5, 30), as_of=day),
        "why": lambda: full.why(person, role, "own/C1", as_of=day),
        "recommend": lambda: full.recommend(person, role, as_of=day, **plain),
    }
    result = content_hash(answers[what]().to_json())
    line = full.audit.record(AccessNote("key-1", what, (person,), question=asked, result=result))
    found = full.audit.replay(line.seq)
    assert (found.again, found.answer) == (Again.SAME, None)


def test_what_cannot_be_asked_again_is_refused_or_unknown(full: Workspace) -> None:
    for what, given in (("dance", {}), ("pathway", {}), ("gap", {"credential_id": "C1"})):
        with pytest.raises(InputError):
            question(what, "own/P1", "own/R1", full.today(), **given)  # type: ignore[arg-type]
    line = full.audit.record(AccessNote("key-1", "people.list", ("own/P1", "own/P2")), b"[]")
    found = full.audit.replay(line.seq)
    assert (found.again, found.answer) == (Again.UNKNOWN, b"[]")


def test_lines_are_listed_by_person_and_exported(full: Workspace, tmp_path: Path) -> None:
    served(full, "P1")
    served(full, "P2")
    listed = full.audit.lines(person="P2")
    assert [item.seq for item in listed.items] == [2]
    assert list(listed.people.values()) == ["own/P2"]
    assert full.audit.lines(person="nobody").items == ()
    assert [item.seq for item in full.audit.lines(after=1).items] == [2]
    assert full.audit.export_to(tmp_path / "audit.ndjson") == 2
    previous = "0" * 64
    for line in (tmp_path / "audit.ndjson").read_text().splitlines():
        document = json.loads(line)
        sealed = document.pop("hash")
        assert (document["previous"], content_hash(document)) == (previous, sealed)
        previous = sealed
    with pytest.raises(InputError):
        full.audit.export_to(tmp_path / "audit.txt")


def test_changed_bytes_are_never_given_back(full: Workspace) -> None:
    import sqlite3
    import zlib

    seq = served(full)
    with sqlite3.connect(full.folder / "audit.db") as connection:
        connection.execute("UPDATE answers SET data = ?", (zlib.compress(b"better"),))
    connection.close()
    with pytest.raises(ConflictError, match="changed"):
        full.audit.replay(seq)


def test_who_is_erased_while_an_answer_is_made_is_not_known_to_the_audit_afterwards(full: Workspace) -> None:
    """The answer is made from a state in which they are; its line is written when they are gone already."""
    full.audit.record(AccessNote("hr", "people.get", (ERASED,)), b"{}")
    with full.one_state():
        assert full.people.with_id(ERASED).id == ERASED
        erased = Thread(target=full.people.erase, args=(ERASED,), kwargs={"by": "hr"})
        erased.start()
        erased.join()
        line = full.audit.record(AccessNote("hr", "people.gap", (ERASED, OTHER)), b'{"coverage": 1}')
        assert line.subjects
    assert full.audit.lines(person=ERASED).items == ()
    assert ERASED not in full._context.audit_log.people().values()
    assert OTHER in full._context.audit_log.people().values()
    assert full._context.audit_log.answer(line.answer) is None
    assert full.audit.verify().whole


def test_who_is_recorded_while_they_are_erased_is_not_known_to_the_audit_afterwards(
    full: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the audit that forgets and the workspace that deletes, somebody reads them."""
    forget = full._context.audit_log.forget

    def read_right_behind(*given: Any) -> Any:
        done = forget(*given)
        full._context.audit_log.forget = forget
        full.audit.record(AccessNote("hr", "people.get", (ERASED,)), b"{}")
        return done

    monkeypatch.setattr(full._context.audit_log, "forget", read_right_behind)
    assert full.people.erase(ERASED, by="hr").counts["answers"] == 1
    assert ERASED not in full._context.audit_log.people().values()
    assert full.audit.verify().whole

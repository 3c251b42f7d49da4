"""What a person wrote is kept when no skill is found for it, and becomes evidence once somebody says what it means."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.people.person import EvidenceSource
from skillmatch.domain.people.waiting import WaitingLine
from skillmatch.domain.skills.feedback import Context, Decision, Verdict
from skillmatch.service.workspace import Workspace
from skillmatch.store.tables.waiting import waiting_of

HEAD = "person,skill,level,source,date,confidence,note\n"


def send(workspace: Workspace, tmp_path: Path, *rows: str) -> None:
    path = tmp_path / "said.csv"
    path.write_text(HEAD + "".join(row + "\n" for row in rows))
    report = workspace.people.import_from(path, what="evidence")
    assert report.applied
    assert not report.rejected


def kept(workspace: Workspace, person: str = "own/P1") -> tuple[WaitingLine, ...]:
    with workspace._context.store.reading() as view:
        return waiting_of(view, person)


@pytest.fixture
def waiting(full: Workspace, tmp_path: Path) -> Workspace:
    send(
        full,
        tmp_path,
        "P1,Qwxyz,2,self,2026-01-01,0.8,at work",
        "P2,  qwxyz ,3,peer,2026-02-01,,",
        "P1,Vbnmk,4,manager,2026-01-01,,",
        "P1,SQL,3,self,2026-01-01,,",
    )
    return full


def accept(words: str, skill: str) -> Decision:
    return Decision(Verdict.ACCEPT, words, skill, Context.EVIDENCE)


def test_an_unknown_word_costs_neither_its_own_line_nor_the_file(waiting: Workspace) -> None:
    line = WaitingLine("Qwxyz", 2, EvidenceSource.SELF, date(2026, 1, 1), 0.8, None, "at work")
    assert line in kept(waiting)
    assert {item.words for item in kept(waiting)} == {"Qwxyz", "Vbnmk"}
    assert any(piece.skill_id == "it.sql" for piece in waiting.people.get("P1").evidence)


def test_the_report_names_the_line_and_what_the_linker_finds_nearest(full: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    path.write_text(HEAD + "P1,Qwxyz,2,self,2026-01-01,,\n")
    report = full.people.import_from(path, what="evidence")
    (finding,) = [item for item in report.findings if item.kind == "waiting"]
    (answer,) = full.link(["Qwxyz"], top=3, abstain=False)
    assert finding.place.line == 2
    assert [link.label in finding.message for link in answer.links] == [True] * len(answer.links)
    assert report.counts["waiting"] == 1


def test_what_waits_counts_for_nothing(waiting: Workspace, tmp_path: Path) -> None:
    before = waiting.people.get("P1"), waiting.profile("P1").attainments
    send(waiting, tmp_path, "P1,Asdfg,5,manager,2026-03-01,,")
    assert (waiting.people.get("P1"), waiting.profile("P1").attainments) == before


def test_the_same_line_is_kept_once(waiting: Workspace, tmp_path: Path) -> None:
    before = kept(waiting)
    send(waiting, tmp_path, "P1,Vbnmk,4,manager,2026-01-01,,")
    assert kept(waiting) == before


def test_words_that_differ_in_case_wait_together_the_most_frequent_first(waiting: Workspace) -> None:
    found = waiting.matching.waiting.all()
    assert [(item.lines, item.people) for item in found.items] == [(2, 2), (1, 1)]
    assert found.total == 2
    assert len(waiting.matching.waiting.all(1).items) == 1
    assert all(len(item.nearest) <= 3 for item in found.items)


def test_many_are_placed_at_once_with_all_that_was_said(waiting: Workspace) -> None:
    done = waiting.matching.waiting.place([accept("QWXYZ", "Wound care"), accept("Vbnmk", "Java")], author="Eva Lind")
    assert (done.decided, done.placed) == (2, 3)
    assert kept(waiting) == kept(waiting, "own/P2") == ()
    (piece,) = [item for item in waiting.people.get("P1").evidence if "[Qwxyz]" in item.note]
    assert (piece.skill_id, piece.level, piece.confidence, piece.note) == ("care.wounds", 2, 0.8, "at work [Qwxyz]")
    assert waiting.matching.waiting.all().total == 0


def test_what_was_placed_once_is_known_from_then_on(waiting: Workspace, tmp_path: Path) -> None:
    waiting.matching.waiting.place([accept("Qwxyz", "Wound care")], author="Eva Lind")
    send(waiting, tmp_path, "P2,qwxyz,1,self,2026-05-01,,")
    assert kept(waiting, "own/P2") == ()


def test_a_decision_given_in_any_other_way_places_the_lines_too(waiting: Workspace) -> None:
    waiting.matching.feedback.give(Verdict.PIN, "qwxyz", "Wound care", author="Eva Lind")
    waiting.matching.feedback.give(Verdict.ACCEPT, "vbnmk", "Java", author="Eva Lind", context=Context.CATALOGUE)
    assert [item.words for item in kept(waiting)] == ["Vbnmk"]


def test_rejected_words_wait_no_more_but_are_kept(waiting: Workspace) -> None:
    waiting.matching.waiting.place([Decision(Verdict.BLOCK, "Vbnmk", "", Context.EVIDENCE)], author="Eva Lind")
    assert [item.words for item in waiting.matching.waiting.all().items] == ["Qwxyz"]
    assert "Vbnmk" in {item.words for item in kept(waiting)}
    assert "Vbnmk" not in {item.text for item in waiting.catalogue.texts_to_review().items}


@pytest.mark.parametrize(
    ("decisions", "error"),
    [
        ([accept("Qwxyz", "Wound care"), accept("Vbnmk", "No such skill at all")], NotFoundError),
        ([accept("Qwxyz", "Wound care"), accept("qwxyz", "Java")], InputError),
    ],
)
def test_one_wrong_decision_stops_them_all(
    waiting: Workspace, decisions: list[Decision], error: type[Exception]
) -> None:
    before = kept(waiting), waiting.matching.feedback.all()
    with pytest.raises(error):
        waiting.matching.waiting.place(decisions, author="Eva Lind")
    assert (kept(waiting), waiting.matching.feedback.all()) == before


def test_all_that_are_sure_enough_are_accepted_together(waiting: Workspace) -> None:
    assert waiting.matching.waiting.place_likely(author="Eva Lind").placed == 0
    nearest = {item.words: item.nearest[0].skill_id for item in waiting.matching.waiting.all().items if item.nearest}
    done = waiting.matching.waiting.place_likely(author="Eva Lind", least=0.0)
    assert done.decided == len(nearest)
    placed = {item.note: item.skill_id for item in waiting.people.get("P1").evidence if "[Vbnmk]" in item.note}
    assert placed == {f"[{words}]": skill for words, skill in nearest.items() if words == "Vbnmk"}


def test_the_words_are_among_those_to_review(waiting: Workspace) -> None:
    assert {"Qwxyz", "Vbnmk"} <= {item.text for item in waiting.catalogue.texts_to_review().items}


def test_they_are_in_the_export_and_go_with_the_person(waiting: Workspace) -> None:
    assert {item["words"] for item in waiting.people.document("P1")["waiting"]} == {"Qwxyz", "Vbnmk"}
    assert waiting.people.erase("P1", by="Eva Lind").counts["waiting lines"] == 2
    assert [(item.words, item.lines) for item in waiting.matching.waiting.all().items] == [("qwxyz", 1)]


def test_an_erased_name_goes_out_of_the_words_of_others(waiting: Workspace, tmp_path: Path) -> None:
    name = waiting.people.get("P1").name
    send(waiting, tmp_path, f"P2,zzkqj with {name},3,peer,2026-02-01,,told by {name}")
    assert any(name in line.note for line in kept(waiting, "own/P2"))
    waiting.people.erase("P1", by="Eva Lind")
    waiting.people.sweep()
    assert not any(name in line.words + line.note for line in kept(waiting, "own/P2"))
    assert len(kept(waiting, "own/P2")) == 2

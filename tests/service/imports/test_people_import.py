from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.service.imports.report import ImportOptions
from skillmatch.service.workspace import Workspace
from skillmatch.store import Kind


@pytest.mark.parametrize(
    ("what", "text", "field", "says"),
    [
        ("people", "id,name,role\nP9,Eve,R77\n", "role", "no role is called 'R77'"),
        (
            "evidence",
            "person,skill,level,source,date\nP9,SQL,2,self,2026-01-01\n",
            "person",
            "no person is called 'P9'",
        ),
        ("evidence", "person,skill,level,source,date\nP1,SQL,2,self,2027-01-01\n", "date", "future"),
        ("evidence", "person,skill,level,source,date\nP1,SQL,7,self,2026-01-01\n", "level", "between 0 and 5"),
        ("awards", "person,credential,state,issued\nP1,C9,held,2026-01-01\n", "credential", "no credential is called"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(
    full: Workspace, tmp_path: Path, what: str, text: str, field: str, says: str
) -> None:
    before = [full.people.get("P1"), full.people.get("P2")]
    path = tmp_path / f"{what}.csv"
    path.write_text(text)
    report = full.people.import_from(path, what=what)
    assert not report.applied
    (finding,) = report.rejected
    assert (finding.place.file, finding.place.line, finding.place.field) == (f"{what}.csv", 2, field)
    assert says in finding.message
    assert full.people.all() == before


def test_another_source_may_use_the_same_id_without_touching_the_first(full: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,name,role\nP1,Someone Else,R1\n")
    report = full.people.import_from(path, options=ImportOptions(source="hris"))
    assert report.added == 1
    assert full.people.get("own/P1").name == "Ada Berg"
    assert full.people.get("hris/P1").role_id == "own/R1"  # the role is the organisation's own, whoever names it


def test_evidence_is_kept_once_however_often_it_comes(full: Workspace, tmp_path: Path) -> None:
    before = full.people.get("P1")
    full.people.import_from(tmp_path / "organisation")
    assert full.people.get("P1") == before


def test_a_killed_import_leaves_no_half(full: Workspace, tmp_path: Path) -> None:
    """A callback that stops the work in the middle, as Ctrl-C does."""
    path = tmp_path / "people.csv"
    path.write_text("id,name\n" + "".join(f"X{number},Name {number}\n" for number in range(50)))

    def stop(stage: str, done: int, total: int) -> None:
        if stage == "writing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        full.people.import_from(path, progress=stop)
    assert len(full.people.all()) == 2
    assert full.health().sound
    with full._context.store.reading() as view:
        assert view.counts()[Kind.PERSON] == 2

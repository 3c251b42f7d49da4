from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.catalogue.credential import Basis
from skillmatch.service.imports.report import ImportOptions
from skillmatch.service.workspace import Workspace

HEAD = "id,title,teaches,requires_skills,requires_credentials,description\n"


def _file(folder: Path, rows: str, name: str = "credentials.csv", head: str = HEAD) -> Path:
    path = folder / name
    path.write_text(head + rows, encoding="utf-8")
    return path


def test_skills_are_found_by_id_label_and_alias(skilled: Workspace, tmp_path: Path) -> None:
    report = skilled.catalogue.import_from(
        _file(tmp_path, "A,All names,care.wounds@3 | TEAMWORK@2 | hand washing@4,,,\n")
    )
    assert (report.applied, report.added) == (True, 1)
    found = skilled.catalogue.credentials.get("A").outcomes
    assert [(item.skill_id, item.level, item.probability, item.basis) for item in found[:3]] == [
        ("care.wounds", 3, 1, Basis.STATED),
        ("soft.teamwork", 2, 1, Basis.STATED),
        ("care.hygiene", 4, 1, Basis.STATED),
    ]


def test_two_names_of_one_skill_become_one_outcome_at_the_higher_level(skilled: Workspace, tmp_path: Path) -> None:
    skilled.catalogue.import_from(_file(tmp_path, "A,Twice,Wound care@2 | dressing wounds@4,,,\n"))
    stated = [item for item in skilled.catalogue.credentials.get("A").outcomes if item.basis is Basis.STATED]
    assert [(item.skill_id, item.level) for item in stated] == [("care.wounds", 4)]


def test_words_that_match_nothing_are_kept_and_reported(skilled: Workspace, tmp_path: Path) -> None:
    report = skilled.catalogue.import_from(_file(tmp_path, "A,Odd,Qwxyz zzkj@2 | SQL@2,,,\n"))
    assert report.applied
    assert skilled.catalogue.credentials.get("A").unmapped == ("Qwxyz zzkj",)
    assert [(item.kind, item.place.line) for item in report.findings if item.kind == "unmapped_skill"] == [
        ("unmapped_skill", 2)
    ]


@pytest.mark.parametrize(
    ("rows", "line", "field", "says"),
    [
        ("A,One,SQL,,B,\n", 2, "requires_credentials", "requires 'own/B', which is in neither the file"),
        (
            "A,One,SQL,,B,\nB,Two,SQL,,A,\n",
            2,
            "requires_credentials",
            "in a circle: own/A needs own/B needs own/A",
        ),
        ("A,One,SQL,Qwxyz@2,,\n", 2, "requires_skills", "no skill is called 'Qwxyz'"),
        ("A,One,SQL@9,,,\n", 2, "teaches", "between"),
        ("A,,SQL,,,\n", 2, "title", "must not be blank"),
        ("A,One,SQL,,,\nA,Two,SQL,,,\n", 3, "id", "line 2"),
    ],
)
def test_a_bad_row_stops_the_import_and_is_named(
    skilled: Workspace, tmp_path: Path, rows: str, line: int, field: str, says: str
) -> None:
    report = skilled.catalogue.import_from(_file(tmp_path, rows))
    assert not report.applied
    assert skilled.catalogue.all().credentials == {}
    found = [item for item in report.rejected if item.place.line == line and says in item.message]
    assert found, [(item.place, item.message) for item in report.rejected]
    assert (found[0].place.file, found[0].place.field) == ("credentials.csv", field)


def test_keep_going_takes_the_good_rows_and_what_needs_a_rejected_one_falls_with_it(
    skilled: Workspace, tmp_path: Path
) -> None:
    rows = "A,One,SQL,,Z,\nB,Two,SQL,,A,\nC,Three,SQL,,,\n"
    report = skilled.catalogue.import_from(_file(tmp_path, rows), options=ImportOptions(keep_going=True))
    assert report.applied
    assert sorted(skilled.catalogue.all().credentials) == ["own/C"]
    assert [item.place.line for item in report.rejected] == [2, 3]


def test_a_dry_run_writes_nothing_and_reports_the_same(skilled: Workspace, tmp_path: Path) -> None:
    path = _file(tmp_path, "A,One,Qwxyz,,,\n")
    dry = skilled.catalogue.import_from(path, options=ImportOptions(dry_run=True))
    assert skilled.catalogue.all().credentials == {}
    wet = skilled.catalogue.import_from(path)
    assert dry.findings == wet.findings
    assert (dry.applied, wet.applied) == (False, True)


def test_importing_again_changes_nothing_and_a_changed_row_is_counted(full: Workspace, tmp_path: Path) -> None:
    again = full.catalogue.import_from(tmp_path / "organisation")
    assert (again.added, again.changed, again.unchanged) == (0, 0, 6)  # 4 credentials, 1 offering, 1 stack
    before = full.snapshot().content_hash
    changed = _file(tmp_path, "C1,Cleaner hands,Hand hygiene@4,,,\n")
    assert full.catalogue.import_from(changed).changed == 1
    assert full.snapshot().content_hash != before


def test_a_credential_added_now_is_recommended_now(full: Workspace, tmp_path: Path) -> None:
    before = [item.credential_id for item in full.recommend("P1", "R1").recommendations]
    full.catalogue.import_from(_file(tmp_path, "NEW,Wound school,Wound care@4,,,\n"))
    after = [item.credential_id for item in full.recommend("P1", "R1").recommendations]
    assert "own/NEW" in after
    assert "own/NEW" not in before


def test_an_offering_or_stack_of_an_unknown_credential_is_rejected(full: Workspace, tmp_path: Path) -> None:
    cohorts = _file(tmp_path, "O9,C9,2026-07-06,2026-07-12,4\n", "o.csv", "id,credential,start,end,seats\n")
    report = full.catalogue.import_from(cohorts, what="offerings")
    assert not report.applied
    assert "no credential is called 'own/C9'" in report.rejected[0].message


def test_a_description_is_read_where_nothing_is_stated(full: Workspace) -> None:
    found = {item.skill_id: item for item in full.catalogue.credentials.get("C4").outcomes}
    assert "soft.teamwork" in found
    assert found["soft.teamwork"].basis is Basis.INFERRED
    assert found["soft.teamwork"].level == 3  # the row's level


def test_a_folder_without_any_known_file_says_what_it_looks_for(skilled: Workspace, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"holds none of credentials\.csv"):
        skilled.catalogue.import_from(tmp_path / "empty")

"""What import commands say about rows that they cannot take."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

BAD = "id,name,hours_per_week\nE8,Cara,4\nE9,,4\nE10,Dora,-3\n" + "".join(f"F{n},,1\n" for n in range(6))


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """People of whom one can be taken and eight cannot."""
    path = tmp_path / "staff.csv"
    path.write_text(BAD)
    return path


def test_rejected_rows_stop_the_import(filled, bad: Path):
    done = filled("people", "import", bad)
    assert done.code == 2
    text = " ".join(done.out.split())
    assert "Nothing was written, because 8 rows cannot be taken." in text
    assert "staff.csv:3 name: must not be blank" in text
    assert "staff.csv:4 hours_per_week: is -3; it must be 0 or more." in text
    assert "and 3 more (--report FILE writes all)" in text
    assert "leave them out with --keep-going" in text
    assert filled("people", "show", "E8").code == 2


def test_keep_going_takes_the_rest_and_lists_every_rejected_row(filled, bad: Path):
    done = filled("people", "import", bad, "--keep-going")
    assert done.code == 0
    assert done.out.count("staff.csv:") == 8
    assert "1 added" in done.out
    assert filled("people", "show", "E8").code == 0


def test_dry_run_tells_how_the_import_would_end(filled, bad: Path):
    assert filled("people", "import", bad, "--dry-run").code == 2
    assert filled("people", "import", bad, "--dry-run", "--keep-going").code == 0
    assert filled("people", "show", "E8").code == 2


def test_json_holds_every_finding(filled, bad: Path):
    done = filled("people", "import", bad, "--json")
    assert done.code == 2
    assert (done.document["applied"], done.document["rejected"]) == (False, 8)
    finding = next(item for item in done.document["findings"] if item["line"] == 4)
    assert (finding["severity"], finding["file"], finding["field"]) == ("rejected", "staff.csv", "hours_per_week")


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_report_file_holds_every_finding(filled, bad: Path, tmp_path: Path, ending: str):
    target = tmp_path / f"findings.{ending}"
    assert filled("people", "import", bad, "--report", target).code == 2
    if ending == "json":
        found = json.loads(target.read_text())["findings"]
    else:
        with target.open(newline="") as file:
            found = list(csv.DictReader(file))
    rejected = [item for item in found if item["severity"] == "rejected"]
    assert [int(item["line"]) for item in rejected] == list(range(3, 11))


@pytest.mark.parametrize(
    ("name", "fragment"), [("findings.doc", "does not end in"), ("no/such/findings.csv", "there is no folder")]
)
def test_report_that_cannot_be_written_stops_before_the_import(filled, tmp_path: Path, name: str, fragment: str):
    (tmp_path / "staff.csv").write_text("id,name\nE8,Cara\n")
    done = filled("people", "import", tmp_path / "staff.csv", "--report", tmp_path / name)
    assert done.code == 2
    assert fragment in done.err
    assert filled("people", "show", "E8").code == 2


def test_a_column_map_names_other_peoples_columns(filled, tmp_path: Path):
    (tmp_path / "hr.csv").write_text("Number;Who\n17;Cara Dee\n")
    (tmp_path / "map.toml").write_text(
        'source = "hr"\nwhat = "people"\n[columns]\nid = "Number"\nname = "Who"\n', encoding="utf-8"
    )
    assert filled("people", "import", tmp_path / "hr.csv", "--map", tmp_path / "map.toml").code == 0
    assert filled("people", "show", "hr/17", "--json").document["name"] == "Cara Dee"


def test_source_makes_ids_of_their_own(filled, tmp_path: Path):
    (tmp_path / "staff.csv").write_text("id,name\nE1,Another Ana\n")
    assert filled("people", "import", tmp_path / "staff.csv", "--source", "temps").code == 0
    assert filled("people", "show", "temps/E1", "--json").document["name"] == "Another Ana"
    both = filled("people", "show", "E1")
    assert both.code == 2
    assert "own/E1" in both.err
    assert "temps/E1" in both.err


def test_without_a_taxonomy_people_are_told_that_nothing_can_be_understood(cli, sources: Path):
    done = cli("catalogue", "import", sources / "organisation", "--dry-run")
    assert "there is no taxonomy yet" in done.err
    linked = cli("taxonomy", "import", "table", sources / "taxonomy", "--dry-run")
    assert "there is no taxonomy yet" not in linked.err

"""Every command, for people and for programs, on the workspace of seven skills."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

DAY = "2026-03-01"
PACE = ("--hours-per-week", "5", "--weeks", "20")


def test_gap_names_the_five_states_in_words(filled):
    shown = filled("gap", "E1", "care worker", "--as-of", DAY)
    assert shown.code == 0, shown.err
    rows = {line.split("  ")[0].strip(): line for line in shown.out.splitlines()}
    for label, state, level in (
        ("Infection control", "partial", "2 of 3"),
        ("Medication rounds", "missing", "0 of 2"),
        ("Care records", "met", "2.3 of 2"),
        ("Active listening", "unknown", "? of 3"),
        ("Spreadsheets", "exceeds", "3 of 1"),
    ):
        assert state in rows[label]
        assert level in rows[label]
    # 2 x 2/3 + 1 x 0 + 1 x 1 + 1 x 0 + 1 x 1, of a weight of 6
    assert "Covered: 56 % of what the role requires" in shown.out
    assert "assessment 2026-01-15" in shown.out


def test_gap_as_json(filled):
    found = filled("gap", "E1", "R1", "--as-of", DAY, "--json").document
    assert (found["person"], found["role"], found["status"]) == ("own/E1", "own/R1", "partial")
    assert found["coverage"] == pytest.approx(0.555556)
    assert found["as_of"] == DAY
    assert found["versions"]["taxonomy"] == "seven@1"
    infection = found["items"][0]
    assert (infection["label"], infection["state"], infection["required"], infection["attained"]) == (
        "Infection control",
        "partial",
        3.0,
        2.0,
    )
    assert infection["evidence"][0]["note"] == "practical test"


def test_json_may_stand_anywhere(filled):
    after = filled("roles", "list", "--json")
    between = filled("roles", "--json", "list")
    before = filled("--json", "roles", "list")
    assert after.out == between.out == before.out
    assert [item["id"] for item in after.document["items"]] == ["own/R1", "own/R2", "own/R3", "own/R4"]


def test_gap_that_cannot_be_judged_says_what_to_do(filled):
    nobody_knows = filled("gap", "E2", "R1", "--as-of", DAY)
    assert "This cannot be judged" in nobody_knows.out
    assert "skillmatch people import FILE --what evidence" in " ".join(nobody_knows.out.split())
    assert "Covered" not in nobody_knows.out
    asks_nothing = filled("gap", "E1", "R2", "--as-of", DAY)
    assert "the role has no requirements" in asks_nothing.out
    assert nobody_knows.code == asks_nothing.code == 0


def test_recommend_gives_reasons_in_words(filled):
    shown = filled("recommend", "E1", "R1", "--as-of", DAY, "--limit", "9", "--language", "en")
    text = " ".join(shown.out.split())
    assert "closes all of what is missing in Infection control (2 -> 3), stated by the provider" in text
    assert "20 hours, 100 EUR, adds 11 % of the role" in text
    assert "10 hours, free" in text
    assert "hours not stated" not in text.split("Left out")[0]
    assert "already held (1)" in text
    assert "- Records for carers" in text
    assert "no longer on offer (1)" in text
    assert "in another language (1)" in text
    assert "something else is needed first (1)" in text


def test_recommend_respects_limits_and_preferences(filled):
    base = ("recommend", "E1", "R1", "--as-of", DAY, "--limit", "9", "--json")
    free = filled(*base, "--max-cost", "0").document
    assert [item["title"] for item in free["recommendations"]] == ["Safe medicine", "The long way"]
    assert filled(*base, "--max-hours", "9").document["recommendations"] == []
    titles = [item["title"] for item in filled(*base, "--language", "en").document["recommendations"]]
    assert titles == ["Safe medicine", "Clean wards", "The long way"]
    timeless = filled(*base, "--language", "en", "--hours-scale", "off").document["recommendations"]
    assert [item["title"] for item in timeless] == ["Safe medicine", "The long way", "Clean wards"]
    for item in filled(*base).document["recommendations"]:
        assert sum(reason["contribution"] for reason in item["reasons"]) == pytest.approx(item["score"], abs=1e-9)


def test_recommend_says_when_there_is_nothing_to_close(filled):
    shown = filled("recommend", "E1", "Recorder", "--as-of", DAY)
    assert "Every requirement of the role is met" in shown.out
    assert filled("recommend", "E1", "Recorder", "--as-of", DAY, "--json").document["status"] == "nothing_to_close"


def test_excluded_are_cut_short_unless_all_are_asked_for(filled, tmp_path: Path):
    rows = "".join(f"X{number},Dear {number},Infection control@3,900,EUR\n" for number in range(8))
    (tmp_path / "more.csv").write_text("id,title,teaches,cost,currency\n" + rows)
    assert filled("catalogue", "import", tmp_path / "more.csv").code == 0
    asked = ("recommend", "E1", "R1", "--as-of", DAY, "--max-cost", "500")
    short, whole = filled(*asked).out, filled(*asked, "--all").out
    assert "too expensive (8)" in short
    assert "and 3 more (--all shows them)" in short
    assert short.count("Dear ") == 5
    assert whole.count("Dear ") == 8


def test_pathway_shows_days_hours_and_costs_by_currency(filled):
    shown = filled("pathway", "E1", "R1", *PACE, "--as-of", DAY, "--language", "en")
    assert shown.code == 0, shown.err
    text = " ".join(shown.out.split())
    assert "56 % now" in text
    assert "100 % when every step works out" in text
    assert "Cost in all: 100 EUR, and 50 USD." in text
    assert "* The catalogue does not state these hours; they are assumed." in text
    found = filled("pathway", "E1", "R1", *PACE, "--as-of", DAY, "--language", "en", "--json").document
    titles = [step["title"] for step in found["steps"]]
    assert titles.index("Safe medicine") < titles.index("Listening well")
    assert all(step["start"] <= step["end"] for step in found["steps"])


def test_no_pathway_says_so_and_what_to_change(filled):
    shown = filled("pathway", "E1", "R1", "--hours-per-week", "1", "--weeks", "1", "--as-of", DAY)
    assert "There is no pathway: " in " ".join(shown.out.split())
    assert filled("pathway", "E1", "R4", *PACE, "--as-of", DAY, "--json").document["status"] == "no_pathway"


def test_link_texts(filled):
    shown = filled("link", "infection control", "zzzz qqqq")
    assert "Infection control" in shown.out
    assert "exact" in shown.out
    assert "No skill surely enough" in shown.out
    found = filled("link", "infection control", "zzzz qqqq", "--json").document
    sure, unsure = found["items"]
    assert (sure["abstained"], sure["links"][0]["skill_id"], sure["links"][0]["basis"]) == (
        False,
        "care.infection",
        "exact",
    )
    assert unsure["abstained"]


def test_link_without_abstaining_gives_as_many_as_asked_for(filled):
    found = filled("link", "zzzz qqqq", "--top", "4", "--no-abstain", "--json").document
    assert len(found["items"][0]["links"]) == 4
    probabilities = [item["probability"] for item in found["items"][0]["links"]]
    assert probabilities == sorted(probabilities, reverse=True)


def test_link_a_file_of_lines_to_a_file_of_answers(filled, tmp_path: Path):
    (tmp_path / "texts.txt").write_text("\ufeffwound care\n\nSQL\r\n", encoding="utf-8")
    ended = filled("link", "--input", tmp_path / "texts.txt", "--output", tmp_path / "answers.jsonl")
    assert ended.code == 0, ended.err
    assert "2 texts" in ended.out
    answers = [json.loads(line) for line in (tmp_path / "answers.jsonl").read_text().splitlines()]
    assert [(item["line"], item["text"]) for item in answers] == [(1, "wound care"), (3, "SQL")]
    assert [item["links"][0]["skill_id"] for item in answers] == ["care.wounds", "it.sql"]


def test_link_reads_the_standard_input(filled, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"wound care\nSQL")))
    found = filled("link", "--input", "-", "--json").document
    assert [(item["line"], item["text"]) for item in found["items"]] == [(1, "wound care"), (2, "SQL")]


def test_link_a_column_of_a_table(filled, tmp_path: Path):
    (tmp_path / "jobs.csv").write_text("id,wanted\n1,wound care\n2,SQL\n")
    found = filled("link", "--input", tmp_path / "jobs.csv", "--column", "wanted", "--json").document
    assert [(item["line"], item["links"][0]["label"]) for item in found["items"]] == [(2, "Wound care"), (3, "SQL")]


def test_taxonomies_are_listed_compared_and_looked_up(filled, sources: Path, tmp_path: Path):
    changed = (sources / "taxonomy" / "skills.csv").read_text().replace("it.sql,SQL,", "it.sql,SQL queries,SQL")
    (tmp_path / "skills.csv").write_text(changed)
    (tmp_path / "taxonomy.toml").write_text('name = "seven"\nversion = "2"\n')
    done = filled("taxonomy", "import", "table", tmp_path, "--json")
    assert (done.code, done.document["changed"], done.document["unchanged"]) == (0, 1, 6)
    listed = filled("taxonomy", "list", "--json").document["items"]
    assert [(item["name"], item["version"], item["active"]) for item in listed] == [
        ("seven", "1", False),
        ("seven", "2", True),
    ]
    assert "seven@2" in filled("taxonomy", "list").out
    diff = filled("taxonomy", "diff", "seven@1", "seven@2")
    assert "SQL -> SQL queries" in diff.out
    counts = filled("taxonomy", "diff", "seven@1", "seven@2", "--json").document["counts"]
    assert counts["skill"]["renamed"] == 1
    assert "Wound care" in filled("taxonomy", "show", "wound CARE").out
    shown = filled("taxonomy", "show", "care.wounds", "--json").document
    assert shown["broader"] == [{"skill_id": "care.infection", "label": "Infection control"}]
    assert shown["taxonomy"] == "seven@2"


def test_catalogue_list_and_show(filled):
    assert "Clean wards" in filled("catalogue", "list").out
    assert len(filled("catalogue", "list", "--json").document["items"]) == 7
    assert len(filled("catalogue", "list", "--limit", "2", "--json").document["items"]) == 2
    assert "2 of 7; --limit 7 shows all" in filled("catalogue", "list", "--limit", "2").out
    text = filled("catalogue", "show", "C1").out
    for said in ("Clean wards", "100 EUR", "Infection control", "stated", "Whole carer", "2026-04-06"):
        assert said in text
    found = filled("catalogue", "show", "own/C1", "--json").document
    assert found["outcomes"][0]["label"] == "Infection control"
    assert found["stacks"] == [{"id": "own/S1", "title": "Whole carer", "credentials": 3, "needed": 2}]
    assert found["offerings"][0]["seats"] == 12


def test_roles_list_show_and_from_occupation(filled):
    assert "Care worker" in filled("roles", "list").out
    assert "Infection control" in filled("roles", "show", "care worker").out
    assert "no requirements" in filled("roles", "show", "R2").out
    made = filled("roles", "from-occupation", "care assistant", "--id", "R9", "--title", "Helper", "--json").document
    assert (made["id"], made["title"], made["occupation_id"]) == ("own/R9", "Helper", "occupation.carer")
    assert {item["state"] for item in made["requirements"]} == {"suggested"}
    assert filled("roles", "show", "R9", "--json").document == made


def test_people_list_and_show(filled):
    assert "Ana Ruiz" in filled("people", "list").out
    only = filled("people", "list", "--unit", "Ward 2", "--json").document["items"]
    assert [item["name"] for item in only] == ["Ben Cole"]
    assert "nobody" in filled("people", "list", "--unit", "Ward 9").out
    text = filled("people", "show", "E1", "--as-of", DAY).out
    for said in ("Ana Ruiz", "Ward 1", "2 basic", "Records for carers", "held"):
        assert said in text
    assert "not the same as having none" in filled("people", "show", "E2", "--as-of", DAY).out
    found = filled("people", "show", "E1", "--as-of", DAY, "--json").document
    assert found["as_of"] == DAY
    assert found["awards"][0]["title"] == "Records for carers"
    assert {item["label"] for item in found["evidence"]} >= {"Infection control"}


def test_import_again_changes_nothing(filled, sources: Path):
    for name, count in (("catalogue", 9), ("roles", 4), ("people", 7)):
        again = filled(name, "import", sources / "organisation", "--json").document
        assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, count), name


def test_dry_run_writes_nothing_and_needs_no_workspace(cli, sources: Path, tmp_path: Path):
    done = cli("taxonomy", "import", "table", sources / "taxonomy", "--dry-run")
    assert done.code == 0, done.err
    assert "Dry run, nothing was written" in done.out
    assert not (tmp_path / "workspace").exists()


def test_first_import_says_that_it_made_the_workspace(cli, sources: Path, tmp_path: Path):
    done = cli("taxonomy", "import", "table", sources / "taxonomy")
    assert done.code == 0, done.err
    assert f"Made a new workspace in {tmp_path / 'workspace'}" in done.err
    assert "Imported: 7 added" in done.out


def test_export_and_import_back(filled, tmp_path: Path):
    done = filled("export", "all", tmp_path / "out")
    assert done.code == 0, done.err
    assert "credentials.csv: 7 rows" in done.out
    files = filled("export", "all", tmp_path / "out", "--json").document["files"]
    assert files["people.csv"] == 2
    again = filled("catalogue", "import", tmp_path / "out", "--json").document
    assert (again["added"], again["changed"]) == (0, 0)
    single = filled("export", "people", tmp_path / "people.xlsx", "--json").document
    assert single == {"path": str(tmp_path / "people.xlsx"), "files": {"people.xlsx": 2}, "attribution": ""}
    assert filled("export", "taxonomy", tmp_path / "tables", "--json").document["files"]["skills.csv"] == 7


def test_doctor(filled):
    shown = filled("doctor")
    assert shown.code == 0
    assert "What to do" in shown.out
    assert "warning" in shown.out
    found = filled("doctor", "--json").document
    assert found["sound"]
    assert {item["name"] for item in found["checks"]} >= {"database", "taxonomy", "encoder"}


def test_doctor_ends_with_2_when_it_finds_a_fault(filled, tmp_path: Path):
    with (tmp_path / "workspace" / "workspace.db").open("r+b") as file:
        file.seek(40 * 4096)
        file.write(b"\xff" * 4096)
    assert filled("doctor").code == 2


def test_version(cli):
    assert cli("--version").out.startswith("skillmatch ")
    assert set(cli("--version", "--json").document) == {"skillmatch"}


def test_every_line_fits_80_columns(filled):
    for words in (
        ("gap", "E1", "R1"),
        ("recommend", "E1", "R1"),
        ("pathway", "E1", "R1", *PACE),
        ("doctor",),
        ("catalogue", "list"),
        ("people", "show", "E1"),
    ):
        lines = filled(*words).out.splitlines()
        assert lines
        assert max(map(len, lines)) <= 80, words

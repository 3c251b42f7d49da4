"""Whatever people get wrong: exit code 2, a message with place and remedy, and nothing written."""

from __future__ import annotations

import shlex
import sqlite3
from pathlib import Path

import pytest

from skillmatch.cli.errors import describe

EVIDENCE = b"person,skill,level,source,date\n"
NEEDS = b"id,title,requires_credentials\n"

CASES = [
    # a name, what is in the file x.csv (None: there is none), the command, what the message says
    ("missing file", None, "people import x.csv", "x.csv does not exist"),
    ("empty file", b"", "people import x.csv", "x.csv is empty"),
    ("foreign columns", b"a,b\n1,2\n", "people import x.csv", "has no column 'id'"),
    ("missing column", b"id\n1\n", "people import x.csv", "Its columns are: id"),
    ("neither UTF-8 nor anything", b"id,name\n1,J\xf6rg \x81\n", "people import x.csv", "x.csv"),
    ("NUL", b"id,name\n1,A\x00B\n", "people import x.csv", "line 2"),
    ("10 MB cell", b"id,name\n1," + b"A" * 10_000_000 + b"\n", "people import x.csv", "more than 4,000,000 characters"),
    ("duplicate ids", b"id,name\n1,A\n1,B\n", "people import x.csv", "'own/1' comes twice"),
    ("unknown role", b"id,name,role\n1,A,R77\n", "people import x.csv", "no role is called 'R77'"),
    (
        "unknown person",
        EVIDENCE + b"E9,SQL,2,self,2025-01-01\n",
        "people import x.csv --what evidence",
        "no person is called 'E9'",
    ),
    (
        "level off the scale",
        EVIDENCE + b"E1,SQL,7,self,2025-01-01\n",
        "people import x.csv --what evidence",
        "on the scale 0-5",
    ),
    (
        "date in the future",
        EVIDENCE + b"E1,SQL,2,self,2999-01-01\n",
        "people import x.csv --what evidence",
        "2999-01-01",
    ),
    ("negative hours", b"id,title,hours\nX,Y,-4\n", "catalogue import x.csv", "is -4; it must be 0 or more"),
    (
        "dangling prerequisite",
        NEEDS + b"X,Y,Z9\n",
        "catalogue import x.csv",
        "which is in neither the file nor the catalogue",
    ),
    ("circle", NEEDS + b"X,X,Y\nY,Y,X\n", "catalogue import x.csv", "requires itself"),
    (
        "cohort of nothing",
        b"id,credential,start,end\nO,Z9,2026-01-01,2026-02-01\n",
        "catalogue import x.csv --what offerings",
        "no credential is called",
    ),
    ("role without level", b"role_id,title,skill\nR9,T,SQL\n", "roles import x.csv", "level"),
    ("folder for a file", None, "link --input .", ". is a folder, not a file"),
    ("folder without tables", None, "people import .", "holds none of people.csv"),
    ("no such map", b"id,name\n1,A\n", "people import x.csv --map no.toml", "no.toml cannot be read"),
    ("taxonomy of another layout", b"id,label\n1,A\n", "taxonomy import esco x.csv", "x.csv"),
    ("unknown layout", None, "taxonomy import sfia x.csv", "sfia"),
    ("unknown credential", None, "catalogue show C77", "No credential is called 'C77'"),
    ("near skill", None, "taxonomy show Infection", "Did you mean: Infection control"),
    ("near role", None, "gap E1 'Care workr'", "Did you mean: Care worker"),
    ("unknown occupation", None, "roles from-occupation astronaut", "No occupation is called 'astronaut'"),
    ("person for gap", None, "gap E77 R1", "No person is called 'E77'"),
    ("day", None, "gap E1 R1 --as-of soon", "is not a day; write it as 2026-03-31"),
    ("negative budget", None, "recommend E1 R1 --max-cost -5", "is -5; it must be 0 or more"),
    ("scale of nothing", None, "recommend E1 R1 --hours-scale 0", "hours_scale"),
    ("scale of words", None, "recommend E1 R1 --cost-scale much", "neither a number nor 'off'"),
    ("not a number", None, "recommend E1 R1 --max-hours nan", "is nan"),
    ("no recommendations", None, "recommend E1 R1 --limit 0", "--limit"),
    ("hours a week", None, "pathway E1 R1 --hours-per-week 200 --weeks 4", "between 0 and 168 hours"),
    ("no pace", None, "pathway E1 R1", "--hours-per-week"),
    ("version without name", None, "taxonomy diff seven seven@1", "Write it as name@version"),
    ("no such version", None, "taxonomy diff seven@1 seven@9", "seven@9"),
    ("nothing to link", None, "link", "Give one of the two"),
    ("two sources of texts", None, "link SQL --input x.csv", "Give one of the two"),
    ("which column", b"a,b\n1,2\n", "link --input x.csv", "Say with --column"),
    ("no such column", b"a,b\n1,2\n", "link --input x.csv --column c", "It has: a, b"),
    ("answers as CSV", None, "link SQL --output answers.csv", "does not end in .jsonl"),
    ("answers nowhere", None, "link SQL --output no/answers.jsonl", "there is no folder"),
    ("export to a strange file", None, "export people people.pdf", "Use .csv or .xlsx"),
    ("export of all to a file", None, "export all all.csv", "Several tables need a folder"),
    ("export nowhere", None, "export people no/people.csv", "cannot be written"),
    ("export into a file", b"", "export all plain", "plain"),
    ("unknown export", None, "export everything out", "everything"),
    ("unknown command", None, "frobnicate", "No such command"),
    ("unknown option", None, "gap E1 R1 --frobnicate", "--frobnicate"),
    ("taken port", None, "serve --port 99999", "Use a number from 0 to 65535"),
    ("port for everybody", None, "serve --host 0.0.0.0", "reachable from other machines"),
]


@pytest.mark.parametrize(("content", "line", "fragment"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_bad_input(filled, tree, tmp_path: Path, monkeypatch, content, line, fragment):
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    monkeypatch.chdir(inputs)
    (inputs / "plain").write_text("a file without an ending")
    if content is not None:
        Path("x.csv").write_bytes(content)
    before = tree()
    ended = filled(*shlex.split(line))
    assert ended.code == 2, ended
    assert fragment in " ".join((ended.out + ended.err).split())
    assert "Traceback" not in ended.err
    assert tree() == before


def test_errors_as_json_say_the_place(filled, tmp_path: Path):
    (tmp_path / "x.csv").write_bytes(b"id,name\n1,A\n2\n")
    ended = filled("people", "import", tmp_path / "x.csv", "--json")
    assert (ended.code, ended.out) == (2, "")
    assert list(ended.error) == ["code", "message", "remedy", "file", "line", "field"]
    assert (ended.error["code"], ended.error["file"], ended.error["line"]) == ("invalid_input", "x.csv", 3)
    assert ended.error["remedy"]


def test_usage_errors_as_json(cli):
    ended = cli("gap", "--json")
    assert (ended.code, ended.out, ended.error["code"], ended.error["field"]) == (2, "", "usage", "person")
    assert cli("--json").error["message"] == "Missing command."


def test_json_after_two_dashes_is_a_text(cli):
    ended = cli("frobnicate", "--", "--json")
    assert ended.err.startswith("Error: ")


def test_a_missing_workspace_says_how_to_make_one(cli, tmp_path: Path):
    ended = cli("gap", "E1", "R1")
    assert ended.code == 2
    assert "skillmatch demo" in ended.err
    assert not (tmp_path / "workspace").exists()
    assert cli("gap", "E1", "R1", "--json").error["code"] == "workspace_missing"


def test_a_workspace_of_a_newer_version(filled, tmp_path: Path):
    with sqlite3.connect(tmp_path / "workspace" / "workspace.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    ended = filled("people", "list")
    assert ended.code == 2
    assert "Update skillmatch" in ended.err


def test_a_setting_of_the_environment_that_is_nonsense(filled, monkeypatch, tmp_path: Path):
    monkeypatch.setenv("SKILLMATCH_THREADS", "many")
    ended = filled("people", "list")
    assert ended.code == 2
    assert "SKILLMATCH_THREADS" in ended.err


def test_our_own_fault_is_one_line_with_code_1(capfd, tmp_path, filled, monkeypatch):
    monkeypatch.setattr("skillmatch.service.roles.roles.Roles.all", lambda self: 1 / 0)
    ended = filled("roles", "list")
    assert ended.code == 1
    assert len(ended.err.splitlines()) == 1
    assert "--debug" in ended.err
    assert "Traceback" not in ended.err
    assert "ZeroDivisionError: division by zero" in filled("roles", "list", "--debug").err
    assert filled("roles", "list", "--json").error["code"] == "internal"


def test_interrupt_says_that_nothing_is_half_written():
    problem, code = describe(KeyboardInterrupt())
    assert code == 130
    assert "Nothing was half written" in problem.sentence()


def test_what_needs_a_taxonomy_says_so(cli, tmp_path: Path):
    (tmp_path / "staff.csv").write_text("id,name\nE1,Ana\n")
    assert cli("people", "import", tmp_path / "staff.csv").code == 0
    for words in (("link", "SQL"), ("roles", "from-occupation", "carer"), ("export", "taxonomy", tmp_path / "out")):
        ended = cli(*words)
        assert ended.code == 2
        assert ended.err == (
            "Error: The workspace has no taxonomy yet. "
            "Import one with 'skillmatch taxonomy import esco|onet|table PATH'.\n"
        )


def test_what_only_an_extra_installs_is_named_with_it() -> None:
    problem, code = describe(ModuleNotFoundError("No module named 'torch'", name="torch"))
    assert (problem.code, code) == ("not_installed", 2)
    assert "skillmatch[train]" in problem.sentence()
    assert describe(ModuleNotFoundError("No module named 'nothing'", name="nothing"))[0].code == "internal"

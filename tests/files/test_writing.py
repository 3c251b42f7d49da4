"""Writing: no formula gets out, and a file appears whole or not at all."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from skillmatch.domain.base.errors import InputError, WorkspaceError
from skillmatch.domain.people.person import AwardState
from skillmatch.files.tables import open_table
from skillmatch.files.writing import neutral, plain, write_table, write_text

DANGEROUS = [
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-1+1",
    "-A1",
    "@SUM(A1)",
    "\t=1",
    "\tx",
    "\r=1",
    "\n=1",
    "  =1",
    "\u00a0=1",
    '"=1',
    "'=1",
    "“=1",
    "\x00=1",
    "\x1b=1",
    "\u200b=1",
    "\ufeff=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "﹦1",
    " '\" =cmd|'/c calc'!A0",
    "+49 30 123456",
    "-",
    "'-5",
]
HARMLESS = ["", "abc", "a=1", "1-2", "-5", "+3.25", "-1e6", "-1,234.5", "'quoted'", "3 - 6 Months", " x", "#N/A"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_could_run_gets_a_quote(text: str) -> None:
    assert neutral(text) == f"'{text}"
    assert plain(f"'{text}") == text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert neutral(text) == text
    assert plain(text) == text


@given(st.one_of(st.text(), st.text(alphabet="'\"=+-@\t\r\n 1a＝", max_size=6)))
@example("''=")
def test_plain_undoes_neutral(text: str) -> None:
    assert plain(neutral(text)) == text
    assert neutral(text) in (text, f"'{text}")


CELLS = [
    ("text", "text"),
    ("=1+1", "=1+1"),
    (None, ""),
    (3, "3"),
    (3.0, "3"),
    (0.25, "0.25"),
    (-5, "-5"),
    (10**15, "1000000000000000"),
    (True, "true"),
    (date(2025, 3, 1), "2025-03-01"),
    (datetime(2025, 3, 1, 8, 30), "2025-03-01 08:30:00"),
    (AwardState.IN_PROGRESS, "in_progress"),
    ("007", "007"),
    ('a "quoted", b', 'a "quoted", b'),
    ("two\r\nlines\rx\n", "two\r\nlines\rx\n"),
    ("a\rb", "a\rb"),
    (0.7201008065052269, "0.7201008065052269"),
    ("\x01\x1f_x000D_ _xYZ_", "\x01\x1f_x000D_ _xYZ_"),
    ("#N/A", "#N/A"),
    (" spaced ", " spaced "),
]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_written_reads_back(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    rows = [(str(number), cell) for number, (cell, _) in enumerate(CELLS)]
    assert write_table(path, ("id", "cell"), rows) == len(CELLS)
    assert [plain(row.cells["cell"]) for row in open_table(path)] == [text for _, text in CELLS]
    assert list(tmp_path.iterdir()) == [path]


printable = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


@given(st.lists(printable, max_size=4), st.sampled_from(["csv", "xlsx"]))
def test_any_text_reads_back_and_is_never_a_formula(tmp_path_factory: pytest.TempPathFactory, texts, ending) -> None:
    path = tmp_path_factory.mktemp("law") / f"out.{ending}"
    write_table(path, ("id", "cell"), [("x", text) for text in texts])
    assert [plain(row.cells["cell"]) for row in open_table(path)] == texts
    if ending == "xlsx":
        assert all(cell.data_type != "f" for row in load_workbook(path).active.iter_rows() for cell in row)


def test_numbers_are_numbers_in_a_workbook(tmp_path: Path) -> None:
    write_table(tmp_path / "a.xlsx", ("hours",), [(40.5,), (3,)])
    assert [cell.value for cell in load_workbook(tmp_path / "a.xlsx").active["A"]] == ["hours", 40.5, 3]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_failing_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    write_table(path, ("id",), [("old",)])
    before = path.read_bytes()

    def rows():
        yield ("new",)
        raise RuntimeError("the source failed")

    with pytest.raises(RuntimeError):
        write_table(path, ("id",), rows())
    with pytest.raises(ValueError, match="has 2 cells"):
        write_table(path, ("id",), [("a", "b")])
    with pytest.raises(ValueError, match="nan"):
        write_table(path, ("id",), [(float("nan"),)])
    with pytest.raises(InputError, match="line 3: a cell holds half of a surrogate") as caught:
        write_table(path, ("id",), [("ok",), ("\ud800",)])
    assert caught.value.place.file == path.name
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 2: a cell has 40,000 characters; a sheet holds 32,767"):
        write_table(tmp_path / "a.xlsx", ("id",), [("x" * 40_000,)])
    with pytest.raises(InputError, match=r"'\.ods' is not a kind of table that can be written"):
        write_table(tmp_path / "a.ods", ("id",), [])
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "none" / "a.csv", tmp_path / "file" / "a.csv", tmp_path):
        with pytest.raises(WorkspaceError, match="cannot be written"):
            write_text(path, "x")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux")
def test_a_full_disk_is_a_workspace_error(tmp_path: Path) -> None:
    import resource as limits

    child = os.fork()
    if child == 0:  # a file-size limit stands in for the full disk; in a child, as it holds for a whole process
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        limits.setrlimit(limits.RLIMIT_FSIZE, (10_000, 10_000))
        try:
            write_table(tmp_path / "a.csv", ("id",), [("x" * 100,)] * 1_000)
        except WorkspaceError:
            os._exit(0 if not list(tmp_path.iterdir()) else 2)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_private_file_stays_private_and_a_link_stays_a_link(tmp_path: Path) -> None:
    path = tmp_path / "private.csv"
    path.write_text("old")
    path.chmod(0o600)
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    write_text(link, "new")
    assert link.is_symlink()
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o600

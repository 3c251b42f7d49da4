"""Workbooks: cells as a person sees them, and refusal of everything that is no honest workbook."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from skillmatch.domain.base.errors import InputError
from skillmatch.files.tables import open_table


def workbook(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def rebuilt(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The workbook with the content of its members changed."""
    with zipfile.ZipFile(path) as old:
        members = {name: change(name, old.read(name)) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            new.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Ann", "Ann"),
        (" kept ", " kept "),
        (3, "3"),
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (1234567.25, "1234567.25"),
        (-5, "-5"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2025, 3, 1), "2025-03-01"),
        (datetime(2025, 3, 1), "2025-03-01"),
        (datetime(2025, 3, 1, 8, 30), "2025-03-01 08:30:00"),
        (time(8, 30), "08:30:00"),
        (timedelta(hours=40), "40:00:00"),
        ("_x000D_", "\r"),
        ("two\nlines", "two\nlines"),
        ("=1+1", ""),  # a formula whose value no program has computed yet
    ],
)
def test_cells_are_the_text_that_a_person_sees(tmp_path: Path, value: object, text: str) -> None:
    path = workbook(tmp_path / "a.xlsx", ["id", "value"], ["1", value])
    assert next(iter(open_table(path))).cells == {"id": "1", "value": text}


def test_lines_are_sheet_rows_and_short_rows_are_filled_up(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [None], ["id", "name", None], ["1", "Ann"], [None, None], ["2", None])
    table = open_table(path)
    assert table.header == ("id", "name")
    assert [(row.line, row.cells) for row in table] == [(3, {"id": "1", "name": "Ann"}), (5, {"id": "2", "name": ""})]
    assert list(table) == list(table)


def test_the_first_sheet_is_read(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["first"])
    book.create_sheet("other").append(["second"])
    book.save(tmp_path / "a.xlsx")
    assert open_table(tmp_path / "a.xlsx").header == ("first",)


def test_a_sheet_that_lies_about_its_size_is_read_whole(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["id", "name"], ["1", "Ann"], ["2", "Bo"])
    rebuilt(path, lambda name, old: old.replace(b'ref="A1:B3"', b'ref="A1:A1"'))
    assert [row.cells["name"] for row in open_table(path)] == ["Ann", "Bo"]


def test_wrong_sheets(tmp_path: Path) -> None:
    for rows, line, words in [
        ([], None, "no header"),
        ([["id", "id"]], 1, "comes twice"),
        ([["id"], ["1", "extra"]], 2, "'extra' stands in a column without a name"),
        ([["id", "name"], ["1", "x_xD800_"]], 2, "surrogate"),
        ([["id", "name"], ["1", "x_x0000_"]], 2, "NUL"),
        ([["id"], [None] * 2_100 + ["far"]], 2, "goes past 2,000 columns"),
    ]:
        path = workbook(tmp_path / "a.xlsx", *rows)
        with pytest.raises(InputError, match=words) as caught:
            list(open_table(path))
        assert caught.value.place.file == "a.xlsx"
        assert line is None or caught.value.place.line == line


def test_what_is_no_workbook(tmp_path: Path) -> None:
    plain = tmp_path / "plain.xlsx"
    plain.write_text("id,name\n1,Ann\n")
    protected = tmp_path / "protected.xlsx"
    protected.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    archive = tmp_path / "archive.xlsx"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("people.csv", "id\n1\n")
    cut = workbook(tmp_path / "cut.xlsx", ["id"], ["1"])
    cut.write_bytes(cut.read_bytes()[:-40])
    hollow = rebuilt(workbook(tmp_path / "hollow.xlsx", ["id"]), lambda name, old: b"" if "sheet1" in name else old)
    broken = rebuilt(workbook(tmp_path / "broken.xlsx", ["id"]), lambda name, old: b"<a" if "workbook" in name else old)
    for path, words in [
        (plain, "not a zip archive"),
        (protected, "protected by a password"),
        (archive, "not a workbook"),
        (cut, "damaged"),
        (hollow, "cannot be read as a workbook"),
        (broken, "cannot be read as a workbook"),
    ]:
        with pytest.raises(InputError, match=words) as caught:
            list(open_table(path))
        assert caught.value.remedy


def test_a_flipped_byte_never_gives_a_trace(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "whole.xlsx", ["id", "name"], *([str(n), "Ann"] for n in range(50))).read_bytes()
    path = tmp_path / "flipped.xlsx"
    for position in range(0, len(whole), 37):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :])
        try:
            list(open_table(path))
        except InputError as error:
            assert error.place.file == "flipped.xlsx"


def bomb(path: Path, kind: str) -> Path:
    workbook(path, ["id"], ["1"])
    entity = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    def change(name: str, old: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return old
        match kind:
            case "ratio":
                return old + b" " * 20_000_000
            case "size":
                return old + bytes(range(32, 127)) * 600_000
            case "entities":
                return b"<?xml version='1.0'?>" + entity.encode() + old
            case "entities in UTF-16":
                return f"<?xml version='1.0' encoding='UTF-16'?>{entity}<a/>".encode("utf-16")
            case "far row":
                return old.replace(b'<row r="2"', b'<row r="999999999999"').replace(b'r="A2"', b'r="A999999999999"')
        raise ValueError(kind)

    return rebuilt(path, change)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("ratio", "more than 100 times its size"),
        ("size", "the limit is 52,428,800"),
        ("entities", "document type"),
        ("entities in UTF-16", "document type"),
        ("far row", "1,048,576 rows"),
    ],
)
def test_bombs_are_refused(tmp_path: Path, kind: str, words: str) -> None:
    path = bomb(tmp_path / "bomb.xlsx", kind)
    with pytest.raises(InputError, match=words):
        list(open_table(path))


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["id"])
    content = bytearray(path.read_bytes())
    start = content.find(b"PK\x01\x02")  # the first entry of the central folder; its flags lie 8 bytes on
    content[start + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(InputError, match="protected by a password"):
        open_table(path)

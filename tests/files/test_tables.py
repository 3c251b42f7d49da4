"""CSV and TSV: what is read, and the message for everything that is not."""

from __future__ import annotations

import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.errors import InputError
from skillmatch.files.tables import MAX_CELL_CHARS, MAX_COLUMNS, Table, open_table


def written(folder: Path, content: bytes, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_rows_are_raw_text_by_column_with_the_line_they_start_on(tmp_path: Path) -> None:
    path = written(tmp_path, b'id,name\n1, Ann \n2,"two\nlines"\n3,after\n')
    table = open_table(path)
    assert (table.file, table.header) == ("people.csv", ("id", "name"))
    assert [(row.line, row.cells) for row in table] == [
        (2, {"id": "1", "name": " Ann "}),
        (3, {"id": "2", "name": "two\nlines"}),
        (5, {"id": "3", "name": "after"}),
    ]


def test_iterating_again_starts_at_the_first_row(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, b"id\n1\n2\n"))
    first = next(iter(table))
    assert list(table) == list(table)
    assert next(iter(table)) == first


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"id,name\n1,Ann\n"),
        ("a.csv", b"id;name\n1;Ann\n"),
        ("a.csv", b"id\tname\n1\tAnn\n"),
        ("a.CSV", b"\xef\xbb\xbfid,name\n1,Ann\n"),
        ("a.csv", b"id,name\r\n1,Ann\r\n"),
        ("a.csv", b"id,name\r1,Ann\r"),
        ("a.csv", b"\n\nid,name\n\n1,Ann\n\n   \n"),
        ("a.csv", b" id , name \n1,Ann"),
        ("a.csv", b'"id","name"\n"1","Ann"'),
        ("a.csv", b"id,name,,\n1,Ann,,\n"),
        ("a.tsv", b"id\tname\n1\tAnn\n"),
        ("a.txt", b"id\tname\n1\tAnn\n"),
    ],
)
def test_the_same_table_in_many_dresses(tmp_path: Path, name: str, content: bytes) -> None:
    table = open_table(written(tmp_path, content, name))
    assert table.header == ("id", "name")
    assert [row.cells for row in table] == [{"id": "1", "name": "Ann"}]


def test_a_delimiter_inside_quotes_does_not_count_when_guessing(tmp_path: Path) -> None:
    assert open_table(written(tmp_path, b'"a,b,c";d\n1;2\n')).header == ("a,b,c", "d")


def test_a_delimiter_can_be_given(tmp_path: Path) -> None:
    assert open_table(written(tmp_path, b"a,b;c\n1;2\n"), delimiter=";").header == ("a,b", "c")


def test_a_header_without_rows_is_an_empty_table(tmp_path: Path) -> None:
    assert list(open_table(written(tmp_path, b"id,name\n"))) == []


def test_one_nameless_column_before_others_is_kept_as_such(tmp_path: Path) -> None:
    assert next(iter(open_table(written(tmp_path, b",name\n7,Ann\n")))).cells == {"": "7", "name": "Ann"}


WRONG = [
    ("empty", b"", "a.csv", None, "is empty"),
    ("blank lines only", b"\n \n", "a.csv", 1, "no header"),
    ("unknown ending", b"id\n", "a.ods", None, "'.ods' is not a kind of table"),
    ("old workbook", b"\xd0\xcf\x11\xe0" + bytes(20), "a.xls", None, "Save it as CSV"),
    ("workbook called csv", b"PK\x03\x04" + bytes(20), "a.csv", None, "is a workbook or an archive"),
    ("UTF-16 with a mark", "id,name\n1,Ann\n".encode("utf-16"), "a.csv", 1, "is in UTF-16"),
    ("UTF-16 without a mark", "id,name\n1,Ann\n".encode("utf-16-le"), "a.csv", 1, "is in UTF-16"),
    ("UTF-16, big end first", "id,name\n1,Ann\n".encode("utf-16-be"), "a.csv", 1, "is in UTF-16"),
    ("Latin-1", "id,name\n1,Ann\n2,Zoë\n".encode("latin-1"), "a.csv", 3, "probably Latin-1 or Windows-1252 (byte 19)"),
    ("Latin-1 far down", b"id\n" + b"abc\n" * 40_000 + b"\xff\n", "a.csv", 40_002, "(byte 160,004)"),
    ("cut within a character", b"id\n1\n\xe2\x82", "a.csv", 3, "not UTF-8"),
    ("surrogate in UTF-8", b"id\n\xed\xa0\x80\n", "a.csv", 2, "not UTF-8"),
    ("NUL", b"id,name\n1,A\x00nn\n", "a.csv", 2, "NUL"),
    ("doubled header", b"id,name,id\n1,2,3\n", "a.csv", 1, "the column 'id' comes twice"),
    ("two nameless columns", b",,id\n1,2,3\n", "a.csv", 1, "two columns have no name"),
    ("more cells than columns", b"id,name\n1,Ann\n2,Bo,x\n", "a.csv", 3, "has 3 cells; the header has 2"),
    ("fewer cells than columns", b"id,name\n1\n", "a.csv", 2, "has 1 cells; the header has 2"),
    ("text in a nameless column", b"id,name,\n1,Ann,x\n", "a.csv", 2, "has 3 cells; the header has 2"),
    ("open quote", b'id,name\n1,Ann\n2,"Bo\n3,Cy\n', "a.csv", 3, "never closes"),
    ("open quote after a closed one", b'id,name\n"a\nb","oops\nc\n', "a.csv", 3, "never closes"),
    ("open quote, doubled ones before", b'id\n"a ""b"" c\nd\n', "a.csv", 2, "never closes"),
    ("open quote in the header", b'id,"name\n1,2\n', "a.csv", 1, "never closes"),
    ("text after a quote", b'id,name\n1,"Ann"x\n', "a.csv", 2, "quote in the wrong place"),
    ("too many columns", ",".join(map(str, range(MAX_COLUMNS + 1))).encode(), "a.csv", 1, "2,001 columns"),
    ("cell too large", b"id,name\n1,Ann\n2," + b"x" * (MAX_CELL_CHARS + 1) + b"\n", "a.csv", 3, "holds 1,000,001"),
    ("10 MB cell", b"id,name\n1,Ann\n2," + b"x" * 10_000_000 + b"\n", "a.csv", 3, "a row has more than 4,000,000"),
    ("10 MB in an open quote", b'id\n"' + b"abc\n" * 2_500_000, "a.csv", 2, "does not close within 4,000,000"),
]


@pytest.mark.parametrize(("content", "name", "line", "words"), [case[1:] for case in WRONG], ids=[c[0] for c in WRONG])
def test_wrong_files_name_their_line_and_a_remedy(
    tmp_path: Path, content: bytes, name: str, line: int | None, words: str
) -> None:
    with pytest.raises(InputError) as caught:
        list(open_table(written(tmp_path, content, name)))
    error = caught.value
    assert words in str(error)
    assert (error.place.file, error.place.line) == (name, line)
    assert error.remedy


def test_missing_files_and_folders(tmp_path: Path) -> None:
    for path, words in [
        (tmp_path / "none.csv", "does not exist"),
        (tmp_path, "is a folder"),
        (tmp_path / ("x" * 300 + ".csv"), "cannot be opened"),
        (tmp_path / "a\0b.csv", "does not exist"),
    ]:
        with pytest.raises(InputError, match=words):
            open_table(path)


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(512 * 1024 * 1024 + 1)  # a hole: takes no room
    with pytest.raises(InputError, match="536,870,913 bytes; the limit is 536,870,912"):
        open_table(path)


def test_the_rows_before_a_malformed_one_come_through(tmp_path: Path) -> None:
    rows = iter(open_table(written(tmp_path, b"id,name\n1,Ann\n2\n")))
    assert next(rows).cells["name"] == "Ann"
    with pytest.raises(InputError, match="has 1 cells"):
        next(rows)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write("id,text\n")
        file.writelines(f"{number},{'x' * 100}\n" for number in range(100_000))  # 10 MB
    tracemalloc.start()
    try:
        count = sum(1 for _ in open_table(path))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 100_000
    assert peak < 1_000_000


def test_a_table_from_values_is_checked_like_a_file() -> None:
    table = Table.of("request", ["id", "name"], [["1", "Ann"], ["2", "Bo"]])
    assert [row.line for row in table] == [2, 3]
    for header, rows, words in [
        (["id", "id"], [], "comes twice"),
        (["id"], [["1", "2"]], "has 2 cells"),
        (["id"], [["\ud800"]], "surrogate"),
        (["id"], [["\x00"]], "NUL"),
    ]:
        with pytest.raises(InputError, match=words):
            Table.of("request", header, rows)


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@given(st.lists(st.tuples(text, text), max_size=5), st.sampled_from([",", ";", "\t"]))
def test_whatever_a_csv_writer_writes_is_read_back(tmp_path_factory: pytest.TempPathFactory, rows, delimiter) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows([("id", "name"), *rows])
    path = written(tmp_path_factory.mktemp("law"), buffer.getvalue().encode())
    read = [(row.cells["id"], row.cells["name"]) for row in open_table(path)]
    assert read == [row for row in rows if any(cell.strip() for cell in row)]


@given(st.binary(max_size=200))
def test_any_bytes_give_rows_or_an_input_error(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = written(tmp_path_factory.mktemp("law"), content)
    try:
        for row in open_table(path):
            assert row.line >= 1
    except InputError as error:
        assert error.place.file == "people.csv"

"""Column maps: what they can say, and the error that names the file and the key for everything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.domain.base.errors import InputError
from skillmatch.interop.column_map import ColumnMap, load_column_map
from skillmatch.interop.credentials import read_credentials
from skillmatch.interop.people import read_people

HEAD = 'source = "lms"\nwhat = "credentials"\n[columns]\nid = "nr"\ntitle = "name"\n'


def loaded(folder: Path, text: str) -> ColumnMap:
    path = folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    return load_column_map(path)


def test_a_map_makes_our_rows_from_theirs(tmp_path: Path, drawn) -> None:
    column_map = loaded(
        tmp_path,
        HEAD
        + """
teaches = { column = "topics", format = "list", separator = ";" }
level = "difficulty"
hours = { column = "time", values = { "short" = "2" }, default = "" }
weeks = { column = "time", values = { "short" = "1" }, format = "duration", unit = "weeks" }
rating_count = { column = "votes", format = "number" }
language = { column = "lang", default = "en" }
currency = { constant = "USD" }
""",
    )
    table = drawn(
        "nr,name,topics,difficulty,time,votes,lang,other",
        '7,Python,Python; pandas,Beginner,short,"1,204",,x',
    )
    batch = read_credentials(table, column_map=column_map)
    assert batch.findings == ()
    course = batch.values[0]
    assert (course.id, course.title) == ("lms/7", "Python")
    assert [(outcome.given, outcome.level) for outcome in course.outcomes] == [("Python", 2), ("pandas", 2)]
    assert (course.hours, course.weeks, course.rating_count) == (2, 1, 1204)
    assert (course.language, course.currency) == ("en", "USD")


def test_a_source_given_by_the_caller_wins_over_the_maps(tmp_path: Path, drawn) -> None:
    batch = read_credentials(drawn("nr,name", "7,Python"), source="other", column_map=loaded(tmp_path, HEAD))
    assert batch.values[0].id == "other/7"


def test_a_text_that_the_map_does_not_know_rejects_its_row_only(tmp_path: Path, drawn) -> None:
    column_map = loaded(tmp_path, HEAD + 'hours = { column = "time", values = { short = "2", long = "40" } }\n')
    batch = read_credentials(
        drawn("nr,name,time", "1,A,short", "2,B,endless", "3,C,", "4,D, long "), column_map=column_map
    )
    assert [(item.line, item.value.hours) for item in batch.items] == [(2, 2), (4, None), (5, 40)]
    (finding,) = batch.rejected
    assert (finding.place.file, finding.place.line, finding.place.field) == ("table.csv", 3, "hours")
    assert "'endless' is not among the values of the column map. It knows 'short', 'long'" in finding.message


def test_formula_quotes_are_left_alone_in_other_systems_files(tmp_path: Path, drawn) -> None:
    batch = read_credentials(drawn("nr,name", "1,'=odd"), column_map=loaded(tmp_path, HEAD))
    assert batch.values[0].title == "'=odd"


WRONG = [
    ("source =", "is not TOML", None),
    ("a = " + "[" * 5_000, "is not TOML", None),
    ("", "field required", "source"),
    ('source = 1\nwhat = "people"\n[columns]\n', "should be a valid string", "source"),
    ('source = "a/b"\nwhat = "people"\n[columns]\nid = "a"\nname = "b"\n', "holds a slash", "source"),
    ('source = "x"\nwhat = "courses"\n[columns]\n', "should be 'credentials'", "what"),
    ('source = "x"\nwhat = "people"\ncolumns = 3\n', "should be a valid dictionary", "columns"),
    ('source = "x"\nwhat = "people"\nextra = 3\n[columns]\n', "The keys here are: source, what, columns", "extra"),
    ('source = "x"\nwhat = "people"\n[columns]\nid = "a"\n', "people need a column 'name'", "columns"),
    (HEAD + 'taught = "x"\n', "is not a column of credentials. The columns are: id, title", "columns.taught"),
    (HEAD + "hours = 3\n", "valid dictionary", "columns.hours"),
    (HEAD + 'hours = { colum = "x" }\n', "is not a key of a column map", "columns.hours.colum"),
    (HEAD + 'hours = { column = "x", constant = "2" }\n', "either a column or a constant", "columns.hours"),
    (HEAD + 'hours = { default = "2" }\n', "either a column or a constant", "columns.hours"),
    (HEAD + 'hours = { constant = "2", default = "3" }\n', "a constant takes no other keys", "columns.hours"),
    (HEAD + "hours = { constant = 2 }\n", "valid string", "columns.hours.constant"),
    (HEAD + 'hours = { column = "x", format = "date" }\n', "'list', 'number'", "columns.hours.format"),
    (HEAD + 'hours = { column = "x", format = "duration" }\n', "needs unit", "columns.hours"),
    (HEAD + 'hours = { column = "x", unit = "hours" }\n', 'unit goes with format = "duration"', "columns.hours"),
    (HEAD + 'hours = { column = "x", format = "list", unit = "hours" }\n', "unit goes with", "columns.hours"),
    (HEAD + 'hours = { column = "x", separator = ";" }\n', "separator goes with", "columns.hours"),
    (HEAD + 'teaches = { column = "x", format = "list", separator = "" }\n', "at least 1", "columns.teaches.separator"),
    (HEAD + 'hours = { column = "x", values = { a = 2 } }\n', "valid string", "columns.hours.values.a"),
    (
        HEAD + 'hours = { column = "x", format = "duration", unit = "hours", hours_per_week = -1.0 }\n',
        "greater than 0",
        "columns.hours.hours_per_week",
    ),
    (
        HEAD + 'hours = { column = "x", format = "duration", unit = "hours", hours_per_week = nan }\n',
        "finite",
        "columns.hours.hours_per_week",
    ),
    (HEAD + 'url = { column = "x", format = "slug", segments = 0 }\n', "greater than or equal", "columns.url.segments"),
]


@pytest.mark.parametrize(("text", "words", "field"), WRONG)
def test_wrong_maps_name_the_file_and_the_key(tmp_path: Path, text: str, words: str, field: str | None) -> None:
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, text)
    assert words in str(caught.value)
    assert (caught.value.place.file, caught.value.place.field) == ("map.toml", field)


def test_a_whole_number_of_hours_a_week_will_do(tmp_path: Path) -> None:
    text = HEAD + 'hours = { column = "x", format = "duration", unit = "hours", hours_per_week = 5 }\n'
    assert loaded(tmp_path, text).columns["hours"].hours_per_week == 5


def test_maps_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes('source = "é"'.encode("latin-1"))
    (tmp_path / "big.toml").write_bytes(b"#" * 1_000_001)
    for name, words in [("none.toml", "cannot be read"), ("latin.toml", "not UTF-8"), ("big.toml", "too large")]:
        with pytest.raises(InputError, match=words):
            load_column_map(tmp_path / name)
    with pytest.raises(InputError, match="cannot be read"):
        load_column_map(tmp_path)


def test_a_column_that_the_file_lacks(tmp_path: Path, drawn) -> None:
    with pytest.raises(InputError) as caught:
        read_credentials(drawn("nr,titel", "1,A"), column_map=loaded(tmp_path, HEAD))
    assert "map.toml, field 'columns.title': 'table.csv' has no column 'name'" in str(caught.value)
    assert "Its columns are: nr, titel." in str(caught.value)


def test_a_map_for_another_kind_of_table(tmp_path: Path, drawn) -> None:
    with pytest.raises(InputError, match="is a map for credentials, not for people"):
        read_people(drawn("nr,name", "1,A"), column_map=loaded(tmp_path, HEAD))

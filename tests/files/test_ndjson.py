"""NDJSON is one more kind of table: keys are columns, and every defect is named by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.domain.base.errors import InputError
from skillmatch.files.tables import open_table


def rows(tmp_path: Path, text: str | bytes) -> list[tuple[int, dict[str, str]]]:
    path = tmp_path / "rows.ndjson"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(row.line, row.cells) for row in open_table(path)]


def test_keys_are_columns_and_values_become_cells(tmp_path: Path) -> None:
    text = '{"id": "P1", "hours": 4.5, "languages": ["en", "a|b"]}\n\n{"id": "P2", "left": true, "hours": null}\n'
    assert rows(tmp_path, text) == [
        (1, {"id": "P1", "hours": "4.5", "languages": "en | a\\|b", "left": ""}),
        (3, {"id": "P2", "hours": "", "languages": "", "left": "true"}),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "[1]",
        '"x"',
        "{",
        '{"id": NaN}',
        '{"id": {"deep": 1}}',
        '{"id": [1]}',
        '{"id": 1, "id": 2}',
        '{"id": "a\\u0000b"}',
        '{"id": "\\ud800"}',
        '{"id": ' + "[" * 100_000 + "]" * 100_000 + "}",
        b'{"id": "\xff"}',
    ],
)
def test_what_is_no_such_object_is_named_by_its_line(tmp_path: Path, line: str | bytes) -> None:
    raw = line if isinstance(line, bytes) else line.encode()
    with pytest.raises(InputError) as caught:
        rows(tmp_path, b'{"id": "fine"}\n' + raw + b"\n")
    assert (caught.value.place.file, caught.value.place.line) == ("rows.ndjson", 2)


def test_a_file_without_an_object_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no object"):
        rows(tmp_path, "\n\n")

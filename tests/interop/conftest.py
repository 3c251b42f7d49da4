"""What the tests of this room share: tables drawn as text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from skillmatch.files.tables import Table, open_table

Drawn = Callable[..., Table]


@pytest.fixture
def drawn(tmp_path: Path) -> Drawn:
    """A table file from lines of CSV, opened as customers' files are."""

    def draw(*lines: str, name: str = "table.csv") -> Table:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return open_table(path)

    return draw

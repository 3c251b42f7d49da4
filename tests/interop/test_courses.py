"""A real catalogue with its dirt: all of its 1,000 rows come in through the map that we ship."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from skillmatch.files.tables import open_table
from skillmatch.interop.batch import Batch
from skillmatch.interop.column_map import load_column_map
from skillmatch.interop.credentials import read_credentials

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def batch(shared_data: Path, repository: Path) -> Batch:
    table = open_table(shared_data / "catalogues" / "courses_1000.csv")
    return read_credentials(table, column_map=load_column_map(repository / "docs" / "maps" / "courses_1000.toml"))


def test_every_row_comes_in(batch: Batch) -> None:
    assert len(batch.items) == 1_000
    assert batch.rejected == ()
    assert len({credential.id for credential in batch.values}) == 1_000


def test_the_dirt_is_reported(batch: Batch) -> None:
    kinds = Counter(finding.kind for finding in batch.findings)
    assert kinds == {"duplicate_outcome": 201, "stray_blanks": 1}  # 200 listed, the rest in one line


def test_blank_ratings_and_empty_lists_stay_unknown(batch: Batch) -> None:
    assert sum(credential.rating is None and credential.rating_count == 0 for credential in batch.values) == 6
    assert sum(not credential.outcomes for credential in batch.values) == 355
    assert all(1 <= credential.rating <= 5 for credential in batch.values if credential.rating is not None)


def test_two_of_one_title_are_two(batch: Batch) -> None:
    same = sorted(credential.id for credential in batch.values if credential.title == "Machine Learning")
    assert len(same) == 2


def test_levels_and_durations_are_the_words_of_the_file_translated(batch: Batch) -> None:
    assert Counter(item.value.level for item in batch.items) == {2.0: 679 + 82, 3.0: 204, 4.0: 35}
    assert Counter((value.weeks, value.hours) for value in batch.values) == {
        (13, 60): 456,
        (4.33, 30): 340,
        (1, 10): 196,
        (1, 2): 8,
    }
    assert all(outcome.level in (2, 3, 4) for value in batch.values for outcome in value.outcomes)
    assert max(value.rating_count for value in batch.values) > 100_000

"""However many keys a caller thinks of, a bounded number of answers is kept, and only the oldest are forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from skillmatch.store import Store
from skillmatch.store.schema.governance import kept_answers
from skillmatch.store.tables import idempotency


def test_ten_thousand_keys_are_kept_and_the_next_pushes_the_oldest_out(tmp_path: Path) -> None:
    with Store.open(tmp_path / "w", create=True) as store, store.writing() as change:
        rows = [{"caller": "a", "key": f"k{number}", "fingerprint": "f", "begun": 0.0} for number in range(10_000)]
        change._run(kept_answers.insert(), rows)
        change.begin_answer("b", "k0", "f", 1.0)
        for number in range(10_000, 10_003):
            change.begin_answer("a", f"k{number}", "f", 1.0)

        count = select(func.count()).select_from(kept_answers).where(kept_answers.c.caller == "a")
        assert change._connection.execute(count).scalar() == idempotency.MOST_KEPT == 10_000
        assert [change.kept_answer("a", f"k{number}") is None for number in range(4)] == [True, True, True, False]
        assert change.kept_answer("b", "k0") is not None


@pytest.mark.parametrize(("now", "left"), [(86_400.0, 2), (86_401.0, 1), (-86_401.0, 2)])
def test_what_is_older_than_a_day_goes_and_a_clock_set_back_keeps_it(tmp_path: Path, now: float, left: int) -> None:
    with Store.open(tmp_path / "w", create=True) as store, store.writing() as change:
        change.begin_answer("a", "old", "f", 0.0)
        change.begin_answer("a", "new", "f", now)
        count = select(func.count()).select_from(kept_answers)
        assert change._connection.execute(count).scalar() == left


def test_keeping_answers_is_no_change_of_the_workspace(tmp_path: Path) -> None:
    with Store.open(tmp_path / "w", create=True) as store:
        with store.writing() as change:
            change.begin_answer("a", "k", "f", 0.0)
        with store.reading() as view:
            assert view.revision() == 0

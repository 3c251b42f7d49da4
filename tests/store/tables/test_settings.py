from __future__ import annotations

import math

import pytest
from sqlalchemy import event

from skillmatch.domain.base.errors import InputError
from skillmatch.store import Store

VALUES = [None, True, 0, 1.5, "2026-03-01", "Ä 🍞", [1, [2]], {"b": 1, "a": {"c": None}}]


@pytest.mark.parametrize("value", VALUES)
def test_json_values_are_kept(store: Store, value: object) -> None:
    with store.writing() as change:
        assert change.put_setting("key", value)
        assert not change.put_setting("key", value)
    with store.reading() as view:
        assert view.setting("key", "default") == value


def test_an_absent_setting_is_the_default(store: Store) -> None:
    with store.reading() as view:
        assert view.setting("key") is None
        assert view.setting("key", 7) == 7


def test_a_setting_can_be_changed_and_removed(store: Store) -> None:
    with store.writing() as change:
        change.put_setting("key", 1)
        assert change.put_setting("key", 2)
        assert change.setting("key") == 2
        assert change.remove_setting("key")
        assert not change.remove_setting("key")
        assert change.setting("key") is None


@pytest.mark.parametrize("value", [math.nan, math.inf, {1, 2}, object(), "x" * 100_001])
def test_what_is_no_small_json_is_refused(store: Store, value: object) -> None:
    with pytest.raises(InputError), store.writing() as change:
        change.put_setting("key", value)


def test_a_state_and_its_revisions_take_one_small_query(store: Store) -> None:
    asked: list[str] = []
    event.listen(store._engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with store.reading() as view:
        assert (view.revision(), view.snapshot_revision()) == (view.revision(), view.snapshot_revision())
    assert len([one for one in asked if "counters" in one]) == 1

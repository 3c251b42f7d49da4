from __future__ import annotations

import hashlib

import numpy as np
import pytest

from skillmatch.domain.base.errors import InputError, ModelError, WorkspaceError
from skillmatch.store import Failure, Store
from skillmatch.store.schema.vectors import vector_packs


def keys(*names: object) -> list[bytes]:
    return [hashlib.sha256(str(name).encode()).digest() for name in names]


def vectors(*numbers: float, dim: int = 3) -> np.ndarray:
    """Row i is ``numbers[i]`` in every place."""
    return np.repeat(np.array(numbers, dtype=np.float32)[:, None], dim, axis=1)


def test_vectors_come_back_in_the_order_asked_for_with_the_missing_named(store: Store) -> None:
    with store.writing() as change:
        assert change.put_vectors("mini", keys("a", "b", "c"), vectors(1, 2, 3)) == 3
    with store.reading() as view:
        found = view.get_vectors("mini", keys("c", "x", "a", "c", "y"), 3)
    assert found.array.dtype == np.float32
    assert found.array.tolist() == vectors(3, 0, 1, 3, 0).tolist()
    assert found.missing.tolist() == [1, 4]
    found.array[found.missing] = 9  # for the caller to fill


def test_nothing_is_rounded_even_across_many_packs(store: Store) -> None:
    array = np.random.default_rng(7).normal(size=(2_500, 5)).astype(np.float32)
    names = keys(*range(2_500))
    with store.writing() as change:
        change.put_vectors("mini", names, array)
    order = np.random.default_rng(8).permutation(2_500)
    with store.reading() as view:
        found = view.get_vectors("mini", [names[place] for place in order], 5)
    assert np.array_equal(found.array, array[order])
    assert found.missing.size == 0


def test_a_stored_vector_stays_and_only_new_ones_are_added(store: Store) -> None:
    with store.writing() as change:
        change.put_vectors("mini", keys("a", "b"), vectors(1, 2))
        assert change.put_vectors("mini", keys("b", "c", "c"), vectors(7, 3, 3)) == 1
        assert change.get_vectors("mini", keys("a", "b", "c"), 3).array[:, 0].tolist() == [1, 2, 3]


def test_encoders_do_not_mix(store: Store) -> None:
    with store.writing() as change:
        change.put_vectors("mini", keys("a"), vectors(1))
        change.put_vectors("tuned", keys("a"), vectors(5, dim=2))
        assert change.get_vectors("mini", keys("a"), 3).array.tolist() == [[1, 1, 1]]
        assert change.get_vectors("tuned", keys("a"), 2).array.tolist() == [[5, 5]]
        assert change.get_vectors("unknown", keys("a"), 4).missing.tolist() == [0]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_never_stored(store: Store, bad: float) -> None:
    array = vectors(1, 2)
    array[1, 2] = bad
    with store.writing() as change:
        with pytest.raises(ModelError, match="NaN or infinity"):
            change.put_vectors("mini", keys("a", "b"), array)
        assert change.get_vectors("mini", keys("a", "b"), 3).missing.tolist() == [0, 1]


def test_another_width_is_refused_both_ways(store: Store) -> None:
    with store.writing() as change:
        change.put_vectors("mini", keys("a"), vectors(1))
        with pytest.raises(ModelError, match="4 numbers; those stored have 3"):
            change.put_vectors("mini", keys("b"), vectors(1, dim=4))
        with pytest.raises(ModelError):
            change.get_vectors("mini", keys("a"), 4)


def test_keys_and_rows_must_fit(store: Store) -> None:
    with store.writing() as change:
        for names, array in (
            (keys("a"), vectors(1, 2)),
            (keys("a"), vectors(1)[0]),
            ([b"short"], vectors(1)),
        ):
            with pytest.raises(InputError):
                change.put_vectors("mini", names, array)
        with pytest.raises(InputError):
            change.get_vectors("mini", [b"short"], 3)


def test_no_keys_are_no_vectors(store: Store) -> None:
    with store.writing() as change:
        assert change.put_vectors("mini", [], np.zeros((0, 3), dtype=np.float32)) == 0
        found = change.get_vectors("mini", [], 3)
    assert found.array.shape == (0, 3) and found.missing.size == 0


def test_unused_vectors_can_be_dropped(store: Store) -> None:
    names = keys(*range(3_000))
    array = np.arange(6_000, dtype=np.float32).reshape(3_000, 2)
    kept = [place for place in range(3_000) if place % 3 == 0 or place < 1_500]
    with store.writing() as change:
        change.put_vectors("mini", names, array)
        change.put_vectors("tuned", names[:2], array[:2])
        assert change.drop_unused_vectors("mini", {names[place] for place in kept}) == 3_000 - len(kept)
        found = change.get_vectors("mini", names, 2)
        assert found.missing.tolist() == [place for place in range(3_000) if place not in kept]
        assert np.array_equal(found.array[kept], array[kept])
        assert change.drop_unused_vectors("mini", ()) == len(kept)
        assert change.put_vectors("mini", names[:1], vectors(1, dim=7)) == 1, "an emptied encoder may change its width"
        assert change.get_vectors("tuned", names[:2], 2).missing.size == 0
        assert change.drop_unused_vectors("unknown", ()) == 0


def test_a_pack_of_the_wrong_size_is_damage(store: Store) -> None:
    with store.writing() as change:
        change.put_vectors("mini", keys("a"), vectors(1))
        change._connection.execute(vector_packs.update().values(data=b"1234"))
    with pytest.raises(WorkspaceError) as caught, store.reading() as view:
        view.get_vectors("mini", keys("a"), 3)
    assert caught.value.code == Failure.DAMAGED


def test_blobs_are_kept_replaced_and_dropped(store: Store) -> None:
    with store.writing() as change:
        change.put_blob("index-a", bytes(range(256)) * 1_000)
        change.put_blob("index-b", b"")
        change.put_blob("index-b", b"b")
    with store.reading() as view:
        assert view.get_blob("index-a") == bytes(range(256)) * 1_000
        assert view.get_blob("index-b") == b"b"
        assert view.get_blob("index-c") is None
    with store.writing() as change:
        assert change.drop_unused_blobs({"index-b", "index-z"}) == 1
        assert change.get_blob("index-a") is None
        assert change.get_blob("index-b") == b"b"

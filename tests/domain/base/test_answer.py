"""Rounding, canonical JSON and hashes: the same value always gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.answer import Versions, canonical_json, content_hash, rounded

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(blacklist_categories=("Cs",)))
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(blacklist_categories=("Cs",))), inner, max_size=4)
    ),
)


def test_canonical_json():
    assert canonical_json({"b": [1, 2.5, None], "a": "é"}) == '{"a":"é","b":[1,2.5,null]}'


@given(values)
def test_canonical_json_loses_nothing(value):
    assert json.loads(canonical_json(value)) == value


@given(
    st.dictionaries(st.text(st.characters(blacklist_categories=("Cs",))), scalars), st.randoms(use_true_random=False)
)
def test_the_order_of_keys_changes_nothing(value, random):
    keys = random.sample(list(value), len(value))
    other = {key: value[key] for key in keys}
    assert canonical_json(other) == canonical_json(value)
    assert content_hash(other) == content_hash(value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, [math.nan]])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="JSON"):
        canonical_json(value)


def test_the_hash_is_the_published_one_of_its_text():
    assert content_hash({"a": 1}) == hashlib.sha256(b'{"a":1}').hexdigest()
    assert content_hash({"a": 1}) != content_hash({"a": 1.5})


@pytest.mark.parametrize(
    ("value", "result"),
    [(0.1234564, 0.123456), (0.1234566, 0.123457), (1 / 3, 0.333333), (2, 2), (-0.0, 0.0), (-1e-9, 0.0)],
)
def test_rounded(value, result):
    assert rounded(value) == result
    assert math.copysign(1, rounded(value)) == 1  # "-0" would be a riddle to whoever reads it


def test_versions_come_in_the_order_of_their_fields():
    versions = Versions("0.1.0", "esco-1.1.1", "minilm", "linker-1", "ab12")
    assert list(versions.to_json()) == ["skillmatch", "taxonomy", "encoder", "linker", "snapshot"]

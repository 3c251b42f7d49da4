"""Ids: what two systems call their things never clashes, and nothing is lost on the way."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.identity import MAX_ID, make_id, split_id

letters = st.characters(
    blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn"), blacklist_characters="\ufffd\u115f\u1160\u3164\uffa0"
)
sources = st.text(letters, min_size=1, max_size=MAX_ID).filter(
    lambda text: not any(char in "/:" or char.isspace() for char in text)
)
sources = sources.filter(lambda text: text not in (".", "..") and "\\" not in text)
externals = st.text(letters, min_size=1, max_size=MAX_ID).filter(
    lambda text: text == text.strip() and {".", ".."}.isdisjoint(re.split(r"[/\\]", text))
)


@given(sources, externals)
def test_what_is_joined_comes_apart_again(source, external_id):
    assert split_id(make_id(source, external_id)) == (source, external_id)


@given(st.tuples(sources, externals), st.tuples(sources, externals))
def test_different_things_never_share_an_id(one, other):
    assert (make_id(*one) == make_id(*other)) is (one == other)


def test_an_external_id_may_hold_slashes_and_addresses():
    assert make_id("esco", "http://data.europa.eu/esco/skill/1") == "esco/http://data.europa.eu/esco/skill/1"
    assert split_id("hr/a/b") == ("hr", "a/b")


@pytest.mark.parametrize(
    ("source", "external_id", "field", "why"),
    [
        ("", "1", "source", "a thing comes from somewhere"),
        ("hr", "", "id", "nothing could refer to it"),
        ("hr", "  ", "id", "blanks are no id"),
        ("hr", " 1", "id", "two files would differ in a blank that nobody sees"),
        ("hr", "1\t", "id", "as above"),
        ("hr", "1\n2", "id", "a line break would break every report"),
        ("hr", "1\x7f", "id", "nobody sees a control character"),
        ("hr", "\x001", "id", "NUL"),
        ("..", "1", "source", "no address can hold it"),
        ("hr", "..", "id", "programs on the way take it as a step to another address"),
        ("hr", ".", "id", "as above"),
        ("hr", "a/../b", "id", "as above, once a slash is decoded"),
        ("hr", "a\\..", "id", "some take this for a slash"),
        ("hr", "1\u202e2", "id", "it turns what follows around"),
        ("hr", "1\u20662", "id", "as above"),
        ("hr", "1\u200b", "id", "two ids would look alike"),
        ("hr", "1\u200d2", "id", "as above"),
        ("hr", "1\u00ad2", "id", "as above"),
        ("hr", "1\x852", "id", "a line end of old machines"),
        ("hr", "1\u20282", "id", "a line end"),
        ("hr", "1\ufffd", "id", "what a decoder could not read"),
        ("h\u200fr", "1", "source", "a mark of direction"),
        ("h/r", "1", "source", "the first slash ends the source"),
        ("https:", "1", "source", "an id could not be told from a web address"),
        ("h r", "1", "source", "a reference in free words could not be told from an id"),
        ("h" * 201, "1", "source", "keys have a length"),
        ("hr", "1" * 201, "id", "keys have a length"),
    ],
)
def test_what_makes_no_id(source, external_id, field, why):
    with pytest.raises(InputError) as caught:
        make_id(source, external_id)
    assert caught.value.place.field == field, why


@pytest.mark.parametrize("text", ["", "hr", "/1", "hr/", "/"])
def test_what_is_no_id(text):
    with pytest.raises(InputError, match="source/id"):
        split_id(text)

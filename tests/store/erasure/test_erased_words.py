"""Words of erased people in texts: found as words of their own, many at once as one at a time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.store.erasure.words import NOBODY, ErasedWords

PIECES = st.text(alphabet="ab -(\u00e9/1", max_size=6)


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        (["Ada Berg"], "seen by Ada Berg.", f"seen by {NOBODY}."),
        (["Ada Berg"], "Ada Bergman and McAda Berg", "Ada Bergman and McAda Berg"),
        (["hr/1", "1"], "hr/1 and 1, not 11", f"{NOBODY} and {NOBODY}, not 11"),
        (["(Bo)"], "ask (Bo)!", f"ask {NOBODY}!"),
        (["Ada", "Ada Berg"], "Ada Berg met Ada", f"{NOBODY} met {NOBODY}"),
        ([], "nobody", "nobody"),
    ],
)
def test_words_are_taken_out_where_they_stand_alone(words: list[str], text: str, expected: str) -> None:
    found = ErasedWords(words)
    assert found.out_of(text) == expected
    assert found.stand_in(text) == (text != expected)
    assert found.out_of_all({"a": [text, 1, None]}) == {"a": [expected, 1, None]}


@given(PIECES.filter(str.strip), PIECES, PIECES)
def test_one_word_goes_as_a_search_for_just_that_word_would_take_it(word: str, before: str, after: str) -> None:
    text = f"{before}{word}{after} {word}"
    assert ErasedWords([word]).out_of(text) == re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", NOBODY, text)

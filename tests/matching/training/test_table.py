"""The token table: sums of vectors whose answer can be seen, and a first table from known word vectors."""

from pathlib import Path

import numpy as np
import pytest

from skillmatch.matching.training.phrases import first_sentence
from skillmatch.matching.training.table_trainer import first_vectors
from skillmatch.matching.tuned.table import CHUNK, TokenTable
from skillmatch.matching.weights import published_model


@pytest.fixture(scope="module")
def table() -> TokenTable:
    vectors = np.random.default_rng(1).normal(size=(30_522, 8)).astype(np.float16)
    return TokenTable(vectors, published_model().folder / "tokenizer.json")


def test_vectors_have_unit_length_whatever_the_text(table: TokenTable) -> None:
    vectors = table.encode(["weld metal", "", " ", "溶接", "word " * 1_000], table.tokenizer())
    assert vectors.shape == (5, 8)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-5)


def test_the_order_of_words_does_not_count_but_the_words_do(table: TokenTable) -> None:
    one, two, other = table.encode(["weld metal", "metal weld", "bake bread"], table.tokenizer())
    assert one == pytest.approx(two, abs=1e-6)
    assert np.abs(one - other).max() > 0.01


def test_a_text_does_not_depend_on_its_neighbours(table: TokenTable) -> None:
    texts = [f"text number {at}" for at in range(CHUNK + 5)]
    tokenizer = table.tokenizer()
    alone = np.concatenate([table.encode([text], tokenizer) for text in texts[-8:]])
    assert table.encode(texts, tokenizer)[-8:] == pytest.approx(alone, abs=1e-6)


def test_the_first_table_keeps_the_widest_directions_and_shortens_frequent_pieces() -> None:
    words = np.array([[9, 0, 0], [-9, 0, 0], [0, 1, 0], [0, -1, 0]], dtype=np.float32)
    rare = first_vectors(words, [], 1)
    assert np.abs(rare[:, 0]) == pytest.approx([9, 9, 0, 0], abs=1e-5)
    frequent = first_vectors(words, [[0], [0]], 1)
    assert abs(frequent[0, 0]) < 0.1
    assert abs(frequent[1, 0]) == pytest.approx(9, abs=1e-5)


def test_a_first_sentence_ends_at_its_full_stop_or_at_a_word() -> None:
    assert first_sentence("Join metal. With heat.") == "Join metal"
    cut = first_sentence("word " * 100, most=23)
    assert cut == "word word word word"


def test_the_tokenizer_belongs_to_the_base(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"tokenizer|No such file"):
        TokenTable(np.zeros((2, 2), dtype=np.float16), tmp_path / "tokenizer.json").tokenizer()

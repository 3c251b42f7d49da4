"""Letters, vectors and the order of results."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from skillmatch.domain.base.errors import ModelError
from skillmatch.domain.skills.taxonomy import Taxonomy, fold
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.matching.index import SkillIndex, build_index, content_hash
from skillmatch.matching.lexical import LexicalIndex
from skillmatch.matching.names import NameTable
from skillmatch.matching.ngrams import count_ngrams
from skillmatch.matching.ranking import top_positions
from skillmatch.matching.vectors import build_vectors

NAMES = ("java", "javascript", "c++", "c#", "r", "bake bread")
EACH = np.arange(len(NAMES))


def test_a_name_is_most_like_itself_and_longer_names_less() -> None:
    scores, _, known = LexicalIndex.of(NAMES).scores(NAMES, EACH)
    assert np.allclose(np.diag(scores), 1, atol=1e-6)
    assert (scores.argmax(axis=1) == np.arange(len(NAMES))).all()
    assert 0 < scores[0, 1] < 1
    assert np.allclose(known, 1)


def test_a_group_of_names_is_as_alike_as_its_best_and_its_first_is_told_apart() -> None:
    index = LexicalIndex.of(NAMES)
    each, _, _ = index.scores([NAMES[1]] * 20, EACH)
    best, first, _ = index.scores([NAMES[1]] * 20, np.array([0, 2]))
    assert (best[:, 0] == each[:, :2].max(axis=1)).all()
    assert (best[:, 1] == each[:, 2:].max(axis=1)).all()
    assert (first == each[:, [0, 2]]).all()


def test_short_names_with_symbols_share_nothing() -> None:
    scores, _, _ = LexicalIndex.of(NAMES).scores(["c++", "r"], EACH)
    assert scores[0, 3] == 0
    assert np.count_nonzero(scores[1]) == 1


def test_another_script_is_unknown() -> None:
    scores, _, known = LexicalIndex.of(NAMES).scores(["выпечка хлеба", "", "🙂"], EACH)
    assert not scores.any()
    assert not known.any()


def test_a_lexical_index_survives_as_arrays_and_refuses_others() -> None:
    index = LexicalIndex.of(NAMES)
    arrays_ = index.to_arrays()
    again = LexicalIndex.from_arrays(arrays_, len(NAMES))
    assert (again.scores(["javas"], EACH)[0] == index.scores(["javas"], EACH)[0]).all()
    with pytest.raises(ModelError, match="does not belong"):
        LexicalIndex.from_arrays({**arrays_, "format": np.array([0, 0, 0])}, len(NAMES))
    with pytest.raises(ModelError, match=r"damaged|belong"):
        LexicalIndex.from_arrays(arrays_, len(NAMES) - 1)
    with pytest.raises(ModelError, match="damaged"):
        LexicalIndex.from_arrays({}, len(NAMES))


@given(st.lists(st.text(alphabet="ab c", max_size=8), max_size=6))
def test_ngrams_of_texts_together_are_those_of_each_alone(texts: list[str]) -> None:
    together = count_ngrams(texts, 1024)
    for row, text in enumerate(texts):
        alone = count_ngrams([text], 1024)
        mine = together.rows == row
        assert together.columns[mine].tolist() == alone.columns.tolist()
        assert together.counts[mine].tolist() == alone.counts.tolist()


@given(arrays(np.float32, (3, 9), elements=st.sampled_from([0.0, 0.25, 0.5, 1.0])), st.integers(1, 9))
def test_top_positions_sort_by_score_then_position(scores: np.ndarray, count: int) -> None:
    expected = [sorted(range(9), key=lambda column: (-row[column], column))[:count] for row in scores.tolist()]
    assert top_positions(scores, count).tolist() == expected


def test_differences_below_a_millionth_do_not_decide() -> None:
    assert top_positions(np.array([[0.5, 0.5 + 1e-7]], dtype=np.float32), 1).tolist() == [[0]]


def test_labels_get_vectors_in_the_order_of_the_skills(fake_index: SkillIndex) -> None:
    assert fake_index.vectors is not None
    assert fake_index.vectors.texts == tuple(fold(label) for label in fake_index.labels)
    scores = fake_index.vectors.scores(NgramEncoder().encode([fake_index.vectors.texts[2]]))
    assert scores.shape == (1, len(fake_index.labels))
    assert scores[0, 2] == pytest.approx(1, abs=1e-5) == scores.max()


def test_known_vectors_are_not_encoded_again(skills: Taxonomy) -> None:
    index = build_index(skills, NgramEncoder())
    assert index.vectors is not None
    known = dict(zip(index.vectors.texts, index.vectors.matrix, strict=True))
    asked: list[int] = []
    again = build_index(skills, NgramEncoder(), vectors=known, progress=lambda done, total: asked.append(total))
    assert asked == [0]
    assert again.vectors is not None
    assert (again.vectors.matrix == index.vectors.matrix).all()
    only = build_index(
        skills, NgramEncoder(), vectors=lambda names: {name: known[name] for name in names if name != "sql"}
    )
    assert only.vectors is not None
    assert (only.vectors.matrix == index.vectors.matrix).all()


def test_a_stored_vector_of_another_length_is_refused(skills: Taxonomy) -> None:
    with pytest.raises(ModelError, match="stored vector"):
        build_vectors(NameTable.of(skills), NgramEncoder(64), {"sql": np.zeros(32, dtype=np.float32)})


def test_the_content_hash_covers_names_and_leaves_out_what_is_deprecated(skills: Taxonomy) -> None:
    used = [skill for skill in skills.skills.values() if not skill.deprecated]
    assert content_hash(Taxonomy.of("other", "2", used)) == content_hash(skills)
    assert content_hash(Taxonomy.of("small", "1", used[1:])) != content_hash(skills)

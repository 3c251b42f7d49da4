"""What the linker promises whatever the encoder: ranking, abstention, degradation, wrong input."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.errors import InputError, ModelError
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.domain.text.link import LinkBasis
from skillmatch.matching.encoder import Encoder, Floats, Progress
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.matching.index import SkillIndex, build_index
from skillmatch.matching.infer import infer_skills
from skillmatch.matching.linker import CHUNK, MAX_COMPARED, Linker, cut


class BrokenEncoder(NgramEncoder):
    """Has vectors for an index, then fails."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        raise ModelError("it broke")


@pytest.fixture(scope="module")
def linker(fake_index: SkillIndex) -> Linker:
    return Linker(fake_index, NgramEncoder())


@pytest.fixture(scope="module")
def letters(letters_index: SkillIndex) -> Linker:
    return Linker(letters_index)


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("JavaScript", "js"),
        ("Java", "java"),
        ("C++", "cpp"),
        ("C#", "csharp"),
        ("C", "c"),
        ("objective-c", "objc"),
        ("R", "r"),
        ("Go", "go"),
        ("Golang", "go"),
        ("SQL", "sql"),
        (".net", "net"),
        ("Machine-Learning", "ml"),
        ("drive a forklift", "forklift"),
    ],
)
@pytest.mark.encoder
def test_names_lead_to_their_skill_with_and_without_an_encoder(
    real_index: SkillIndex, real_encoder: Encoder, letters: Linker, text: str, skill: str
) -> None:
    (answer,) = Linker(real_index, real_encoder).link([text])
    assert answer.best is not None, answer
    for link, others in ((answer.best, answer.links[1:]), (first := letters.link([text])[0].links[0], ())):
        assert (link.skill_id, link.basis) == (skill, LinkBasis.EXACT)
        assert all(other.probability < link.probability / 2 for other in others)
    assert first.probability > 0.5


@pytest.mark.parametrize("text", ["", "   \n", "x", "!!!", "🙂🙂", "12345", "выпечка хлеба", "qwrtzp", "a b c d e f g"])
def test_nonsense_is_met_with_silence(linker: Linker, letters: Linker, text: str) -> None:
    for each in (linker, letters):
        (answer,) = each.link([text])
        assert answer.abstained
        assert answer.best is None
        assert answer.links[0].probability < 0.3


@pytest.mark.parametrize("text", ["", "🙂", "...", "\t"])
def test_texts_without_letters_have_probability_zero(linker: Linker, text: str) -> None:
    assert {link.probability for link in linker.link([text])[0].links} == {0.0}


def test_word_boundaries_hold(letters: Linker) -> None:
    (answer,) = letters.link(["forklift driver for orcs"], top=18, abstain=False)
    probability = {link.skill_id: link.probability for link in answer.links}
    assert answer.links[0].skill_id == "forklift"
    assert probability["r"] < 0.05
    assert probability["c"] < 0.05


@pytest.mark.parametrize("top", [1, 5, 17, 18, 40])
def test_without_abstention_there_are_exactly_as_many_as_asked(linker: Linker, letters: Linker, top: int) -> None:
    for each in (linker, letters):
        for answer in each.link(["java", "", "zzz", "🙂"], top=top, abstain=False):
            assert not answer.abstained
            assert len(answer.links) == min(top, 18)
            assert len({link.skill_id for link in answer.links}) == len(answer.links)


@given(st.lists(st.text(max_size=30).filter(lambda text: "\x00" not in text), max_size=5))
def test_links_are_ordered_and_numbers_are_rounded(fake_index: SkillIndex, texts: list[str]) -> None:
    for text, answer in zip(texts, Linker(fake_index, NgramEncoder()).link(texts), strict=True):
        assert answer.text == text
        keys = [(-link.probability, -link.similarity) for link in answer.links]
        assert keys == sorted(keys)
        for link in answer.links:
            assert round(link.probability, 6) == link.probability
            assert round(link.similarity, 6) == link.similarity


def test_the_order_and_company_of_texts_do_not_matter(linker: Linker) -> None:
    texts = ["java", "bake some bread", "", "meet colleagues", "C#"] * (CHUNK // 4)
    forwards = linker.link(texts)
    backwards = linker.link(texts[::-1])[::-1]
    several = replace(linker, threads=2).link(texts)
    assert json.dumps([a.to_json() for a in forwards]) == json.dumps([a.to_json() for a in backwards])
    assert json.dumps([a.to_json() for a in forwards]) == json.dumps([a.to_json() for a in several])


def test_a_failing_encoder_degrades_and_says_so(fake_index: SkillIndex, letters: Linker) -> None:
    answers = Linker(fake_index, BrokenEncoder()).link(["Java", "zzz"])
    assert [answer.degraded for answer in answers] == [True, True]
    assert [answer.to_json() for answer in answers] == [answer.to_json() for answer in letters.link(["Java", "zzz"])]
    assert answers[0].best is not None


def test_not_a_number_never_reaches_an_answer(fake_index: SkillIndex) -> None:
    class NanEncoder(NgramEncoder):
        def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
            return np.full((len(texts), self.dim), np.nan, dtype=np.float32)

    (answer,) = Linker(fake_index, NanEncoder()).link(["Java"])
    assert answer.degraded


def test_an_encoder_other_than_the_indexs_is_refused(fake_index: SkillIndex) -> None:
    with pytest.raises(ModelError, match="vectors of ngrams@256, not of ngrams@64"):
        Linker(fake_index, NgramEncoder(64))


def test_long_texts_are_cut_at_a_word(linker: Linker) -> None:
    text = "bake bread " * 300 + "C++"
    assert len(cut(text)) <= MAX_COMPARED
    assert cut(text).endswith(("bake", "bread"))
    assert cut("x" * 3_000) == "x" * MAX_COMPARED
    assert linker.link([text])[0].links == linker.link([text[:-3] + "Java"])[0].links


@pytest.mark.parametrize(
    ("texts", "message"),
    [("java", "list of texts"), (["a", None], r"texts\[1\].*NoneType"), (["a\x00"], "NUL"), (["\ud800"], "surrogate")],
)
def test_what_is_no_list_of_texts_is_refused(linker: Linker, texts: list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        linker.link(texts)


@pytest.mark.parametrize("top", [0, -1, 1_001])
def test_a_senseless_top_is_refused(linker: Linker, top: int) -> None:
    with pytest.raises(InputError, match="top"):
        linker.link(["java"], top=top)


def test_an_empty_taxonomy_gives_empty_answers() -> None:
    (answer,) = Linker(build_index(Taxonomy.of("none", "1", []), NgramEncoder()), NgramEncoder()).link(["java"])
    assert answer.links == ()
    assert answer.abstained


def test_progress_counts_texts(linker: Linker) -> None:
    seen: list[tuple[int, int]] = []
    linker.link(
        [f"java {number}" for number in range(CHUNK + 1)] * 2, progress=lambda done, total: seen.append((done, total))
    )
    assert seen == [(CHUNK, CHUNK + 1), (CHUNK + 1, CHUNK + 1)]


def test_the_threshold_can_be_set(fake_index: SkillIndex) -> None:
    assert Linker(fake_index, NgramEncoder(), threshold=0.0).link(["zzz"])[0].best is not None
    assert Linker(fake_index, NgramEncoder(), threshold=1.0).link(["bake the bread"])[0].best is None
    with pytest.raises(InputError, match="threshold"):
        Linker(fake_index, threshold=1.5)


def test_skills_are_inferred_once_each_and_boilerplate_is_not_read(linker: Linker) -> None:
    text = """You will learn C++, SQL and machine learning.
    SQL
    We are an equal opportunity employer. Salary: 3,000 EUR. Enrol now to bake bread!"""
    first, second, third = infer_skills([text, "Enrol now! Issuing badge: C++ Academy", ""], linker)
    assert {link.skill_id for link in first} == {"cpp", "sql", "ml"}
    assert [link.probability for link in first] == sorted((link.probability for link in first), reverse=True)
    assert second == ()
    assert third == ()


def test_a_list_that_describes_one_skill_is_read_as_a_whole(fake_index: SkillIndex) -> None:
    linker = Linker(fake_index, NgramEncoder())
    whole = "bake, the, bread"
    (found,) = infer_skills([whole], linker, threshold=0.0)
    by_skill = {link.skill_id: link.probability for link in found}
    best = linker.link([whole], abstain=False)[0].links[0]
    assert by_skill[best.skill_id] >= best.probability


def test_inference_is_at_least_as_strict_as_an_answer(linker: Linker) -> None:
    calibration = linker.calibration(degraded=False)
    assert calibration.strict >= calibration.threshold
    assert infer_skills(["SQL"], linker, threshold=1.0) == [()]

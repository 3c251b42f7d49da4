"""Examples say what they mean, never use what is held out, and depend on seed and step alone."""

from pathlib import Path

import pytest

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.matching.training.examples import SHARES, ExampleMaker
from skillmatch.matching.training.sources import read_sources
from skillmatch.taxonomy.esco import read_esco


@pytest.fixture(scope="module")
def maker(data: Path) -> ExampleMaker:
    return ExampleMaker.of(read_sources(data))


def test_a_step_gives_the_same_examples_whatever_was_drawn_before(data: Path, maker: ExampleMaker) -> None:
    maker.batch(3, 16, 1)
    assert maker.batch(7, 64, 1) == ExampleMaker.of(read_sources(data)).batch(7, 64, 1)
    assert maker.batch(7, 64, 1) != maker.batch(8, 64, 1)
    assert maker.batch(7, 64, 1) != maker.batch(7, 64, 2)


def test_every_target_is_among_what_the_text_means_and_kinds_do_not_mix(maker: ExampleMaker) -> None:
    for step in range(30):
        for example in maker.batch(step, 32, 1):
            assert example.target in example.also
            assert example.text.strip()
            assert len({maker.concepts.kinds[row] for row in example.also}) == 1


def test_held_out_aliases_never_appear(data: Path, maker: ExampleMaker) -> None:
    full = read_esco(data / "esco-1.1.1").taxonomy
    aliases = [fold(name) for key in maker.sources.held.skills for name in full.skills[key].aliases]
    assert aliases
    texts = [fold(example.text) for step in range(100) for example in maker.batch(step, 32, 1)]
    assert not [text for text in texts for alias in aliases if alias in text.split(" , ")]
    assert not set(texts) & set(aliases)


def test_several_phrases_mean_several_skills(maker: ExampleMaker) -> None:
    sizes = {len(example.also) for step in range(30) for example in maker.batch(step, 32, 1)}
    assert 2 in sizes


def test_sentences_of_the_development_files_are_left_out(data: Path) -> None:
    sentences = dict(read_sources(data).sentences)
    assert "Good Java needed" in sentences  # a span that is a label without its bracket
    assert "never train on java" not in sentences
    assert "We are a family business." not in sentences
    assert len(sentences["You join steel parts with heat and keep our stock."]) == 2


def test_only_esco_must_be_there(data: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_sources(tmp_path)
    (tmp_path / "esco-1.1.1").symlink_to(data / "esco-1.1.1")
    maker = ExampleMaker.of(read_sources(tmp_path))
    assert maker.sources.sentences == ()
    assert len(maker.batch(0, 50, 1)) == 50


def test_shares_are_shares() -> None:
    assert sum(SHARES.values()) == pytest.approx(1.0)

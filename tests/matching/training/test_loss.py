"""The loss on vectors whose answer can be seen."""

import pytest
import torch

from skillmatch.domain.base.errors import InputError
from skillmatch.matching.training.examples import Example
from skillmatch.matching.training.settings import Settings
from skillmatch.matching.training.trainer import contrastive_loss

ONE_WAY = Settings(reverse=0.0)
AXES = torch.eye(4)


def loss(text: torch.Tensor, example: Example, kinds: tuple[int, ...] = (0, 0, 0, 0)) -> float:
    return float(contrastive_loss(torch, text.unsqueeze(0), AXES, range(4), [example], torch.tensor(kinds), ONE_WAY))


def test_a_text_on_its_concept_costs_nothing_and_on_another_much() -> None:
    example = Example("text", 0, frozenset({0}))
    assert loss(AXES[0], example) < 1e-6
    assert loss(AXES[1], example) > 19


def test_another_meaning_of_the_text_is_no_wrong_answer() -> None:
    both = Example("text", 0, frozenset({0, 1}))
    text = torch.nn.functional.normalize(AXES[0] + 2 * AXES[1], dim=0)
    assert loss(text, both) < 1e-3
    assert loss(text, Example("text", 0, frozenset({0}))) > 5


def test_concepts_of_another_kind_do_not_compete() -> None:
    example = Example("text", 0, frozenset({0}))
    text = torch.nn.functional.normalize(AXES[0] + 2 * AXES[1], dim=0)
    assert loss(text, example, (0, 1, 0, 0)) < 1e-3


def test_only_the_concepts_given_compete() -> None:
    example = Example("text", 3, frozenset({3}))
    text = torch.nn.functional.normalize(AXES[1] + 2 * AXES[0], dim=0).unsqueeze(0)
    few = contrastive_loss(torch, text, AXES[2:], [2, 3], [example], torch.zeros(4, dtype=torch.int64), ONE_WAY)
    assert float(few) == pytest.approx(0.6931, abs=1e-4)  # as far from one as from the other
    assert loss(text[0], example) > 15


def test_two_texts_of_one_concept_are_both_right_for_it() -> None:
    batch = [Example("a", 0, frozenset({0})), Example("b", 0, frozenset({0}))]
    texts = torch.stack([AXES[0], AXES[0]])
    found = contrastive_loss(
        torch, texts, AXES[:1], [0], batch, torch.zeros(4, dtype=torch.int64), Settings(reverse=1.0)
    )
    assert float(found) < 1e-6


def test_the_rate_rises_stays_and_falls() -> None:
    settings = Settings(steps=100, warmup=10, fall=0.4, rate=1.0)
    rates = [settings.rate_at(step) for step in range(100)]
    assert rates[:10] == sorted(rates[:10])
    assert rates[0] == pytest.approx(0.1)
    assert set(rates[10:60]) == {1.0}
    assert rates[60:] == sorted(rates[60:], reverse=True)
    assert 0 < rates[-1] < 0.05


@pytest.mark.parametrize(
    "wrong", [{"steps": 0}, {"batch": 0}, {"precision": "float8"}, {"table_steps": -1}, {"keep": 0}, {"keep": 1.5}]
)
def test_settings_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        Settings(**wrong)  # type: ignore[arg-type]

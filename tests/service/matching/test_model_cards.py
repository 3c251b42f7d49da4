"""What was measured comes from the cards themselves."""

from __future__ import annotations

import pytest

from skillmatch.domain.base.errors import NotFoundError
from skillmatch.service.matching.model_cards import MODELS, model_card


@pytest.mark.parametrize("model", MODELS)
def test_a_card_holds_its_sections(model: str) -> None:
    whole = model_card(model)._repr_markdown_()
    headings = [line.removeprefix("## ") for line in whole.splitlines() if line.startswith("## ")]
    assert headings
    for heading in headings:
        section = model_card(model, heading)
        assert section._repr_markdown_().strip() in whole
        assert repr(section) == f"<ModelCard: {heading} of {model}>"


def test_what_there_is_not_is_said_with_what_there_is() -> None:
    with pytest.raises(NotFoundError) as error:
        model_card("oracle")
    assert error.value.suggestions == MODELS
    with pytest.raises(NotFoundError) as error:
        model_card("linker", "Praise")
    assert "Limits" in error.value.suggestions
    with pytest.raises(NotFoundError):
        model_card("../linker")

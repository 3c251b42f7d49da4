"""Model cards: what was measured of a model that comes with skillmatch, as its card says it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from skillmatch.domain.base.errors import NotFoundError
from skillmatch.files.resources import resource

MODELS = ("linker", "skill-encoder")


@dataclass(frozen=True, slots=True)
class ModelCard:
    """A card or a section of one, in Markdown; notebooks render it."""

    model: str
    title: str
    text: str

    def __repr__(self) -> str:
        return f"<ModelCard: {self.title} of {self.model}>"

    def _repr_markdown_(self) -> str:
        return self.text


def model_card(model: str, section: str | None = None) -> ModelCard:
    """The card of one of ``MODELS``, or one section by its heading.

    Raises ``NotFoundError`` for another model or heading, with those that there are.
    """
    if model not in MODELS:
        raise NotFoundError("model", model, MODELS)
    text = resource("models", model, "README.md").read_text(encoding="utf-8")
    if section is None:
        return ModelCard(model, "card", text)
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    if section not in sections:
        raise NotFoundError("section", section, sections)
    return ModelCard(model, section, f"## {section}{sections[section]}")

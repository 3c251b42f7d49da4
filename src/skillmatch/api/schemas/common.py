"""What several answers share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """Base of every answer; can be made from a domain value whose attributes are called the same."""

    model_config = ConfigDict(from_attributes=True)


def labelled(value: Any, labels: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a domain value that names a skill, with that skill's label; its id where there is none any more."""
    return {
        **{field.name: getattr(value, field.name) for field in fields(value)},
        "label": labels.get(value.skill_id, value.skill_id),
    }


class Versions(Shape):
    """What an answer was computed from: the same versions and question give the same bytes again."""

    skillmatch: str = Field(description="The program", examples=["0.1.0"])
    taxonomy: str = Field(description="Name and version of the active taxonomy", examples=["starter@1.0.0"])
    encoder: str = Field(description="Name and weights of the encoder", examples=["all-MiniLM-L6-v2@53aa51172d14"])
    linker: str = Field(description="The trained linker that gives the probabilities", examples=["1"])
    snapshot: str = Field(
        description="Hash of taxonomy, catalogue and roles as they were", examples=["0f5c9d1e7a2b4c68"]
    )

"""What several answers share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from skillmatch.api.envelope import Shape, Versions

__all__ = ["Shape", "Versions", "labelled"]


def labelled(value: Any, labels: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a domain value that names a skill, with that skill's label; its id where there is none any more."""
    return {
        **{field.name: getattr(value, field.name) for field in fields(value)},
        "label": labels.get(value.skill_id, value.skill_id),
    }

"""What several answers share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Annotated, Any

from pydantic import Field

from skillmatch.api.schemas.envelope import Shape, Versions
from skillmatch.domain.access.signer import MAX_SIGNATURE

__all__ = ["GivenName", "Moment", "Shape", "Versions", "labelled"]

Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
"""A moment as RFC 3339 writes it, left as it was said."""

GivenName = Annotated[
    str | None,
    Field(
        min_length=1,
        max_length=MAX_SIGNATURE,
        description="Deprecated: the caller signs. Another name than the caller's is refused; leave it out",
        examples=[None],
        json_schema_extra={"deprecated": True},
    ),
]
"""The field of a body that once said who decides; None by default."""


def labelled(value: Any, labels: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a domain value that names a skill, with that skill's label; its id where there is none any more."""
    return {
        **{field.name: getattr(value, field.name) for field in fields(value)},
        "label": labels.get(value.skill_id, value.skill_id),
    }

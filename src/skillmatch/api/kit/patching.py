"""Patching: a merge patch (RFC 7396) laid over what is stored, and the outcome checked as if it had been sent whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

MERGE_PATCH = "application/merge-patch+json"

Body = TypeVar("Body", bound=BaseModel)


def merge_patch(target: Any, patch: Any) -> Any:
    """The target with a patch laid over it: null takes a member away, an object goes deeper, all else replaces."""
    if not isinstance(patch, Mapping):
        return patch
    merged = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged


def patched(shape: type[Body], stored: Mapping[str, Any], patch: BaseModel) -> Body:
    """What a body of ``shape`` would be with the fields that a patch sends; what it takes away gets its default.

    Raises the problem of an invalid body where that cannot be, such as a needed field taken away.
    """
    merged = merge_patch(stored, patch.model_dump(mode="json", exclude_unset=True))
    try:
        return shape.model_validate(merged)
    except ValidationError as error:
        found = [{**item, "loc": ("body", *item["loc"])} for item in error.errors(include_url=False)]
        raise RequestValidationError(found) from None

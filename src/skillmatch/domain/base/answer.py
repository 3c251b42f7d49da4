"""What every answer carries: its status, the day it holds for, and the versions it was made from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

DECIMALS = 6
"""Scores are rounded to this many decimals before they rank or leave, so that order never hangs on noise."""


def rounded(value: float) -> float:
    """The value rounded for ranking and output; never minus zero."""
    return round(value, DECIMALS) + 0.0


class Status(StrEnum):
    """How an answer ended. Empty is not success: what could not be judged says so."""

    OK = "ok"
    PARTIAL = "partial"
    INSUFFICIENT_DATA = "insufficient_data"
    NOTHING_TO_CLOSE = "nothing_to_close"
    NO_RECOMMENDATION = "no_recommendation"
    NOTHING_FITS = "nothing_fits"
    NO_PATHWAY = "no_pathway"


@dataclass(frozen=True, slots=True)
class Versions:
    """What an answer was computed from; the same versions and inputs give the same bytes again."""

    skillmatch: str
    taxonomy: str
    encoder: str
    linker: str
    snapshot: str

    def to_json(self) -> dict[str, str]:
        """As a plain dict, in the order of the fields."""
        return asdict(self)


def canonical_json(value: Any) -> str:
    """JSON with sorted keys, no blanks and no NaN: one text for one value, fit for hashing."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def content_hash(value: Any) -> str:
    """SHA-256 of :func:`canonical_json`, as 64 hex digits."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()

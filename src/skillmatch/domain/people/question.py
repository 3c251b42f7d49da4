"""Question: the cheapest way to find out what is not known about a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class QuestionKind(StrEnum):
    """Whom or what to ask, from the cheapest to the dearest."""

    ASK_PERSON = "ask_person"
    ASK_MANAGER = "ask_manager"
    ASSESS = "assess"


@dataclass(frozen=True, slots=True)
class Question:
    """One question that would settle whether a requirement is met.

    ``minutes`` is what it costs of people's time. ``certainty`` (0.5-1) is how sure one can expect to be after the
    answer, ``information`` (0-1) how many bits it is expected to tell of whether the requirement is met.
    """

    kind: QuestionKind
    text: str
    minutes: float
    certainty: float
    information: float

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "kind": self.kind.value,
            "text": self.text,
            "minutes": self.minutes,
            "certainty": self.certainty,
            "information": self.information,
        }

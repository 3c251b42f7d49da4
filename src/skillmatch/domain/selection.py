"""Selection: which share of each group a plan gives a part to, and whether some groups get far less than others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from skillmatch.domain.answer import Status
from skillmatch.domain.table import Tabular

FOUR_FIFTHS = 0.8
"""Below this share of the highest rate a group's rate is looked into (four-fifths rule, EEOC guidelines of 1978)."""

CHANCE = 0.05
"""A difference that chance alone would make at least as often as this is said to be one that may be chance."""


class Grouping(StrEnum):
    """What people are grouped by."""

    UNIT = "unit"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class GroupRate:
    """A group: ``people`` in scope, how many of them were ``chosen``, which share that is, and of the highest share.

    All but the name are None for a group that is too small to be shown. ``chance`` is how often chance alone would set
    the group as far apart from everybody else (Fisher's exact test, two-sided).
    """

    group: str
    people: int | None
    chosen: int | None
    rate: float | None
    ratio: float | None
    chance: float | None

    @property
    def low(self) -> bool:
        """Whether the rate lies below four fifths of the highest one."""
        return self.ratio is not None and self.ratio < FOUR_FIFTHS

    @property
    def may_be_chance(self) -> bool:
        """Whether the group is too small, or too little apart, to say that it was not chance."""
        return self.chance is None or self.chance >= CHANCE


@dataclass(frozen=True, repr=False)
class SelectionRates(Tabular):
    """The groups of the people in a plan's scope; ``hidden`` groups are too small to be shown.

    Chosen is who is trained, recognised or moved: whom the plan spends something on, or offers something to.
    """

    scenario: str
    by: Grouping
    status: Status
    detail: str
    lines: tuple[GroupRate, ...]
    hidden: int = 0

    @property
    def low(self) -> tuple[GroupRate, ...]:
        """The groups below four fifths of the highest rate."""
        return tuple(line for line in self.lines if line.low)

    def headline(self) -> str:
        if self.status is Status.INSUFFICIENT_DATA:
            return f"{self.scenario}: selection by {self.by.value}: insufficient_data, {self.detail}"
        low = len(self.low)
        told = "no group is" if not low else "1 group is" if low == 1 else f"{low} groups are"
        return f"{self.scenario}: selection by {self.by.value}: {told} below four fifths of the highest rate"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "group": line.group,
                "people": line.people,
                "chosen": line.chosen,
                "rate": line.rate,
                "of the highest": line.ratio,
                "by chance": line.chance,
            }
            for line in self.lines
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "scenario": self.scenario,
            "by": self.by.value,
            "status": self.status.value,
            "detail": self.detail,
            "hidden": self.hidden,
            "groups": [{**asdict(line), "low": line.low} for line in self.lines],
        }

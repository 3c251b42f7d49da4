"""What a training run is told: the few numbers that, with the data, decide every byte of its result."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatch.domain.base.errors import InputError


@dataclass(frozen=True, slots=True)
class Settings:
    """Numbers of a run. ``scale`` multiplies cosines before the softmax; ``reverse`` weighs the loss from concept to
    text; ``refresh`` is the number of steps after which each concept's neighbours are looked up anew.

    ``keep`` is how much of the change is saved, 0-1: weights half way between the base and the trained ones know the
    skills and still know what the base knew; a first trial ranked better with them than with either.
    ``late`` is the part of the steps after which the late shares of examples are drawn (see ``examples``).
    One number of ``threads`` gives the same bytes each time; another may differ in the last digits.
    The rate rises over ``warmup`` steps, stays, and falls to zero over the last ``fall`` of all steps.
    """

    seed: int = 1
    steps: int = 500
    batch: int = 128
    late: float = 0.45
    rate: float = 1e-4
    warmup: int = 30
    fall: float = 0.6
    scale: float = 20.0
    reverse: float = 0.25
    refresh: int = 160
    keep: float = 0.8
    precision: str = "float32"
    threads: int = 1
    table_steps: int = 1_500
    table_batch: int = 256
    table_rate: float = 2e-3
    table_dim: int = 256

    def __post_init__(self) -> None:
        if min(self.steps, self.batch, self.refresh, self.table_batch, self.table_dim) < 1 or self.table_steps < 0:
            raise InputError("must be 1 or more.", field="steps")
        if not 0 < self.keep <= 1:
            raise InputError("is above 0 and at most 1.", field="keep")
        if self.threads < 1:
            raise InputError("is 1 or more.", field="threads")
        if self.precision not in ("float32", "bfloat16"):
            raise InputError("is float32 or bfloat16.", field="precision")

    def is_late(self, step: int, steps: int) -> bool:
        """Whether a step of so many, counted from 0, is in the late part."""
        return step >= self.late * steps

    def rate_at(self, step: int) -> float:
        """The learning rate of a step, counted from 0."""
        rising = min(1.0, (step + 1) / max(1, self.warmup))
        falling = min(1.0, (self.steps - step) / max(1.0, self.fall * self.steps))
        return self.rate * min(rising, falling)


QUICK = Settings(steps=8, batch=16, warmup=2, refresh=4, table_steps=20, table_batch=16, table_dim=32)
"""Numbers that prove the path in seconds; what comes out is good for nothing else."""

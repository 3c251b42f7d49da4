"""Lessons: what the feedback log says of each text once replayed, split by the text itself for learning and judging."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from skillmatch.domain.skills.feedback import Decision, Verdict
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.matching.decisions import Decisions

LEAST_USABLE = 20
LEAST_HELD_OUT = 6
_BUCKETS = 20
_HELD_OUT = 5  # buckets of 20: a quarter of the texts judge
_CURVE = 3  # and 15 % set the curve; the encoder sees neither


class Part(StrEnum):
    """What a text is used for: teaching the encoder, setting the curve, or judging both."""

    LEARNING = "learning"
    CURVE = "curve"
    HELD_OUT = "held_out"


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is settled about one text: the skills that it means, those that it does not, or that it means none."""

    text: str
    means: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    blocked: bool = False

    @property
    def decisions(self) -> int:
        """How many decisions in force it is made of."""
        return len(self.means) + len(self.never) + self.blocked


@dataclass(frozen=True, slots=True)
class Lessons:
    """All lessons of a log, by the part that their text falls into."""

    learning: tuple[Lesson, ...]
    curve: tuple[Lesson, ...]
    held_out: tuple[Lesson, ...]

    def counts(self) -> dict[str, int]:
        """How many decisions in force each part holds, and all together."""
        parts = {part.value: sum(lesson.decisions for lesson in getattr(self, part.value)) for part in Part}
        return {"usable": sum(parts.values()), **parts}

    @property
    def more_needed(self) -> int:
        """About how many more decisions tuning needs, 0 when there are enough.

        Held-out ones are a quarter of all, so each that is missing there needs four.
        """
        counts = self.counts()
        held_out = math.ceil((LEAST_HELD_OUT - counts["held_out"]) * _BUCKETS / _HELD_OUT)
        taught = 0 if any(lesson.decisions for lesson in self.learning) else 1
        return max(0, LEAST_USABLE - counts["usable"], held_out, taught)


def part_of(text: str) -> Part:
    """The part of a text, from its hash alone: it stays the same however the log grows, so nothing leaks later."""
    bucket = int.from_bytes(hashlib.sha256(f"tune:{fold(text)}".encode()).digest()[:8]) % _BUCKETS
    if bucket < _HELD_OUT:
        return Part.HELD_OUT
    return Part.CURVE if bucket < _HELD_OUT + _CURVE else Part.LEARNING


def lessons_of(triples: Iterable[tuple[str, str, Verdict]], labels: Mapping[str, str]) -> Lessons:
    """Replay a log of (text, skill id, verdict) and split it; ``labels`` are those of the skills on offer.

    What was overruled, and what is about a skill that is not on offer, teaches nothing. The context of a decision
    does not count here: what a text means is learnt once.
    """
    log = list(triples)
    written: dict[str, str] = {}
    for text, _, _ in log:
        written.setdefault(fold(text), text)
    replayed = Decisions.of((Decision(verdict, text, skill_id) for text, skill_id, verdict in log), labels)
    parts: dict[Part, list[Lesson]] = {part: [] for part in Part}
    for key, settled in sorted(replayed.by_text.items()):
        lesson = Lesson(written[key], settled.means, tuple(sorted(settled.never)), settled.blocked)
        if lesson.decisions:
            parts[part_of(key)].append(lesson)
    return Lessons(*(tuple(parts[part]) for part in Part))


def on_offer(lessons: Sequence[Lesson], skill_ids: Iterable[str]) -> tuple[Lesson, ...]:
    """The lessons without skills that an index does not hold."""
    known = set(skill_ids)
    kept = (
        Lesson(
            one.text,
            tuple(skill for skill in one.means if skill in known),
            tuple(skill for skill in one.never if skill in known),
            one.blocked,
        )
        for one in lessons
    )
    return tuple(lesson for lesson in kept if lesson.decisions)

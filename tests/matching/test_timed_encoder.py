"""A slow encoder is given up on, and answers say that they are degraded."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from skillmatch.domain.base.errors import ModelError
from skillmatch.matching.encoder import Floats, Progress
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.matching.encoders.timed_encoder import TimedEncoder
from skillmatch.matching.index import SkillIndex
from skillmatch.matching.linker import Linker


class WaitingEncoder(NgramEncoder):
    """Encodes when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()
        self.ended = threading.Event()

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        self.let_go.wait()
        try:
            return super().encode(texts, progress)
        finally:
            self.ended.set()


def test_a_quick_encoder_is_passed_through() -> None:
    plain = NgramEncoder()
    timed = TimedEncoder(plain, 10)
    assert (timed.id, timed.dim) == (plain.id, plain.dim)
    assert (timed.encode(["java"]) == plain.encode(["java"])).all()


def test_its_errors_reach_the_caller() -> None:
    class Broken(NgramEncoder):
        def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
            raise ModelError("it broke")

    with pytest.raises(ModelError, match="it broke"):
        TimedEncoder(Broken(), 10).encode(["java"])


def test_a_slow_encoder_degrades_the_answer_and_recovers(fake_index: SkillIndex) -> None:
    slow = WaitingEncoder()
    timed = TimedEncoder(slow, 0.02)
    linker = Linker(fake_index, timed)
    assert linker.link(["Java"])[0].degraded
    with pytest.raises(ModelError, match="still busy"):
        timed.encode(["x"])
    slow.let_go.set()
    assert slow.ended.wait(5)
    timed.seconds = 5
    for _ in range(500):  # the thread that was given up on ends a moment after its work
        answer = linker.link(["Java"])[0]
        if not answer.degraded:
            break
        threading.Event().wait(0.01)
    assert not answer.degraded

"""Measures on lessons whose answer can be seen, and when a tuned linker may be put in force."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from skillmatch.domain.base.errors import ModelError
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.matching.decisions import Decisions
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.matching.index import build_index
from skillmatch.matching.linker import Linker
from skillmatch.matching.tuning.lessons import Lesson
from skillmatch.matching.tuning.measures import Measures, measure, why_not


@pytest.fixture(scope="module")
def linker(garden: Taxonomy) -> Linker:
    return Linker(build_index(garden, NgramEncoder()), NgramEncoder())


def test_a_name_is_right_a_strange_word_is_not(linker: Linker):
    found = measure(linker, [Lesson("prune trees", ("prune",)), Lesson("qqq", ("mow",), ("stock",))])
    assert found.texts == found.meant_texts == 2
    assert found.decisions == 3
    assert found.right_first == 0.5
    assert found.rejects == 1
    assert found.on_rejects is not None
    assert found.on_rejects < 0.1
    assert found.judged_links == 2
    assert found.log_loss == pytest.approx(sum(found.losses) / 3, abs=1e-6)


def test_a_block_counts_the_best_link_and_no_loss_is_endless(linker: Linker):
    found = measure(linker, [Lesson("prune trees", blocked=True), Lesson("prune trees", never=("prune",))])
    assert found.right_first is None
    assert found.on_rejects is not None
    assert found.on_rejects > 0.8
    assert max(found.losses) <= -math.log(0.001) + 1e-9


def test_nothing_to_measure_gives_nothing(linker: Linker):
    assert measure(linker, []) == Measures()


def test_decisions_would_answer_for_the_linker(linker: Linker):
    with pytest.raises(ValueError, match="heeds decisions"):
        measure(replace(linker, decisions=Decisions()), [])


def test_a_degraded_linker_is_not_measured(linker: Linker):
    with pytest.raises(ModelError):
        measure(replace(linker, encoder=None), [Lesson("prune trees", ("prune",))])


BEFORE = Measures(right_first=0.5, rp5=0.5, log_loss=1.0, losses=(1.0, 1.2, 0.8, 1.0))
AFTER = Measures(right_first=0.6, rp5=0.6, log_loss=0.5, losses=(0.5, 0.6, 0.4, 0.5))
GUARD = Measures(right_first=0.9, log_loss=0.1)


@pytest.mark.parametrize(
    ("after", "guard_after", "why"),
    [
        (AFTER, GUARD, ""),
        (AFTER, replace(GUARD, right_first=0.895, log_loss=0.12), ""),
        (BEFORE, GUARD, "not surely better"),
        (replace(AFTER, losses=(0.1, 1.3, 0.9, 1.1)), GUARD, "not surely better"),
        (replace(AFTER, right_first=0.4), GUARD, "fewer held-out"),
        (replace(AFTER, rp5=0.4), GUARD, "fewer held-out"),
        (AFTER, replace(GUARD, right_first=0.88), "own names"),
        (AFTER, replace(GUARD, log_loss=0.14), "probabilities got worse"),
    ],
)
def test_only_what_is_surely_better_and_harms_nothing_is_put_in_force(after, guard_after, why):
    found = why_not(BEFORE, after, GUARD, guard_after)
    assert why in found
    assert bool(found) == bool(why)

"""The benchmark's measures on rankings that can be checked by hand, and its tasks on the small ESCO."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _benchmarks_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(REPOSITORY))
    assert str(REPOSITORY) in sys.path


def test_precision_and_rank_by_hand() -> None:
    from benchmarks.matching.measures import each_text

    scores = np.array([[0.9, 0.1, 0.5, 0.2, 0.3, 0.4]], dtype=np.float32)  # order: 0 2 5 4 3 1
    found = each_text(scores, [frozenset({2, 1})])
    assert found == {"RP@1": [0.0], "RP@5": [0.5], "RP@10": [1.0], "MRR": [0.5]}


def test_equal_scores_rank_by_position_so_no_tie_is_won_by_luck() -> None:
    from benchmarks.matching.measures import each_text

    found = each_text(np.zeros((1, 4), dtype=np.float32), [frozenset({3})])
    assert found["MRR"] == [0.25]


def test_an_interval_holds_its_mean_and_is_repeatable() -> None:
    from benchmarks.matching.measures import interval

    values = [0.0, 1.0] * 50
    first = interval(values, 1)
    assert first == interval(values, 1)
    assert first.low < first.mean == 50.0 < first.high
    assert interval([1.0] * 9, 1).low == 100.0


def test_tasks_hide_what_they_ask_for(data: Path) -> None:
    from benchmarks.matching.quality import names_of
    from benchmarks.matching.tasks import read_tasks

    from skillmatch.matching.training.holdout import hold_out
    from skillmatch.taxonomy.esco import read_esco

    taxonomy = read_esco(data / "esco-1.1.1").taxonomy
    held = hold_out(taxonomy)
    tasks = {task.name: task for task in read_tasks(data, taxonomy, held, limit=100, seed=1)}
    assert "skillskape train" not in tasks
    assert tasks["tech validation"].texts == ("never train on java",)
    asked = tasks["held-out aliases"]
    assert set(asked.texts) == {alias for key in held.skills for alias in taxonomy.skills[key].aliases}
    names = names_of(taxonomy, "skills", 3)
    hidden = {names.texts[row] for row in names.aliases_of(asked.hidden)}
    assert {text.casefold() for text in asked.texts} == hidden


@pytest.mark.parametrize("model", ["random", "bm25", "tfidf"])
def test_a_label_finds_itself_but_not_by_chance(data: Path, model: str) -> None:
    from benchmarks.matching.models import make_models
    from benchmarks.matching.quality import measure, names_of
    from benchmarks.matching.tasks import Task

    from skillmatch.taxonomy.esco import read_esco

    taxonomy = read_esco(data / "esco-1.1.1").taxonomy
    skills = [skill for skill in taxonomy.skills.values() if "(" not in skill.label]
    task = Task("labels", tuple(skill.label for skill in skills), tuple(frozenset({skill.id}) for skill in skills))
    names = {"skills": names_of(taxonomy, "skills", 3)}
    (made,) = make_models([model], folder=None, cache=None, threads=1, seed=1)
    (result,) = measure(made, [task], names, 1)
    mean = result.measures["RP@1"].mean
    assert mean < 60 if model == "random" else mean == 100


def test_bm25_counts_whole_words_and_rare_ones_more() -> None:
    from benchmarks.matching.models import make_models

    (model,) = make_models(["bm25"], folder=None, cache=None, threads=1, seed=1)
    scores = model.scorer(["weld metal", "cut metal", "bake bread"])(["welding of metals", "weld"])
    assert scores[0, 0] == scores[0, 1] > 0 == scores[0, 2]  # "metals" is "metal"; "welding" is another word
    assert scores[1].tolist() == [scores[1, 0], 0, 0]
    assert scores[1, 0] > scores[0, 0]

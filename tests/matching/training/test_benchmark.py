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
    from benchmarks.matching.measures import each_text, ranked

    scores = np.array([[0.9, 0.1, 0.5, 0.2, 0.3, 0.4]], dtype=np.float32)  # order: 0 2 5 4 3 1
    found = each_text(ranked(scores), [frozenset({2, 1})])
    assert found == {"RP@1": [0.0], "RP@5": [0.5], "RP@10": [1.0], "MRR": [0.5]}


def test_equal_scores_rank_by_position_so_no_tie_is_won_by_luck() -> None:
    from benchmarks.matching.measures import each_text, ranked

    found = each_text(ranked(np.zeros((1, 4), dtype=np.float32)), [frozenset({3})])
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

    from skillmatch.matching.training.holdout import calibrates, hold_out
    from skillmatch.taxonomy.esco import read_esco

    taxonomy = read_esco(data / "esco-1.1.1").taxonomy
    held = hold_out(taxonomy)
    tasks = {task.name: task for task in read_tasks(data, taxonomy, held, limit=100, seed=1)}
    assert "skillskape train" not in tasks
    assert tasks["tech validation"].texts == ("never train on java",)
    asked = tasks["held-out aliases"]
    measuring = {key for key in held.skills if not calibrates(key)}
    assert set(asked.texts) == {alias for key in measuring for alias in taxonomy.skills[key].aliases}
    names = names_of(taxonomy, {}, 3)["skills"]
    hidden = {names.texts[row] for row in names.aliases_of(asked.hidden)}
    assert {text.casefold() for text in asked.texts} <= hidden


@pytest.mark.parametrize("model", ["random", "edit distance", "bm25", "tfidf"])
def test_a_label_finds_itself_but_not_by_chance(data: Path, model: str) -> None:
    from benchmarks.matching.models import make_models
    from benchmarks.matching.quality import measure, names_of, ranks_of
    from benchmarks.matching.tasks import Task

    from skillmatch.taxonomy.esco import read_esco

    taxonomy = read_esco(data / "esco-1.1.1").taxonomy
    skills = [skill for skill in taxonomy.skills.values() if "(" not in skill.label]
    task = Task("labels", tuple(skill.label for skill in skills), tuple(frozenset({skill.id}) for skill in skills))
    names = names_of(taxonomy, {}, 3)
    (made,) = make_models([model], folder=None, cache=None, threads=1, seed=1)
    result = measure(model, ranks_of(made, [task], names), task, names["skills"], 1)
    mean = result.measures["RP@1"].mean
    assert mean < 60 if model == "random" else mean == 100


def test_bm25_counts_whole_words_and_rare_ones_more() -> None:
    from benchmarks.matching.models import make_models

    (model,) = make_models(["bm25"], folder=None, cache=None, threads=1, seed=1)
    scores = model.scorer(["weld metal", "cut metal", "bake bread"])(["welding of metals", "weld"])
    assert scores[0, 0] == scores[0, 1] > 0 == scores[0, 2]  # "metals" is "metal"; "welding" is another word
    assert scores[1].tolist() == [scores[1, 0], 0, 0]
    assert scores[1, 0] > scores[0, 0]


def test_a_reliability_picture_has_a_line_for_each_task() -> None:
    from benchmarks.matching.honesty import Trust
    from benchmarks.matching.report import reliability_svg, trust_table

    found = [
        Trust(name, 10, 1.0, 2.0, None, 0.0, {"100%": 50.0}, [(0.1, 0.2, 5), (0.9, 0.8, 5)]) for name in ("one", "two")
    ]
    picture = reliability_svg(found)
    assert picture.count("<polyline") == 2
    assert picture.count("<circle") == 4
    assert "| one | 10 | 1.0 | 2.0 | – | 0.0 | 50.0 |" in trust_table(found, {"nonsense": (3, 1.0, 100.0)}, 0.7)


def test_look_alikes_are_judged_by_the_first_link() -> None:
    from benchmarks.matching.honesty import _judged

    from skillmatch.domain.text.link import Link, LinkAnswer, LinkBasis

    def judged(label: str, probability: float, *, abstained: bool) -> tuple[bool, bool]:
        link = Link("id", label, probability, 0.5, LinkBasis.SEMANTIC)
        row = {"text": "Java", "right": "Java (computer programming)", "never": "JavaScript"}
        found = _judged(row, LinkAnswer("Java", (link,), abstained))
        return found.right, found.confused

    assert judged("Java (computer programming)", 0.9, abstained=False) == (True, False)
    assert judged("JavaScript", 0.9, abstained=False) == (False, True)
    assert judged("JavaScript", 0.2, abstained=True) == (False, False)

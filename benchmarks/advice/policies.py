"""Who chooses: popularity, ratings, letters, an encoder, a published rule of thumb, and what is under test."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.advice.outcome import oracle
from benchmarks.advice.world import DAY, Course, Learner, World
from skillmatch.domain.people.gap import Gap, GapState
from skillmatch.matching.encoder import Encoder
from skillmatch.service.workspace import Workspace

Choose = Callable[[Learner], list[Course]]
OPEN = (GapState.PARTIAL, GapState.MISSING, GapState.UNKNOWN)
RULE = 0.5
"""The cosine from which a published industry rule takes a course to teach a skill."""


def make_policies(world: World, workspace: Workspace, encoder: Encoder, most: int) -> dict[str, Choose]:
    """Every policy by name; each sees the same texts and the same profile, only the oracle sees the truth."""
    courses = world.courses
    by_id = {f"own/{item.id}": item for item in courses}
    popular = sorted(courses, key=lambda item: (-item.enrolled, item.id))[:most]
    rated = sorted(courses, key=lambda item: (-item.rating, item.id))[:most]
    texts = [item.text for item in courses]
    vectors = encoder.encode(texts)
    tfidf = _tfidf(texts)

    def gap(learner: Learner) -> Gap:
        return workspace.gap(learner.id, learner.role.id, as_of=DAY)

    def best(scores: NDArray[np.floating]) -> list[Course]:
        order = sorted(range(len(courses)), key=lambda place: (-round(float(scores[place]), 6), courses[place].id))
        return [courses[place] for place in order[:most]]

    def by_rule(learner: Learner) -> list[Course]:
        labels = open_labels(gap(learner))
        if not labels:
            return []
        scores = encoder.encode(labels) @ vectors.T
        return best((scores >= RULE).sum(axis=0) + scores.mean(axis=0) / 10)

    def ours(learner: Learner) -> list[Course]:
        advice = workspace.recommend(learner.id, learner.role.id, limit=most, as_of=DAY)
        return [by_id[item.credential_id] for item in advice.recommendations]

    return {
        "oracle": lambda learner: oracle(learner, courses, most),
        "ours": ours,
        "popularity": lambda _: popular,
        "highest rating": lambda _: rated,
        "TF-IDF": lambda learner: best(tfidf(_query(gap(learner)))),
        "cosine >= 0.5": by_rule,
        "untuned encoder": lambda learner: best(encoder.encode([_query(gap(learner))])[0] @ vectors.T),
    }


def open_labels(gap: Gap) -> list[str]:
    """The skills that are not met, in the order of the gap."""
    return [item.label for item in gap.items if item.state in OPEN]


def _query(gap: Gap) -> str:
    return ", ".join(open_labels(gap)) or gap.role_title


def _tfidf(texts: Sequence[str]) -> Callable[[str], NDArray[np.floating]]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True)
    matrix = vectors.fit_transform(texts)
    return lambda query: np.asarray((matrix @ vectors.transform([query]).T).todense()).ravel()

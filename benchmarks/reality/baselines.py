"""Foolish baselines: each ranks the courses by one simple likeness to the role's title and what is open of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from skillmatch.domain.catalogue.credential import Credential
from skillmatch.domain.people.gap import Gap, GapState
from skillmatch.matching.encoder import Encoder

LIMIT = 5
LETTERS = 900
"""So much of a course's title and description is read: what the model takes in, and more than most say."""


def course_text(course: Credential) -> str:
    """Title and the beginning of the description."""
    return f"{course.title}\n{course.description}"[:LETTERS]


def query(gap: Gap) -> str:
    """The role's title and the names of its requirements that are not met."""
    wanted = [item.label for item in gap.items if item.state not in (GapState.MET, GapState.EXCEEDS)]
    return ". ".join((gap.role_title, *wanted))


def untuned(courses: Sequence[Credential], gaps: Sequence[Gap], encoder: Encoder) -> list[list[str]]:
    """The five courses whose vectors are nearest to the query's, for each gap."""
    known = encoder.encode([course_text(item) for item in courses])
    return _best(courses, encoder.encode([query(gap) for gap in gaps]) @ known.T)


def tfidf(courses: Sequence[Credential], gaps: Sequence[Gap]) -> list[list[str]]:
    """The five courses that share the rarest words with the query, for each gap."""
    words = TfidfVectorizer(sublinear_tf=True, stop_words="english", ngram_range=(1, 2), min_df=1)
    known = words.fit_transform([course_text(item) for item in courses])
    return _best(courses, (words.transform([query(gap) for gap in gaps]) @ known.T).toarray())


def popular(courses: Sequence[Credential], gaps: Sequence[Gap]) -> list[list[str]]:
    """The five courses that most people rated, whoever asks."""
    counts = np.array([item.rating_count for item in courses], dtype=float)
    return _best(courses, np.tile(counts, (len(gaps), 1)))


def _best(courses: Sequence[Credential], scores: np.ndarray) -> list[list[str]]:
    order = np.argsort(-scores, axis=1, kind="stable")[:, :LIMIT]
    return [[courses[place].id for place in row] for row in order]

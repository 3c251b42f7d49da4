"""Candidates: for each text the skills worth a closer look, with every raw score that speaks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.skills.taxonomy import fold
from skillmatch.matching.encoder import Floats
from skillmatch.matching.index import SkillIndex
from skillmatch.matching.names import NameHit, distinct
from skillmatch.matching.ranking import top_positions

PER_SOURCE = 30


@dataclass(frozen=True)
class Candidates:
    """Pairs of a text (row) and a skill (position) as arrays of equal length, sorted by text, then skill.

    ``meaning`` is the cosine with the label, 0 without an encoder; ``letters`` and ``letters_label`` are TF-IDF cosines
    with the best name and the label. ``whole`` and ``mention`` hold the name hit of each pair, or None.
    """

    texts: tuple[str, ...]
    text: NDArray[np.int64]
    skill: NDArray[np.int64]
    meaning: Floats
    letters: Floats
    letters_label: Floats
    known_share: Floats  # per text
    whole: tuple[NameHit | None, ...]
    mention: tuple[NameHit | None, ...]
    degraded: bool


def find_candidates(index: SkillIndex, texts: Sequence[str], queries: Floats | None, top: int) -> Candidates:
    """The best skills by meaning and by letters (30 or ``top`` of each, whichever is more), and all that are named.

    ``queries`` are the texts' vectors, None when the encoder is not available.
    """
    each = max(top, PER_SOURCE)
    letters, letters_label, known_share = index.lexical.scores([fold(text) for text in texts], index.names.starts)
    wanted = np.zeros(letters.shape, dtype=bool)
    np.put_along_axis(wanted, top_positions(letters, each), True, axis=1)
    if queries is not None and index.vectors is not None:
        meaning = index.vectors.scores(queries)
        np.put_along_axis(wanted, top_positions(meaning, each), True, axis=1)
    else:
        meaning = np.zeros_like(letters)
    whole = [distinct(index.names.find(text)) for text in texts]
    mention = [distinct(index.names.mentions(text)) for text in texts]
    for row, (named, mentioned) in enumerate(zip(whole, mention, strict=True)):
        wanted[row, [*named, *mentioned]] = True
    text, skill = np.nonzero(wanted)
    pairs = list(zip(text.tolist(), skill.tolist(), strict=True))
    return Candidates(
        texts=tuple(texts),
        text=text,
        skill=skill,
        meaning=_rounded(meaning[text, skill]),
        letters=_rounded(letters[text, skill]),
        letters_label=_rounded(letters_label[text, skill]),
        known_share=known_share,
        whole=tuple(whole[row].get(position) for row, position in pairs),
        mention=tuple(mention[row].get(position) for row, position in pairs),
        degraded=queries is None or index.vectors is None,
    )


def _rounded(scores: Floats) -> Floats:
    return np.round(scores, 6).astype(np.float32)

"""Which words two texts share: the words of every name as numbers, weighted by how rare they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skillmatch.matching.encoder import Floats
from skillmatch.matching.words import content_words, words

MAX_NAME_WORDS = 16  # later words of a longer name are not counted


@dataclass(frozen=True)
class WordTable:
    """Words of names as rows of numbers, ``(n_names, 16)``; the last number stands for "no word" and weighs nothing.

    ``weights`` is the rarity (idf) of each word, ``totals`` the summed rarity of each name's words.
    """

    vocabulary: dict[str, int]
    weights: Floats
    rows: NDArray[np.int32]
    totals: Floats

    @classmethod
    def of(cls, names: Sequence[str]) -> WordTable:
        """Number and weigh the words of names."""
        vocabulary: dict[str, int] = {}
        per_name = [
            [vocabulary.setdefault(word, len(vocabulary)) for word in dict.fromkeys(content_words(words(name)))][
                :MAX_NAME_WORDS
            ]
            for name in names
        ]
        width = max((len(row) for row in per_name), default=1) or 1
        rows = np.full((len(names), width), len(vocabulary), dtype=np.int32)
        for row, numbers in zip(rows, per_name, strict=True):
            row[: len(numbers)] = numbers
        frequency = np.bincount(rows.ravel(), minlength=len(vocabulary) + 1)
        weights = (np.log((1 + len(names)) / (1 + frequency)) + 1).astype(np.float32)
        weights[-1] = 0
        return cls(vocabulary, weights, rows, np.maximum(weights[rows].sum(axis=1), 1e-6))

    def overlap(self, text_words: Sequence[str], names: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """For chosen names the share (0-1) of the name's words that the text has, and of the text's that the name has.

        A word of the text that no name has counts as the rarest.
        """
        numbers = [self.vocabulary.get(word, -1) for word in dict.fromkeys(text_words)]
        present = np.zeros(len(self.weights), dtype=np.float32)
        mine = np.array([number for number in numbers if number >= 0], dtype=np.int64)
        present[mine] = self.weights[mine]
        unknown = len(numbers) - len(mine)
        total = max(float(present.sum()) + unknown * float(self.weights.max(initial=1.0)), 1e-6)
        common = present[self.rows[names]].sum(axis=1)
        return (common / self.totals[names]).astype(np.float32), (common / total).astype(np.float32)

"""Features of a text and a candidate skill: the evidence that calibration turns into a probability."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.skills.skill import SkillType
from skillmatch.matching.candidates import Candidates
from skillmatch.matching.encoder import Floats
from skillmatch.matching.index import TYPES, SkillIndex
from skillmatch.matching.names import NameHit, NameMatch
from skillmatch.matching.words import content_words, core_words, words

FEATURES = (
    "whole_label",  # the text is the skill's label
    "whole_alias",
    "whole_loose",  # either but for hyphens, plural s and the like
    "whole_margin",  # strength of the match (NameMatch) less that of the text's best other skill
    "whole_shared",  # skills that share that name
    "mention_label",  # the skill's label stands inside a longer text as whole words
    "mention_alias",
    "mention_loose",
    "mention_words",  # its length in words
    "mention_shared",
    "meaning",
    "meaning_margin",  # to the text's best other skill: positive only for the best one
    "meaning_rank",  # 1 / rank among the candidates
    "meaning_best",  # of the text's best candidate: low when nothing fits
    "letters",
    "letters_label",
    "letters_margin",
    "letters_rank",
    "letters_best",
    "name_covered",  # share of the best name's words that the text has, by rarity
    "text_covered",  # share of the text's words that the best name has
    "label_covered",
    "length_ratio",  # characters, shorter over longer, text and label
    "text_words",
    "label_words",
    "known_share",  # part of the text's n-grams that any name has
    "lone_symbol",  # the text is one word of at most three characters or with a symbol in it
    "is_knowledge",
    "is_transversal",
    "demand",  # share of skills that fewer occupations ask for
)


def pair_features(index: SkillIndex, found: Candidates) -> Floats:
    """One row per candidate pair, columns as in ``FEATURES``, float32."""
    columns = [
        *_name_columns(found),
        found.meaning,
        *_place_columns(found, found.meaning),
        found.letters,
        found.letters_label,
        *_place_columns(found, found.letters),
        *_overlap_columns(index, found),
        *_shape_columns(index, found),
    ]
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def _name_columns(found: Candidates) -> list[object]:
    def match(hit: NameHit | None) -> int:
        return hit.match if hit is not None else NameMatch.NONE

    whole = np.array([match(hit) for hit in found.whole], dtype=np.float32)
    # a name that is the whole text is no mention as well: the same evidence must not count twice
    inside = [None if named else hit for named, hit in zip(found.whole, found.mention, strict=True)]
    mention = np.array([match(hit) for hit in inside], dtype=np.float32)
    mention_words = np.array([hit.words if hit is not None else 0 for hit in inside])
    return [
        *_kinds(whole),
        _margin(found, whole),
        [hit.shared_by if hit is not None else 0 for hit in found.whole],
        *_kinds(mention),
        mention_words,
        [hit.shared_by if hit is not None else 0 for hit in inside],
    ]


def _kinds(match: Floats) -> list[object]:
    loose = (match > NameMatch.NONE) & (match < NameMatch.ALIAS)
    return [match == NameMatch.LABEL, match == NameMatch.ALIAS, loose]


def _place_columns(found: Candidates, score: Floats) -> list[object]:
    """Margin to the best other candidate of the text, 1/rank, and the text's best."""
    order, rank, first = _ranked(found, score)
    columns = np.empty((2, len(order)), dtype=np.float32)
    columns[:, order] = np.stack([1 / (1 + rank), score[order][first]])
    return [_margin(found, score), *columns]


def _ranked(found: Candidates, score: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Pairs by text, best score first; the place (from 0) of each within its text, and where its text starts."""
    order = np.lexsort((found.skill, -score, found.text))
    starts = np.searchsorted(found.text[order], np.arange(len(found.texts)))
    first = starts[found.text[order]]
    return order, np.arange(len(order)) - first, first


def _margin(found: Candidates, score: Floats) -> Floats:
    """Score less the best score among the text's other candidates (0 where there is no other)."""
    order, rank, first = _ranked(found, score)
    ranked = score[order]
    texts = found.text[order]
    second = np.minimum(first + 1, len(order) - 1)
    other = np.where(rank > 0, ranked[first], np.where(texts[second] == texts, ranked[second], 0))
    margin = np.empty(len(order), dtype=np.float32)
    margin[order] = ranked - other
    return margin


def _overlap_columns(index: SkillIndex, found: Candidates) -> list[object]:
    name_covered, text_covered, label_covered = (np.zeros(len(found.text), dtype=np.float32) for _ in range(3))
    starts, ends = index.names.starts, index.names.ends
    bounds = np.searchsorted(found.text, np.arange(len(found.texts) + 1))
    for row, text in enumerate(found.texts):
        pairs = slice(bounds[row], bounds[row + 1])
        skills = found.skill[pairs]
        if not len(skills):
            continue
        sizes = ends[skills] - starts[skills]
        first = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        names = np.repeat(starts[skills] - first, sizes) + np.arange(sizes.sum())
        of_name, of_text = index.word_table.overlap(content_words(core_words(text)), names)
        # the best name is the one that agrees most both ways
        agreement = 2 * of_name * of_text / np.maximum(of_name + of_text, 1e-6)
        best = np.maximum.reduceat(agreement, first)
        is_best = agreement == np.repeat(best, sizes)
        name_covered[pairs] = np.maximum.reduceat(np.where(is_best, of_name, 0), first)
        text_covered[pairs] = np.maximum.reduceat(np.where(is_best, of_text, 0), first)
        label_covered[pairs] = of_name[first]
    return [name_covered, text_covered, label_covered]


def _shape_columns(index: SkillIndex, found: Candidates) -> list[object]:
    text_length = np.array([len(text) for text in found.texts])[found.text]
    label_length = index.label_lengths[found.skill]
    lone = np.array([_is_lone_symbol(text) for text in found.texts], dtype=np.float32)
    kind = index.types[found.skill]
    return [
        np.minimum(text_length, label_length) / np.maximum(np.maximum(text_length, label_length), 1),
        np.minimum(_word_counts(found), 60)[found.text],
        index.label_words[found.skill],
        found.known_share[found.text],
        lone[found.text],
        kind == TYPES.index(SkillType.KNOWLEDGE),
        kind == TYPES.index(SkillType.TRANSVERSAL),
        index.demand[found.skill],
    ]


def _word_counts(found: Candidates) -> NDArray[np.int64]:
    return np.array([len(words(text)) for text in found.texts], dtype=np.int64)


def _is_lone_symbol(text: str) -> bool:
    tokens = words(text)
    return len(tokens) == 1 and (len(tokens[0]) <= 3 or not tokens[0].isalnum())

"""SkillIndex: one taxonomy made searchable, by name, by letters and by meaning; built once and never changed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.skills.skill import SkillType
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.matching.encoder import Encoder, Floats, Progress
from skillmatch.matching.lexical import LexicalIndex
from skillmatch.matching.names import NameTable
from skillmatch.matching.overlap import WordTable
from skillmatch.matching.vectors import KnownVectors, VectorIndex, build_vectors
from skillmatch.matching.words import words

TYPES = tuple(SkillType)


@dataclass(frozen=True)
class SkillIndex:
    """Everything a linker compares a text with. Skills are counted by position, in the order of their ids.

    ``demand`` (0-1) is the share of skills that fewer occupations of the taxonomy ask for: what is often wanted is
    more often meant. ``broader`` holds the skills directly above each. ``vectors`` is None where the index was built
    without an encoder: answers are then degraded. ``content_hash`` covers all of it: equal hashes mean that stored
    parts may be used again.
    """

    taxonomy_name: str
    taxonomy_version: str
    content_hash: str
    labels: tuple[str, ...]
    label_words: NDArray[np.int16]
    label_lengths: NDArray[np.int32]
    types: NDArray[np.int8]
    demand: Floats
    names: NameTable
    word_table: WordTable
    lexical: LexicalIndex
    vectors: VectorIndex | None
    broader: Mapping[str, frozenset[str]]

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Position by id."""
        return {skill_id: place for place, skill_id in enumerate(self.skill_ids)}

    @property
    def skill_ids(self) -> tuple[str, ...]:
        """Ids by position."""
        return self.names.skill_ids

    @property
    def encoder_id(self) -> str | None:
        """The encoder whose vectors these are."""
        return self.vectors.encoder_id if self.vectors is not None else None


def build_index(
    taxonomy: Taxonomy,
    encoder: Encoder | None,
    *,
    vectors: KnownVectors | None = None,
    lexical: Mapping[str, NDArray[Any]] | None = None,
    progress: Progress | None = None,
) -> SkillIndex:
    """Make a taxonomy searchable.

    Without an ``encoder`` only names and letters are indexed, which takes seconds and loads no model. ``vectors``
    are known vectors by folded name and ``lexical`` the arrays of an earlier index (``index.lexical.to_arrays()``).
    ``progress`` counts names to encode. Raises ``ModelError`` when the encoder fails or a stored part does not fit.
    """
    names = NameTable.of(taxonomy)
    skills = [taxonomy.skills[skill_id] for skill_id in names.skill_ids]
    offered = frozenset(names.skill_ids)
    return SkillIndex(
        taxonomy.name,
        taxonomy.version,
        content_hash(taxonomy),
        tuple(skill.label for skill in skills),
        np.array([len(words(skill.label)) for skill in skills], dtype=np.int16),
        np.array([len(skill.label) for skill in skills], dtype=np.int32),
        np.array([TYPES.index(skill.type) for skill in skills], dtype=np.int8),
        _demand(taxonomy, names.skill_ids),
        names,
        WordTable.of(names.names),
        LexicalIndex.of(names.names) if lexical is None else LexicalIndex.from_arrays(lexical, len(names.names)),
        build_vectors(names, encoder, vectors, progress) if encoder is not None and skills else None,
        {skill.id: frozenset(skill.broader) & offered for skill in skills if skill.broader},
    )


def _demand(taxonomy: Taxonomy, skill_ids: tuple[str, ...]) -> Floats:
    """For each skill the share of skills that fewer occupations ask for, 0-1; all 0 where there are no occupations."""
    asked = _asked(taxonomy)
    counts = np.array([asked[skill_id] for skill_id in skill_ids])
    fewer = np.searchsorted(np.sort(counts), counts, side="left")
    return np.asarray(fewer / max(1, len(counts)), dtype=np.float32)


def _asked(taxonomy: Taxonomy) -> Counter[str]:
    return Counter(need.skill_id for item in taxonomy.occupations.values() for need in item.requirements)


def content_hash(taxonomy: Taxonomy) -> str:
    """SHA-256 over the skills in use and how many occupations ask for each: what an index is made from."""
    digest = hashlib.sha256()
    asked = _asked(taxonomy)
    for skill in taxonomy.skills.values():
        if not skill.deprecated:
            said = (skill.id, skill.type.value, str(asked[skill.id]), *skill.broader, "", *skill.names)
            digest.update("\x1f".join(said).encode())
            digest.update(b"\x1e")
    return digest.hexdigest()

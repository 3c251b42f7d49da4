"""Occupations made searchable: which occupation a job title means, and which skills a job most likely needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.roles.role import RequirementKind
from skillmatch.domain.skills.taxonomy import Taxonomy, fold
from skillmatch.matching.encoder import Encoder, Floats, Progress
from skillmatch.matching.lexical import LexicalIndex
from skillmatch.matching.ranking import top_positions
from skillmatch.matching.titles import plain_title

SHORT_ALIASES = 3
LETTERS = 0.25
"""How much of a title's likeness comes from letters; chosen on the validation job titles."""

NEIGHBOURS = 50
SHARPNESS = 0.06
DIRECT = 1.0
OPTIONAL = 0.3
"""How expected skills are found: so many occupations vote, one less alike by ``SHARPNESS`` counts a factor e less, an
optional skill counts as ``OPTIONAL`` of an essential one, and the likeness of skill and job counts ``DIRECT`` times.
Chosen on the held-out occupations of the benchmark among some fifty combinations that lay within 3 points."""


@dataclass(frozen=True)
class Ranked:
    """An occupation or a skill with a score (higher is better); scores of one answer may be compared, no others."""

    id: str
    label: str
    score: float


@dataclass(frozen=True)
class OccupationIndex:
    """Occupations by title and description, and what they require. Rows of ``names`` are labels and short aliases.

    ``needs`` is a sparse ``(occupations, skills)`` matrix: 1 for an essential skill, ``OPTIONAL`` for an optional one.
    """

    encoder: Encoder
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    names: Floats
    starts: NDArray[np.int64]
    letters: LexicalIndex
    letter_starts: NDArray[np.int64]
    descriptions: Floats
    described: NDArray[np.bool_]
    skill_ids: tuple[str, ...]
    skill_labels: tuple[str, ...]
    skills: Floats
    needs: Any

    def find(self, titles: Sequence[str], *, top: int = 5) -> list[tuple[Ranked, ...]]:
        """The occupations that job titles mean, best first. A title without letters finds whatever is nearest."""
        scores = self.title_scores(titles)
        return [self._ranked(row, places, self.ids, self.labels) for row, places in _best(scores, top)]

    def title_scores(self, titles: Sequence[str]) -> Floats:
        """Likeness of titles with every occupation, ``(titles, occupations)``, -1 to 1: meaning, then letters."""
        if not self.ids:
            return np.empty((len(titles), 0), dtype=np.float32)
        plain = [plain_title(title) for title in titles]
        raw, bare = self.encoder.encode(list(titles)), self.encoder.encode(plain)
        meaning = 0.5 * (self._named(raw) + self._named(bare))
        letters, _, _ = self.letters.scores([fold(title) for title in plain], self.letter_starts)
        return np.asarray((1 - LETTERS) * meaning + LETTERS * letters, dtype=np.float32)

    def expected_skills(
        self, titles: Sequence[str], descriptions: Sequence[str] | None = None, *, top: int = 20
    ) -> list[tuple[Ranked, ...]]:
        """The skills that jobs most likely need, best first: what the occupations most like them need.

        ``descriptions`` say more about the jobs; a blank one says nothing.
        """
        scores = self.skill_scores(titles, descriptions)
        return [self._ranked(row, places, self.skill_ids, self.skill_labels) for row, places in _best(scores, top)]

    def skill_scores(self, titles: Sequence[str], descriptions: Sequence[str] | None = None) -> Floats:
        """How much each skill is expected, ``(jobs, skills)``, 0 to 1."""
        named = self.encoder.encode(list(titles))
        like, direct = self._named(named), named @ self.skills.T
        if descriptions is not None:
            said = np.array([bool(text.strip()) for text in descriptions])
            told = self.encoder.encode(list(descriptions))
            both = said[:, None] & self.described[None, :]
            like = np.where(both, 0.5 * like + 0.5 * (told @ self.descriptions.T), like)
            direct = np.where(said[:, None], 0.5 * direct + 0.5 * (told @ self.skills.T), direct)
        like = np.round(like, 6)
        like[:, np.asarray(self.needs.sum(axis=1)).ravel() == 0] = -1.0  # one that requires nothing has no vote
        votes = np.zeros_like(like)
        near = top_positions(like.astype(np.float32), NEIGHBOURS)
        chosen = np.take_along_axis(like, near, axis=1)
        weight = np.exp((chosen - chosen.max(axis=1, keepdims=True, initial=-1.0)) / SHARPNESS) * (chosen > -1)
        np.put_along_axis(votes, near, weight / np.maximum(weight.sum(axis=1, keepdims=True), 1e-9), axis=1)
        return np.asarray((votes @ self.needs + DIRECT * np.clip(direct, 0, 1)) / (1 + DIRECT), dtype=np.float32)

    def _named(self, vectors: Floats) -> Floats:
        if not self.ids:
            return np.empty((len(vectors), 0), dtype=np.float32)
        return np.asarray(np.maximum.reduceat(vectors @ self.names.T, self.starts, axis=1), dtype=np.float32)

    @staticmethod
    def _ranked(
        row: Floats, places: Sequence[int], ids: tuple[str, ...], labels: tuple[str, ...]
    ) -> tuple[Ranked, ...]:
        return tuple(Ranked(ids[place], labels[place], round(float(row[place]), 6)) for place in places)


def build_occupations(taxonomy: Taxonomy, encoder: Encoder, *, progress: Progress | None = None) -> OccupationIndex:
    """Make the occupations of a taxonomy searchable; ``progress`` counts texts to encode. Raises ``ModelError``."""
    from scipy.sparse import csr_array

    occupations = sorted(taxonomy.occupations.values(), key=lambda item: item.id)
    skills = sorted((skill for skill in taxonomy.skills.values() if not skill.deprecated), key=lambda item: item.id)
    names: list[str] = []
    every: list[str] = []
    starts, letter_starts = [], []
    for item in occupations:
        starts.append(len(names))
        letter_starts.append(len(every))
        label, aliases = fold(item.label), sorted({fold(name) for name in item.aliases} - {fold(item.label)})
        names += [label, *sorted(aliases, key=lambda name: (len(name), name))[:SHORT_ALIASES]]
        every += [label, *aliases]
    descriptions = [item.description for item in occupations]
    vectors = encoder.encode([*names, *descriptions, *(fold(skill.label) for skill in skills)], progress)
    place = {skill.id: row for row, skill in enumerate(skills)}
    rows, columns, values = [], [], []
    for row, item in enumerate(occupations):
        for need in item.requirements:
            if need.skill_id in place:
                rows.append(row)
                columns.append(place[need.skill_id])
                values.append(1.0 if need.kind is RequirementKind.ESSENTIAL else OPTIONAL)
    size = len(names) + len(descriptions)
    return OccupationIndex(
        encoder,
        tuple(item.id for item in occupations),
        tuple(item.label for item in occupations),
        vectors[: len(names)],
        np.array(starts, dtype=np.int64),
        LexicalIndex.of(every),
        np.array(letter_starts, dtype=np.int64),
        vectors[len(names) : size],
        np.array([bool(text.strip()) for text in descriptions]),
        tuple(skill.id for skill in skills),
        tuple(skill.label for skill in skills),
        vectors[size:],
        csr_array((values, (rows, columns)), shape=(len(occupations), len(skills)), dtype=np.float32),
    )


def _best(scores: Floats, top: int) -> list[tuple[Floats, list[int]]]:
    return list(zip(scores, top_positions(scores, top).tolist(), strict=True))

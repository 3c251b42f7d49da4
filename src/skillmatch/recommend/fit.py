"""Fit: how well a course as a whole suits a role, what is open of it, and where the person comes from.

Everything is told from vectors of text: the course's own words, the role's title and description, the names of what is
open, and the names of what the person has. One product of a matrix with a vector serves the whole catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.catalogue.credential import Credential
from skillmatch.domain.people.gap import Gap
from skillmatch.domain.roles.role import Requirement, RequirementKind, Role
from skillmatch.gaps.reach import share

Vectors = NDArray[np.float32]

TITLE, ABOUT, OPEN, BACKGROUND = 0.12, 0.28, 0.43, 0.17
"""What likeness to the role's title, to its title and description, to what is open of it and to what the person has
weighs. Chosen, like all figures here, by reading lists of the people of the benchmark on reality: the same whom it then
judges, so what it says of them is flattered; other people will tell."""

HALF, STEEP = 0.44, 0.05
"""A likeness of ``HALF`` is an even chance that the course suits; ``STEEP`` more or less makes it 73 or 27 in 100."""

SAME_SKILL, SAME_FIELD = 0.45, 0.52
"""From this likeness of a course to a skill, or to all that a person has, the course is about that."""

ABOUT_SKILL = 0.25
"""A course less like a skill than this does not teach it, whatever one word of it may mean."""

SAME_WORK = 0.48
"""From this likeness on a course is about the work of a role."""

BELOW, ABOVE = 0.5, 0.3
"""How fast a course loses worth (a power of e) for each level that it lies too low, or too high, for the person."""

STEP_UP = 2.5
"""So many levels above where a person stands a course may lead without being too high for them."""

SUBSTANCE_HOURS = 5.0
"""A course needs hours to teach a field: one of this many has 63 of 100 of the worth that its words promise."""

FLOOR = 0.3
"""Below this fit nobody would sign the advice."""

OPTIONAL = 0.5
"""What an optional requirement weighs beside an essential one."""

NAMED = 2
"""So many open requirements are named that a course is nearest to."""

DECIMALS = 4
"""Fits are rounded before they count: vectors of the same text may differ by a millionth with what was read beside."""


ENGLISH = frozenset(
    ("the", "and", "of", "to", "in", "a", "for", "is", "with", "you", "on", "this", "are", "will", "that", "as", "your")
)
"""Words that make up a third of English prose."""

LEAST_ENGLISH, FEW_WORDS = 0.1, 25
"""Prose of so many words with a smaller share of these is in another language, which the model cannot read."""


class Reader(Protocol):
    """Turns texts into vectors of unit length, ``(texts, dim)``; the same text gives the same vector."""

    def __call__(self, texts: Sequence[str], /) -> Vectors: ...


def course_texts(course: Credential) -> tuple[str, str]:
    """What is read of a course: the title alone, and the title with the beginning of the description."""
    return course.title, f"{course.title}\n{course.description}"[:900]


@dataclass(frozen=True)
class Shelf:
    """All courses of a catalogue as vectors, laid out once: rows of ``matrix`` by ``rows``."""

    read: Reader
    rows: Mapping[str, int]
    matrix: Vectors
    hours: NDArray[np.float64]
    levels: NDArray[np.float64]
    legible: NDArray[np.bool_]

    @classmethod
    def of(cls, courses: Sequence[Credential], read: Reader) -> Shelf:
        """Read every course; hours that are not stated are taken as enough, a level as basic."""
        texts = [course_texts(item) for item in courses]
        whole = read([both for _, both in texts])
        title = read([alone for alone, _ in texts])
        return cls(
            read,
            {item.id: row for row, item in enumerate(courses)},
            _unit(0.65 * whole + 0.35 * title),
            np.array([4 * SUBSTANCE_HOURS if item.hours is None else item.hours for item in courses], dtype=float),
            np.array([_level(item) for item in courses], dtype=float),
            np.array([_is_legible(both) for _, both in texts]),
        )

    def towards(self, role: Role, labels: Mapping[str, str]) -> RoleFit:
        """What of a role is the same for everybody."""
        names = [labels.get(need.skill_id, need.skill_id) for need in role.requirements]
        title, about, *needs = self.read([role.title, f"{role.title}. {role.description}"[:600], *names])
        return RoleFit(self, role, tuple(names), TITLE * title + ABOUT * about, np.stack(needs))


@dataclass(frozen=True)
class RoleFit:
    """A role as vectors: ``about`` is its own part of the direction to look in, ``needs`` are its requirements."""

    shelf: Shelf
    role: Role
    names: tuple[str, ...]
    about: Vectors
    needs: Vectors

    def nearest(self, count: int) -> list[str]:
        """The ids of the courses that are nearest to the role, whoever asks."""
        likeness = np.round(_product(self.shelf.matrix, self.about + OPEN * _unit(self.needs.sum(axis=0))), DECIMALS)
        ids = list(self.shelf.rows)
        return [ids[row] for row in np.argsort(-likeness, kind="stable")[:count]]

    def is_about(self, credential_id: str, place: int) -> bool:
        """Whether all the words of a course have to do with the requirement at ``place`` of the role."""
        row = self.shelf.matrix[self.shelf.rows[credential_id]]
        return float(np.einsum("i,i->", row, self.needs[place])) >= ABOUT_SKILL

    def of(self, gap: Gap, levels: Mapping[str, float], labels: Mapping[str, str], *, own: bool = False) -> Fits:
        """The fit of every course for a person with these levels (0-5, by skill) and this gap.

        Towards their ``own`` role what is near to it is near to what they do, whatever evidence names. Of a course
        whose language the model cannot read nothing is told: it goes by its skills alone, as all do without a model.
        """
        weights = np.array([_open(item.requirement, item.attained or 0.0) for item in gap.items], dtype=np.float32)
        has = [skill for skill, level in sorted(levels.items()) if level > 0 and skill in labels]
        reach = np.array([levels[skill] for skill in has], dtype=np.float32)
        known = self.shelf.read([labels[skill] for skill in has]) if has else self.needs[:0]
        missing = _unit(_weighted(weights, self.needs))
        field = _unit(_weighted(reach, known)) if has else missing
        likeness = _product(self.shelf.matrix, self.about + OPEN * missing + BACKGROUND * field)
        suits = _chance(likeness, HALF, STEEP)
        stands = self._stands(known, reach, field)
        if own and has:
            np.maximum(stands, _usual(reach) * _chance(likeness, SAME_WORK, STEEP), out=stands)
        low = np.maximum(stands - self.shelf.levels - 0.5, 0.0)
        high = np.maximum(self.shelf.levels - stands - STEP_UP, 0.0)
        suits = suits * np.exp(-BELOW * low - ABOVE * high)
        depth = (1.0 - np.exp(-self.shelf.hours / SUBSTANCE_HOURS)) * self.shelf.legible
        suits = np.where(self.shelf.legible, suits, 1.0)
        return Fits(self, np.round(suits, DECIMALS), np.round(suits * depth, DECIMALS), stands, weights)

    def _stands(self, known: Vectors, reach: Vectors, field: Vectors) -> NDArray[np.float64]:
        """The level at which the person stands in what each course is about: in one skill, or in their whole field."""
        if not len(known):
            return np.zeros(len(self.shelf.hours))
        found = _usual(reach) * _chance(_product(self.shelf.matrix, field), SAME_FIELD, 0.03)
        for vector, level in zip(known, reach, strict=True):
            np.maximum(found, level * _chance(_product(self.shelf.matrix, vector), SAME_SKILL, 0.04), out=found)
        return found


@dataclass(frozen=True)
class Fits:
    """How well each course suits a person and role (0-1): ``suits`` by words and level, ``whole`` by its depth too."""

    role: RoleFit
    suits: NDArray[np.float64]
    whole: NDArray[np.float64]
    stands: NDArray[np.float64]
    open: Vectors

    def suit(self, credential_id: str) -> float:
        """How well a course suits, whatever its length."""
        return float(self.suits[self.role.shelf.rows[credential_id]])

    def of(self, credential_id: str) -> float:
        """How well a course suits, with what its hours allow to teach."""
        return float(self.whole[self.role.shelf.rows[credential_id]])

    def words(self, credential_id: str) -> str:
        """Why, in words: what it is nearest to of what is open, and how its level compares with the person's."""
        row = self.role.shelf.rows[credential_id]
        near = _product(self.role.needs, self.role.shelf.matrix[row]) * (self.open > 0)
        order = np.lexsort((np.arange(len(near)), -np.round(near, DECIMALS)))[:NAMED]
        themes = " and ".join(f"'{self.role.names[place]}'" for place in order if near[place] > 0)
        about = f", nearest to {themes}" if themes else ""
        stands, leads = self.stands[row], self.role.shelf.levels[row]
        if leads + 1.0 < stands:
            level = "; easier than what the person does already"
        elif leads > stands + STEP_UP:
            level = "; a large step up for the person"
        else:
            level = ""
        return f"as a whole about the work of {self.role.role.title}{about}{level}"


def _usual(reach: Vectors) -> float:
    """The level of a person in what they do best: the mean of their six highest."""
    return float(np.sort(reach)[::-1][:6].mean())


def _is_legible(text: str) -> bool:
    said = text.casefold().split()
    return len(said) < FEW_WORDS or sum(word in ENGLISH for word in said) >= LEAST_ENGLISH * len(said)


def _open(need: Requirement, level: float) -> float:
    essential = 1.0 if need.kind is RequirementKind.ESSENTIAL else OPTIONAL
    return essential * need.weight * (1.0 - share(need, level))


def _level(course: Credential) -> float:
    """The level that a course leads to: its own, else the highest that it states, else basic."""
    return course.level or max((outcome.level for outcome in course.outcomes), default=2.0)


def _weighted(weights: Vectors, rows: Vectors) -> Vectors:
    return np.asarray(np.einsum("i,ij->j", weights, rows), dtype=np.float32)


def _product(matrix: Vectors, vector: Vectors) -> Vectors:
    """The same to the bit however many threads there are: no library of linear algebra shares it out."""
    return np.asarray(np.einsum("ij,j->i", matrix, vector), dtype=np.float32)


def _unit(given: Vectors) -> Vectors:
    length = np.sqrt(np.einsum("...i,...i->...", given, given))[..., None]
    return np.asarray(np.divide(given, length, out=np.zeros_like(given), where=length > 0), dtype=np.float32)


def _chance(likeness: Vectors, half: float, steep: float) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-(likeness.astype(float) - half) / steep)))

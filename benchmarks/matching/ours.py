"""The whole system as rankers: the linker for skills, the occupation index for titles and for what jobs need."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.matching.measures import DEPTH, ranked
from benchmarks.matching.quality import Names
from benchmarks.matching.tasks import Task
from skillmatch.domain.skills.skill import Skill, SkillType
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.matching.encoder import Encoder
from skillmatch.matching.index import build_index
from skillmatch.matching.linker import Linker
from skillmatch.matching.occupations import OccupationIndex, build_occupations
from skillmatch.matching.training.holdout import Held

HELD_OCCUPATIONS = "held-out occupations"


class Ours:
    """skillmatch over a taxonomy, with what is held out hidden where it is asked for."""

    def __init__(self, taxonomy: Taxonomy, held: Held, encoder: Encoder, names: dict[str, Names]) -> None:
        self.taxonomy = taxonomy
        self.held = held
        self.encoder = encoder
        self.names = names
        self._linkers: dict[str, Linker] = {}
        self._occupations: dict[bool, OccupationIndex] = {}

    def linker(self, among: str, *, hidden: bool = False) -> Linker:
        """The linker over the skills, those without the held-out aliases when ``hidden``, or over plain names."""
        key = f"{among} {hidden}"
        if key not in self._linkers:
            taxonomy = self.held.left if hidden else self.taxonomy
            if among != "skills":
                skills = [
                    Skill(id=f"onet/{at}", label=name, type=SkillType.SKILL) for at, name in self._numbered(among)
                ]
                taxonomy = Taxonomy.of("onet", "1", skills)
            self._linkers[key] = Linker(build_index(taxonomy, self.encoder), self.encoder)
        return self._linkers[key]

    def rank(self, task: Task) -> list[list[int]]:
        """Positions of the candidates, best first, for every text of a task."""
        if task.name == HELD_OCCUPATIONS:
            return self._expected(task)
        if task.among == "occupations":
            index = self._index(held=False)
            place = _places(index.ids, self.names["occupations"])
            parts = [index.title_scores(task.texts[at : at + 64]) for at in range(0, len(task.texts), 64)]
            scores = np.concatenate(parts)
            return [[place[one] for one in row] for row in ranked(scores)]
        linker = self.linker(task.among, hidden=bool(task.hidden))
        if task.among == "skills":
            place = {key: at for at, key in enumerate(self.names["skills"].ids)}
        else:
            place = {f"onet/{at:06}": at for at in range(len(self.names[task.among].ids))}
        answers = linker.link(task.texts, top=DEPTH, abstain=False)
        return [[place[link.skill_id] for link in answer.links] for answer in answers]

    def _expected(self, task: Task) -> list[list[int]]:
        """By title and description; the links of the occupations that are asked for are not in the index."""
        index = self._index(held=True)
        by_label = {item.label: item for item in self.taxonomy.occupations.values() if item.id in self.held.occupations}
        place = _places(index.skill_ids, self.names["skills"])
        scores = index.skill_scores(task.texts, [by_label[text].description for text in task.texts])
        return [[place[one] for one in row] for row in ranked(scores)]

    def _index(self, *, held: bool) -> OccupationIndex:
        if held not in self._occupations:
            taxonomy = self.taxonomy
            if held:
                items = self.held.left.occupations.values()
                taxonomy = Taxonomy.of(
                    taxonomy.name, taxonomy.version, taxonomy.skills.values(), (), [replace(item) for item in items]
                )
            self._occupations[held] = build_occupations(taxonomy, self.encoder)
        return self._occupations[held]

    def _numbered(self, among: str) -> list[tuple[str, str]]:
        return [(f"{at:06}", name) for at, name in enumerate(self.names[among].ids)]


def _places(ids: tuple[str, ...], names: Names) -> list[int]:
    place = {key: at for at, key in enumerate(names.ids)}
    return [place[key] for key in ids]

"""Training examples: a text and the concepts that it means, drawn from a seed and the number of the step alone.

That a step's examples depend on nothing else makes a run that was stopped and resumed the same as one that was not.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from skillmatch.domain.roles.role import RequirementKind
from skillmatch.domain.skills.skill import Skill, SkillType
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.matching.training.phrases import first_sentence, phrase, sentence, title
from skillmatch.matching.training.sources import Sources

SKILL, OCCUPATION, ONET_TITLE, ACTIVITY, TECHNOLOGY = range(5)

SHARES: dict[str, float] = {
    "names": 0.30,
    "descriptions": 0.08,
    "several": 0.14,
    "sentences": 0.20,
    "titles": 0.12,
    "needs": 0.07,
    "onet_titles": 0.05,
    "tasks": 0.02,
    "technologies": 0.02,
    "written": 0.00,
}
"""How often each kind of example is drawn at first, where its source is there."""

LATE_SHARES: dict[str, float] = {
    "names": 0.20,
    "descriptions": 0.05,
    "several": 0.10,
    "sentences": 0.28,
    "titles": 0.12,
    "needs": 0.05,
    "onet_titles": 0.05,
    "tasks": 0.01,
    "technologies": 0.01,
    "written": 0.13,
}
"""How often later: when the names are known, whole sentences as people write them count for more."""


@dataclass(frozen=True)
class Concepts:
    """What texts can mean: ``texts[i]`` is encoded for concept i, and only concepts of one kind compete."""

    texts: tuple[str, ...]
    kinds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A text, the concept that it is drawn towards, and all concepts that it must not be pushed away from."""

    text: str
    target: int
    also: frozenset[int]


@dataclass
class ExampleMaker:
    """Draws the examples of a step. Build it with :meth:`of`; it holds no state that drawing changes."""

    sources: Sources
    concepts: Concepts
    _row: dict[tuple[int, str], int]
    _shared: dict[str, frozenset[int]]
    _needs: list[tuple[tuple[str, ...], tuple[int, ...]]]
    _groups: list[tuple[str, ...]]
    _makers: dict[str, Callable[[random.Random], Example]] = field(default_factory=dict)

    @classmethod
    def of(cls, sources: Sources) -> ExampleMaker:
        """Number the concepts and look up once what drawing needs."""
        taxonomy = sources.taxonomy
        rows: dict[tuple[int, str], int] = {}
        texts: list[str] = []
        pairs = [(SKILL, skill.id, skill.label) for skill in taxonomy.skills.values()]
        pairs += [(OCCUPATION, item.id, item.label) for item in taxonomy.occupations.values()]
        for kind, named in (
            (ONET_TITLE, sources.titles),
            (ACTIVITY, sources.tasks),
            (TECHNOLOGY, sources.technologies),
        ):
            pairs += [(kind, name, name) for name in dict.fromkeys(name for _, name in named)]
        for kind, key, text in pairs:
            rows[kind, key] = len(texts)
            texts.append(text)
        shared = {
            name: frozenset(rows[SKILL, skill_id] for skill_id in skills) for name, skills in taxonomy.by_name.items()
        }
        needs = [
            (
                (item.label, *item.aliases),
                tuple(
                    rows[SKILL, need.skill_id] for need in item.requirements if need.kind is RequirementKind.ESSENTIAL
                ),
            )
            for item in taxonomy.occupations.values()
        ]
        groups = [tuple(need.skill_id for need in item.requirements) for item in taxonomy.occupations.values()]
        near: dict[str, list[str]] = defaultdict(list)
        for skill in taxonomy.skills.values():
            for broader in skill.broader:
                near[broader].append(skill.id)
        for relation in taxonomy.relations:
            near[relation.skill].append(relation.other)
        groups += [(key, *others) for key, others in near.items() if key in taxonomy.skills]
        maker = cls(
            sources,
            Concepts(tuple(texts), tuple(kind for kind, _ in rows)),
            rows,
            shared,
            [need for need in needs if need[1]],
            [group for group in groups if len(group) > 1],
        )
        maker._makers = maker._available()
        return maker

    def batch(self, step: int, size: int, seed: int, *, late: bool = False) -> list[Example]:
        """The examples of one step, of the late part of a run with ``late``."""
        draw = random.Random(f"{seed}:{step}")  # noqa: S311 - repeatable on purpose
        shares = LATE_SHARES if late else SHARES
        kinds = draw.choices(list(self._makers), [shares[kind] for kind in self._makers], k=size)
        return [self._makers[kind](draw) for kind in kinds]

    def _available(self) -> dict[str, Callable[[random.Random], Example]]:
        sources, taxonomy = self.sources, self.sources.taxonomy
        skills = list(taxonomy.skills.values())
        # a skill with many aliases is drawn more often, one without still sometimes: by the root of its names
        weights = _running([len(skill.names) ** 0.5 for skill in skills])
        occupations = list(taxonomy.occupations.values())

        def names(draw: random.Random) -> Example:
            skill = draw.choices(skills, cum_weights=weights)[0]
            name = draw.choice(skill.names)
            text = phrase(_unqualified(name, draw), verb=_is_verb(skill), draw=draw)
            return self._skill_example(text, (name,), (skill,), draw)

        def descriptions(draw: random.Random) -> Example:
            skill = draw.choice(skills)
            return self._skill_example(first_sentence(skill.description) or skill.label, (), (skill,), draw)

        def several(draw: random.Random) -> Example:
            group = draw.choice(self._groups)
            chosen = [taxonomy.skills[key] for key in draw.sample(group, min(len(group), draw.randint(2, 4)))]
            verb = _is_verb(chosen[0])
            chosen = [skill for skill in chosen if _is_verb(skill) == verb]
            used = [draw.choice(skill.names) for skill in chosen]
            return self._skill_example(
                sentence([_unqualified(name, draw) for name in used], verb=verb, draw=draw), used, chosen, draw
            )

        def sentences(draw: random.Random) -> Example:
            text, ids = draw.choice(sources.sentences)
            return self._skill_example(_thinned(text, draw), (), [taxonomy.skills[key] for key in ids], draw)

        def written(draw: random.Random) -> Example:
            text, key = draw.choice(sources.written)
            return self._skill_example(_thinned(text, draw), (), [taxonomy.skills[key]], draw)

        def titles(draw: random.Random) -> Example:
            item = draw.choice(occupations)
            row = self._row[OCCUPATION, item.id]
            if draw.random() < 0.1 and item.description:
                return Example(first_sentence(item.description), row, frozenset((row,)))
            return Example(title(draw.choice((item.label, *item.aliases)), draw), row, frozenset((row,)))

        def needs(draw: random.Random) -> Example:
            called, rows = draw.choice(self._needs)
            name = called[0] if draw.random() < 0.6 else draw.choice(called)
            return Example(name, draw.choice(rows), frozenset(rows))

        def onet(kind: int, pairs: Sequence[tuple[str, str]]) -> Callable[[random.Random], Example]:
            meant: dict[str, set[int]] = defaultdict(set)
            for text, name in pairs:
                meant[text].add(self._row[kind, name])

            def draw_one(draw: random.Random) -> Example:
                text, name = draw.choice(pairs)
                return Example(text, self._row[kind, name], frozenset(meant[text]))

            return draw_one

        makers: dict[str, Callable[[random.Random], Example]] = {"names": names, "descriptions": descriptions}
        if self._groups:
            makers["several"] = several
        if sources.sentences:
            makers["sentences"] = sentences
        if occupations:
            makers["titles"] = titles
        if self._needs:
            makers["needs"] = needs
        for key, kind, pairs in (
            ("onet_titles", ONET_TITLE, sources.titles),
            ("tasks", ACTIVITY, sources.tasks),
            ("technologies", TECHNOLOGY, sources.technologies),
        ):
            if pairs:
                makers[key] = onet(kind, pairs)
        if sources.written:
            makers["written"] = written  # the last, so that without it the early draws are the same
        return makers

    def _skill_example(self, text: str, names: Sequence[str], skills: Sequence[Skill], draw: random.Random) -> Example:
        rows = [self._row[SKILL, skill.id] for skill in skills]
        shared = [self._shared.get(fold(name), frozenset()) for name in names]
        return Example(text, draw.choice(rows), frozenset(rows).union(*shared))


def _is_verb(skill: Skill) -> bool:
    """Whether the label says what one does ("manage staff") and not what one knows ("philosophy")."""
    return skill.type is not SkillType.KNOWLEDGE


def _unqualified(name: str, draw: random.Random) -> str:
    """Mostly without a bracket at the end: people write "Java", not "Java (computer programming)"."""
    return name.rsplit("(", 1)[0].strip() or name if name.endswith(")") and draw.random() < 0.8 else name


def _thinned(text: str, draw: random.Random) -> str:
    """Half of the time with a tenth of its words left out, so that a sentence seen again is not quite the same."""
    if draw.random() < 0.5:
        return text
    return " ".join(word for word in text.split() if draw.random() >= 0.1) or text


def _running(weights: Sequence[float]) -> list[float]:
    total, sums = 0.0, []
    for weight in weights:
        total += weight
        sums.append(total)
    return sums

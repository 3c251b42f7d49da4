"""The public files that training learns from, read into plain values; nothing else is ever opened.

ESCO without what is held out, O*NET's titles, tasks and technologies, and the train splits of SkillSkape and
SkillSpan. Test and development splits and the crosswalk are not touched here.
"""

from __future__ import annotations

import ast
import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.domain.skills.taxonomy import Taxonomy, fold
from skillmatch.files.resources import resource
from skillmatch.matching.training.holdout import Held, hold_out
from skillmatch.taxonomy.esco import read_esco

ESCO, ONET, MATCHING = "esco-1.1.1", "onet-29.3", "matching"


@dataclass(frozen=True)
class Sources:
    """What a data folder holds: names by name, and texts beside the names that they mean.

    ``titles`` are (alternate title, occupation), ``tasks`` (task, activity), ``technologies`` (product, kind);
    ``sentences`` are texts with the ids of the skills in them, ``written`` are of our own making, each with its skill.
    """

    held: Held
    sentences: tuple[tuple[str, tuple[str, ...]], ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    tasks: tuple[tuple[str, str], ...] = ()
    technologies: tuple[tuple[str, str], ...] = ()
    written: tuple[tuple[str, str], ...] = ()

    @property
    def taxonomy(self) -> Taxonomy:
        """ESCO without what is held out."""
        return self.held.left

    def small(self, skills: int = 200, occupations: int = 30, pairs: int = 200) -> Sources:
        """The first few of everything, for a run that only proves the path."""
        left = self.taxonomy
        kept = dict(islice(left.skills.items(), skills))
        taxonomy = Taxonomy.of(
            left.name,
            left.version,
            [replace(skill, broader=tuple(key for key in skill.broader if key in kept)) for skill in kept.values()],
            [link for link in left.relations if link.skill in kept and link.other in kept],
            [
                replace(item, requirements=tuple(need for need in item.requirements if need.skill_id in kept))
                for item in islice(left.occupations.values(), occupations)
            ],
        )
        return Sources(
            replace(self.held, left=taxonomy),
            tuple(islice((pair for pair in self.sentences if kept.keys() >= set(pair[1])), pairs)),
            self.titles[:pairs],
            self.tasks[:pairs],
            self.technologies[:pairs],
            tuple(islice((pair for pair in self.written if pair[1] in kept), pairs)),
        )


def read_sources(data: Path) -> Sources:
    """Read a data folder; only ESCO must be there. Raises ``InputError`` when it is not, or a file is no table."""
    held = hold_out(read_esco(data / ESCO).taxonomy)
    matching, onet = data / MATCHING, data / ONET
    forbidden = {fold(text) for name in ("tech", "house") for text in _annotated(matching, name)}
    sentences = [
        (text, skills)
        for text, skills in (*_skape(matching, held.left), *_span(matching, held.left))
        if fold(text) not in forbidden
    ]
    occupations = {row["O*NET-SOC Code"]: row["Title"] for row in _rows(onet / "Occupation Data.txt", "\t")}
    return Sources(
        held,
        tuple(dict.fromkeys(sentences)),
        tuple(
            (row["Alternate Title"], occupations[row["O*NET-SOC Code"]])
            for row in _rows(onet / "Alternate Titles.txt", "\t")
            if row["O*NET-SOC Code"] in occupations
        ),
        _unique(onet / "Tasks to DWAs.txt", "Task", "DWA Title"),
        _unique(onet / "Technology Skills.txt", "Example", "Commodity Title"),
        _written(resource("data", "training", "sentences.csv"), held),
    )


def _written(path: Path, held: Held) -> tuple[tuple[str, str], ...]:
    """Our own sentences; none about a skill whose aliases are held out, so that no such alias slips in."""
    return tuple(
        (row["sentence"], row["skill_id"])
        for row in _rows(path)
        if row["skill_id"] in held.left.skills and row["skill_id"] not in held.skills
    )


def _skape(folder: Path, taxonomy: Taxonomy) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Sentences of the SkillSkape train split with their skills; those of no skill teach nothing here."""
    labels = {fold(skill.label): skill.id for skill in taxonomy.skills.values()}
    for row in _rows(folder / "skillskape_train.csv"):
        try:
            names = ast.literal_eval(row["skills"])
        except (SyntaxError, ValueError) as error:
            raise InputError("is no list of skills.", place=Place("skillskape_train.csv", field="skills")) from error
        skills = tuple(dict.fromkeys(labels[fold(name)] for name in names if fold(name) in labels))
        if skills:
            yield row["sentence"], skills


def _span(folder: Path, taxonomy: Taxonomy) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Sentences of SkillSpan's train split in which a marked span is exactly the name of one skill."""
    path = folder / "skillspan_train.json"
    if not path.exists():
        return
    names = _plain_names(taxonomy)
    with path.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            spans = [
                span for tags in ("tags_skill", "tags_knowledge") for span in _spans(record["tokens"], record[tags])
            ]
            skills = tuple(dict.fromkeys(names[fold(span)] for span in spans if fold(span) in names))
            if skills:
                yield " ".join(record["tokens"]), skills


def _plain_names(taxonomy: Taxonomy) -> dict[str, str]:
    """Names that mean one skill only, also a label without its bracket: "java" for "Java (computer programming)"."""
    names = {name: skills for name, skills in taxonomy.by_name.items() if len(skills) == 1}
    short: dict[str, set[str]] = {}
    for skill in taxonomy.skills.values():
        if skill.label.endswith(")"):
            short.setdefault(fold(skill.label.rsplit("(", 1)[0]), set()).add(skill.id)
    found = {name: tuple(skills) for name, skills in short.items() if len(skills) == 1 and name}
    return {name: skills[0] for name, skills in (found | names).items()}


def _spans(tokens: list[str], tags: list[str]) -> Iterator[str]:
    span: list[str] = []
    for token, tag in zip([*tokens, ""], [*tags, "O"], strict=True):
        if tag != "I" and span:
            yield " ".join(span)
            span = []
        if tag != "O":
            span.append(token)


def _annotated(folder: Path, name: str) -> set[str]:
    return {row["sentence"] for row in _rows(folder / f"{name}_validation_annotations.csv")}


def _unique(path: Path, text: str, name: str) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((row[text], row[name]) for row in _rows(path, "\t")))


def _rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of a file, none when it is not there."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        if delimiter == "\t":  # O*NET's text layout knows no quotes
            return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        return list(csv.DictReader(file, delimiter=delimiter))

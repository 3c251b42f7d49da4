"""Texts with known skills, from the shared data: for training, for calibration and for measuring.

What may be used for what (see the data's own README): ESCO names, SkillSkape train and SkillSpan train train;
TECH and HOUSE validation and SkillSkape dev select and calibrate. No test split is ever read.
"""

from __future__ import annotations

import ast
import csv
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from skillmatch.domain.skills.taxonomy import Taxonomy, fold
from skillmatch.matching.training.holdout import calibrates
from skillmatch.matching.training.holdout import hold_out as encoder_holdout
from skillmatch.matching.words import without_qualifier


@dataclass(frozen=True)
class Example:
    """A text and the ids of the skills that it means; none means that the right answer is "no skill"."""

    text: str
    skills: frozenset[str]
    source: str


def ids_by_label(taxonomy: Taxonomy) -> dict[str, frozenset[str]]:
    """Skill ids for each folded label; one label may belong to several skills."""
    found: dict[str, set[str]] = defaultdict(set)
    for skill in taxonomy.skills.values():
        found[fold(skill.label)].add(skill.id)
    return {label: frozenset(ids) for label, ids in found.items()}


def annotated_spans(data: Path, name: str, taxonomy: Taxonomy) -> list[Example]:
    """Spans of TECH or HOUSE validation (``name`` is tech or house), each once per sentence, with all its labels."""
    labels = ids_by_label(taxonomy)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in _rows(data / "matching" / f"{name}_validation_annotations.csv"):
        text = (row["sub_span"] or row["span"]).strip()
        if text:
            found[row["sentence"], text].update(labels.get(fold(row["label"]), ()))
    return [Example(text, frozenset(ids), name) for (_, text), ids in found.items()]


def annotated_sentences(data: Path, name: str, taxonomy: Taxonomy) -> list[Example]:
    """Whole sentences of TECH or HOUSE validation with the union of their spans' skills; those with any."""
    labels = ids_by_label(taxonomy)
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows(data / "matching" / f"{name}_validation_annotations.csv"):
        found[row["sentence"]].update(labels.get(fold(row["label"]), ()))
    return [Example(text, frozenset(ids), f"{name} sentences") for text, ids in found.items() if ids]


def skape_sentences(data: Path, split: str, taxonomy: Taxonomy) -> list[Example]:
    """SkillSkape sentences (``split`` is train or dev); those marked UNK mean no skill."""
    labels = ids_by_label(taxonomy)
    examples = []
    for row in _rows(data / "matching" / f"skillskape_{split}.csv"):
        names = ast.literal_eval(row["skills"])
        ids = frozenset(skill_id for name in names for skill_id in labels.get(fold(name), ()))
        if ids or names == ["UNK"]:
            examples.append(Example(row["sentence"], ids, f"skape {split}"))
    return examples


def empty_lines(data: Path, split: str, count: int, seed: int) -> list[Example]:
    """Lines of job adverts in SkillSpan in which people marked no skill and no knowledge."""
    found = []
    with (data / "matching" / f"skillspan_{split}.json").open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if set(record["tags_skill"]) | set(record["tags_knowledge"]) == {"O"}:
                found.append(" ".join(record["tokens"]))
    unique = sorted(set(found))
    random.Random(seed).shuffle(unique)
    return [Example(text, frozenset(), "empty lines") for text in unique[:count]]


def marked_phrases(data: Path, split: str) -> list[str]:
    """The phrases that people marked as skill or knowledge in SkillSpan's lines, sorted, each once."""
    found: set[str] = set()
    with (data / "matching" / f"skillspan_{split}.json").open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            for tags in (record["tags_skill"], record["tags_knowledge"]):
                phrase: list[str] = []
                for token, tag in zip([*record["tokens"], ""], [*tags, "O"], strict=True):
                    if tag != "I" and phrase:
                        found.add(" ".join(phrase))
                        phrase = []
                    if tag != "O":
                        phrase.append(token)
    return sorted(found)


@dataclass(frozen=True)
class HeldOut:
    """A taxonomy from which names were taken away, and those names as questions."""

    taxonomy: Taxonomy
    aliases: list[Example]  # names of skills that are still there under their other names
    strangers: list[Example]  # names of skills that are not there at all: the right answer is "no skill"
    kept: list[Example]  # names that are still there, as written and in small variations


def hold_out(taxonomy: Taxonomy, *, seed: int) -> HeldOut:
    """Take away the calibrating half of the aliases that the encoder never saw, and one skill in thirty altogether.

    An alias that the encoder was trained on would look easier than any word that people bring.
    """
    draw = random.Random(seed)
    unseen = {skill_id for skill_id in encoder_holdout(taxonomy).skills if calibrates(skill_id)}
    skills, aliases, gone, kept = [], [], [], []
    for skill in taxonomy.skills.values():
        if draw.random() < 1 / 30:
            gone.append(skill)
            continue
        removed = skill.id in unseen
        aliases += [(alias, skill.id) for alias in skill.aliases if removed]
        skills.append(replace(skill, aliases=() if removed else skill.aliases, broader=()))
        kept += [(draw.choice(skills[-1].names), skill.id)]
    left = {skill.id for skill in skills}
    occupations = [
        replace(item, requirements=tuple(need for need in item.requirements if need.skill_id in left))
        for item in taxonomy.occupations.values()
    ]
    smaller = Taxonomy.of(taxonomy.name, taxonomy.version, skills, (), occupations)
    labels = ids_by_label(smaller)
    # a text that is a label means those skills that carry it, not others that list it as an alias
    names = {name: labels.get(name) or frozenset(ids) for name, ids in smaller.by_name.items()}
    strangers = [name for skill in gone for name in (skill.label, *skill.aliases[:2]) if fold(name) not in names]
    return HeldOut(
        smaller,
        [
            Example(
                name, labels.get(fold(name)) or frozenset({skill_id}) | names.get(fold(name), frozenset()), "aliases"
            )
            for name, skill_id in aliases
        ],
        [Example(name, frozenset(), "strangers") for name in dict.fromkeys(strangers)],
        list(_varied(((name, names[fold(name)]) for name, _ in kept), draw)),
    )


def in_full(examples: list[Example], taxonomy: Taxonomy) -> list[Example]:
    """The same texts asked of the whole taxonomy, in which each is the name of every skill that carries it."""
    labels, names = ids_by_label(taxonomy), taxonomy.by_name
    return [
        replace(example, skills=labels.get(fold(example.text)) or frozenset(names[fold(example.text)]))
        for example in examples
    ]


_FRAMES = (
    "{}", "{}", "{}", "{}", "{}", "{}", "knowledge of {}", "experience with {}", "good {} skills", "ability to {}",
    "{} experience", "strong {} knowledge", "proficient in {}", "basic {}", "you can {}", "training in {}",
    "{} (required)", "{} developer", "{} programming", "{} course", "introduction to {}", "{} for beginners",
    "{} specialist", "work with {}", "advanced {}", "{} basics", "{} tools", "daily {} tasks", "{} in practice",
)  # fmt: skip


def lists_of_names(held: HeldOut, count: int, seed: int) -> list[Example]:
    """Lines that name two to five skills outright, as adverts do; all of them are meant."""
    draw = random.Random(seed)
    labels = ids_by_label(held.taxonomy)
    by_name = held.taxonomy.by_name
    skills = list(held.taxonomy.skills.values())
    examples = []
    for _ in range(count):
        names = [draw.choice(draw.choice(skills).names) for _ in range(draw.randint(2, 5))]
        ids = frozenset().union(*(labels.get(fold(name)) or by_name[fold(name)] for name in names))
        glue = draw.choice((", ", " ", " / ", "; ", " and "))
        text = glue.join(names[:-1]) + draw.choice((" and ", glue)) + names[-1]
        examples.append(Example(draw.choice(_LINES).format(text), ids, "lists"))
    return examples


_LINES = (
    "{}", "{}", "Experience with {} is required.", "You know {} and enjoy working with customers.", "Skills: {}",
    "We are looking for a colleague with knowledge of {} for our office.", "Requirements {} 3+ years",
    "You will be responsible for {} in a growing company .", "Strong {} ( nice to have )", "Your tasks include {}.",
)  # fmt: skip


def _varied(names: Iterable[tuple[str, frozenset[str]]], draw: random.Random) -> Iterator[Example]:
    """Names in other cases, with a slip of the finger, with hyphens, and in the frames that adverts put them in."""
    for name, ids in names:
        text = name
        match draw.randrange(6):
            case 0:
                text = text.upper() if len(text) < 12 else text.title()
            case 1 if len(text) > 8:
                at = draw.randrange(2, len(text) - 2)
                text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
            case 2:
                text = text.replace(" ", "-", 1) if draw.random() < 0.5 else text.replace("-", " ")
            case 3:
                text = without_qualifier(text)
        yield Example(draw.choice(_FRAMES).format(text), ids, "names")


def nonsense(count: int, seed: int) -> list[Example]:
    """Texts without any skill: keys hit at random, numbers, addresses, names, boilerplate, other scripts."""
    draw = random.Random(seed)
    letters = "abcdefghijklmnopqrstuvwxyz"

    def word(most: int = 9) -> str:
        return "".join(draw.choice(letters) for _ in range(draw.randint(1, most)))

    kinds = (
        lambda: word(),
        lambda: draw.choice("bdefghjklmnopqstuvwxyz"),  # c and r are languages
        lambda: " ".join(word() for _ in range(draw.randint(2, 6))),
        lambda: str(draw.randint(0, 10**6)),
        lambda: f"{word()}@{word()}.com",
        lambda: f"www.{word()}.com/{word()}",
        lambda: f"{draw.choice(_FIRST_NAMES)} {word().title()}",
        lambda: draw.choice(_PLAIN),
        lambda: f"{draw.choice(_PLAIN)} {draw.choice(_PLAIN)}",
        lambda: f"{draw.choice(_PLAIN)} {draw.randint(1, 40)}",
        lambda: "".join(chr(draw.choice(_SCRIPTS) + draw.randrange(30)) for _ in range(draw.randint(1, 12))),
        lambda: "".join(chr(0x1F600 + draw.randrange(60)) for _ in range(draw.randint(1, 4))),
        lambda: draw.choice("!?.-+*/#&%$") * draw.randint(1, 5),
    )  # fmt: skip
    return [Example(draw.choice(kinds)(), frozenset(), "nonsense") for _ in range(count)]


_SCRIPTS = (0x4E00, 0x0410, 0x0E01, 0x0627, 0x3042)  # where Chinese, Cyrillic, Thai, Arabic, Japanese letters begin
_FIRST_NAMES = ("Anna", "Luca", "Maria", "Jonas", "Elif", "Pavel", "Sofia", "Noah", "Ingrid", "Marco")
_PLAIN = (
    "hello", "thank you", "yes", "no", "n/a", "other", "none", "misc", "test", "todo", "tbd", "see above", "various",
    "Monday", "January", "next week", "Berlin", "London", "the company", "our office", "click here", "apply now",
    "good morning", "red", "table", "the", "and", "or", "it is what it is", "lorem ipsum", "foo bar", "asdf", "qwerty",
    "part time", "full time", "competitive salary", "equal opportunity employer", "free lunch", "pension scheme",
    "about us", "what we offer", "your profile", "m/f/d", "start date", "years", "degree", "enrol now", "certificate",
    "week", "module", "course", "introduction", "beginner", "level", "hours", "summary", "overview", "part",
    "final exam",
)  # fmt: skip


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))

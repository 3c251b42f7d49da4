"""A small ESCO in its own CSV layout, with sentences beside it, so that training can be run in seconds."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

SKILLS = {
    "java": ("Java (computer programming)", "knowledge", "Java SE\nprogramming in Java", "Techniques of Java."),
    "script": ("JavaScript", "knowledge", "JS\nECMAScript", "Techniques of JavaScript."),
    "weld": ("weld metal", "skill/competence", "join metal by welding\nmetal welding", "Join metal. With heat."),
    "solder": (
        "solder metal",
        "skill/competence",
        "join metal with solder\nmetal soldering",
        "Join metal with solder.",
    ),
    "bake": ("bake bread", "skill/competence", "make bread\nbread baking", "Bake bread of all kinds."),
    "dough": ("knead dough", "skill/competence", "work dough\ndough kneading", "Knead dough by hand."),
    "care": ("care for patients", "skill/competence", "look after patients\npatient care", "Care for patients."),
    "dose": ("give medicine", "skill/competence", "administer medicine\nmedication", "Give medicine as told."),
    "sell": ("sell products", "skill/competence", "make sales\nselling", "Sell products to customers."),
    "stock": ("manage stock", "skill/competence", "control stock\nstock keeping", "Keep stock in order."),
}
OCCUPATIONS = {
    "dev": ("software developer", "programmer\ncoder", ("java", "script")),
    "welder": ("welder", "metal joiner", ("weld", "solder")),
    "baker": ("baker", "bread maker", ("bake", "dough")),
    "nurse": ("nurse", "care nurse", ("care", "dose")),
    "clerk": ("shop assistant", "sales clerk", ("sell", "stock")),
}
BASE = "http://data.europa.eu/esco"


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    esco, matching = folder / "esco-1.1.1", folder / "matching"
    esco.mkdir()
    matching.mkdir()
    _write(
        esco / "skills_en.csv",
        ["conceptType", "conceptUri", "skillType", "preferredLabel", "altLabels", "status", "description"],
        [
            ["KnowledgeSkillCompetence", f"{BASE}/skill/{key}", kind, label, aliases, "released", text]
            for key, (label, kind, aliases, text) in SKILLS.items()
        ],
    )
    _write(
        esco / "occupations_en.csv",
        ["conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "status", "description", "code"],
        [
            [
                "Occupation",
                f"{BASE}/occupation/{key}",
                "1",
                label,
                aliases,
                "released",
                f"A {label} at work.",
                f"1.{at}",
            ]
            for at, (key, (label, aliases, _)) in enumerate(OCCUPATIONS.items())
        ],
    )
    _write(
        esco / "occupationSkillRelations_en.csv",
        ["occupationUri", "relationType", "skillType", "skillUri"],
        [
            [f"{BASE}/occupation/{key}", "essential", "skill/competence", f"{BASE}/skill/{skill}"]
            for key, (_, _, skills) in OCCUPATIONS.items()
            for skill in skills
        ],
    )
    _write(
        matching / "skillskape_train.csv",
        ["", "sentence", "skills"],
        [
            [0, "You join steel parts with heat and keep our stock.", "['weld metal', 'manage stock']"],
            [1, "We are a family business.", "['UNK']"],
        ],
    )
    _write(
        matching / "tech_validation_annotations.csv",
        ["sentence", "span", "sub_span", "label"],
        [["never train on java", "java", "", "Java (computer programming)"]],
    )
    spans = [
        (["Good", "Java", "needed"], ["O", "O", "O"], ["O", "B", "O"]),
        (["never", "train", "on", "java"], ["O", "O", "O", "O"], ["O", "O", "O", "B"]),
    ]
    lines = [
        f'{{"tokens": {_json(tokens)}, "tags_skill": {_json(skill)}, "tags_knowledge": {_json(knowledge)}}}'
        for tokens, skill, knowledge in spans
    ]
    (matching / "skillspan_train.json").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _json(values: list[str]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"


def _write(path: Path, header: list[str], rows: list[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])

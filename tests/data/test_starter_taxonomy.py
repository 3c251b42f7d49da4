"""The promises that data/taxonomy/README.md makes, checked with nothing but the csv module."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def folder(repository: Path) -> Path:
    return repository / "data" / "taxonomy"


def _rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert all(None not in row and None not in row.values() for row in rows), (
        "a row is longer or shorter than the header"
    )
    return rows


@pytest.fixture(scope="module")
def skills(folder: Path) -> Rows:
    return _rows(folder / "skills.csv")


@pytest.fixture(scope="module")
def relations(folder: Path) -> Rows:
    return _rows(folder / "relations.csv")


@pytest.fixture(scope="module")
def occupations(folder: Path) -> Rows:
    return _rows(folder / "occupations.csv")


@pytest.fixture(scope="module")
def requirements(folder: Path) -> Rows:
    return _rows(folder / "requirements.csv")


def _names(row: dict[str, str]) -> list[str]:
    return [row["label"], *(alias for alias in row["aliases"].split(" | ") if alias)]


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def _in_circles(edges: dict[str, list[str]]) -> set[str]:
    """The nodes that lead back to themselves: what stays when ends are taken off again and again."""
    left = {node: set(others) for node, others in edges.items()}
    while ends := {other for others in left.values() for other in others if not left.get(other)}:
        left = {node: others - ends for node, others in left.items()}
    return {node for node, others in left.items() if others}


def test_it_is_as_large_as_promised(skills: Rows, relations: Rows, occupations: Rows) -> None:
    fields = Counter(row["field"] for row in skills)
    assert len(skills) >= 600
    assert len(fields) >= 15
    assert min(fields.values()) >= 10
    assert fields["transversal"] >= 80
    assert len(occupations) >= 60
    assert len(relations) >= 0.6 * len(skills)


def test_circles_are_found() -> None:
    assert _in_circles({"a": ["b"], "b": ["c"], "c": []}) == set()
    assert _in_circles({"a": ["b"], "b": ["c"], "c": ["b"]}) == {"a", "b", "c"}


def test_every_skill_is_complete(skills: Rows) -> None:
    for row in skills:
        what = row["id"]
        assert re.fullmatch(r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*", row["id"]), what
        assert row["field"] == row["id"].split(".")[0], what
        assert row["type"] in ("skill", "knowledge", "transversal"), what
        assert (row["type"] == "transversal") == (row["field"] == "transversal"), what
        assert 3 <= len(_names(row)) <= 8, what
        assert row["label"][0].isupper() or row["label"][0] == ".", what


def test_every_description_is_one_sentence(skills: Rows, occupations: Rows) -> None:
    for row in [*skills, *occupations]:
        text = row["description"]
        assert text.endswith("."), row["id"]
        assert not re.search(r"[.!?] [A-Z]", text), row["id"]
        assert 8 <= len(text.split()) <= 32, row["id"]


def test_no_name_means_two_things(skills: Rows, occupations: Rows) -> None:
    for rows in (skills, occupations):
        counted = Counter(_fold(name) for row in rows for name in _names(row))
        assert [name for name, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("table", ["skills", "relations", "occupations", "requirements"])
def test_no_stray_blanks_and_no_formulas(folder: Path, table: str) -> None:
    raw = (folder / f"{table}.csv").read_bytes()
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    for row in _rows(folder / f"{table}.csv"):
        for cell in row.values():
            assert cell == " ".join(cell.split())
            assert not cell.startswith(("=", "+", "-", "@", "'"))


def test_every_broader_skill_is_there_and_of_the_same_field(skills: Rows) -> None:
    fields = {row["id"]: row["field"] for row in skills}
    for row in skills:
        for above in filter(None, row["broader"].split(" | ")):
            assert fields[above] in (row["field"], "transversal"), row["id"]


def test_nothing_is_above_itself(skills: Rows) -> None:
    assert _in_circles({row["id"]: list(filter(None, row["broader"].split(" | "))) for row in skills}) == set()


def test_every_field_has_top_skills(skills: Rows) -> None:
    tops = Counter(row["field"] for row in skills if not row["broader"])
    assert set(tops) == {row["field"] for row in skills}


def test_relations_lead_from_skill_to_skill(skills: Rows, relations: Rows) -> None:
    ids = {row["id"] for row in skills}
    assert {row["relation"] for row in relations} == {"essential", "optional", "related"}
    for row in relations:
        assert {row["from"], row["to"]} <= ids
        assert row["from"] != row["to"]
    pairs = Counter(frozenset((row["from"], row["to"])) for row in relations)
    assert [pair for pair, count in pairs.items() if count > 1] == []


def test_no_skill_needs_itself_in_the_end(relations: Rows) -> None:
    edges: dict[str, list[str]] = {}
    for row in relations:
        if row["relation"] == "essential":
            edges.setdefault(row["from"], []).append(row["to"])
    assert _in_circles(edges) == set()


def test_requirements_are_sound(skills: Rows, occupations: Rows, requirements: Rows) -> None:
    ids = {row["id"] for row in skills}
    by_occupation: dict[str, Rows] = {row["id"]: [] for row in occupations}
    for row in requirements:
        assert row["skill"] in ids
        assert float(row["level"]) in (1, 2, 3, 4, 5)
        assert 0.1 <= float(row["weight"]) <= 1
        assert row["kind"] in ("essential", "optional")
        by_occupation[row["occupation"]].append(row)
    for occupation, wanted in by_occupation.items():
        assert 10 <= len(wanted) <= 20, occupation
        assert len({row["skill"] for row in wanted}) == len(wanted), occupation
        assert sum(row["kind"] == "essential" for row in wanted) >= 5, occupation
        assert len({row["level"] for row in wanted}) > 1, occupation
        assert 2 <= sum(row["skill"].startswith("transversal.") for row in wanted) <= 8, occupation


def test_rows_stand_in_order(skills: Rows, relations: Rows, occupations: Rows) -> None:
    for rows in (skills, occupations):
        assert rows == sorted(rows, key=lambda row: (row["field"], row["id"]))
    assert relations == sorted(relations, key=lambda row: (row["from"], row["relation"], row["to"]))


LOOK_ALIKES = ["Java", "JavaScript", "TypeScript", "C", "C++", "C#", "Objective-C", "R", "Go", "Ruby", "Rust", "Scala"]


def test_look_alikes_are_skills_of_their_own(skills: Rows) -> None:
    ids = {label: [row["id"] for row in skills if row["label"] == label] for label in LOOK_ALIKES}
    assert all(len(found) == 1 for found in ids.values()), ids
    for row in skills:
        if row["label"] in LOOK_ALIKES:
            others = {_fold(label) for label in LOOK_ALIKES if label != row["label"]}
            assert not others & {_fold(alias) for alias in row["aliases"].split(" | ")}, row["id"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Kubernetes", "it.kubernetes"),
        ("CPR", "care.basic-life-support"),
        ("forklift licence", "logistics.forklift"),
        ("HACCP", "hospitality.haccp"),
        ("stocktaking", "logistics.inventory-control"),
        ("L&D", "education.training-management"),
        ("payroll", "finance.payroll"),
        ("GDPR", "law.data-protection-law"),
        ("Excel", "transversal.spreadsheets"),
        ("lead", None),
        ("networking", None),
        ("sea", None),
    ],
)
def test_words_mean_what_people_mean_by_them(skills: Rows, word: str, meant: str | None) -> None:
    found = [row["id"] for row in skills if _fold(word) in map(_fold, _names(row))]
    assert found == ([] if meant is None else [meant])


def test_it_says_what_it_is(folder: Path) -> None:
    text = (folder / "taxonomy.toml").read_text(encoding="utf-8")
    stated = tomllib.loads(text)
    assert stated["name"] == "starter"
    assert re.fullmatch(r"\d+\.\d+\.\d+", stated["version"])
    assert "Apache-2.0" in text


def test_the_readme_counts_right(
    folder: Path, skills: Rows, relations: Rows, occupations: Rows, requirements: Rows
) -> None:
    text = " ".join((folder / "README.md").read_text(encoding="utf-8").split())
    fields = len({row["field"] for row in skills})
    assert f"{len(skills)} skills in {fields} fields, {len(relations)} relations" in text
    assert f"{len(occupations)} occupations with {len(requirements):,} requirements" in text

"""The tables of the demo as rows of text, read with nothing but the csv module."""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

import pytest

Rows = list[dict[str, str]]


def _rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert all(None not in row and None not in row.values() for row in rows), "a row does not fit the header"
    return rows


def _by_id(rows: Rows) -> dict[str, dict[str, str]]:
    found = {row["id"]: row for row in rows}
    assert len(found) == len(rows), "an id comes twice"
    return found


@pytest.fixture(scope="session")
def demo(repository: Path) -> SimpleNamespace:
    """Rows by id where rows have one (roles: all rows by role), the others as lists; and the plan with its dates."""
    folder, taxonomy = repository / "data" / "demo", repository / "data" / "taxonomy"
    plan = tomllib.loads((folder / "organisation.toml").read_text(encoding="utf-8"))
    roles: dict[str, Rows] = defaultdict(list)
    for row in _rows(folder / "roles.csv"):
        roles[row["role_id"]].append(row)
    return SimpleNamespace(
        folder=folder,
        readme=" ".join((folder / "README.md").read_text(encoding="utf-8").split()),
        plan=plan,
        as_of=plan["as_of"],
        skills=set(_by_id(_rows(taxonomy / "skills.csv"))),
        occupations=set(_by_id(_rows(taxonomy / "occupations.csv"))),
        credentials=_by_id(_rows(folder / "credentials.csv")),
        stacks=_by_id(_rows(folder / "stacks.csv")),
        offerings=_by_id(_rows(folder / "offerings.csv")),
        roles=dict(roles),
        people=_by_id(_rows(folder / "people.csv")),
        evidence=_rows(folder / "evidence.csv"),
        awards=_rows(folder / "awards.csv"),
    )

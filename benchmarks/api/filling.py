"""The workspace that is served: ESCO, a thousand courses, roles, ten thousand people; and a large file to import."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from benchmarks.workload import OCCUPATIONS, esco_workspace, people_for
from skillmatch.service.workspace import Workspace
from skillmatch.store import Store

PEOPLE = 10_000
SEED = 7


def fill(folder: Path, data: Path) -> Path:
    """The workspace in a folder, made where it is missing."""
    place = folder / "workspace"
    with esco_workspace(place, data) as workspace:
        if workspace.people.page(1, after="bench/", units=None):
            return place
        share = PEOPLE // len(OCCUPATIONS)
        everybody = []
        for number, occupation in enumerate(OCCUPATIONS):
            everybody += people_for(workspace.roles.get(occupation), (number + 1) * share, SEED)[number * share :]
        with Store.open(place) as store, store.writing() as change:
            change.put_people(everybody)
    return place


def write_import(place: Path, folder: Path, people: int, lines: int) -> tuple[Path, Path]:
    """CSV files of so many new people and so many lines of evidence for each, by ids that are in the taxonomy."""
    with Workspace.open(place) as workspace:
        skills = [need.skill_id for name in OCCUPATIONS for need in workspace.roles.get(name).requirements]
    chance = random.Random(SEED)
    who, what = folder / "people.csv", folder / "evidence.csv"
    with who.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "name", "unit", "languages"])
        rows.writerows([f"N-{number:06d}", f"New {number}", f"Unit {number % 40}", "en"] for number in range(people))
    with what.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["person", "skill", "level", "scale", "source", "date"])
        for number in range(people):
            for skill in chance.sample(skills, lines):
                day = f"2026-{chance.randint(1, 10):02d}-{chance.randint(1, 28):02d}"
                rows.writerow([f"N-{number:06d}", skill, chance.randint(0, 5), "0-5", "manager", day])
    return who, what

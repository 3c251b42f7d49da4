"""The workload of the main job: ESCO, the thousand courses, a role, and as many generated people as asked for."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from skillmatch.domain.people.person import Evidence, EvidenceSource, StoredPerson
from skillmatch.domain.roles.role import Role
from skillmatch.service.imports.report import ImportOptions
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace

DAY = date(2026, 11, 1)
MAP = Path(__file__).parents[1] / "docs" / "maps" / "courses_1000.toml"
OCCUPATIONS = ("data analyst", "nurse responsible for general care", "software developer", "logistics analyst")


def esco_workspace(folder: Path, data: Path) -> Workspace:
    """A workspace with ESCO, the thousand courses and a few roles, and one person."""
    workspace = Workspace.open(folder, create=True)
    if not workspace.taxonomy.versions():
        workspace.taxonomy.import_from(Layout.ESCO, data / "esco-1.1.1")
    if not workspace.catalogue.all().credentials:
        courses = data / "catalogues" / "courses_1000.csv"
        workspace.catalogue.import_from(courses, options=ImportOptions(column_map=MAP, keep_going=True))
    if not workspace.roles.all():
        for occupation in OCCUPATIONS:
            workspace.roles.from_occupation(occupation)
    return workspace


def people_for(role: Role, count: int, seed: int) -> list[StoredPerson]:
    """People with 3-12 pieces of evidence, mostly about what a role requires; the same seed gives the same people."""
    chance = random.Random(seed)
    skills = [need.skill_id for need in role.requirements]
    return [_person(number, skills, chance) for number in range(count)]


def _person(number: int, skills: list[str], chance: random.Random) -> StoredPerson:
    said = tuple(
        Evidence(
            skill_id=chance.choice(skills),
            level=chance.randint(0, 5),
            source=chance.choice(list(EvidenceSource)),
            on=DAY - timedelta(days=chance.randint(0, 1500)),
            confidence=round(chance.uniform(0.3, 1.0), 2),
        )
        for _ in range(chance.randint(3, 12))
    )
    return StoredPerson(f"bench/{number:06d}", f"Person {number}", evidence=said, languages=("en",))

"""A made-up organisation of any size for the planner's views: units, roles and people on the starter taxonomy."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from skillmatch.files.resources import resource
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace

DAY = date(2026, 12, 1)
NEEDS = 14
PIECES = 12


def planner_workspace(
    folder: Path, *, people: int = 5_000, skills: int = 500, units: int = 40, roles: int = 80, seed: int = 1
) -> Workspace:
    """Open the organisation in ``folder``, made first where it is not there yet; the same seed makes the same one."""
    workspace = Workspace.open(folder, create=True, encoder=NgramEncoder())
    if workspace.people.units():
        return workspace
    workspace.pin_day(DAY)
    workspace.taxonomy.import_from(Layout.TABLE, resource("data", "taxonomy"))
    workspace.catalogue.import_from(resource("data", "demo"))
    with TemporaryDirectory() as temporary:
        tables = Path(temporary)
        _write(tables, workspace, people, skills, units, roles, random.Random(seed))
        workspace.roles.import_from(tables)
        workspace.people.import_from(tables)
    return workspace


def _write(
    folder: Path, workspace: Workspace, people: int, skills: int, units: int, roles: int, chance: random.Random
) -> None:
    names = sorted(workspace.snapshot().taxonomy.skills)
    wanted = chance.sample(names, min(skills, len(names)))
    needs = [_needs(wanted, number, roles, chance) for number in range(roles)]
    _table(
        folder / "roles.csv",
        ("role_id", "title", "skill", "level", "weight", "kind", "state"),
        (
            (f"R{number:03d}", f"Role {number:03d}", skill, level, weight, kind, "governed")
            for number, listed in enumerate(needs)
            for skill, level, weight, kind in listed
        ),
    )
    places = [(f"Unit {chance.randrange(units) + 1:02d}", chance.randrange(roles)) for _ in range(people)]
    _table(
        folder / "people.csv",
        ("id", "name", "unit", "role", "languages", "hours_per_week"),
        (
            (f"P{number:06d}", f"Person {number:06d}", unit, f"R{role:03d}", "en", 4)
            for number, (unit, role) in enumerate(places)
        ),
    )
    _table(
        folder / "evidence.csv",
        ("person", "skill", "level", "scale", "source", "date", "confidence"),
        (
            row
            for number, (_, role) in enumerate(places)
            for row in _pieces(f"P{number:06d}", needs[role], wanted, chance)
        ),
    )


def _needs(wanted: Sequence[str], number: int, roles: int, chance: random.Random) -> list[tuple[str, int, float, str]]:
    """A role's requirements; together the roles ask for every skill that is wanted."""
    own = [wanted[place] for place in range(number, len(wanted), roles)]
    others = chance.sample(wanted, NEEDS)
    skills = list(dict.fromkeys([*own, *others]))[: max(NEEDS, len(own))]
    return [
        (skill, chance.randint(2, 4), round(chance.uniform(0.3, 1.0), 1), chance.choice(("essential", "optional")))
        for skill in skills
    ]


def _pieces(
    person: str, needs: Sequence[tuple[str, int, float, str]], wanted: Sequence[str], chance: random.Random
) -> Iterable[tuple[object, ...]]:
    for _ in range(PIECES):
        skill = chance.choice(needs)[0] if chance.random() < 0.85 else chance.choice(wanted)
        source = chance.choice(("self", "peer", "manager", "assessment", "inferred"))
        day = DAY - timedelta(days=chance.randrange(1_200))
        yield person, skill, chance.randint(0, 5), "0-5", source, day.isoformat(), round(chance.uniform(0.5, 1.0), 2)


def _table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)

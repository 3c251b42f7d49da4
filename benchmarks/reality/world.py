"""The world of this benchmark: ESCO, the thousand courses, the shared people and four of ours, each with two roles."""

from __future__ import annotations

import csv
import hashlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.workload import MAP
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.matching.encoder import Encoder
from skillmatch.service.imports.report import ImportOptions
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace

HERE = Path(__file__).parent
DAY = date(2026, 7, 1)
SOURCE = "reality"
COLUMNS = ("person", "skill", "level", "scale", "source", "date", "confidence", "expires", "note")


@dataclass(frozen=True)
class Case:
    """One person held against one role, by the titles of the roles they have and would go to."""

    person: str
    own: str
    role: str

    @property
    def name(self) -> str:
        """How tables call it."""
        return f"{self.person} -> {self.role}"


@dataclass(frozen=True)
class Said:
    """A line of evidence: who, the ESCO label that a careful reader chose for it, level 0-5, source and day."""

    person: str
    skill: str
    level: str
    source: str
    on: str
    confidence: str = ""


def cases() -> list[Case]:
    """Every person with their own role, then with the next one."""
    found = [json.loads(line) for line in (HERE / "cases.jsonl").read_text().splitlines()]
    return [Case(item["person"], item["own"], item[which]) for item in found for which in ("own", "next")]


def texts(data: Path) -> dict[str, str]:
    """What each person says of themselves: of the shared ones all their lines."""
    found = {item["id"]: item["text"] for item in _ours()}
    for row in _shared(data, "evidence.csv"):
        line = f"{row['skill']} ({row['level']})"
        found[row["person"]] = f"{found[row['person']]}; {line}" if row["person"] in found else line
    return found


def course_key(credential_id: str) -> str:
    """What a judgement calls a course, so that nothing of the catalogue is written down here."""
    return hashlib.sha256(credential_id.encode()).hexdigest()[:16]


def built(folder: Path, data: Path, encoder: Encoder | None = None) -> Workspace:
    """The workspace in ``folder``; what is there already is left as it is, so that a second run is quick."""
    workspace = Workspace.open(folder, create=True, encoder=encoder)
    if not workspace.taxonomy.versions():
        workspace.taxonomy.import_from(Layout.ESCO, data / "esco-1.1.1")
    if not workspace.catalogue.all().credentials:
        courses = data / "catalogues" / "courses_1000.csv"
        workspace.catalogue.import_from(courses, options=ImportOptions(column_map=MAP, keep_going=True))
    have = {role.title for role in workspace.roles.all()}
    for title in dict.fromkeys(case.role for case in cases()):
        if title not in have:
            workspace.roles.from_occupation(title)
    _put_people(workspace, data)
    workspace.pin_day(DAY)
    return workspace


def _put_people(workspace: Workspace, data: Path) -> None:
    roles = {role.title: role.id for role in workspace.roles.all()}
    own = {case.person: roles[case.own] for case in cases()}
    ids = {fold(skill.label): skill.id for skill in workspace.snapshot().taxonomy.skills.values()}
    everybody = [*_ours(), *_shared(data, "people.csv")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "people.csv").open("w", newline="") as file:
            people = csv.writer(file)
            people.writerow(["id", "name", "role", "languages", "hours_per_week"])
            for item in everybody:
                people.writerow([item["id"], item["name"], own[item["id"]], "en", item["hours_per_week"]])
        with (folder / "evidence.csv").open("w", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(COLUMNS)
            for said in (*_said_of_ours(), *_said_of_shared(data)):
                skill = ids[fold(said.skill)]
                lines.writerow([said.person, skill, said.level, "0-5", said.source, said.on, said.confidence, "", ""])
        workspace.people.import_from(folder, options=ImportOptions(source=SOURCE))


def _ours() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / "people.jsonl").read_text().splitlines()]


def _said_of_ours() -> Iterator[Said]:
    for person in _ours():
        for skill, level, source, on in person["evidence"]:
            yield Said(person["id"], skill, str(level), source, on)


def _said_of_shared(data: Path) -> Iterator[Said]:
    """The shared lines as mapped by hand; a line may show two skills, or none that the taxonomy has."""
    lines: dict[str, list[dict[str, str]]] = {}
    for row in _shared(data, "evidence.csv"):
        lines.setdefault(row["person"], []).append(row)
    for row in _rows(HERE / "mapped.csv"):
        said = lines[row["person"]][int(row["line"]) - 1]
        yield Said(row["person"], row["skill"], said["level"], said["source"], said["date"], said["confidence"])


def _shared(data: Path, name: str) -> list[dict[str, str]]:
    return _rows(data / "people-as-written" / name)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))

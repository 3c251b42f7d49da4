"""A workspace of a dozen skills, small enough to be worked out in the head."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)

SKILLS = """\
id,label,aliases,description,type,broader,field
care.hygiene,Hand hygiene,hand washing,Cleans hands so that infections do not spread.,skill,,care
care.wounds,Wound care,dressing wounds | wound dressing,Cleans and dresses wounds.,skill,,care
care.doses,Drug calculation,medication dosage,Works out doses of medicine.,skill,,care
it.java,Java,Java SE,Writes programs in Java.,skill,,it
it.javascript,JavaScript,JS | ECMAScript,Writes programs for browsers in JavaScript.,skill,,it
it.sql,SQL,Structured Query Language,Asks databases questions in SQL.,skill,,it
soft.teamwork,Teamwork,working in a team,Works with others towards one goal.,transversal,,transversal
soft.listening,Active listening,,Listens so that others feel understood.,transversal,soft.teamwork,transversal
"""
OCCUPATIONS = """\
id,label,aliases,description,field
occupation.nurse,Nurse,ward nurse | registered nurse,Cares for patients.,care
"""
REQUIREMENTS = """\
occupation,skill,level,weight,kind
occupation.nurse,care.hygiene,4,1,essential
occupation.nurse,care.wounds,3,1,essential
occupation.nurse,soft.teamwork,2,0.5,optional
"""
CREDENTIALS = """\
id,title,issuer,description,teaches,level,requires_skills,requires_credentials,hours,weeks,cost,language
C1,Clean hands,CareBridge,,Hand hygiene@4,,,,10,2,100,en
C2,Wounds one,CareBridge,,dressing wounds@2,,,,20,4,200,en
C3,Wounds two,CareBridge,,care.wounds@4,,Wound care@2,C2,20,4,200,en
C4,Working together,Civic,Teamwork,,3,,,8,1,50,en
"""
OFFERINGS = """\
id,credential,start,end,seats
O1,C1,2026-07-06,2026-07-19,5
"""
STACKS = """\
id,title,issuer,credentials,required,description
S1,Wound carer,CareBridge,C2 | C3,,Both wound courses.
"""
ROLES = """\
role_id,title,description,occupation,skill,level,weight,kind,state
R1,Ward nurse,Cares on the ward.,occupation.nurse,Hand hygiene,4,1,essential,governed
R1,,,,Wound care,4,1,essential,governed
R1,,,,Teamwork,3,0.5,optional,governed
"""
PEOPLE = """\
id,name,unit,role,languages,hours_per_week
P1,Ada Berg,Ward 1,R1,en,5
P2,Ben Cole,Ward 1,R1,en | de,4
"""
EVIDENCE = """\
person,skill,level,scale,source,date,confidence,expires,note
P1,Hand hygiene,2,0-5,manager,2026-03-01,1,,annual review
P1,Wound care,1,0-5,self,2026-03-01,1,,
P1,JS,4,0-5,assessment,2026-03-01,1,,test
"""
AWARDS = """\
person,credential,state,issued,expires
P2,C1,held,2026-01-10,
"""


def write(folder: Path, **files: str) -> Path:
    """Write ``name=text`` as ``name.csv`` into a folder, made if missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def taxonomy_in(folder: Path) -> Path:
    """Write the dozen skills as files in our own table format."""
    write(folder, skills=SKILLS, occupations=OCCUPATIONS, requirements=REQUIREMENTS)
    (folder / "taxonomy.toml").write_text('name = "dozen"\nversion = "1"\n')
    return folder


def organisation_in(folder: Path) -> Path:
    """Write everything else as files."""
    return write(
        folder,
        credentials=CREDENTIALS,
        offerings=OFFERINGS,
        stacks=STACKS,
        roles=ROLES,
        people=PEOPLE,
        evidence=EVIDENCE,
        awards=AWARDS,
    )


@pytest.fixture
def taxonomy_folder(tmp_path: Path) -> Path:
    """The dozen skills as files in our own table format."""
    return taxonomy_in(tmp_path / "taxonomy")


def at_noon(folder: Path, *, create: bool = False) -> Workspace:
    """A workspace whose clock stands at noon of 1 June 2026."""
    return Workspace.open(folder, create=create, encoder=NgramEncoder(), clock=lambda: NOW)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workspaces ``bare``, ``skilled`` and ``full``, to be copied and never touched."""
    folder, sources = tmp_path_factory.mktemp("templates"), tmp_path_factory.mktemp("sources")
    at_noon(folder / "bare", create=True).close()
    shutil.copytree(folder / "bare", folder / "skilled")
    with at_noon(folder / "skilled") as workspace:
        assert workspace.taxonomy.import_from(Layout.TABLE, taxonomy_in(sources / "taxonomy")).applied
    shutil.copytree(folder / "skilled", folder / "full")
    with at_noon(folder / "full") as workspace:
        given = organisation_in(sources / "organisation")
        for report in (
            workspace.catalogue.import_from(given),
            workspace.roles.import_from(given),
            workspace.people.import_from(given),
        ):
            assert report.applied, report.rejected
    return folder


@contextmanager
def copy_of(template: Path, folder: Path) -> Iterator[Workspace]:
    """A copy of a template, open."""
    shutil.copytree(template, folder)
    with at_noon(folder) as workspace:
        yield workspace


@pytest.fixture
def bare(templates: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with nothing in it."""
    with copy_of(templates / "bare", tmp_path / "workspace") as workspace:
        yield workspace


@pytest.fixture
def skilled(templates: Path, taxonomy_folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with the dozen skills, and the files that they came from."""
    with copy_of(templates / "skilled", tmp_path / "workspace") as workspace:
        yield workspace


@pytest.fixture
def full(templates: Path, taxonomy_folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with everything, and the files that it came from."""
    organisation_in(tmp_path / "organisation")
    with copy_of(templates / "full", tmp_path / "workspace") as workspace:
        yield workspace

"""A workspace of a dozen skills, small enough to be worked out in the head."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.taxonomy_import import Layout
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


@pytest.fixture
def taxonomy_folder(tmp_path: Path) -> Path:
    """The dozen skills as files in our own table format."""
    folder = write(tmp_path / "taxonomy", skills=SKILLS, occupations=OCCUPATIONS, requirements=REQUIREMENTS)
    (folder / "taxonomy.toml").write_text('name = "dozen"\nversion = "1"\n')
    return folder


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with nothing in it, whose clock stands at noon of 1 June 2026."""
    with Workspace.open(tmp_path / "workspace", create=True, encoder=NgramEncoder(), clock=lambda: NOW) as workspace:
        yield workspace


@pytest.fixture
def skilled(bare: Workspace, taxonomy_folder: Path) -> Workspace:
    """A workspace with the dozen skills."""
    assert bare.import_taxonomy(Layout.TABLE, taxonomy_folder).applied
    return bare


@pytest.fixture
def full(skilled: Workspace, tmp_path: Path) -> Workspace:
    """A workspace with everything."""
    folder = write(
        tmp_path / "organisation",
        credentials=CREDENTIALS,
        offerings=OFFERINGS,
        stacks=STACKS,
        roles=ROLES,
        people=PEOPLE,
        evidence=EVIDENCE,
        awards=AWARDS,
    )
    for report in (skilled.import_catalogue(folder), skilled.import_roles(folder), skilled.import_people(folder)):
        assert report.applied, report.rejected
    return skilled

"""The command line on a workspace of seven skills, in which one person stands in each of the five states."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from skillmatch.cli.invocation import Invocation
from skillmatch.cli.main import run
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder

SKILLS = """\
id,label,aliases,description,type,broader,field
care.infection,Infection control,hygiene,Keeps infections from spreading.,skill,,care
care.medication,Medication rounds,,Gives the right medicine to the right person.,skill,,care
care.records,Care records,record keeping,Writes down what was done.,knowledge,,care
care.wounds,Wound care,,Cleans and dresses wounds.,skill,care.infection,care
soft.listening,Active listening,,Listens so that others feel understood.,transversal,,transversal
it.sheets,Spreadsheets,,Calculates in tables.,skill,,it
it.sql,SQL,,Asks databases questions.,skill,,it
"""
OCCUPATIONS = """\
id,label,aliases,description
occupation.carer,Carer,care assistant,Cares for people.
"""
REQUIREMENTS = """\
occupation,skill,level,weight,kind
occupation.carer,care.infection,2,1,essential
occupation.carer,care.records,2,0.5,optional
"""
CREDENTIALS = """\
id,title,issuer,description,teaches,requires_credentials,hours,cost,currency,language,valid_until
C1,Clean wards,CareBridge,Keeps wards clean.,Infection control@3,,20,100,EUR,en,
C2,Safe medicine,CareBridge,,Medication rounds@2,,10,0,EUR,en,
C3,Listening well,Civic,,Active listening@3,C2,,50,USD,en,
C4,The long way,Civic,,Infection control@4,,200,,,en,
C5,Records for carers,CareBridge,,Care records@3,,8,40,EUR,en,
C6,Old medicine,CareBridge,,Medication rounds@2,,5,0,EUR,en,2024-12-31
C7,Hygiene auf Deutsch,CareBridge,,Infection control@3,,10,10,EUR,de,
"""
OFFERINGS = """\
id,credential,start,end,seats
O1,C1,2026-04-06,2026-05-03,12
"""
STACKS = """\
id,title,issuer,credentials,required,description
S1,Whole carer,CareBridge,C1 | C2 | C3,2,Two of three.
"""
ROLES = """\
role_id,title,description,occupation,skill,level,weight,kind,state
R1,Care worker,Cares on the ward.,occupation.carer,Infection control,3,2,essential,governed
R1,,,,Medication rounds,2,1,essential,governed
R1,,,,Care records,2,1,essential,governed
R1,,,,Active listening,3,1,optional,governed
R1,,,,Spreadsheets,1,1,optional,governed
R2,Empty role,,,,,,,
R3,Recorder,,,Care records,2,1,essential,governed
R4,Database hand,,,SQL,3,1,essential,governed
"""
PEOPLE = """\
id,name,unit,role,languages,hours_per_week
E1,Ana Ruiz,Ward 1,R1,en,4
E2,Ben Cole,Ward 2,R1,en | de,
"""
EVIDENCE = """\
person,skill,level,scale,source,date,confidence,expires,note
E1,Infection control,2,0-5,assessment,2026-01-15,1,,practical test
E1,Medication rounds,0,0-5,assessment,2026-01-15,1,,
E1,Care records,2,0-5,assessment,2026-01-15,1,,
E1,Spreadsheets,3,0-5,assessment,2026-01-15,1,,
"""
AWARDS = """\
person,credential,state,issued,expires
E1,C5,held,2025-06-01,
"""

DAY = "2026-03-01"


def write(folder: Path, **files: str) -> Path:
    """Write ``name=text`` as ``name.csv`` into a folder, made if missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@dataclass
class Ended:
    """How a run ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on the standard output."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The JSON error on the standard error."""
        found: dict[str, Any] = json.loads(self.err)["error"]
        return found


Cli = Callable[..., Ended]


@pytest.fixture
def cli(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs a command line in this process on the workspace ``tmp_path/workspace``, with an encoder of letters."""
    monkeypatch.setenv("SKILLMATCH_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("COLUMNS", "80")

    def call(*arguments: str | Path) -> Ended:
        capfd.readouterr()
        code = run([str(item) for item in arguments], Invocation(encoder=NgramEncoder()))
        captured = capfd.readouterr()
        return Ended(code, captured.out, captured.err)

    return call


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the taxonomy and a folder with the organisation, as files."""
    root = tmp_path_factory.mktemp("sources")
    folder = write(root / "taxonomy", skills=SKILLS, occupations=OCCUPATIONS, requirements=REQUIREMENTS)
    (folder / "taxonomy.toml").write_text('name = "seven"\nversion = "1"\n')
    write(
        root / "organisation",
        credentials=CREDENTIALS,
        offerings=OFFERINGS,
        stacks=STACKS,
        roles=ROLES,
        people=PEOPLE,
        evidence=EVIDENCE,
        awards=AWARDS,
    )
    return root


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, sources: Path) -> Path:
    """A workspace with everything in it, to be copied and never touched."""
    folder = tmp_path_factory.mktemp("template") / "workspace"
    organisation = sources / "organisation"
    for words in (
        ("taxonomy", "import", "table", sources / "taxonomy"),
        ("catalogue", "import", organisation),
        ("roles", "import", organisation),
        ("people", "import", organisation),
    ):
        arguments = [str(item) for item in (*words, "--workspace", folder, "--json")]
        assert run(arguments, Invocation(encoder=NgramEncoder())) == 0
    return folder


@pytest.fixture
def filled(cli: Cli, template: Path, tmp_path: Path) -> Cli:
    """The command line on a workspace with everything in it."""
    shutil.copytree(template, tmp_path / "workspace")
    return cli


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Callable[[], dict[str, bytes]]]:
    """What lies in the test's folder, file by file, without the database's own working files."""

    def contents() -> dict[str, bytes]:
        return {
            str(path.relative_to(tmp_path)): path.read_bytes()
            for path in sorted(tmp_path.rglob("*"))
            if path.is_file() and not path.name.startswith("workspace.db-")
        }

    yield contents

"""The pages about commands and JSON say what the program does, no less and no more."""

from __future__ import annotations

import json
import re
import shutil
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from skillmatch.cli import catalogue, export, people, taxonomy
from skillmatch.cli.main import app
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.imports.catalogue import KINDS as CATALOGUE_KINDS
from skillmatch.service.imports.exports import Exportable
from skillmatch.service.imports.people import KINDS as PEOPLE_KINDS
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace

DAY = "2026-03-01"
EVERYWHERE = {"--json", "--workspace", "--debug", "--help"}

CLAIM = ("claims", "submit", "E1", "--skill", "Active listening", "--text", "Led the ward's patient talks")
CLAIM_ID = "claim-9b35f72bc6"
DISPUTE_ID = "dispute-95c9e2062d"

EXAMPLES = {
    "gap": ("gap", "E1", "R1", "--as-of", DAY),
    "recommend": ("recommend", "E1", "R1", "--as-of", DAY, "--language", "en"),
    "pathway": ("pathway", "E1", "R1", "--hours-per-week", "5", "--weeks", "20", "--as-of", DAY),
    "why": ("why", "E1", "R1", "C1", "--as-of", DAY, "--language", "en"),
    "link": ("link", "infection control", "zzzz qqqq", "--top", "2"),
    "link --output": ("link", "SQL", "--output", "answers.jsonl"),
    "extract": ("extract", "advert.txt"),
    "taxonomy list": ("taxonomy", "list"),
    "taxonomy diff": ("taxonomy", "diff", "seven@1", "seven@2"),
    "taxonomy show": ("taxonomy", "show", "Wound care"),
    "catalogue list": ("catalogue", "list", "--limit", "1"),
    "catalogue show": ("catalogue", "show", "C1"),
    "roles list": ("roles", "list", "--limit", "1"),
    "roles show": ("roles", "show", "R3"),
    "roles from-text": ("roles", "from-text", "advert.txt", "--title", "Sheet keeper", "--on", DAY),
    "roles history": ("roles", "govern", "R3", "--skill", "SQL", "--level", "2", "--author", "Kim", "--on", DAY),
    "roles compare": ("roles", "compare", "R1", "R3"),
    "adjacent": ("adjacent", "E1", "--as-of", DAY),
    "claims submit": (*CLAIM, "--level", "3", "--link", "https://example.org/report", "--on", DAY),
    "claims worth": ("claims", "worth", "--as-of", DAY),
    "claims decide": ("claims", "decide", CLAIM_ID, "accept", "--reason", "ok", "--author", "Kim", "--on", DAY),
    "claims list": ("claims", "list"),
    "claims export": ("claims", "export", "claims.csv"),
    "parity": ("parity", "--role", "R1", "--as-of", DAY),
    "team": ("team", "--role", "R1", "--as-of", DAY),
    "unmet": ("unmet", "--role", "R1", "--as-of", DAY),
    "plan solve": ("plan", "solve", "ward.toml", "--output", "plan.json", "--as-of", DAY),
    "plan check": ("plan", "check", "plan.json"),
    "plan approve": ("plan", "approve", "plan.json", "--by", "Mo Planner"),
    "plan diff": ("plan", "diff", "poor.json", "plan.json"),
    "plan prices": ("plan", "prices", "ward.toml", "--as-of", DAY),
    "plan curve": ("plan", "curve", "ward.toml", "--budget", "0", "--budget", "300", "--as-of", DAY),
    "plan stress": ("plan", "stress", "plan.json", "--draws", "100"),
    "plan export": ("plan", "export", "plan.json", "managers", "managers.csv"),
    "people list": ("people", "list", "--limit", "1"),
    "people show": ("people", "show", "E1", "--as-of", DAY),
    "imports": ("people", "import", "staff.csv"),
    "export": ("export", "all", "out"),
    "overlay": ("overlay", "add", "Pallet trucks", "--author", "Ada", "--on", DAY),
    "overlay list": ("overlay", "list"),
    "overlay export": ("overlay", "export", "overlay.csv"),
    "review list": ("review", "list", "--limit", "1"),
    "review place": ("review", "place", "qqqq zzzz", "Infection control", "--author", "Ada"),
    "feedback": ("feedback", "accept", "keeping germs away", "Infection control", "--author", "Ada", "--on", DAY),
    "feedback list": ("feedback", "list"),
    "tune": ("tune",),
    "disputes raise": ("disputes", "raise", "E1", "--skill", "Care records", "--reason", "I teach it.", "--on", DAY),
    "disputes decide": ("disputes", "decide", DISPUTE_ID, "upheld", "--note", "True", "--author", "Kim", "--on", DAY),
    "disputes list": ("disputes", "list"),
    "events import": ("events", "import", "events.csv", "--keep-going"),
    "events list": ("events", "list"),
    "jobs run": ("jobs", "run"),
    "jobs list": ("jobs", "list"),
    "people export": ("people", "export", "E1", "ana.json", "--author", "Kim"),
    "audit list": ("audit", "list"),
    "audit verify": ("audit", "verify"),
    "audit replay": ("audit", "replay", "1"),
    "audit export": ("audit", "export", "audit.ndjson"),
    "keys create": ("keys", "create", "HR sync", "--scope", "read", "--scope", "write", "--author", "Kim"),
    "keys list": ("keys", "list"),
    "people erase": ("people", "erase", "E2", "--yes", "--author", "Kim"),
    "backup": ("backup", "workspace.backup"),
    "restore": ("restore", "workspace.backup", "--workspace", "restored"),
    "migrate": ("migrate",),
    "doctor": ("doctor",),
    "--version": ("--version",),
}


def commands(group: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for name, found in (group or get_command(app)).commands.items():
        if hasattr(found, "commands"):
            yield from commands(found, (*path, name))
        else:
            yield " ".join((*path, name)), found


def sections(text: str, level: str) -> dict[str, str]:
    parts = re.split(rf"^{level} `?([^`\n]+)`?$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def shape(value: Any) -> Any:
    """The keys of a document; a list has the shape of all its items together."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        merged: dict[str, Any] = {}
        for item in value:
            if isinstance(item, dict):
                merged |= {key: merged.get(key) or found for key, found in shape(item).items()}
        return [merged] if merged else []
    return None


def test_every_command_has_its_help(cli):
    for name, _ in commands():
        ended = cli(*name.split(), "--help")
        assert ended.code == 0, name
        assert ended.out.startswith(f"Usage: skillmatch {name}")
        assert max(map(len, ended.out.splitlines())) <= 80


def test_no_short_help_is_cut_off(cli):
    for words in ((), ("taxonomy",), ("catalogue",), ("roles",), ("people",), ("plan",)):
        listed = cli(*words, "--help").out.partition("Commands:")[2]
        assert listed
        assert "..." not in listed, words


def test_every_command_and_option_is_documented(repository: Path):
    documented = sections((repository / "docs" / "commands.md").read_text(encoding="utf-8"), "##")
    real = dict(commands())
    assert set(documented) == set(real)
    for name, found in real.items():
        options = {option for item in found.params for option in (*item.opts, *item.secondary_opts)}
        options = {option for option in options if option.startswith("--")} - EVERYWHERE
        said = set(re.findall(r"--[a-z][a-z-]*", documented[name])) - EVERYWHERE
        assert said == options, name


def test_every_documented_shape_has_the_real_keys(filled, repository: Path, sources: Path, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "staff.csv").write_text("id,name\nE8,\n")
    (tmp_path / "advert.txt").write_text(
        "Requirements\n- 2+ years of wound care\n- Advanced SQL\n\nWe are an equal opportunity employer.\n"
    )
    (tmp_path / "events.csv").write_text(
        f"id,person,kind,date,credential\n1,E1,completed,{DAY},C1\n2,E1,started,{DAY},C99\n1,E1,started,{DAY},C1\n"
    )
    (tmp_path / "said.csv").write_text(f"person,skill,level,source,date\nE1,qqqq zzzz,2,self,{DAY}\n")
    assert filled("people", "import", "said.csv", "--what", "evidence").code == 0
    newer = Path(shutil.copytree(sources / "taxonomy", tmp_path / "newer"))
    changed = (newer / "skills.csv").read_text().replace("it.sql,SQL,", "it.sql,SQL queries,SQL")
    (newer / "skills.csv").write_text(changed)
    (newer / "taxonomy.toml").write_text('name = "seven"\nversion = "2"\n')
    assert filled("taxonomy", "import", "table", newer).code == 0
    scenario = (repository / "tests" / "cli" / "ward.toml").read_text(encoding="utf-8")
    (tmp_path / "ward.toml").write_text(scenario)
    (tmp_path / "poor.toml").write_text(scenario.replace("budget = 500", "budget = 0"))
    assert filled("plan", "solve", "poor.toml", "--output", "poor.json", "--as-of", DAY).code == 0
    with Workspace.open(tmp_path / "workspace", encoder=NgramEncoder()) as workspace:
        workspace.jobs.submit("import", {"what": "people"}, by="hr", file=tmp_path / "staff.csv")
    text = (repository / "docs" / "json.md").read_text(encoding="utf-8")
    documented = {
        name: json.loads(found[1])
        for name, part in sections(text, "##").items()
        if (found := re.search(r"```json\n(.*?)```", part, re.DOTALL))
    }
    assert set(documented) == {*EXAMPLES, "errors"}
    for name, words in EXAMPLES.items():
        assert shape(documented[name]) == shape(filled(*words, "--json").document), name
    assert shape(documented["errors"]) == shape({"error": filled("gap", "E9", "R1", "--json").error})


@pytest.mark.parametrize(
    ("hint", "values"),
    [
        (taxonomy.import_.__annotations__["layout"], Layout),
        (catalogue.import_.__annotations__["what"], CATALOGUE_KINDS),
        (people.import_.__annotations__["what"], PEOPLE_KINDS),
        (export.export.__annotations__["what"], Exportable),
    ],
)
def test_choices_are_those_of_the_service(hint: str, values: Any):
    names = {**vars(typing), **vars(export), "typer": taxonomy.typer}
    annotated = eval(hint, names)
    assert set(typing.get_args(annotated.__origin__)) == {str(value) for value in values}

"""What the README and the pages in docs show is what happens."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

PAGES = ("README.md", "docs/planner.md", "docs/hr-system.md", "docs/employee.md", "docs/catalogue.md")
SKILLMATCH = (str(Path(sys.executable).with_name("skillmatch")),)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo as ``make demo`` leaves it, in a folder of its own."""
    place = tmp_path_factory.mktemp("readme") / "my-workspace"
    done = _run(["demo", "--workspace", str(place)], place)
    assert done.returncode == 0, done.stderr
    return place


def _run(arguments: list[str], workspace: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"SKILLMATCH_WORKSPACE": str(workspace), "COLUMNS": "80", "NO_COLOR": "1"}
    return subprocess.run([*SKILLMATCH, *arguments], capture_output=True, text=True, env=environment)


def _blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.encoder
@pytest.mark.parametrize("name", PAGES)
def test_transcripts_are_what_the_program_prints(repository: Path, demo: Path, name: str) -> None:
    for block in _blocks(repository / name, "console"):
        for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            program, *arguments = shlex.split(command)
            assert program == "skillmatch"
            done = _run(arguments, demo)
            assert done.returncode == 0, done.stderr
            shown = [line.rstrip() for line in done.stdout.strip().splitlines()]
            assert shown == [line.rstrip() for line in expected.strip().splitlines()], command


@pytest.mark.encoder
def test_the_readme_has_a_transcript_and_its_python_runs(repository: Path, demo: Path) -> None:
    assert _blocks(repository / "README.md", "console")
    (code,) = _blocks(repository / "README.md", "python")
    done = subprocess.run([sys.executable, "-c", code], cwd=demo.parent, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.encoder
def test_the_first_commands_for_planners_work_one_after_the_other(repository: Path, demo: Path, tmp_path: Path) -> None:
    """As they are written, in one shell; only the program is this one, and installing is done already."""
    blocks = _blocks(repository / "docs" / "planner.md", "sh")
    first, pathway = blocks[0], next(block for block in blocks if " pathway " in block)
    assert "make demo\n" in first
    script = (first + pathway).replace("make demo", ".venv/bin/skillmatch demo")
    script = script.replace(".venv/bin/skillmatch", shlex.join(SKILLMATCH))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SKILLMATCH_")}
    environment["HOME"] = str(tmp_path)
    (tmp_path / "skillmatch-demo").symlink_to(demo)  # filled already
    done = subprocess.run(["sh", "-eu", "-c", script], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert "P-037" in done.stdout
    assert f"export SKILLMATCH_WORKSPACE={tmp_path}/skillmatch-demo" in done.stdout


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(repository: Path, name: str) -> None:
    page = repository / name
    targets = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert missing == []


def test_the_column_map_in_the_docs_is_a_column_map(repository: Path, tmp_path: Path) -> None:
    from skillmatch.interop.column_map import load_column_map

    (text,) = _blocks(repository / "docs" / "hr-system.md", "toml")
    (tmp_path / "map.toml").write_text(text)
    assert load_column_map(tmp_path / "map.toml").what == "people"


def test_every_make_target_of_the_readme_exists(repository: Path) -> None:
    targets = set(re.findall(r"^make ([a-z-]+)", (repository / "README.md").read_text(), re.MULTILINE))
    assert {"demo", "test"} <= targets <= set(re.findall(r"^([a-z-]+):", (repository / "Makefile").read_text(), re.M))


def test_the_readme_names_every_room(repository: Path) -> None:
    text = (repository / "README.md").read_text(encoding="utf-8")
    source = repository / "src" / "skillmatch"
    rooms = [path.parent.relative_to(source) for path in source.rglob("__init__.py") if path.parent != source]
    assert len(rooms) > 50
    assert [room for room in rooms if f"`{room.name}`" not in text and room.name != "versions"] == []
    for folder, file in re.findall(r"`([a-z/]+)`, `([a-z_]+\.py)`", text):
        assert (source / folder / file).is_file(), (folder, file)


def test_no_file_is_longer_than_a_reader_holds(repository: Path) -> None:
    files = [*(repository / "src").rglob("*.py")]
    assert [path.name for path in files if path.read_text(encoding="utf-8").count("\n") > 300] == []


def test_what_contributing_names_is_there(repository: Path) -> None:
    text = (repository / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.py|(?:docs|benchmarks)/\S+\.md|tests/[a-z_/]+)`", text))
    assert len(named) > 20
    places = (repository, repository / "src" / "skillmatch")
    assert [name for name in sorted(named) if not any((place / name).exists() for place in places)] == []

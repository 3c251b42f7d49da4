"""The rooms import in one direction, and importing skillmatch costs nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_import_contract_holds(repository: Path) -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=repository, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_contract_notices_a_breach(repository: Path, tmp_path: Path) -> None:
    """A copy in which the domain imports a front end must fail: otherwise the contract checks nothing."""
    import shutil

    shutil.copytree(repository / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(repository / "pyproject.toml", tmp_path)
    breached = tmp_path / "src" / "skillmatch" / "domain" / "skills" / "skill.py"
    breached.write_text(breached.read_text() + "\nimport skillmatch.cli.main\n")
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, env={"PYTHONPATH": str(tmp_path / "src")}
    )
    assert done.returncode != 0
    assert "skillmatch.domain.skills.skill -> skillmatch.cli.main" in done.stdout


def test_importing_skillmatch_loads_no_heavy_library() -> None:
    code = "import skillmatch, sys; print(*sorted({'numpy', 'torch', 'sqlalchemy', 'pandas'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""

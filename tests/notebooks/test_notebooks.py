"""Notebooks run from top to bottom, are kept without outputs, and leave all computing to the package."""

from __future__ import annotations

import ast
import itertools
import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
LONGEST_CELL = 12  # lines

COMPUTING = (
    ast.FunctionDef,
    ast.Lambda,
    ast.ClassDef,
    ast.For,
    ast.While,
    ast.ListComp,
    ast.DictComp,
    ast.SetComp,
    ast.GeneratorExp,
)


def read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def code_cells(path: Path) -> list[dict[str, Any]]:
    return [cell for cell in read(path)["cells"] if cell["cell_type"] == "code"]


def test_there_are_notebooks() -> None:
    assert [path.name for path in NOTEBOOKS] == ["01-first-look.ipynb"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_it_is_kept_without_outputs(path: Path) -> None:
    for cell in code_cells(path):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        assert cell["metadata"] == {}
    assert read(path)["metadata"].keys() == {"kernelspec", "language_info"}  # no widgets' state either


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_it_is_a_notebook_whose_cells_keep_their_ids(path: Path) -> None:
    nbformat = pytest.importorskip("nbformat", reason="needs the notebook extra")
    nbformat.validate(read(path))
    ids = [cell["id"] for cell in read(path)["cells"]]
    assert len(ids) == len(set(ids))
    assert all(name.replace("-", "").isalpha() for name in ids)  # named by us, not drawn by lot at each save


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_its_cells_are_short_and_only_call(path: Path) -> None:
    for cell in code_cells(path):
        assert len(cell["source"]) <= LONGEST_CELL
        found = [
            type(node).__name__ for node in ast.walk(ast.parse("".join(cell["source"]))) if isinstance(node, COMPUTING)
        ]
        assert not found, f"{cell['id']}: {found} belongs in the package"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_every_step_is_explained_before_it_runs(path: Path) -> None:
    kinds = [cell["cell_type"] for cell in read(path)["cells"]]
    assert kinds[0] == kinds[-1] == "markdown"
    assert all(before == "markdown" for before, kind in itertools.pairwise(kinds) if kind == "code")


@pytest.mark.encoder
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_it_runs_from_top_to_bottom(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat = pytest.importorskip("nbformat", reason="needs the notebook extra")
    nbclient = pytest.importorskip("nbclient", reason="needs nbclient")
    pytest.importorskip("ipykernel", reason="needs the notebook extra")
    monkeypatch.delenv("SKILLMATCH_WORKSPACE", raising=False)
    notebook = nbformat.read(path, as_version=4)

    nbclient.NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(tmp_path)}}).execute()

    shown = {
        cell["id"]: output["data"]
        for cell in notebook.cells
        if cell["cell_type"] == "code"
        for output in cell["outputs"]
        if output["output_type"] == "execute_result"
    }
    assert shown.keys() == {"health", "gap", "advice", "pathway", "explorer", "twin"}
    assert all("<table" in data["text/html"] for data in shown.values())
    assert "application/vnd.jupyter.widget-view+json" in shown["explorer"]
    assert not any(output["output_type"] == "stream" for cell in notebook.cells for output in cell.get("outputs", ()))
    assert not list(tmp_path.iterdir())  # nothing is left beside the notebook

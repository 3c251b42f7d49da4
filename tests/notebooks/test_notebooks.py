"""Notebooks run from top to bottom, name nobody, are kept without outputs, and leave all computing to the package."""

from __future__ import annotations

import ast
import csv
import itertools
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from skillmatch.files.resources import resource
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.imports.report import ImportOptions
from skillmatch.service.workspace import Workspace

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
ON_OWN = [pytest.param(path, "own", id=f"{path.name}-own") for path in NOTEBOOKS]
ON_DEMO = [  # each fills the demo anew
    pytest.param(path, "demo", id=f"{path.name}-demo", marks=() if path is NOTEBOOKS[0] else pytest.mark.slow)
    for path in NOTEBOOKS
]
LONGEST_CELL = 12  # lines
MOST_BYTES = 2_000_000  # of a saved notebook with outputs and the state of its widgets

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


def test_they_are_numbered_in_the_order_of_the_work() -> None:
    *numbered, last = (path.name for path in NOTEBOOKS)
    assert last == "dashboard.ipynb"
    assert [name[:3] for name in numbered] == [f"{number:02}-" for number in range(1, 9)]


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


@pytest.fixture(scope="module")
def own(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that is not the demo: the same organisation under ids of another system, and the clock's own day."""
    folder = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("own") / "workspace"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        workspace.people.import_from(resource("data", "demo"), options=ImportOptions(source="hr"))
        workspace.pin_day(None)
    return folder


@pytest.mark.encoder
@pytest.mark.parametrize(("path", "whose"), [*ON_OWN, *ON_DEMO])
def test_it_runs_from_top_to_bottom_and_saves_nobodys_name(
    path: Path, whose: str, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nbformat = pytest.importorskip("nbformat", reason="needs the notebook extra")
    nbclient = pytest.importorskip("nbclient", reason="needs nbclient")
    pytest.importorskip("ipykernel", reason="needs the notebook extra")
    monkeypatch.delenv("SKILLMATCH_NAMES", raising=False)
    monkeypatch.delenv("SKILLMATCH_WORKSPACE", raising=False)
    if whose == "own":
        monkeypatch.setenv("SKILLMATCH_WORKSPACE", str(own))
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(tmp_path)}}

    nbclient.NotebookClient(notebook, timeout=240, resources=resources, store_widget_state=True).execute()

    outputs = [output for cell in notebook.cells if cell["cell_type"] == "code" for output in cell["outputs"]]
    assert outputs
    assert not [output for output in outputs if output["output_type"] == "stream"]
    for output in outputs:  # what is shown as a widget is there for pages without widgets, too
        data = output["data"]
        assert "application/vnd.jupyter.widget-view+json" not in data or re.search("<table|<p>", data["text/html"])
    assert not list(tmp_path.iterdir())  # nothing is left beside the notebook
    saved = nbformat.writes(notebook)
    assert len(saved) < MOST_BYTES
    assert [word for word in identifying() if word in saved] == []


def identifying() -> list[str]:
    """The names and ids of all people of the demo."""
    with (resource("data", "demo") / "people.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 200
    return [word for row in rows for word in (row["name"], row["id"])]

"""The demo organisation behind the explorer, and a small one whose names are hostile."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace

pytest.importorskip("ipywidgets", reason="needs the notebook extra")


@pytest.fixture(scope="session")
def demo(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The demo in a workspace of its own, with an encoder that needs no model."""
    folder = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("shared") / "demo"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        yield workspace


@pytest.fixture
def own(pristine: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A copy of the demo that a test may change."""
    folder = Path(shutil.copytree(pristine, tmp_path / "own"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        yield workspace


HOSTILE = "<img src=x onerror=alert(1)>\"'&</td></table>"


@pytest.fixture
def hostile_text() -> str:
    """What every name in the hostile workspace is."""
    return HOSTILE


@pytest.fixture
def act() -> Callable[..., None]:
    """Do something in a view as if the browser had said it."""

    def do(view: Any, what: str, **more: Any) -> None:
        view._hear(view, {"do": what, **more}, [])

    return do


@pytest.fixture
def everything_sent() -> Callable[[Any], str]:
    """All that the browser, and a notebook that is saved, gets to see of a view."""

    def told(view: Any) -> str:
        state = {name: value for name, value in view.get_state().items() if name not in ("_esm", "_css")}
        return json.dumps([state, view._repr_mimebundle_()], default=str, ensure_ascii=False) + repr(view)

    return told


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Workspace]:
    """A few people whose every name is hostile."""
    name = '"' + HOSTILE.replace('"', '""') + '"'
    files = {
        "skills.csv": f"id,label,type\ns.one,{name},skill\ns.two,Plain,transversal\n",
        "roles.csv": f"role_id,title,skill,level\nR1,{name},s.one,3\nR1,{name},s.two,2\n",
        "people.csv": "id,name,unit,role\n" + "".join(f"P{n},{name},{name},R1\n" for n in range(6)),
    }
    for file, text in files.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    with Workspace.open(tmp_path / "ws", create=True, encoder=NgramEncoder()) as workspace:
        workspace.taxonomy.import_from(Layout.TABLE, tmp_path)
        workspace.roles.import_from(tmp_path / "roles.csv")
        workspace.people.import_from(tmp_path / "people.csv")
        yield workspace

"""The demo organisation behind the explorer, and a small one whose names are hostile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from skillmatch.matching.ngram_encoder import NgramEncoder
from skillmatch.service.demo import fill_with_demo
from skillmatch.service.workspace import Workspace

pytest.importorskip("ipywidgets", reason="needs the notebook extra")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The demo in a workspace of its own, with an encoder that needs no model."""
    with Workspace.open(tmp_path_factory.mktemp("demo"), create=True, encoder=NgramEncoder()) as workspace:
        fill_with_demo(workspace)
        yield workspace

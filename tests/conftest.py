"""What all tests share: where the real data lies, and settings that keep runs repeatable."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# A test whose examples are dear asks for a part of ``settings.default.max_examples``, so that both profiles reach it.
settings.register_profile("quick", derandomize=True, deadline=None, max_examples=20)
settings.register_profile("thorough", derandomize=True, deadline=None, max_examples=200)
settings.load_profile("quick")

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo as nobody has asked it anything yet, to be copied and never touched."""
    from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
    from skillmatch.service.demo import fill_with_demo
    from skillmatch.service.workspace import Workspace

    folder = tmp_path_factory.mktemp("pristine") / "demo"
    with Workspace.open(folder, create=True, encoder=NgramEncoder()) as workspace:
        fill_with_demo(workspace)
    return folder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with the real taxonomies and catalogues; skips where a reader has no copy."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"needs the real data in {folder.relative_to(REPOSITORY.parent)} beside the repository")
    return folder

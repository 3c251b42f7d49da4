"""The starter taxonomy as an index of names and letters, and adverts, CVs and courses of our own making."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.files.resources import resource
from skillmatch.matching.index import build_index
from skillmatch.matching.linker import Linker
from skillmatch.taxonomy.table import read_table

TEXTS = Path(__file__).parent / "texts"


@pytest.fixture(scope="session")
def linker() -> Linker:
    return Linker(build_index(read_table(resource("data", "taxonomy")).taxonomy, None))


@pytest.fixture(scope="session")
def texts() -> Path:
    return TEXTS

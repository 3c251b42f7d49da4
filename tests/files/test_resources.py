"""Resources: the repository's own folders are found; what is not there is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.domain.base.errors import NotFoundError
from skillmatch.files.resources import resource


def test_a_folder_of_the_repository_is_found(repository: Path) -> None:
    assert resource("models") == repository / "models"


def test_a_missing_one_is_named() -> None:
    with pytest.raises(NotFoundError, match="data/nothing"):
        resource("data", "nothing")

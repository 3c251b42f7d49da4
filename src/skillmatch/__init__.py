"""skillmatch: from what a role requires and what a person can do to the micro-credentials that close the gap.

>>> import skillmatch
>>> workspace = skillmatch.open("my-workspace")  # doctest: +SKIP
>>> workspace.recommend("E001", "Data analyst")  # doctest: +SKIP
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from skillmatch.service.workspace import Workspace

__all__ = ["open"]


def open(path: str | Path | None = None, *, create: bool = False) -> Workspace:  # noqa: A001  # reads as skillmatch.open
    """Open the workspace in a folder, the one that ``SKILLMATCH_WORKSPACE`` names when None.

    ``create`` makes it where it is missing. Raises ``WorkspaceError`` when it cannot be opened.
    """
    from skillmatch.service.workspace import Workspace  # late: importing skillmatch costs nothing

    return Workspace.open(None if path is None else Path(path), create=create)

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

__all__ = ["open", "open_demo", "open_or_demo"]


def open(path: str | Path | None = None, *, create: bool = False) -> Workspace:  # noqa: A001  # reads as skillmatch.open
    """Open the workspace in a folder, the one that ``SKILLMATCH_WORKSPACE`` names when None.

    ``create`` makes it where it is missing. Raises ``WorkspaceError`` when it cannot be opened.
    """
    from skillmatch.service.workspace import Workspace  # late: importing skillmatch costs nothing

    return Workspace.open(None if path is None else Path(path), create=create)


def open_demo() -> Workspace:
    """Open a passing workspace with an invented organisation, to practise in; it is gone with the program."""
    from skillmatch.service.demo import open_demo as opened  # late, as above

    return opened()


def open_or_demo() -> Workspace:
    """Open the workspace that ``SKILLMATCH_WORKSPACE`` names; without it a passing one with an invented organisation.

    What the notebooks begin with. Raises ``WorkspaceError`` when the named one cannot be opened.
    """
    from skillmatch.service.demo import open_or_demo as opened  # late, as above

    return opened()

"""The demo: our starter taxonomy and an invented organisation, in a workspace of their own."""

from __future__ import annotations

import atexit
import os
import tempfile
import tomllib
from datetime import date
from pathlib import Path

from skillmatch.domain.base.errors import WorkspaceError
from skillmatch.domain.base.report import ImportReport
from skillmatch.files.resources import resource
from skillmatch.service.core.progress import Progress, silent
from skillmatch.service.core.settings import PREFIX
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace

_KNOWN_BY = "own/R-B03"
"""A role by which a workspace with the demo is told from any other."""


def fill_with_demo(workspace: Workspace, progress: Progress = silent) -> list[ImportReport]:
    """Import the starter taxonomy and the demo organisation, and pin the day on which its story plays.

    Importing it again changes nothing. Raises ``WorkspaceError`` when the workspace holds something else.
    """
    folder = resource("data", "demo")
    story = tomllib.loads((folder / "organisation.toml").read_text(encoding="utf-8"))
    snapshot = workspace.snapshot()
    remedy = "Give the demo a folder of its own with --workspace."
    if snapshot.record is not None and snapshot.record.name != "starter":
        held = f"the workspace {workspace.folder} already holds the taxonomy {snapshot.record.name}."
        raise WorkspaceError(held, remedy=remedy)
    if snapshot.roles and _KNOWN_BY not in snapshot.roles:
        raise WorkspaceError(f"the workspace {workspace.folder} already holds another organisation.", remedy=remedy)
    workspace.pin_day(date.fromisoformat(str(story["as_of"])))
    return [
        workspace.taxonomy.import_from(Layout.TABLE, resource("data", "taxonomy"), progress=progress),
        workspace.catalogue.import_from(folder, progress=progress),
        workspace.roles.import_from(folder, progress=progress),
        workspace.people.import_from(folder, progress=progress),
    ]


def open_or_demo(progress: Progress = silent) -> Workspace:
    """The workspace that ``SKILLMATCH_WORKSPACE`` names; without it a passing one with the demo, gone with the program.

    What notebooks begin with, so that each runs on the demo and on one's own. Raises ``WorkspaceError`` when the named
    one cannot be opened.
    """
    return Workspace.open() if os.environ.get(f"{PREFIX}WORKSPACE") else open_demo(progress)


def open_demo(progress: Progress = silent) -> Workspace:
    """A passing workspace with the demo, to practise in; it is gone with the program."""
    passing = tempfile.TemporaryDirectory(prefix="skillmatch-", ignore_cleanup_errors=True)
    workspace = Workspace.open(Path(passing.name), create=True)
    atexit.register(passing.cleanup)
    atexit.register(workspace.close)  # comes first: these run in reverse
    fill_with_demo(workspace, progress)
    return workspace


def demo_folder(settings_workspace: Path) -> Path:
    """Where the demo lives: in the folder that ``SKILLMATCH_WORKSPACE`` names, else beside the user's own workspace."""
    return settings_workspace if os.environ.get(f"{PREFIX}WORKSPACE") else settings_workspace.with_name("demo")

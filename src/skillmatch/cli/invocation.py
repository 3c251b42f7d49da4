"""Invocation: what one run of the program was asked for, the workspace it works on, and where its answer goes."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillmatch.domain.base.errors import WorkspaceError

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen
    from skillmatch.service.core.progress import Progress
    from skillmatch.service.values import Encoder
    from skillmatch.service.workspace import Workspace


@dataclass
class Invocation:
    """One run of the program: its global options, and the exit code that it will end with.

    Commands set ``exit_code`` before they show anything, so that it stands even when nobody reads the output.
    ``encoder`` takes the place of the one that the settings name.
    """

    as_json: bool = False
    workspace: Path | None = None
    debug: bool = False
    exit_code: int = 0
    encoder: Encoder | None = None

    def folder(self) -> Path:
        """The workspace's folder: the option's, else the environment's, else the one in the user's data folder."""
        from skillmatch.service.core.settings import Settings

        return self.workspace.expanduser() if self.workspace is not None else Settings.read().workspace

    @contextmanager
    def open(self, *, create: bool = False) -> Iterator[Workspace]:
        """The workspace; ``create`` makes it where it is missing. Raises ``WorkspaceError``."""
        from skillmatch.service.workspace import Workspace

        folder = self.folder()
        fresh = create and not (folder / "workspace.db").exists()
        with way_out():
            workspace = Workspace.open(folder, create=create, encoder=self.encoder)
        if fresh:
            self.note(f"Made a new workspace in {folder}.")
        with workspace:
            yield workspace

    @contextmanager
    def open_for_import(self, *, dry_run: bool) -> Iterator[Workspace]:
        """The workspace, made where it is missing; a dry run makes a passing one instead and leaves nothing behind."""
        if not dry_run or (self.folder() / "workspace.db").exists():
            with self.open(create=not dry_run) as workspace:
                yield workspace
            return
        from skillmatch.service.workspace import Workspace

        with (
            tempfile.TemporaryDirectory(prefix="skillmatch-") as folder,
            Workspace.open(Path(folder), create=True, encoder=self.encoder) as workspace,
        ):
            yield workspace

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A progress bar on the standard error where that is a terminal, else silence."""
        from skillmatch.cli.progress import shown_on_terminal

        with shown_on_terminal() as progress:
            yield progress

    def answer(self, document: Mapping[str, Any], present: Callable[[Screen], None]) -> None:
        """Print the answer: the document with ``--json``, else what ``present`` puts on the screen.

        Raises ``BrokenPipeError`` when nobody reads any more, ``WorkspaceError`` when it cannot be written.
        """
        try:
            if self.as_json:
                _as_utf8(sys.stdout)
                sys.stdout.write(as_text(document))
            else:
                from skillmatch.cli.present.screen import Screen

                present(Screen(sys.stdout))
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            remedy = "Check that there is room where the output goes."
            raise WorkspaceError(f"the answer cannot be written ({error.strerror}).", remedy=remedy) from error

    def note(self, text: str) -> None:
        """Tell people something beside the answer; programs that asked for JSON do not hear it."""
        if not self.as_json:
            from skillmatch.cli.present.screen import Screen

            Screen(sys.stderr).unwrapped(text)


def as_text(document: Mapping[str, Any]) -> str:
    """One JSON document as it is printed: readable, in the order of its shape, every script as it is."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _as_utf8(stream: Any) -> None:
    """JSON is UTF-8, whatever the terminal speaks; half a surrogate pair is written as JSON's own escape for it."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@contextmanager
def way_out() -> Iterator[None]:
    """Add what to type where a workspace is opened and there is none yet."""
    try:
        yield
    except WorkspaceError as error:
        if error.code != "workspace_missing":
            raise
        remedy = "Name another with --workspace, make one with 'skillmatch taxonomy import', or try 'skillmatch demo'."
        better = WorkspaceError(error.message, remedy=remedy, place=error.place)
        better.code = error.code
        raise better from error

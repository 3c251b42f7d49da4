"""Notebooks: a folder with copies of ours, in which whatever people changed stays as they left it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from skillmatch.domain.base.display import Tabular
from skillmatch.domain.base.errors import InputError, WorkspaceError
from skillmatch.files.resources import resource
from skillmatch.files.writing import write_text

LEDGER = ".skillmatch.json"
"""What we copied, by name: the SHA-256 of the text, which tells whether a copy was touched since."""


class CopyState(StrEnum):
    """What became of one notebook."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    YOURS = "yours"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class NotebookCopy:
    """One notebook of ours in somebody's folder.

    ``new`` and ``updated`` ones were written just now; ``yours`` was changed by its user and so is left alone;
    ``outdated`` was changed too, and ours has changed since: rename or delete it to get the newer one.
    """

    name: str
    state: CopyState

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"name": self.name, "state": self.state.value}


@dataclass(frozen=True, repr=False)
class NotebookFolder(Tabular):
    """A folder with copies of our notebooks, and what became of each."""

    folder: Path
    copies: tuple[NotebookCopy, ...]

    def headline(self) -> str:
        counts = {state: sum(item.state is state for item in self.copies) for state in CopyState}
        told = ", ".join(f"{count} {state.value}" for state, count in counts.items() if count)
        return f"{len(self.copies)} notebooks in {self.folder} ({told})"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [item.to_json() for item in self.copies]

    def named(self, state: CopyState) -> tuple[str, ...]:
        """The names of those that became this."""
        return tuple(item.name for item in self.copies if item.state is state)


def our_notebooks() -> tuple[Path, ...]:
    """The notebooks that come with skillmatch, in their order."""
    return tuple(sorted(resource("notebooks").glob("*.ipynb")))


def copy_notebooks(folder: Path) -> NotebookFolder:
    """Copy our notebooks into a folder, made if missing; a file that its user changed is never written over.

    A copy that nobody touched follows ours to a newer version. Raises ``InputError`` when the folder is a file,
    ``WorkspaceError`` when it cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"'{folder}' is a file.", field="folder", remedy="Name a folder for the notebooks.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        known = _ledger(folder)
        copies, written = [], dict(known)
        for ours in our_notebooks():
            text = ours.read_text(encoding="utf-8")
            state = _settle(folder / ours.name, text, known.get(ours.name))
            copies.append(NotebookCopy(ours.name, state))
            if state in (CopyState.NEW, CopyState.UPDATED, CopyState.UNCHANGED):
                written[ours.name] = _hash(text)
        if written != known:
            write_text(folder / LEDGER, json.dumps(written, indent=2, sort_keys=True) + "\n")
    except OSError as error:
        remedy = "Name another folder, or check its permissions and the space on the disk."
        raise WorkspaceError(f"'{folder}' cannot be written ({error.strerror}).", remedy=remedy) from error
    return NotebookFolder(folder, tuple(copies))


def _settle(target: Path, ours: str, copied: str | None) -> CopyState:
    """Write our text where nobody's work is lost by it; ``copied`` is the hash of what we wrote there before."""
    if not target.exists():
        write_text(target, ours)
        return CopyState.NEW
    found = _hash(target.read_text(encoding="utf-8", errors="replace"))
    if found == _hash(ours):
        return CopyState.UNCHANGED
    if found == copied:
        write_text(target, ours)
        return CopyState.UPDATED
    return CopyState.YOURS if copied == _hash(ours) else CopyState.OUTDATED


def _ledger(folder: Path) -> Mapping[str, str]:
    """What we copied before; a ledger that somebody spoilt counts as none, so that everything there is theirs."""
    try:
        found = json.loads((folder / LEDGER).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()

"""What is in force in a workspace: a folder of tuned weights and curve, and one small file that names it.

The file is replaced at once, so at any moment either the old tuning is in force, or the new one, or none. It holds
the hash of every file of the folder and of itself.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from skillmatch.domain.base.errors import ModelError, WorkspaceError
from skillmatch.files.writing import write_text
from skillmatch.matching.tuned.weights import RECORD
from skillmatch.matching.weights import sha256

FORMAT = "skillmatch-tuning/1"
FOLDER, POINTER, LINKER = "encoder", "in-force.json", "linker.json"
_SMALL = (RECORD, LINKER, "linker.sha256")


@dataclass(frozen=True)
class Installed:
    """A tuning in force: where it lies, the hashes of its files, and how it came to be (see ``record``).

    ``record`` names the ``base`` (encoder and linker that it was tuned from), the number of ``feedback`` entries, the
    counts of decisions, seed, steps, and the curve's stretch and shift.
    """

    folder: Path
    files: Mapping[str, str]
    record: Mapping[str, Any]

    def verify(self, *names: str) -> None:
        """Raise ``ModelError`` unless the named files (all when none is named) are what tuning wrote."""
        for name in names or tuple(self.files):
            path = self.folder / name
            try:
                found = sha256(path)
            except OSError as error:
                raise ModelError(f"{path} cannot be read: {error.strerror or error}.", remedy=REMEDY) from error
            if found != self.files.get(name):
                raise ModelError(f"{path} is not the file that 'skillmatch tune' wrote.", remedy=REMEDY)


def read_installed(workspace: Path) -> Installed | None:
    """What is in force in a workspace, None for the packaged matching. Raises ``ModelError`` when it is damaged.

    Looks at the small files only; :meth:`Installed.verify` looks at the weights too.
    """
    path = workspace / FOLDER / POINTER
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}.", remedy=REMEDY) from error
    try:
        given = content.pop("sha256")
        if given != _own_hash(content) or content["format"] != FORMAT:
            raise ModelError(f"{path} is not what 'skillmatch tune' wrote.", remedy=REMEDY)
        name = Path(content["folder"]).name
        found = Installed(path.parent / name, dict(content["files"]), content["record"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} is not what 'skillmatch tune' wrote.", remedy=REMEDY) from error
    found.verify(*_SMALL)
    return found


@contextmanager
def staging(workspace: Path) -> Iterator[Path]:
    """A folder beside those in force, gone at the end unless :func:`install` moved it. Raises ``WorkspaceError``."""
    home = workspace / FOLDER
    try:
        home.mkdir(exist_ok=True)
        with TemporaryDirectory(dir=home, prefix=".new-", ignore_cleanup_errors=True) as name:
            (staged := Path(name) / "staged").mkdir()
            yield staged
    except OSError as error:
        raise WorkspaceError(
            f"the tuned weights cannot be written ({error.strerror or error}).",
            remedy="Check that the workspace may be written to and has 100 MB of room.",
        ) from error
    finally:
        with suppress(OSError):
            home.rmdir()  # only when nothing is in it


def install(workspace: Path, staged: Path, record: Mapping[str, Any]) -> Installed:
    """Put a staged folder in force; the one before it goes. Nothing has changed unless this returns."""
    files = {path.name: sha256(path) for path in sorted(staged.iterdir())}
    content = {"format": FORMAT, "files": files, "record": dict(record)}
    name = _own_hash(content)[:16]
    target = workspace / FOLDER / name
    if target.exists() and not _whole(target, files):
        shutil.rmtree(target)
    if not target.exists():
        staged.rename(target)
    content["folder"] = name
    content["sha256"] = _own_hash(content)
    write_text(workspace / FOLDER / POINTER, json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
    for other in (workspace / FOLDER).iterdir():
        if other.is_dir() and not other.name.startswith(".") and other.name != name:
            shutil.rmtree(other, ignore_errors=True)
    return Installed(target, files, dict(record))


def remove(workspace: Path) -> bool:
    """Go back to the packaged matching; False when that was in force already. Works on a damaged one too."""
    path = workspace / FOLDER / POINTER
    try:
        there = path.exists()
        path.unlink(missing_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"the tuning cannot be removed ({error.strerror or error}).",
            remedy="Check that the workspace may be written to.",
        ) from error
    shutil.rmtree(path.parent, ignore_errors=True)
    return there


def _whole(folder: Path, files: Mapping[str, str]) -> bool:
    try:
        Installed(folder, files, {}).verify()
    except ModelError:
        return False
    return True


def _own_hash(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


REMEDY = "Go back to the packaged matching with 'skillmatch tune --remove', or tune again after that."

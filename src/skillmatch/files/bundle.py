"""Bundle: several tables given together, as a folder or as a zip archive."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import TracebackType

from skillmatch.domain.base.errors import InputError, NotFoundError, Place
from skillmatch.files.archive import open_archive
from skillmatch.files.layout import AS_IT_STANDS, Layout
from skillmatch.files.tables import Table, open_table

MAX_BUNDLE_BYTES = 1024 * 1024 * 1024
MAX_FOLDER_FILES = 10_000


@dataclass
class Bundle:
    """The files of a folder or zip by their names inside it; a context manager that removes what it unpacked.

    Files of a zip are unpacked one by one, when asked for, into a private temporary folder and under names of our
    own: no name inside an archive is ever used as a path. Hidden files and links out of the folder are not seen.
    """

    name: str
    files: dict[str, Path | zipfile.ZipInfo]
    archive: zipfile.ZipFile | None = None
    _unpacked: dict[str, Path] = field(default_factory=dict)
    _folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Bundle:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the archive and delete what was unpacked; tables of this bundle cannot be read afterwards."""
        if self.archive is not None:
            self.archive.close()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
        self._unpacked.clear()

    def names(self) -> tuple[str, ...]:
        """The files' names relative to the bundle, with forward slashes, sorted."""
        return tuple(sorted(self.files))

    def find(self, *candidates: str) -> str | None:
        """The name of the file called like the first candidate that exists, in whatever folder; None without one.

        Case does not count. Raises ``InputError`` when two files answer to the same candidate.
        """
        for candidate in candidates:
            wanted = candidate.casefold()
            found = [name for name in self.names() if PurePosixPath(name).name.casefold() == wanted]
            if len(found) > 1:
                raise InputError(
                    f"holds '{found[0]}' and '{found[1]}'.",
                    remedy=f"Keep only one file called {candidate}.",
                    place=Place(file=self.name),
                )
            if found:
                return found[0]
        return None

    def table(self, name: str, *, delimiter: str | None = None, layout: Layout = AS_IT_STANDS) -> Table:
        """The table in the file ``name`` (as :meth:`names` and :meth:`find` give it); ``NotFoundError`` without it."""
        return open_table(self.path(name), delimiter=delimiter, name=name, layout=layout)

    def path(self, name: str) -> Path:
        """Where the file's content can be read until the bundle is closed; unpacks it when needed."""
        entry = self.files.get(name)
        if entry is None:
            raise NotFoundError("file", name, self.names()[:5])
        return entry if isinstance(entry, Path) else self._unpack(name, entry)

    def _unpack(self, name: str, member: zipfile.ZipInfo) -> Path:
        if name in self._unpacked:
            return self._unpacked[name]
        if self.archive is None or self.archive.fp is None:
            raise ValueError(f"the bundle {self.name} is closed")
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="skillmatch-")
        target = Path(self._folder.name) / str(len(self._unpacked))
        try:
            with self.archive.open(member) as packed, target.open("xb") as plain:
                shutil.copyfileobj(packed, plain)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            target.unlink(missing_ok=True)
            raise InputError(
                f"'{name}' cannot be unpacked ({error}).",
                remedy="Make the archive again, or give a folder.",
                place=Place(file=self.name),
            ) from None
        self._unpacked[name] = target
        return target


def open_bundle(path: Path) -> Bundle:
    """Open a folder or a .zip; use it in a ``with`` block.

    Raises ``InputError`` for anything else, and for a zip that is damaged, encrypted, names places outside
    itself, or unpacks to more than 1 GiB or more than 100 times its size.
    """
    if path.is_dir():
        return Bundle(path.name, _folder_files(path))
    if not path.is_file():
        raise InputError(
            "is neither a folder nor a zip file.", remedy="Check the path.", place=Place(file=path.name or str(path))
        )
    archive = open_archive(path, path.name, most_bytes=MAX_BUNDLE_BYTES)
    members = [item for item in archive.infolist() if not item.is_dir() and not _hidden(item.filename)]
    files: dict[str, Path | zipfile.ZipInfo] = {}
    for member in members:
        if member.filename in files:
            archive.close()
            raise InputError(f"holds '{member.filename}' twice.", place=Place(file=path.name))
        files[member.filename] = member
    return Bundle(path.name, files, archive)


def _folder_files(folder: Path) -> dict[str, Path | zipfile.ZipInfo]:
    root = folder.resolve()
    files: dict[str, Path | zipfile.ZipInfo] = {}
    for found in sorted(folder.rglob("*")):
        name = found.relative_to(folder).as_posix()
        if _hidden(name) or not found.is_file() or not found.resolve().is_relative_to(root):
            continue
        files[name] = found
        if len(files) > MAX_FOLDER_FILES:
            raise InputError(
                f"holds more than {MAX_FOLDER_FILES:,} files.",
                remedy="Name the folder with the tables.",
                place=Place(file=folder.name),
            )
    return files


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)

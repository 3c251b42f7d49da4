"""Backup and restore: a workspace in use as one file that proves itself, and a workspace made from one again."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from skillmatch.domain.base.answer import canonical_json
from skillmatch.domain.base.backup import Backup
from skillmatch.domain.base.errors import ConflictError, InputError, Place, WorkspaceError
from skillmatch.files.archive import open_archive
from skillmatch.service.core.snapshot import program_version
from skillmatch.service.jobs.files import JOBS
from skillmatch.store import Store
from skillmatch.store.engine.backup import check_database, copy_database, in_use
from skillmatch.store.engine.engine import DATABASE
from skillmatch.store.erasure.remnants import is_database

FORMAT = "skillmatch-backup/1"
MANIFEST = "manifest.json"
DATABASES = ("workspace.db", "audit.db")

_WORKING = (".tmp", ".new")
MOST_BYTES = 64 * 1024**3


def make_backup(folder: Path, target: Path, now: datetime) -> Backup:
    """Write everything in the workspace ``folder`` to the one file ``target``, while others go on using it.

    Each database is copied as it is at one moment and checked. The file appears whole or not at all. Raises
    ``WorkspaceError``, ``ConflictError`` when ``target`` is there already.
    """
    if not (folder / DATABASES[0]).is_file():
        raise WorkspaceError(f"there is no workspace in '{folder}'.", remedy="Check the path.")
    if target.exists():
        raise ConflictError(f"'{target}' is there already.", remedy="Name another file.")
    beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}.tmp")
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as passing:
            copies = {}
            for name in DATABASES:
                if (folder / name).is_file():
                    copies[name] = Path(passing) / name
                    copy_database(folder / name, copies[name])
            schema = check_database(copies[DATABASES[0]])
            others = {path.relative_to(folder).as_posix(): path for path in _others(folder)}
            with _private(beside) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                hashes = {}
                for name, path in sorted({**copies, **others}.items()):
                    with suppress(FileNotFoundError):  # a job's file that went meanwhile
                        hashes[name] = _pack(archive, name, path)
                made = Backup(now.isoformat(), program_version(), schema, hashes)
                archive.writestr(MANIFEST, canonical_json({"format": FORMAT, **made.to_json()}))
            with beside.open("rb") as file:
                os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        raise _refused(target, error) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return made


def restore_backup(source: Path, folder: Path, *, overwrite: bool = False) -> Backup:
    """Make the workspace in ``folder`` from a backup; every file must have the hash that the backup notes.

    Where there is a workspace, nothing happens unless ``overwrite``; then it is put aside until the new one is there,
    and deleted. Raises ``ConflictError``, also while another program has it open; ``InputError`` for a file that is no
    backup or was changed; ``WorkspaceError``.
    """
    there = (folder / DATABASES[0]).exists()
    if folder.exists() and not overwrite and (there or any(folder.iterdir())):
        raise ConflictError(
            f"'{folder}' holds a workspace or other files already.",
            remedy="Restore to another folder, or say --overwrite.",
        )
    if there and any(in_use(folder / name) for name in DATABASES):
        raise ConflictError(f"the workspace in '{folder}' is in use.", remedy="Stop what uses it, then try again.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.restore-", dir=folder.parent))
        aside = fresh.with_name(f"{fresh.name}-before")
        try:
            made = _unpack(source, fresh)
            if folder.exists():
                folder.replace(aside)
            fresh.replace(folder)
        except BaseException:
            if aside.exists() and not folder.exists():
                aside.replace(folder)
            raise
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise _refused(folder, error) from error
    return made


def _unpack(source: Path, folder: Path) -> Backup:
    if not source.is_file():
        raise InputError("does not exist.", place=Place(file=str(source)), remedy="Check the path.")
    place = Place(file=source.name)
    with open_archive(source, source.name, most_bytes=MOST_BYTES) as archive:
        try:
            document = json.loads(archive.read(MANIFEST))
            if document.pop("format") != FORMAT:
                raise KeyError
            document["files"] = {item["file"]: item["sha256"] for item in document["files"]}
            made = Backup(**document)
            names = {name for name in archive.namelist() if name != MANIFEST}
            if names != set(made.files) or DATABASES[0] not in names:
                raise KeyError
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            raise InputError(
                "is no backup of skillmatch.", place=place, remedy="Make one with 'skillmatch backup'."
            ) from None
        except (zipfile.BadZipFile, zlib.error) as error:
            raise _changed(place) from error
        for name, digest in made.files.items():
            if ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute():
                raise InputError(f"names a place outside itself: '{name[:60]}'.", place=place)
            path = folder / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            found = hashlib.sha256()
            try:
                with archive.open(name) as packed, _private(path) as plain:
                    while block := packed.read(1 << 20):
                        found.update(block)
                        plain.write(block)
                    plain.flush()
                    os.fsync(plain.fileno())
            except (zipfile.BadZipFile, zlib.error, EOFError) as error:
                raise _changed(place) from error
            if found.hexdigest() != digest:
                raise _changed(place)
    for name in DATABASES:
        if (folder / name).is_file():
            check_database(folder / name)
    return made


def _changed(place: Place) -> InputError:
    return InputError("was changed after it was made, or is damaged.", place=place, remedy="Use another backup.")


def _others(folder: Path) -> Iterator[Path]:
    """The files beside the databases that are worth keeping: the tuned encoder, and the jobs' files."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in name.parts)
        working = path.name.endswith(_WORKING) or is_database(path) or name == Path(JOBS) / "cancel"
        if path.is_file() and not path.is_symlink() and not hidden and not working:
            yield path


def _pack(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as plain, archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as packed:
        while block := plain.read(1 << 20):
            found.update(block)
            packed.write(block)
    return found.hexdigest()


def _private(path: Path) -> IO[bytes]:
    """A new file that only this user may read: it holds what is known of people."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _refused(path: Path, error: OSError) -> WorkspaceError:
    return WorkspaceError(
        f"'{path}' cannot be written ({error.strerror or error}).", remedy="Check that there is room and a right to."
    )


@dataclass(frozen=True, slots=True)
class Migrated:
    """The schema of a workspace before and after; the same where there was nothing to do."""

    before: str
    after: str

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"before": self.before, "after": self.after, "migrated": self.before != self.after}


def migrate_workspace(folder: Path) -> Migrated:
    """Take the steps that the workspace in ``folder`` still lacks, in one transaction.

    Raises ``WorkspaceError``: missing, newer than the program, in use, damaged.
    """
    database = folder / DATABASE
    before = check_database(database) if database.is_file() else ""
    Store.open(folder, migrate=True).close()
    return Migrated(before, check_database(database))

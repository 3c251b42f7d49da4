"""The files of a job, in a folder of its own inside the workspace: what it was given, how far it is, what it wrote.

Progress and the wish to cancel are files, not rows, so that neither waits for the database's one writer.
"""

from __future__ import annotations

import json
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from skillmatch.domain.access.job import NOT_BEGUN, Job, JobProgress, Lane
from skillmatch.domain.base.answer import canonical_json
from skillmatch.domain.base.errors import InputError, NotFoundError, WorkspaceError

JOBS = "jobs"
ERRORS = "errors.csv"

_PROGRESS = "progress.json"
_CANCEL = "cancel"
_MAP = "map.toml"
_INPUT = "input"
_SEARCH = "search.json"

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".ndjson", ".jsonl", ".zip")
"""What the file of an import may end in."""


def lock_of(workspace: Path, lane: Lane) -> Path:
    """The file whose turn (see ``store.engine.process_lock``) whoever does the jobs of a lane holds."""
    return workspace / JOBS / f"{lane.value}.lock"


@dataclass(frozen=True)
class JobFiles:
    """The folder of one job."""

    folder: Path

    @classmethod
    def of(cls, workspace: Path, job_id: str) -> JobFiles:
        """The folder of a job whose id came from the store."""
        return cls(workspace / JOBS / job_id)

    def take(self, file: Path, column_map: str) -> None:
        """Copy what a job is given. Raises ``InputError`` for a file that is not there or of an unknown kind."""
        ending = file.suffix.lower()
        if ending not in ENDINGS:
            raise InputError(f"'{file.name}' ends in none of {', '.join(ENDINGS)}.", field="file", remedy="Rename it.")
        if not file.is_file():
            raise InputError(f"there is no file '{file.name}'.", field="file", remedy="Check the path.")
        try:
            self.folder.mkdir(mode=0o700, parents=True)
            shutil.copyfile(file, self.folder / (_INPUT + ending))  # under a name of our own
            if column_map:
                (self.folder / _MAP).write_text(column_map, encoding="utf-8")
        except OSError as error:
            self.remove()
            raise _refused(error) from error

    @property
    def given(self) -> Path:
        """The file that the job was given. Raises ``NotFoundError`` when it is gone."""
        for ending in ENDINGS:
            path = self.folder / (_INPUT + ending)
            if path.is_file():
                return path
        raise NotFoundError("file of the job", self.folder.name)

    @property
    def column_map(self) -> Path | None:
        """The column map that the job was given, if any."""
        path = self.folder / _MAP
        return path if path.is_file() else None

    @property
    def errors(self) -> Path:
        """Where the rows that could not be taken are listed."""
        return self.folder / ERRORS

    @property
    def search(self) -> Path:
        """Where a plan's search is kept, for a program that goes on with it."""
        return self.folder / _SEARCH

    @property
    def written(self) -> tuple[str, ...]:
        """The names of the files that it wrote for people."""
        return (ERRORS,) if self.errors.is_file() else ()

    def wish_cancelled(self) -> None:
        """Ask whoever runs the job to stop."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.folder / _CANCEL).touch()
        except OSError as error:
            raise _refused(error) from error

    @property
    def cancel_wished(self) -> bool:
        """Whether somebody asked for it to stop."""
        return (self.folder / _CANCEL).exists()

    def say(self, progress: JobProgress) -> None:
        """Tell how far the job is; a disk that refuses does not stop it."""
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = self.folder / f"{_PROGRESS}.new"
            beside.write_text(canonical_json(progress.to_json()), encoding="utf-8")
            beside.replace(self.folder / _PROGRESS)

    def progress(self) -> JobProgress:
        """How far the job is, as it last said."""
        try:
            return JobProgress(**json.loads((self.folder / _PROGRESS).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return NOT_BEGUN

    def seen(self, job: Job) -> Job:
        """The job with how far it is and what it wrote."""
        return replace(job, progress=self.progress(), files=self.written)

    def forget_given(self) -> None:
        """Delete what the job was given and kept: once it has ended, nobody needs a second copy of people's data."""
        given = (self.folder / (_INPUT + ending) for ending in ENDINGS)
        for path in (*given, self.folder / _MAP, self.folder / _CANCEL, self.search):
            path.unlink(missing_ok=True)

    def remove(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Saying:
    """Says progress at most five times a second, and each new stage at once."""

    def __init__(self, files: JobFiles) -> None:
        self._files = files
        self._last = JobProgress()
        self._said = 0.0

    def __call__(self, progress: JobProgress) -> None:
        now = time.monotonic()
        if progress.stage != self._last.stage or now - self._said >= 0.2:
            self._files.say(progress)
            self._last, self._said = progress, now


def _refused(error: OSError) -> WorkspaceError:
    found = WorkspaceError(f"the files of the job cannot be kept ({error.strerror}).", remedy="Free some space.")
    found.code, found.public = "workspace_full", found.message
    return found

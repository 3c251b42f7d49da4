"""What can be wrong with a workspace, and the ``WorkspaceError`` that says so and what to do.

Each error carries its own stable ``code`` (``workspace_locked``, ``workspace_full`` ...), because front ends
answer them differently.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from skillmatch.domain.base.errors import InputError, NotFoundError, WorkspaceError


class Failure(StrEnum):
    """What can be wrong with a workspace; the value is the error's ``code``."""

    MISSING = "workspace_missing"
    FOREIGN = "workspace_foreign"
    NEWER = "workspace_newer"
    OLDER = "workspace_older"
    LOCKED = "workspace_locked"
    READ_ONLY = "workspace_read_only"
    FULL = "workspace_full"
    DISK = "workspace_disk"
    DAMAGED = "workspace_damaged"
    CLOSED = "workspace_closed"
    OTHER = "workspace"


_MESSAGES: dict[Failure, tuple[str, str]] = {
    Failure.MISSING: (
        "there is no workspace in {folder}.",
        "Check the path, or create a workspace there first.",
    ),
    Failure.FOREIGN: (
        "{folder} holds a workspace.db that is not a skillmatch workspace.",
        "Choose another folder.",
    ),
    Failure.LOCKED: (
        "the workspace in {folder} is locked: something else has been writing to it for too long.",
        "Wait until the other import or program is done, then try again.",
    ),
    Failure.READ_ONLY: (
        "the workspace in {folder} cannot be written: the folder or its workspace.db is read-only.",
        "Give this user the right to write the folder and everything in it, or copy it to where that is so.",
    ),
    Failure.FULL: (
        "the workspace in {folder} has no room left to grow (disk, quota or file-size limit); nothing was changed.",
        "Free some space, then try again.",
    ),
    Failure.DISK: (
        "the disk refused to read or write the workspace in {folder}.",
        "Check that the disk is there and healthy, then try again.",
    ),
    Failure.DAMAGED: (
        "the workspace in {folder} is damaged.",
        "Restore the folder from a backup, or create a new workspace and import again.",
    ),
    Failure.CLOSED: ("the workspace in {folder} was closed.", "Open it again."),
    Failure.OTHER: ("the workspace in {folder} could not be used.", "Try again; if it happens again, report it."),
}


def problem(failure: Failure, folder: Path, detail: str = "") -> WorkspaceError:
    """The error for a failure of the workspace in ``folder``; ``detail`` is appended to its message."""
    message, remedy = _MESSAGES[failure]
    text = message.format(folder=f"'{folder}'")
    error = coded(failure, f"{text} ({detail})" if detail else text, remedy)
    error.public = message.replace(" in {folder}", "").replace("{folder}", "the folder")
    return error


def coded(failure: Failure, message: str, remedy: str) -> WorkspaceError:
    """A ``WorkspaceError`` with the code of ``failure``."""
    error = WorkspaceError(message, remedy=remedy)
    error.code = failure.value
    return error


@contextmanager
def file_errors(folder: Path) -> Iterator[None]:
    """Raise what the file system raises inside (making or looking at the folder) as a ``WorkspaceError``."""
    try:
        yield
    except ValueError as error:  # a path that no file system can hold, such as one with a NUL
        raise problem(Failure.MISSING, folder, str(error)) from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        closed = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
        failure = Failure.FULL if full else Failure.READ_ONLY if closed else Failure.DISK
        raise problem(failure, folder, error.strerror or str(error)) from error


@contextmanager
def decoding(what: str) -> Iterator[None]:
    """Raise it as damage when stored rows no longer make valid domain values: no user gave that input just now."""
    try:
        yield
    except NotFoundError:
        raise
    except (InputError, ValueError, KeyError, TypeError, IndexError) as error:
        raise coded(
            Failure.DAMAGED,
            f"the workspace holds a broken {what}: {error}",
            "Import it again, or restore the folder from a backup.",
        ) from error

"""Zip archives (and workbooks, which are such) looked at before anything in them is unpacked."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath, PureWindowsPath

from skillmatch.domain.base.errors import InputError, Place

MAX_RATIO = 100
RATIO_COUNTS_FROM = 1024 * 1024  # small files of equal lines pack far better than 1:100 and harm nobody
MAX_MEMBERS = 10_000

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def open_archive(path: Path, shown: str, *, most_bytes: int) -> zipfile.ZipFile:
    """Open a zip that is safe to unpack; the caller closes it.

    Raises ``InputError`` when it is no zip, is encrypted, names a place outside itself, or would unpack to more
    than ``most_bytes`` or more than 100 times its size. The sizes that a zip declares can be trusted as limits,
    because Python's reader never returns more than was declared.
    """
    place = Place(file=shown)
    with path.open("rb") as file:
        if file.read(4) == _OLD_OFFICE:
            raise InputError(
                "is protected by a password, or a workbook of an old kind (.xls).",
                remedy="Remove the password and save it as XLSX or CSV.",
                place=place,
            )
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise InputError(
            f"is damaged or not a zip archive ({error}).", remedy="Save or download it again.", place=place
        ) from None
    try:
        _check_members(archive, place, most_bytes)
    except InputError:
        archive.close()
        raise
    return archive


def _check_members(archive: zipfile.ZipFile, place: Place, most_bytes: int) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise InputError(f"holds {len(members):,} files; the limit is {MAX_MEMBERS:,}.", place=place)
    total = sum(member.file_size for member in members)
    if total > most_bytes:
        raise InputError(
            f"unpacks to {total:,} bytes; the limit is {most_bytes:,}.",
            remedy="Split it, or give the tables as CSV files.",
            place=place,
        )
    for member in members:
        name = member.filename
        if member.flag_bits & 0x1:
            raise InputError("is protected by a password.", remedy="Save it without one.", place=place)
        if member.file_size > RATIO_COUNTS_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise InputError(f"'{name[:80]}' unpacks to more than {MAX_RATIO} times its size.", place=place)
        if leads_outside(name):
            raise InputError(f"'{name[:80]!r}' names a place outside the archive.", place=place)


def leads_outside(name: str) -> bool:
    """Whether a member's name could mean a place outside the archive on any system."""
    windows, posix = PureWindowsPath(name), PurePosixPath(name)
    rooted = posix.is_absolute() or bool(windows.drive) or bool(windows.root)
    return rooted or ".." in windows.parts or ".." in posix.parts or any(ord(char) < 32 for char in name)

"""Looks for words between the rows of a database file; a program of its own, which imports nothing of ours.

A process that has a database open must not open its file by hand: closing it again drops every lock that SQLite holds
there for the process. So this looks at the file in a process that has nothing open. SQLite zeroes what it deletes
(``secure_delete``); what it moves from page to page when these are split or joined it leaves where it was, beside the
cells. File format: https://www.sqlite.org/fileformat2.html
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

BLOCK = 1_024  # pages read at a time
_HEADER = {0x02: 12, 0x05: 12, 0x0A: 8, 0x0D: 8}
"""Bytes of the header of each kind of page that holds cells."""


def between_rows(path: Path) -> Iterator[bytes]:
    """What stands in a database file outside its cells: gaps, freed blocks, freed pages; nothing where all is zero."""
    with path.open("rb") as file:
        head = file.read(100)
        if len(head) < 100:
            return
        size = int.from_bytes(head[16:18], "big")
        size = 65_536 if size == 1 else size
        usable = size - head[20]
        freed = _freed_pages(file, size, int.from_bytes(head[32:36], "big"))
        file.seek(0)
        number = 0
        while data := file.read(size * BLOCK):
            for start in range(0, len(data), size):
                number += 1
                page = data[start : start + size]
                for left in _left_in(page, 100 if number == 1 else 0, usable, number in freed):
                    if left.strip(b"\0"):
                        yield left


def _left_in(page: bytes, start: int, usable: int, free: bool) -> Iterator[bytes]:
    if free:
        yield page
        return
    size = _HEADER.get(page[start]) if len(page) > start else None
    if size is None:  # an overflow page: all of it is one row's, and it is zeroed when the row goes
        return
    cells = int.from_bytes(page[start + 3 : start + 5], "big")
    content = int.from_bytes(page[start + 5 : start + 7], "big") or 65_536
    yield page[start + size + 2 * cells : content]
    yield page[usable:]
    block = int.from_bytes(page[start + 1 : start + 3], "big")
    while block and block + 4 <= usable:
        length = int.from_bytes(page[block + 2 : block + 4], "big")
        yield page[block + 4 : block + length]
        following = int.from_bytes(page[block : block + 2], "big")
        block = following if following > block else 0


def _freed_pages(file: BinaryIO, size: int, trunk: int) -> set[int]:
    freed: set[int] = set()
    while trunk and trunk not in freed:
        file.seek((trunk - 1) * size)
        page = file.read(size)
        count = min(int.from_bytes(page[4:8], "big"), size // 4)
        freed.update(int.from_bytes(page[8 + 4 * place : 12 + 4 * place], "big") for place in range(count))
        trunk = int.from_bytes(page[:4], "big")
    return freed


def holds(path: Path, words: list[bytes]) -> bool:
    """Whether one of the words stands between the rows."""
    left = b"\n".join(between_rows(path))
    return any(word in left for word in words)


if __name__ == "__main__":
    given = json.load(sys.stdin)
    found = holds(Path(given["path"]), [word.encode() for word in given["words"]])
    sys.stdout.write(json.dumps(found))

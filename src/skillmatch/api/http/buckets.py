"""Buckets: when each caller's is full again, in memory that forked processes share.

One number says all of a bucket that fills up evenly (the generic cell rate algorithm, ITU-T I.371): the time at which
it will be full. What is taken out puts that time off.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import secrets
import struct
import sys
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager

if sys.platform != "win32":
    import fcntl

SETS, WAYS = 4_096, 16
MOST_BUCKETS = SETS * WAYS

_CELL = struct.Struct("=Qd")  # a caller's mark, 0 for nobody's, and when their bucket is full again
_SET = WAYS * _CELL.size


class Buckets:
    """The buckets of one server.

    A caller's is one of the sixteen cells of a set, which a process locks while it looks and writes; the system takes
    the lock from a process that dies. A bucket that is full is forgotten: it is as nobody's. So is the fullest of a set
    where sixteen others are in use.
    """

    def __init__(self) -> None:
        self._file, path = tempfile.mkstemp(prefix="skillmatch-rates-")
        os.unlink(path)  # noqa: PTH108 - it has no name from now on, and ends with the last process that has it
        os.truncate(self._file, SETS * _SET)
        weakref.finalize(self, os.close, self._file)
        self._cells = mmap.mmap(self._file, SETS * _SET)
        self._key = secrets.token_bytes(16)
        self._turn = threading.Lock()  # the lock of the file keeps out other processes only

    def change(self, caller_id: str, change: Callable[[float], float]) -> None:
        """Put ``change(time)`` in the place of the time at which a caller's bucket is full again."""
        digest = hashlib.blake2b(caller_id.encode("utf-8", "surrogatepass"), digest_size=8, key=self._key).digest()
        mark = int.from_bytes(digest, "big") or 1
        start = mark % SETS * _SET
        with self._locked(start):
            cells = list(_CELL.iter_unpack(self._cells[start : start + _SET]))
            marks = [cell[0] for cell in cells]
            place = marks.index(mark) if mark in marks else min(range(WAYS), key=lambda number: cells[number][1])
            full_at = cells[place][1] if mark in marks else 0.0
            _CELL.pack_into(self._cells, start + place * _CELL.size, mark, change(full_at))

    @contextmanager
    def _locked(self, start: int) -> Iterator[None]:
        with self._turn:
            if sys.platform == "win32":
                yield  # where nothing forks, there is one process
                return
            fcntl.lockf(self._file, fcntl.LOCK_EX, _SET, start)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, _SET, start)

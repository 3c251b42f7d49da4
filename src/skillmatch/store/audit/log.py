"""The audit on disk: a database of its own beside the workspace's, so that recording a read never waits for an import.

Lines are only ever added, each sealed with a hash over itself and the line before. What was answered is kept once per
content, compressed. People stand in it under keyed pseudonyms; without its key a pseudonym means nobody.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select

from skillmatch.domain.access.audit import ERASE, START, AccessNote, AuditLine
from skillmatch.domain.base.errors import NotFoundError
from skillmatch.store.audit.lines import Waiting, append, drop_person, end_of, line_of
from skillmatch.store.audit.tables import answers, keys, lines, make_tables
from skillmatch.store.engine import dialect
from skillmatch.store.engine.engine import translated
from skillmatch.store.engine.failures import file_errors
from skillmatch.store.engine.session import chunks

DATABASE = "audit.db"
BLOCK = 2_000
RECORDED_LATE = "skillmatch"
"""Who erases what was recorded about somebody while they were erased."""


class AuditLog:
    """The audit of the workspace in ``folder``; its file is made when something is first recorded.

    Safe to share between threads; any number of processes may write. Notes that come while another one is being
    committed go into the next commit together.
    """

    def __init__(self, folder: Path, wait: float = 10.0) -> None:
        self._folder = folder
        self._wait = wait
        self._engine: Engine | None = None
        self._opening = threading.Lock()
        self._turn = threading.Lock()
        self._queue: list[Waiting] = []
        self._queueing = threading.Lock()

    @property
    def path(self) -> Path:
        """The file."""
        return self._folder / DATABASE

    def record(self, note: AccessNote, answer: bytes | None, at: str) -> AuditLine:
        """Add a line; when this returns it is on the disk. Raises ``WorkspaceError`` when it cannot be."""
        mine = Waiting(note, answer, at)
        with self._queueing:
            self._queue.append(mine)
        with self._turn:  # whoever gets it first commits for all who wait
            if mine.line is None and mine.error is None:
                with self._queueing:
                    batch, self._queue = self._queue, []
                self._commit(batch)
        if mine.error is not None:
            raise mine.error
        if mine.line is None:
            raise RuntimeError("a note left the queue without a line")
        return mine.line

    def lines(
        self,
        *,
        after: int = 0,
        upto: int | None = None,
        subject: str | None = None,
        caller: str | None = None,
        action: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Iterator[AuditLine]:
        """The lines behind number ``after`` (up to ``upto``), in order.

        Only those about ``subject`` (a pseudonym), by ``caller``, of an ``action``, from ``since`` on and before
        ``until`` (ISO 8601 in UTC), where these are given.
        """
        if not self.path.exists():
            return
        tests: list[tuple[str | int | None, Callable[[Any], ColumnElement[bool]]]] = [
            (upto, lambda last: lines.c.seq <= last),
            (subject, lambda one: lines.c.subjects.contains(f'"{one}"', autoescape=True)),
            (caller, lambda name: lines.c.caller == name),
            (action, lambda name: lines.c.action == name),
            (since, lambda moment: lines.c.at >= moment),
            (until, lambda moment: lines.c.at < moment),
        ]
        wanted = [test(given) for given, test in tests if given is not None]
        while True:
            query = select(lines).where(lines.c.seq > after, *wanted).order_by(lines.c.seq).limit(BLOCK)
            with self._reading() as connection:
                rows = connection.execute(query).all()
            if not rows:
                return
            for row in rows:
                yield line_of(row)
            after = rows[-1].seq

    def line(self, seq: int) -> AuditLine:
        """One line. Raises ``NotFoundError``."""
        if self.path.exists():
            with self._reading() as connection:
                row = connection.execute(select(lines).where(lines.c.seq == seq)).first()
            if row is not None:
                return line_of(row)
        raise NotFoundError("line of the audit", str(seq))

    def answer(self, digest: str) -> bytes | None:
        """The bytes of an answer, or None when they are not kept (any more). Raises ``zlib.error`` when damaged."""
        with self._reading() as connection:
            data = connection.execute(select(answers.c.data).where(answers.c.hash == digest)).scalar()
        return None if data is None else zlib.decompress(data)

    def answer_hashes(self) -> list[str]:
        """The hashes of all answers that are kept."""
        with self._reading() as connection:
            return list(connection.execute(select(answers.c.hash).order_by(answers.c.hash)).scalars())

    def end(self) -> tuple[int, str]:
        """Number and hash of the last line, as noted beside the log."""
        if not self.path.exists():
            return 0, START
        with self._reading() as connection:
            return end_of(connection)

    def people(self) -> dict[str, str]:
        """The person's id by pseudonym, of all who were not erased."""
        if not self.path.exists():
            return {}
        with self._reading() as connection:
            return {row.subject: row.person_id for row in connection.execute(select(keys))}

    def pseudonym(self, person_id: str) -> str | None:
        """The pseudonym of a person; None when the log does not know them."""
        if not self.path.exists():
            return None
        with self._reading() as connection:
            return connection.execute(select(keys.c.subject).where(keys.c.person_id == person_id)).scalar()

    def forget(self, person_id: str, caller: str, at: str) -> tuple[AuditLine, int]:
        """Delete a person's key and the answers about them, and say so in a line; returns it and how many went.

        The other lines stay, and nobody can tell any more whom they are about. What was deleted is overwritten.
        """
        with self._turn, self._writing() as connection:
            (line,) = append(connection, [Waiting(AccessNote(caller, ERASE, (person_id,)), None, at)])
            return line, drop_person(connection, person_id)

    def forget_again(self, person_id: str, at: str) -> int:
        """As :meth:`forget`, where somebody was recorded while they were erased; returns how many answers went."""
        return self.forget(person_id, RECORDED_LATE, at)[1] if self.pseudonym(person_id) else 0

    def sweep(self, *, rebuild: bool = False) -> bool:
        """Empty the write-ahead log; says whether readers let it.

        With ``rebuild`` the list of who is who is written anew first: nothing else in the file holds words in plain,
        and where rows of it were moved about, remnants may lie.
        """
        if not self.path.exists():
            return True
        if rebuild:
            with self._turn, self._writing() as connection:
                known = [row._asdict() for row in connection.execute(select(keys).order_by(keys.c.person_id))]
                connection.execute(delete(keys))  # all at once, so that every page of it is freed and zeroed
                for some in chunks(known, BLOCK):
                    connection.execute(insert(keys), some)
        with translated(self._folder):
            return dialect.empty_log(self._opened(), self._wait)

    def close(self) -> None:
        """Let go of the file."""
        with self._opening:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def _commit(self, batch: Sequence[Waiting]) -> None:
        try:
            with self._writing() as connection:
                made = append(connection, batch)
        except Exception as error:  # everyone in the batch hears of it
            for waiting in batch:
                waiting.error = error
        else:
            for waiting, line in zip(batch, made, strict=True):
                waiting.line = line

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated(self._folder), self._opened().connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with translated(self._folder), self._opened().connect() as connection:
            writer = connection.execution_options(**{dialect.WRITES: True})
            with writer.begin():
                yield writer

    def _opened(self) -> Engine:
        with self._opening:
            if self._engine is None:
                with file_errors(self._folder), translated(self._folder):
                    dialect.make_file(self.path)
                    dialect.prepare_file(self.path, self._wait)
                    engine = dialect.make_engine(self.path, self._wait)
                    try:
                        make_tables(engine, self._folder)
                    except BaseException:
                        engine.dispose()
                        raise
                    self._engine = engine
            return self._engine

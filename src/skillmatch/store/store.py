"""The one door to a workspace: open it, read a consistent state, write in one transaction."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from skillmatch.store.engine import dialect
from skillmatch.store.engine.engine import DATABASE, open_engine, translated
from skillmatch.store.engine.failures import Failure, problem
from skillmatch.store.engine.records import Kind
from skillmatch.store.engine.session import ThingReads, ThingWrites
from skillmatch.store.tables.catalogue import CatalogueReads, CatalogueWrites
from skillmatch.store.tables.claims import ClaimReads, ClaimWrites
from skillmatch.store.tables.feedback import FeedbackReads, FeedbackWrites
from skillmatch.store.tables.idempotency import AnswerReads, AnswerWrites
from skillmatch.store.tables.jobs import JobReads, JobWrites
from skillmatch.store.tables.keys import KeyReads, KeyWrites
from skillmatch.store.tables.learning_events import EventReads, EventWrites
from skillmatch.store.tables.overlay import OverlayReads, OverlayWrites
from skillmatch.store.tables.people import PersonReads
from skillmatch.store.tables.people_changes import PersonWrites
from skillmatch.store.tables.plans import PlanReads, PlanWrites
from skillmatch.store.tables.role_history import RoleHistoryReads, RoleHistoryWrites
from skillmatch.store.tables.roles import RoleReads, RoleWrites
from skillmatch.store.tables.settings import SettingReads, SettingWrites
from skillmatch.store.tables.taxonomies import TaxonomyReads, TaxonomyWrites, TieReads
from skillmatch.store.tables.vectors import VectorReads, VectorWrites
from skillmatch.store.tables.webhooks import WebhookReads, WebhookWrites


class View(
    TaxonomyReads,
    CatalogueReads,
    RoleReads,
    PersonReads,
    VectorReads,
    SettingReads,
    ThingReads,
    TieReads,
    ClaimReads,
    OverlayReads,
    FeedbackReads,
    RoleHistoryReads,
    JobReads,
    PlanReads,
    EventReads,
    KeyReads,
    AnswerReads,
    WebhookReads,
):
    """The workspace as it was when the view was opened; good until its ``with`` block ends."""

    def problems(self) -> list[str]:
        """What is wrong with the database file, one sentence each; empty when nothing is."""
        return dialect.problems_in(self._connection)


class Change(
    View,
    TaxonomyWrites,
    CatalogueWrites,
    RoleWrites,
    PersonWrites,
    VectorWrites,
    SettingWrites,
    ThingWrites,
    ClaimWrites,
    OverlayWrites,
    FeedbackWrites,
    RoleHistoryWrites,
    JobWrites,
    PlanWrites,
    EventWrites,
    KeyWrites,
    AnswerWrites,
    WebhookWrites,
):
    """A transaction: reads see what it has written so far, nobody else does before it commits."""


class Store:
    """A workspace folder with its database; safe to share between threads, any number of processes may open it.

    Readers never wait. There is one writer at a time; the others wait their turn.
    """

    def __init__(self, folder: Path, engine: Engine, wait: float, clock: Callable[[], datetime]) -> None:
        self.folder = folder
        self._engine = engine
        self._wait = wait
        self._clock = clock
        self._turn = threading.Lock()
        self._closed = False
        self._unswept = False
        self._shared = threading.local()

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        create: bool = False,
        migrate: bool = True,
        wait: float = 10.0,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Self:
        """Open the workspace in the folder ``path``; ``create`` makes folder and database where they are missing.

        An older database is brought up to this program's tables unless ``migrate`` is False. ``wait`` is how many
        seconds to wait for a lock, ``clock`` says when something about a person was changed. Raises
        ``WorkspaceError``, whose ``code`` says why: see ``Failure``.
        """
        return cls(path, open_engine(path, create=create, migrate=migrate, wait=wait), wait, clock)

    @contextmanager
    def reading(self) -> Iterator[View]:
        """A consistent state to read from; writes that commit meanwhile are not seen.

        Inside :meth:`one_state` it is the state of that, in the same thread.
        """
        shared: View | None = getattr(self._shared, "view", None)
        if shared is not None:
            yield shared
            return
        with translated(self.folder), self._connect() as connection, connection.begin():
            view = View(connection)
            view.revision()  # SQLite fixes the state at the first read, not at BEGIN
            yield view

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Let everything that this thread reads inside the block come from one state: one answer, one transaction."""
        if getattr(self._shared, "view", None) is not None:
            yield
            return
        with self.reading() as view:
            self._shared.view = view
            try:
                yield
            finally:
                self._shared.view = None

    @contextmanager
    def writing(self, wait: float | None = None) -> Iterator[Change]:
        """One transaction: it commits when the block ends and leaves no trace when anything is raised in it.

        Raises ``WorkspaceError`` with the code ``workspace_locked`` where others have been writing for ``wait`` seconds
        (those of the store when None). Do not nest it: the inner one would wait for the outer and give up as locked.
        """
        seconds = self._wait if wait is None else wait
        if not self._turn.acquire(timeout=seconds):  # fairer between threads than SQLite's own waiting
            raise problem(Failure.LOCKED, self.folder)
        try:
            with translated(self.folder):
                with self._connect() as connection, dialect.waiting(connection, seconds, self._wait):
                    writer = connection.execution_options(**{dialect.WRITES: True})
                    with writer.begin():
                        change = Change(writer)
                        yield change
                        change._stamp_people(self._clock().astimezone(UTC).isoformat())
                        change._count_revision()
                self._unswept = self._unswept or change._erased
                if self._unswept:  # again after the next write, when a reader held it up
                    self._unswept = not dialect.empty_log(self._engine, self._wait)
        finally:
            self._turn.release()

    @property
    def path(self) -> Path:
        """The database file. Only SQLite may open it while anything in this process has it open."""
        return self.folder / DATABASE

    def size(self) -> int:
        """How large the database file is, in bytes, without what is still in its log."""
        with translated(self.folder), self._connect() as connection:
            return dialect.size_of(connection)

    def image(self) -> bytes:
        """The bytes of the database as SQLite reads them; only for small ones, as they are all in memory then."""
        with translated(self.folder), self._connect() as connection:
            return dialect.image_of(connection)

    def sweep(self, *, rebuild: bool = False) -> bool:
        """Empty the write-ahead log, with ``rebuild`` write the file anew first; says whether readers let it.

        For after an erasure: moving rows about leaves remnants in a file that deleting does not overwrite. Writing it
        anew takes about as long as copying it, and writers wait meanwhile.
        """
        if not self._turn.acquire(timeout=self._wait):
            raise problem(Failure.LOCKED, self.folder)
        try:
            with translated(self.folder):
                if self._closed:
                    raise problem(Failure.CLOSED, self.folder)
                if rebuild:
                    dialect.rebuild(self._engine)
                self._unswept = not dialect.empty_log(self._engine, self._wait)
                return not self._unswept
        finally:
            self._turn.release()

    def erased_since(self, person_ids: Sequence[str]) -> list[str]:
        """Who of these people of this thread's :meth:`one_state` is not there any more; nobody outside of one."""
        shared: View | None = getattr(self._shared, "view", None)
        if shared is None or not person_ids:
            return []
        with translated(self.folder), self._connect() as connection, connection.begin():
            now = View(connection)
            if now.revision() == shared.revision():
                return []
            gone = now.missing(Kind.PERSON, person_ids)
            return [one for one in gone if one not in shared.missing(Kind.PERSON, gone)]

    def integrity_check(self) -> list[str]:
        """What is wrong with the database file, one sentence each; empty when nothing is.

        Inside :meth:`one_state` it looks through that; else through a connection that reads nothing else before, so
        that a file too broken to be read is told of as well.
        """
        shared: View | None = getattr(self._shared, "view", None)
        with translated(self.folder):
            if shared is not None:
                return shared.problems()
            with self._connect() as connection:
                return dialect.problems_in(connection)

    def close(self) -> None:
        """Let go of the files; using the store afterwards raises ``WorkspaceError``."""
        self._closed = True
        self._engine.dispose()

    def _connect(self) -> Connection:
        if self._closed:
            raise problem(Failure.CLOSED, self.folder)
        return self._engine.connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

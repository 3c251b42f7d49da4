"""Workspace: one organisation's taxonomy, catalogue, roles and people, and everything that can be asked of them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from skillmatch.matching.encoder import DEFAULT_ENCODER, Encoder
from skillmatch.matching.encoders.make import make_encoder
from skillmatch.matching.tuning.serving import own_encoder
from skillmatch.service.access.idempotency import IdempotencyKeys
from skillmatch.service.access.keys import ApiKeys
from skillmatch.service.access.webhooks import Webhooks
from skillmatch.service.advice.adjacent import AdjacentRoleFinder
from skillmatch.service.advice.advisor import Advisor
from skillmatch.service.audit.audit import AuditTrail
from skillmatch.service.catalogue.catalogue import WorkspaceCatalogue
from skillmatch.service.core.context import Clock, WorkspaceContext, utc_now
from skillmatch.service.core.health import Health, examine
from skillmatch.service.core.settings import Settings
from skillmatch.service.core.snapshot import PINNED_DAY, Snapshot
from skillmatch.service.example import ExampleChoice
from skillmatch.service.imports.exports import TableExports
from skillmatch.service.imports.imports import Imports
from skillmatch.service.jobs.jobs import JobQueue
from skillmatch.service.jobs.work import JobWork
from skillmatch.service.matching.matching import Matching
from skillmatch.service.people.claims import Claims
from skillmatch.service.people.disputes import Disputes
from skillmatch.service.people.learning_events import LearningEvents
from skillmatch.service.people.people import People
from skillmatch.service.plans.plans import Plans
from skillmatch.service.roles.roles import Roles
from skillmatch.service.taxonomy.taxonomy import WorkspaceTaxonomy
from skillmatch.service.team.grids import TeamAnalysis
from skillmatch.store import Store

__all__ = ["Workspace"]


class Workspace:
    """Open one with :meth:`open` or ``skillmatch.open``; close it, or use it in a ``with`` block.

    What is asked most often is asked of the workspace itself: ``gap``, ``recommend``, ``pathway``, ``why``,
    ``adjacent``, ``profile``, ``link``, ``extract``, ``plan``. Everything else has its part: ``people``, ``roles``,
    ``catalogue``, ``taxonomy``, ``matching``, ``team``, ``plans``, ``claims``, ``disputes``, ``learning``, ``jobs``,
    ``keys``, ``webhooks``, ``audit``, ``idempotency``.

    Safe to share between threads. Every answer is made from one consistent state and says from which. People
    and roles may be named by our id (``source/id``) or the customer's own; roles also by title. ``as_of`` is the
    day an answer holds for: the one given, else the workspace's pinned day, else today.
    """

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context
        imports, advisor = Imports(context), Advisor(context)
        self.audit = AuditTrail(context, advisor)
        self.people = People(context, self.audit, imports)
        self.roles = Roles(context, self.audit, imports)
        self.catalogue = WorkspaceCatalogue(context, self.audit, imports)
        self.taxonomy = WorkspaceTaxonomy(context, imports)
        self.matching = Matching(context)
        self.team = TeamAnalysis(context, advisor)
        self.plans = Plans(context)
        self.claims = Claims(context)
        self.disputes = Disputes(context)
        self.learning = LearningEvents(context)
        self.jobs = JobQueue(context, JobWork(context, imports, self.plans))
        self.keys = ApiKeys(context)
        self.webhooks = Webhooks(context)
        self.idempotency = IdempotencyKeys(context)
        exports = TableExports(context, self.audit)
        self.link = self.matching.link
        self.extract = self.matching.extract
        self.profile = advisor.profile
        self.gap = advisor.gap
        self.recommend = advisor.recommend
        self.recommend_all = advisor.recommend_all
        self.pathway = advisor.pathway
        self.why = advisor.why
        self.adjacent = AdjacentRoleFinder(context).adjacent
        self.plan = self.plans.solve
        self.example = ExampleChoice(context, advisor, self.people).choose
        self.export = exports.export
        self.export_bytes = exports.export_bytes

    @classmethod
    def open(
        cls,
        path: Path | None = None,
        *,
        create: bool = False,
        settings: Settings | None = None,
        encoder: Encoder | None = None,
        clock: Clock = utc_now,
        migrate: bool | None = None,
    ) -> Self:
        """Open the workspace in the folder ``path``, or the one that the settings name; ``create`` makes a missing one.

        ``encoder`` takes the place of the one that the settings name; without it, a workspace that was tuned (see
        ``matching.tune``) has its own where the settings name the default. An older workspace is migrated only with
        ``migrate``, or where that is None and the settings say so. Raises ``WorkspaceError`` when the workspace
        is missing, locked, damaged, or from a newer version.
        """
        chosen = settings or Settings.read()
        wanted = chosen.migrate if migrate is None else migrate
        store = Store.open(path or chosen.workspace, create=create, migrate=wanted, clock=clock)
        if encoder is None and chosen.encoder == DEFAULT_ENCODER:
            encoder = own_encoder(store.folder, cache_folder=chosen.cache, threads=chosen.threads)
        made = encoder or make_encoder(chosen.encoder, cache_folder=chosen.cache, threads=chosen.threads)
        return cls(WorkspaceContext(store, made, clock))

    def close(self) -> None:
        """Let go of the files."""
        self._context.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Workspace: {self.folder}>"

    @property
    def folder(self) -> Path:
        """The folder that holds it."""
        return self._context.store.folder

    def snapshot(self) -> Snapshot:
        """Taxonomy, catalogue and roles as they are now: one state, to ask several things of.

        >>> workspace.snapshot().taxonomy_version
        'starter@1.0.0'
        """
        return self._context.snapshot()

    def present(self) -> tuple[Snapshot, date]:
        """The snapshot, and the day that answers from it hold for when none is given."""
        snapshot = self.snapshot()
        return snapshot, self._context.day(snapshot, None)

    def one_state(self) -> AbstractContextManager[None]:
        """A block in which everything that this thread asks is answered from one state of the workspace."""
        return self._context.store.one_state()

    def today(self) -> date:
        """The day that answers hold for when none is given."""
        return self._context.today()

    def pin_day(self, day: date | None) -> None:
        """Make every answer hold for ``day`` from now on; None follows the clock again."""
        with self._context.store.writing() as change:
            if day is None:
                change.remove_setting(PINNED_DAY)
            else:
                change.put_setting(PINNED_DAY, day.isoformat())

    def revision(self) -> int:
        """How often anything was changed, caches aside: where it is the same, answers of one day are the same."""
        with self._context.store.reading() as view:
            return view.revision()

    def health(self) -> Health:
        """What is in the workspace, what is wrong with it and what to do about it; looks at the encoder too."""
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            checks = examine(self._context.store, view, snapshot)
        return Health((*checks, self._context.linking.check()), snapshot.versions)

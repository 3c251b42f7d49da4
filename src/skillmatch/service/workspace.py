"""Workspace: one organisation's taxonomy, catalogue, roles and people, and everything that can be asked of them."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from skillmatch.matching.encoder import DEFAULT_ENCODER, Encoder
from skillmatch.matching.encoders.make import make_encoder
from skillmatch.matching.tuning.serving import own_encoder
from skillmatch.service.adjacent import Adjoining
from skillmatch.service.claims import Claiming
from skillmatch.service.cohort_changes import CohortChanges
from skillmatch.service.contents import Contents
from skillmatch.service.credential_changes import CredentialChanges
from skillmatch.service.curating import Curating
from skillmatch.service.disputes import Disputing
from skillmatch.service.example import Choosing
from skillmatch.service.fairness import Fairness
from skillmatch.service.feedback import Deciding
from skillmatch.service.grids import Gridding
from skillmatch.service.ground import Clock, utc_now
from skillmatch.service.jobs import Working
from skillmatch.service.kept_answers import Keeping
from skillmatch.service.keys import Keying
from skillmatch.service.learning_events import Learning
from skillmatch.service.overlay import Overlaying
from skillmatch.service.person_changes import PersonChanges
from skillmatch.service.person_export import PersonExports
from skillmatch.service.role_changes import RoleChanges
from skillmatch.service.roles import Governing
from skillmatch.service.settings import Settings
from skillmatch.service.table_exports import TableExports
from skillmatch.service.tuning import Tuning
from skillmatch.service.webhooks import Webhooking
from skillmatch.store import Store

__all__ = ["Workspace"]


class Workspace(
    Choosing,
    Contents,
    Governing,
    Working,
    PersonExports,
    TableExports,
    PersonChanges,
    RoleChanges,
    CredentialChanges,
    CohortChanges,
    Claiming,
    Disputing,
    Learning,
    Overlaying,
    Tuning,
    Deciding,
    Curating,
    Fairness,
    Gridding,
    Adjoining,
    Keying,
    Keeping,
    Webhooking,
):
    """Open one with :meth:`open` or ``skillmatch.open``; close it, or use it in a ``with`` block.

    Safe to share between threads. Every answer is made from one consistent state and says from which. People
    and roles may be named by our id (``source/id``) or the customer's own; roles also by title. ``as_of`` is the
    day an answer holds for: the one given, else the workspace's pinned day, else today.
    """

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
        :meth:`tune`) has its own where the settings name the default. An older workspace is migrated only with
        ``migrate``, or where that is None and the settings say so. Raises ``WorkspaceError`` when the workspace
        is missing, locked, damaged, or from a newer version.
        """
        chosen = settings or Settings.read()
        wanted = chosen.migrate if migrate is None else migrate
        store = Store.open(path or chosen.workspace, create=create, migrate=wanted, clock=clock)
        if encoder is None and chosen.encoder == DEFAULT_ENCODER:
            encoder = own_encoder(store.folder, cache_folder=chosen.cache, threads=chosen.threads)
        made = encoder or make_encoder(chosen.encoder, cache_folder=chosen.cache, threads=chosen.threads)
        return cls(store, made, clock)

    def close(self) -> None:
        """Let go of the files."""
        self._audit.close()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Workspace: {self._store.folder}>"

    @property
    def folder(self) -> Path:
        """The folder that holds it."""
        return self._store.folder

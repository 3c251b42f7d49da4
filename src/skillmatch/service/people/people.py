"""People: who they are, what is known of them, and their rights to see it and to be forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from skillmatch.domain.base.moments import utc_text
from skillmatch.domain.people.person import Person
from skillmatch.service.audit.audit import AuditTrail
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.imports.imports import Imports
from skillmatch.service.people.changes import PersonChanges
from skillmatch.service.people.erasure import Erasure
from skillmatch.service.people.export import PersonExports

STAMPED_WITHIN = timedelta(seconds=30)
"""So long at most it takes from the stamp of a change until others see it."""


class People:
    """The people of a workspace, named by our id (``source/id``) or the customer's own."""

    def __init__(self, context: WorkspaceContext, audit: AuditTrail, imports: Imports) -> None:
        self._context = context
        changes, exports = PersonChanges(context, audit), PersonExports(context, audit)
        self.write = changes.write
        self.evidence = changes.evidence
        self.add_evidence = changes.add_evidence
        self.replace_evidence = changes.replace_evidence
        self.remove_evidence = changes.remove_evidence
        self.document = exports.document
        self.export = exports.export
        erasure = Erasure(context)
        self.erase = erasure.erase
        self.sweep = erasure.sweep
        self.erasures_owed = erasure.erasures_owed
        self.import_from = imports.people

    def all(self, units: Iterable[str] | None = None) -> list[Person]:
        """The people of some units, or all, by id.

        >>> len(workspace.people.all(["Hotels"]))
        13
        """
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            return [snapshot.person(item) for item in view.people(units=units)]

    def page(
        self,
        limit: int,
        *,
        after: str = "",
        units: Iterable[str] | None = None,
        updated_since: datetime | None = None,
    ) -> list[Person]:
        """At most ``limit`` people of some units, or of all, by id, from the first one behind the id ``after`` on.

        With ``updated_since`` only those about whom something was written from that moment on (fields, evidence,
        awards, disputes), and those who were last changed before that was kept. Without it a page costs the same
        however many people there are. Raises ``InputError`` for a moment without an offset.

        >>> [person.id for person in workspace.people.page(2)]
        ['own/P-001', 'own/P-002']
        """
        since = None if updated_since is None else utc_text(updated_since, "updated_since")
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            return [snapshot.person(item) for item in view.people_after(after, limit, units=units, since=since)]

    def next_since(self) -> datetime:
        """What to ask :meth:`page` with next time for what is changed from now on.

        It lies a little back: a change is stamped just before it is there for others to see. So somebody may come
        twice, but nobody is missed.
        """
        return self._context.clock() - STAMPED_WITHIN

    def get(self, given: str, *, suggest: bool = True) -> Person:
        """A person by our id or the customer's own; an error names near ids where ``suggest`` lets it.

        Raises ``NotFoundError``.

        >>> workspace.people.get("P-037").unit
        'Care homes'
        """
        with self._context.store.reading() as view:
            return self._context.snapshots.current(view).person(lookups.find_person(view, given, suggest=suggest))

    def with_id(self, person_id: str) -> Person:
        """The person with exactly this id of ours. Raises ``NotFoundError``."""
        with self._context.store.reading() as view:
            return self._context.snapshots.current(view).person(view.person(person_id))

    def units(self) -> dict[str, int]:
        """How many people each unit has.

        >>> workspace.people.units()["Hotels"]
        13
        """
        with self._context.store.reading() as view:
            return view.units()

    def members(self, unit: str) -> list[str]:
        """The ids of a unit's people in their order: the place in it is what a pseudonym is made of.

        >>> workspace.people.members("Hotels")[0]
        'own/P-072'
        """
        with self._context.store.reading() as view:
            return view.members(unit)

"""Changes to one offering (a cohort with its seats) or one stack at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, TypeVar

from skillmatch.domain.audit import AccessNote
from skillmatch.domain.credential import Offering, Stack
from skillmatch.domain.errors import NotFoundError
from skillmatch.domain.identity import check_id
from skillmatch.service import lookups
from skillmatch.service.audit import Auditing
from skillmatch.service.meaning import pointed
from skillmatch.store import Kind

T = TypeVar("T", Offering, Stack)


class WrittenOffering(NamedTuple):
    """An offering as it is stored now, and whether it was new."""

    offering: Offering
    created: bool


class WrittenStack(NamedTuple):
    """A stack as it is stored now, and whether it was new."""

    stack: Stack
    created: bool


class CohortChanges(Auditing):
    """One offering or stack written or removed at a time.

    ``change`` is given what is stored (None where there is nothing) inside the transaction and returns it as it should
    be, or raises; ``allow`` is given what is to be removed. Credentials may be named as usual; ``InputError`` points
    at one that nobody knows.
    """

    def offerings(self) -> list[Offering]:
        """All offerings, by id."""
        catalogue = self.snapshot().catalogue
        found = [offering for item in catalogue.credentials.values() for offering in item.offerings]
        return sorted(found, key=lambda offering: offering.id)

    def offering(self, offering_id: str) -> Offering:
        """The offering with exactly this id."""
        with self._store.reading() as view:
            return _there(view.offering_or_none(offering_id), "offering", offering_id)

    def write_offering(
        self, offering_id: str, change: Callable[[Offering | None], Offering], *, by: str
    ) -> WrittenOffering:
        """Add an offering or change it."""
        check_id(offering_id)
        with self._store.writing() as writer:
            snapshot, stored = self._snapshots.current(writer), writer.offering_or_none(offering_id)
            wanted = change(stored)
            with pointed("credential"):
                wanted = replace(wanted, credential_id=lookups.find_credential(snapshot, wanted.credential_id).id)
            writer.put_offerings([wanted])
            self._note(by, "offerings", "add" if stored is None else "change", offering_id)
            return WrittenOffering(wanted, stored is None)

    def remove_offering(self, offering_id: str, *, allow: Callable[[Offering], None], by: str) -> None:
        """Remove an offering. Raises ``NotFoundError``."""
        with self._store.writing() as writer:
            allow(_there(writer.offering_or_none(offering_id), "offering", offering_id))
            writer.remove(Kind.OFFERING, offering_id)
            self._note(by, "offerings", "remove", offering_id)

    def stack(self, stack_id: str) -> Stack:
        """The stack with exactly this id."""
        with self._store.reading() as view:
            return _there(view.stack_or_none(stack_id), "stack", stack_id)

    def write_stack(self, stack_id: str, change: Callable[[Stack | None], Stack], *, by: str) -> WrittenStack:
        """Add a stack or change it."""
        check_id(stack_id)
        with self._store.writing() as writer:
            snapshot, stored = self._snapshots.current(writer), writer.stack_or_none(stack_id)
            wanted = change(stored)
            parts: list[str] = []
            for place, given in enumerate(wanted.credential_ids):
                with pointed(f"credentials/{place}"):
                    parts.append(lookups.find_credential(snapshot, given).id)
            wanted = replace(wanted, credential_ids=tuple(parts))
            writer.put_stacks([wanted])
            self._note(by, "stacks", "add" if stored is None else "change", stack_id)
            return WrittenStack(wanted, stored is None)

    def remove_stack(self, stack_id: str, *, allow: Callable[[Stack], None], by: str) -> None:
        """Remove a stack; its credentials stay. Raises ``NotFoundError``."""
        with self._store.writing() as writer:
            allow(_there(writer.stack_or_none(stack_id), "stack", stack_id))
            writer.remove(Kind.STACK, stack_id)
            self._note(by, "stacks", "remove", stack_id)

    def _note(self, by: str, what: str, action: str, own_id: str) -> None:
        self.record_access(AccessNote(by, f"{what}.{action}", (), {"id": own_id}))


def _there(found: T | None, what: str, own_id: str) -> T:
    if found is None:
        raise NotFoundError(what, own_id)
    return found

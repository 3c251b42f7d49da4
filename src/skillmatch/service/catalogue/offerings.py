"""Changes to one offering (a cohort with its seats) or one stack at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, TypeVar

from skillmatch.domain.access.audit import AccessNote
from skillmatch.domain.base.errors import NotFoundError
from skillmatch.domain.base.identity import check_id
from skillmatch.domain.catalogue.credential import Offering, Stack
from skillmatch.service.audit.audit import AuditTrail
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.words import pointed
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


class Offerings:
    """Offerings (cohorts with their seats), looked up, written and removed one at a time.

    ``change`` is given what is stored (None where there is nothing) inside the transaction and returns it as it should
    be, or raises; ``allow`` is given what is to be removed. Credentials may be named as usual; ``InputError`` points
    at one that nobody knows.
    """

    def __init__(self, context: WorkspaceContext, audit: AuditTrail) -> None:
        self._context = context
        self._audit = audit

    def all(self) -> list[Offering]:
        """All offerings, by id.

        >>> workspace.catalogue.offerings.all()[0].id
        'own/A-005-1'
        """
        catalogue = self._context.snapshot().catalogue
        found = [offering for item in catalogue.credentials.values() for offering in item.offerings]
        return sorted(found, key=lambda offering: offering.id)

    def get(self, offering_id: str) -> Offering:
        """The offering with exactly this id. Raises ``NotFoundError``.

        >>> workspace.catalogue.offerings.get("own/A-005-1").credential_id
        'own/A-005'
        """
        with self._context.store.reading() as view:
            return _there(view.offering_or_none(offering_id), "offering", offering_id)

    def write(self, offering_id: str, change: Callable[[Offering | None], Offering], *, by: str) -> WrittenOffering:
        """Add an offering or change it. Raises ``InputError`` for an unknown credential."""
        check_id(offering_id)
        with self._context.store.writing() as writer:
            snapshot, stored = self._context.snapshots.current(writer), writer.offering_or_none(offering_id)
            wanted = change(stored)
            with pointed("credential"):
                wanted = replace(wanted, credential_id=lookups.find_credential(snapshot, wanted.credential_id).id)
            writer.put_offerings([wanted])
            _note(self._audit, by, "offerings", "add" if stored is None else "change", offering_id)
            return WrittenOffering(wanted, stored is None)

    def remove(self, offering_id: str, *, allow: Callable[[Offering], None], by: str) -> None:
        """Remove an offering. Raises ``NotFoundError``."""
        with self._context.store.writing() as writer:
            allow(_there(writer.offering_or_none(offering_id), "offering", offering_id))
            writer.remove(Kind.OFFERING, offering_id)
            _note(self._audit, by, "offerings", "remove", offering_id)


class Stacks:
    """Stacks of credentials, looked up, written and removed one at a time.

    ``change`` is given what is stored (None where there is nothing) inside the transaction and returns it as it should
    be, or raises; ``allow`` is given what is to be removed. Credentials may be named as usual; ``InputError`` points
    at one that nobody knows.
    """

    def __init__(self, context: WorkspaceContext, audit: AuditTrail) -> None:
        self._context = context
        self._audit = audit

    def get(self, stack_id: str) -> Stack:
        """The stack with exactly this id. Raises ``NotFoundError``.

        >>> workspace.catalogue.stacks.get("own/A-S1").id
        'own/A-S1'
        """
        with self._context.store.reading() as view:
            return _there(view.stack_or_none(stack_id), "stack", stack_id)

    def write(self, stack_id: str, change: Callable[[Stack | None], Stack], *, by: str) -> WrittenStack:
        """Add a stack or change it. Raises ``InputError`` for an unknown credential."""
        check_id(stack_id)
        with self._context.store.writing() as writer:
            snapshot, stored = self._context.snapshots.current(writer), writer.stack_or_none(stack_id)
            wanted = change(stored)
            parts: list[str] = []
            for place, given in enumerate(wanted.credential_ids):
                with pointed(f"credentials/{place}"):
                    parts.append(lookups.find_credential(snapshot, given).id)
            wanted = replace(wanted, credential_ids=tuple(parts))
            writer.put_stacks([wanted])
            _note(self._audit, by, "stacks", "add" if stored is None else "change", stack_id)
            return WrittenStack(wanted, stored is None)

    def remove(self, stack_id: str, *, allow: Callable[[Stack], None], by: str) -> None:
        """Remove a stack; its credentials stay. Raises ``NotFoundError``."""
        with self._context.store.writing() as writer:
            allow(_there(writer.stack_or_none(stack_id), "stack", stack_id))
            writer.remove(Kind.STACK, stack_id)
            _note(self._audit, by, "stacks", "remove", stack_id)


def _note(audit: AuditTrail, by: str, what: str, action: str, own_id: str) -> None:
    audit.record(AccessNote(by, f"{what}.{action}", (), {"id": own_id}))


def _there(found: T | None, what: str, own_id: str) -> T:
    if found is None:
        raise NotFoundError(what, own_id)
    return found

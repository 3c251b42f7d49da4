"""The history of roles in the store: who changed which requirement, a log that only grows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import func, insert, select

from skillmatch.domain.roles.role import Requirement
from skillmatch.domain.roles.role_history import RoleAction, RoleChange
from skillmatch.store.engine.failures import decoding
from skillmatch.store.engine.json_columns import read_requirements, write_requirements
from skillmatch.store.engine.session import Reads, Values, Writes
from skillmatch.store.schema.workspace import role_history


class RoleHistoryReads(Reads):
    """Reading the history of roles."""

    def role_changes(self, role_id: str | None = None) -> tuple[RoleChange, ...]:
        """The changes of one role, or of all, in their order."""
        query = select(role_history).order_by(role_history.c.number)
        if role_id is not None:
            query = query.where(role_history.c.role_id == role_id)
        with decoding("history of roles"):
            return tuple(_change(row) for row in self._connection.execute(query))


class RoleHistoryWrites(RoleHistoryReads, Writes):
    """Writing the history of roles."""

    def append_role_changes(self, changes: Iterable[RoleChange]) -> tuple[RoleChange, ...]:
        """Put changes behind those there are, numbered on from the last; returns them with their numbers."""
        last = self._connection.execute(select(func.max(role_history.c.number))).scalar() or 0
        numbered = tuple(replace(change, number=number) for number, change in enumerate(changes, start=last + 1))
        if numbered:
            self._run(insert(role_history), [_row(change) for change in numbered])
            self._touch(snapshot=False)
        return numbered


def _change(row: Any) -> RoleChange:
    return RoleChange(
        role_id=row.role_id,
        skill_id=row.skill_id,
        action=RoleAction(row.action),
        author=row.author,
        on=row.on_date,
        before=_read(row.before),
        after=_read(row.after),
        note=row.note,
        number=row.number,
    )


def _row(change: RoleChange) -> Values:
    return {
        "number": change.number,
        "role_id": change.role_id,
        "skill_id": change.skill_id,
        "action": change.action.value,
        "author": change.author,
        "on_date": change.on,
        "before": _written(change.before),
        "after": _written(change.after),
        "note": change.note,
    }


def _written(need: Requirement | None) -> str:
    return write_requirements([] if need is None else [need])


def _read(given: str) -> Requirement | None:
    found = read_requirements(given)
    return found[0] if found else None

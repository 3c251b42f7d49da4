"""Roles in the store: the employer's jobs with their requirements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from skillmatch.domain.base import checks
from skillmatch.domain.roles.role import Role
from skillmatch.store.engine.failures import decoding
from skillmatch.store.engine.json_columns import external_of, read_requirements, values_of, write_requirements
from skillmatch.store.engine.records import Kind, Upserted
from skillmatch.store.engine.session import Reads, Values, Writes
from skillmatch.store.schema.workspace import roles


class RoleReads(Reads):
    """Reading roles."""

    def roles(self) -> dict[str, Role]:
        """All roles by id, in the order of their ids."""
        with decoding("role"):
            return {row.id: _role(row) for row in self._connection.execute(select(roles).order_by(roles.c.id))}

    def role(self, role_id: str) -> Role:
        """One role. Raises ``NotFoundError`` for an unknown id."""
        row = self._connection.execute(select(roles).where(roles.c.id == role_id)).first()
        if row is None:
            raise self._not_found(Kind.ROLE, role_id)
        with decoding(f"role {role_id}"):
            return _role(row)


class RoleWrites(RoleReads, Writes):
    """Writing roles."""

    def put_roles(self, given: Iterable[Role]) -> Upserted:
        """Add or change roles by id; requirements are replaced as a whole. No id may come twice."""
        items = list(given)
        checks.unique((item.id for item in items), "id")
        stored = self._upsert(roles, [_role_row(item) for item in items])
        if stored.added or stored.changed:
            self._touch()
        added, changed = len(stored.added), len(stored.changed)
        return Upserted(added, changed, len(items) - added - changed)


def _role(row: Any) -> Role:
    return Role(row.id, row.title, row.description, row.occupation_id, read_requirements(row.requirements))


def _role_row(item: Role) -> Values:
    columns = values_of(item, ("id", "title", "description", "occupation_id"))
    needs = write_requirements(item.requirements)
    return columns | {"external_id": external_of(item.id), "requirements": needs}

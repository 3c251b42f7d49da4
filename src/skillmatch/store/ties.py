"""What ties the skills of a taxonomy together: the work that asks for them, and the relations between them."""

from __future__ import annotations

import json
from typing import NamedTuple

from sqlalchemy import select

from skillmatch.domain.role import RequirementKind
from skillmatch.domain.skill import RelationKind
from skillmatch.store.failures import decoding
from skillmatch.store.session import Reads
from skillmatch.store.tables import occupations, relations, taxonomies


class Ties(NamedTuple):
    """The ids of the skills that each occupation cannot do without, and the pairs of skills that are called related."""

    needs: tuple[tuple[str, ...], ...]
    related: tuple[tuple[str, str], ...]


NO_TIES = Ties((), ())


class TieReads(Reads):
    """Reading ties: ids only, so that a taxonomy of three thousand occupations takes a fraction of a second."""

    def ties(self, name: str, version: str) -> Ties:
        """The ties of one stored taxonomy; none for an unknown one."""
        one = (taxonomies.c.name == name) & (taxonomies.c.version == version)
        number = select(taxonomies.c.number).where(one).scalar_subquery()
        work = select(occupations.c.requirements).where(occupations.c.taxonomy == number).order_by(occupations.c.id)
        pairs = select(relations.c.skill, relations.c.other).where(
            (relations.c.taxonomy == number) & (relations.c.kind == RelationKind.RELATED.value)
        )
        with decoding("occupation"):
            needs = tuple(
                tuple(skill for skill, _, _, kind, _ in json.loads(given) if kind == RequirementKind.ESSENTIAL.value)
                for given in self._connection.execute(work).scalars()
            )
        related = tuple((row[0], row[1]) for row in self._connection.execute(pairs.order_by(*pairs.selected_columns)))
        return Ties(needs, related)

"""Taxonomies in the store: several versions side by side, one of them active."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select, update

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.roles.role import Occupation, RequirementKind
from skillmatch.domain.skills.skill import RelationKind, Skill, SkillRelation, SkillType
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.store.engine.failures import decoding
from skillmatch.store.engine.json_columns import read_requirements, read_texts, write_requirements, write_texts
from skillmatch.store.engine.records import OccupationRecord, TaxonomyRecord
from skillmatch.store.engine.session import Reads, Values, Writes, blocks
from skillmatch.store.schema.workspace import occupations, relations, skills, taxonomies

_TYPES = {kind.value: kind for kind in SkillType}
_KINDS = {kind.value: kind for kind in RelationKind}


class TaxonomyReads(Reads):
    """Reading taxonomies; every method raises ``NotFoundError`` for a name and version that is not stored."""

    def taxonomies(self) -> list[TaxonomyRecord]:
        """All stored versions, in the order of name and version."""
        query = select(taxonomies).order_by(taxonomies.c.name, taxonomies.c.version)
        return [_record(row) for row in self._connection.execute(query)]

    def active_taxonomy(self) -> TaxonomyRecord | None:
        """The version in use, or None before any was activated."""
        row = self._connection.execute(select(taxonomies).where(taxonomies.c.active.is_(True))).first()
        return None if row is None else _record(row)

    def taxonomy(self, name: str, version: str) -> Taxonomy:
        """The whole of it, with relations and occupations."""
        number = self._number(name, version)
        bears = select(relations.c.skill, relations.c.kind, relations.c.other).where(relations.c.taxonomy == number)
        bears = bears.order_by(relations.c.skill, relations.c.kind, relations.c.other)
        works = select(occupations).where(occupations.c.taxonomy == number).order_by(occupations.c.id)
        with decoding(f"taxonomy {name} {version}"):
            return Taxonomy(
                name,
                version,
                self._skills(number),
                tuple(SkillRelation(one, _KINDS[kind], other) for one, kind, other in self._connection.execute(bears)),
                {row.id: _occupation(row) for row in self._connection.execute(works)},
            )

    def skills(self, name: str, version: str) -> dict[str, Skill]:
        """The skills alone, by id, in the order of their ids: several times faster than the whole."""
        number = self._number(name, version)
        with decoding(f"taxonomy {name} {version}"):
            return self._skills(number)

    def occupations(self, name: str, version: str) -> list[OccupationRecord]:
        """The occupations by name only, in the order of their ids."""
        number = self._number(name, version)
        query = select(occupations.c.id, occupations.c.label, occupations.c.aliases)
        query = query.where(occupations.c.taxonomy == number).order_by(occupations.c.id)
        with decoding("occupation"):
            return [OccupationRecord(own_id, label, read_texts(also)) for own_id, label, also in self._rows(query)]

    def occupation(self, name: str, version: str, occupation_id: str) -> Occupation:
        """One occupation with its requirements. Raises ``NotFoundError`` for an unknown id."""
        number = self._number(name, version)
        one = (occupations.c.taxonomy == number) & (occupations.c.id == occupation_id)
        row = self._connection.execute(select(occupations).where(one)).first()
        if row is None:
            raise NotFoundError("occupation", occupation_id)
        with decoding(f"occupation {occupation_id}"):
            return _occupation(row)

    def _rows(self, query: Any) -> Any:
        return self._connection.execute(query)

    def _skills(self, number: int) -> dict[str, Skill]:
        query = select(
            skills.c.id,
            skills.c.label,
            skills.c.aliases,
            skills.c.description,
            skills.c.type,
            skills.c.broader,
            skills.c.field,
            skills.c.deprecated,
        )
        query = query.where(skills.c.taxonomy == number).order_by(skills.c.id)
        return {
            own_id: Skill(own_id, label, read_texts(also), about, _TYPES[kind], read_texts(up), field, old)
            for own_id, label, also, about, kind, up, field, old in self._connection.execute(query)
        }

    def _number(self, name: str, version: str) -> int:
        one = (taxonomies.c.name == name) & (taxonomies.c.version == version)
        number = self._connection.execute(select(taxonomies.c.number).where(one)).scalar()
        if number is None:
            known = [f"{record.name}@{record.version}" for record in self.taxonomies()]
            raise NotFoundError("taxonomy", f"{name}@{version}", known)
        return int(number)


class TaxonomyWrites(TaxonomyReads, Writes):
    """Writing taxonomies."""

    def put_taxonomy(self, taxonomy: Taxonomy, *, content_hash: str, imported_at: datetime, source: str) -> bool:
        """Store a version in place of what had the same name and version; says whether its content is new.

        Where ``content_hash`` is the stored one, nothing is written. A version that was active stays so; a new
        one waits for :meth:`activate_taxonomy`. ``imported_at`` needs a time zone.
        """
        checks.text(content_hash, "content_hash", most=200)
        if imported_at.utcoffset() is None:
            raise InputError("needs a time zone.", field="imported_at")
        one = (taxonomies.c.name == taxonomy.name) & (taxonomies.c.version == taxonomy.version)
        stored = self._connection.execute(select(taxonomies).where(one)).first()
        if stored is not None and stored.content_hash == content_hash:
            return False
        if stored is not None:
            self._connection.execute(delete(taxonomies).where(one))  # its rows in other tables go with it
        record = {
            "name": taxonomy.name,
            "version": taxonomy.version,
            "content_hash": content_hash,
            "imported_at": imported_at.astimezone(UTC).isoformat(),
            "source": source,
            "skills": len(taxonomy.skills),
            "occupations": len(taxonomy.occupations),
            "active": stored is not None and stored.active,
        }
        self._run(insert(taxonomies), [record])
        number = self._number(taxonomy.name, taxonomy.version)
        for some in blocks(taxonomy.skills.values()):
            self._run(insert(skills), [_skill_row(number, skill) for skill in some])
        for pairs in blocks(taxonomy.relations):
            self._run(insert(relations), [_relation_row(number, relation) for relation in pairs])
        for works in blocks(taxonomy.occupations.values()):
            self._run(insert(occupations), [_occupation_row(number, occupation) for occupation in works])
        self._touch()
        return True

    def activate_taxonomy(self, name: str, version: str) -> None:
        """Make one stored version the one in use."""
        number = self._number(name, version)
        if self._connection.execute(select(taxonomies.c.active).where(taxonomies.c.number == number)).scalar():
            return
        self._connection.execute(update(taxonomies).where(taxonomies.c.active.is_(True)).values(active=False))
        self._connection.execute(update(taxonomies).where(taxonomies.c.number == number).values(active=True))
        self._touch()

    def remove_taxonomy(self, name: str, version: str) -> None:
        """Remove one stored version; when it was the active one, none is active after."""
        self._connection.execute(delete(taxonomies).where(taxonomies.c.number == self._number(name, version)))
        self._touch()


def _record(row: Any) -> TaxonomyRecord:
    with decoding("record of a taxonomy"):
        return TaxonomyRecord(
            row.name,
            row.version,
            row.content_hash,
            datetime.fromisoformat(row.imported_at),
            row.source,
            row.skills,
            row.occupations,
            row.active,
        )


def _occupation(row: Any) -> Occupation:
    needs = read_requirements(row.requirements)
    return Occupation(row.id, row.label, read_texts(row.aliases), row.description, row.code, needs)


def _skill_row(number: int, skill: Skill) -> Values:
    return {
        "taxonomy": number,
        "id": skill.id,
        "label": skill.label,
        "aliases": write_texts(skill.aliases),
        "description": skill.description,
        "type": skill.type.value,
        "broader": write_texts(skill.broader),
        "field": skill.field,
        "deprecated": skill.deprecated,
    }


def _relation_row(number: int, relation: SkillRelation) -> Values:
    return {"taxonomy": number, "skill": relation.skill, "kind": relation.kind.value, "other": relation.other}


def _occupation_row(number: int, occupation: Occupation) -> Values:
    return {
        "taxonomy": number,
        "id": occupation.id,
        "label": occupation.label,
        "aliases": write_texts(occupation.aliases),
        "code": occupation.code,
        "description": occupation.description,
        "requirements": write_requirements(occupation.requirements),
    }


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

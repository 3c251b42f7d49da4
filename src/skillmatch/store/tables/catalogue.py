"""The catalogue in the store: credentials, the offerings that belong to them, and stacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.catalogue.credential import Catalogue, Credential, Offering, Stack
from skillmatch.store.engine.failures import decoding
from skillmatch.store.engine.json_columns import (
    external_of,
    read_outcomes,
    read_prerequisites,
    read_texts,
    values_of,
    write_outcomes,
    write_prerequisites,
    write_texts,
)
from skillmatch.store.engine.records import Kind, Upserted
from skillmatch.store.engine.session import BLOCK, Reads, Values, Writes, chunks
from skillmatch.store.schema.workspace import credentials, offerings, stacks

_PLAIN = (
    *("id", "title", "issuer", "description", "url", "hours", "weeks", "cost", "currency", "language", "mode"),
    *("assessment", "quality_assurance", "level", "eqf_level", "country", "rating", "rating_count"),
    *("valid_from", "valid_until", "validity_months", "started", "completed"),
)


class CatalogueReads(Reads):
    """Reading the catalogue."""

    def catalogue(self) -> Catalogue:
        """All credentials with their offerings (by start, then id) and all stacks, in the order of their ids."""
        cohorts: dict[str, list[Offering]] = defaultdict(list)
        with decoding("offering"):
            query = select(offerings).order_by(offerings.c.start, offerings.c.id)
            for row in self._connection.execute(query):
                cohorts[row.credential_id].append(Offering(row.id, row.credential_id, row.start, row.end, row.seats))
        with decoding("credential"):
            rows = self._connection.execute(select(credentials).order_by(credentials.c.id)).mappings()
            found = {row["id"]: _credential(row, cohorts.get(row["id"], ())) for row in rows}
        with decoding("stack"):
            query = select(stacks).order_by(stacks.c.id)
            return Catalogue(found, tuple(_stack(row) for row in self._connection.execute(query)))

    def credential_or_none(self, credential_id: str) -> Credential | None:
        """One credential as it is stored, without its offerings."""
        query = select(credentials).where(credentials.c.id == credential_id)
        row = self._connection.execute(query).mappings().first()
        with decoding(f"credential {credential_id}"):
            return None if row is None else _credential(row, ())

    def offering_or_none(self, offering_id: str) -> Offering | None:
        """One offering."""
        row = self._connection.execute(select(offerings).where(offerings.c.id == offering_id)).first()
        with decoding(f"offering {offering_id}"):
            return None if row is None else Offering(row.id, row.credential_id, row.start, row.end, row.seats)

    def stack_or_none(self, stack_id: str) -> Stack | None:
        """One stack."""
        row = self._connection.execute(select(stacks).where(stacks.c.id == stack_id)).first()
        with decoding(f"stack {stack_id}"):
            return None if row is None else _stack(row)


class CatalogueWrites(CatalogueReads, Writes):
    """Writing the catalogue; of each thing given, no id may come twice."""

    def put_credentials(self, given: Iterable[Credential]) -> Upserted:
        """Add or change credentials by id.

        Offerings that they carry are put as well; stored offerings that they do not carry stay, because files
        of credentials and files of offerings come apart. A credential counts as changed when an offering did.
        """
        items = list(given)
        checks.unique((item.id for item in items), "id")
        cohorts = [offering for item in items for offering in item.offerings]
        for item in items:
            if any(offering.credential_id != item.id for offering in item.offerings):
                raise InputError(f"'{item.id}' carries an offering of another credential.", field="offerings")
        checks.unique((offering.id for offering in cohorts), "offerings")
        added: set[str] = set()
        changed: set[str] = set()
        for some in chunks(items, BLOCK):
            stored = self._upsert(credentials, [_credential_row(item) for item in some])
            added.update(key[0] for key in stored.added)
            changed.update(key[0] for key in stored.changed)
        differing = self._put_offerings(cohorts)
        changed |= {offering.credential_id for offering in cohorts if offering.id in differing}
        changed -= added
        if added or changed:
            self._touch()
        return Upserted(len(added), len(changed), len(items) - len(added) - len(changed))

    def put_offerings(self, given: Iterable[Offering]) -> Upserted:
        """Add or change offerings by id. Raises ``NotFoundError`` where a credential is not stored."""
        items = list(given)
        checks.unique((item.id for item in items), "id")
        self._require(Kind.CREDENTIAL, (item.credential_id for item in items))
        differing = self._put_offerings(items)
        added = sum(differing.values())
        return Upserted(added, len(differing) - added, len(items) - len(differing))

    def put_stacks(self, given: Iterable[Stack]) -> Upserted:
        """Add or change stacks by id; the credentials they name may come later."""
        items = list(given)
        checks.unique((item.id for item in items), "id")
        stored = self._upsert(stacks, [_stack_row(item) for item in items])
        if stored.added or stored.changed:
            self._touch()
        added, changed = len(stored.added), len(stored.changed)
        return Upserted(added, changed, len(items) - added - changed)

    def _put_offerings(self, items: list[Offering]) -> dict[str, bool]:
        """The ids of the offerings that were new (True) or changed (False)."""
        differing: dict[str, bool] = {}
        for some in chunks(items, BLOCK):
            stored = self._upsert(offerings, [_offering_row(item) for item in some])
            differing |= {key[0]: True for key in stored.added} | {key[0]: False for key in stored.changed}
        if differing:
            self._touch()
        return differing


def _credential(row: Any, cohorts: Iterable[Offering]) -> Credential:
    return Credential(
        outcomes=read_outcomes(row["outcomes"]),
        unmapped=read_texts(row["unmapped"]),
        requires_skills=read_prerequisites(row["requires_skills"]),
        requires_credentials=read_texts(row["requires_credentials"]),
        offerings=tuple(cohorts),
        **{name: row[name] for name in _PLAIN},
    )


def _credential_row(item: Credential) -> Values:
    return values_of(item, _PLAIN) | {
        "external_id": external_of(item.id),
        "outcomes": write_outcomes(item.outcomes),
        "unmapped": write_texts(item.unmapped),
        "requires_skills": write_prerequisites(item.requires_skills),
        "requires_credentials": write_texts(item.requires_credentials),
    }


def _offering_row(item: Offering) -> Values:
    columns = values_of(item, ("id", "credential_id", "start", "end", "seats"))
    return columns | {"external_id": external_of(item.id)}


def _stack(row: Any) -> Stack:
    return Stack(row.id, row.title, read_texts(row.credential_ids), row.issuer, row.description, row.required)


def _stack_row(item: Stack) -> Values:
    columns = values_of(item, ("id", "title", "issuer", "description", "required"))
    return columns | {"external_id": external_of(item.id), "credential_ids": write_texts(item.credential_ids)}

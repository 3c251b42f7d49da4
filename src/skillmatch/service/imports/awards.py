"""Awards from a file: those of credentials in the catalogue, by id or title, and those of courses that are in none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from skillmatch.domain.base.errors import Place
from skillmatch.domain.base.identity import OWN_SOURCE, make_id
from skillmatch.domain.base.report import Finding, Severity
from skillmatch.domain.catalogue.credential import Credential
from skillmatch.domain.people.person import UNDATED, Award
from skillmatch.interop.batch import Located
from skillmatch.interop.people import GivenAward
from skillmatch.service.core.lookups import near_ids
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.imports.known_ids import PEOPLE_FIRST, KnownIds, no_person
from skillmatch.service.imports.report import Account
from skillmatch.service.imports.roles import slug

ELSEWHERE = "Known from awards only; no catalogue offers it."


def known_awards(
    given: Sequence[Located[tuple[str, GivenAward]]], file: str, account: Account, snapshot: Snapshot, people: KnownIds
) -> tuple[list[tuple[str, Award]], list[Credential]]:
    """The awards of known people, and the credentials that have to be kept for them.

    A credential is meant by its id or its title. Words that read like a title of a course that the catalogue lacks
    become a credential under that title and issuer, which is not on offer; what reads like an id is rejected.
    """
    catalogue = snapshot.catalogue.credentials
    titles = {item.id: item.title for item in catalogue.values()}
    credentials = KnownIds.of(list(catalogue), titles)
    made: dict[str, Credential] = {}
    times: Counter[str] = Counter()
    found = []
    for item in given:
        person_id, said = item.value
        person = people.find(person_id)
        meant = credentials.find(said.award.credential_id)
        if person is None:
            account.reject(file, item.line, "person", no_person(person_id, people), PEOPLE_FIRST)
            continue
        if meant is None:
            if not _is_title(said.title):
                near = near_ids(said.title, titles.values())
                remedy = f"Did you mean {' or '.join(near)}?" if near else "Import the catalogue first."
                account.reject(file, item.line, "credential", f"no credential is called '{said.title}'.", remedy)
                continue
            stub = _elsewhere(said, account.options.source)
            before = catalogue.get(stub.id) or made.setdefault(stub.id, stub)
            meant = before.id
            made[meant] = _known_until(made[meant], said.award.issued) if meant in made else before
            times[before.title] += 1
        found.append((person, replace(said.award, credential_id=meant)))
    kept = [item for own_id, item in made.items() if own_id not in catalogue]
    for title, count in times.items():
        message = f"awards are of '{title}', which is in no catalogue: kept under that title."
        account.findings.append(
            Finding("award_from_elsewhere", Severity.NOTE, message, Place(file, None, "credential"), count)
        )
    return found, kept


def _is_title(words: str) -> bool:
    """Whether words read like a title and not like an id of another system."""
    return bool(re.search(r"[^\W\d_]{3}", words)) and (
        " " in words or not re.search(r"[\d/_:]|^[^a-z]*$|^[a-z]+$", words)
    )


def _elsewhere(said: GivenAward, source: str | None) -> Credential:
    own_id = make_id(source or OWN_SOURCE, f"elsewhere-{slug(f'{said.issuer} {said.title}'.strip())}")
    title = " ".join(said.title.split())
    return Credential(own_id, title, said.issuer, ELSEWHERE, valid_until=said.award.issued)


def _known_until(credential: Credential, issued: date) -> Credential:
    """The credential as one that was to be had until the last day on which we know of an award."""
    last = max(credential.valid_until or UNDATED, issued)
    return credential if last == credential.valid_until else replace(credential, valid_until=last)

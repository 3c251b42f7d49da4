"""Import of people, of evidence about them, and of the awards they hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any, TypeVar

from skillmatch.domain.base.report import ImportReport
from skillmatch.domain.catalogue.credential import Credential
from skillmatch.domain.people.person import Award, Evidence, StoredPerson
from skillmatch.domain.people.waiting import WaitingLine
from skillmatch.domain.skills.feedback import Context
from skillmatch.domain.text.link import LinkAnswer
from skillmatch.interop.batch import Batch, Located
from skillmatch.interop.people import GivenAward, read_awards, read_evidence, read_people
from skillmatch.service.core.linking import Linking
from skillmatch.service.core.progress import Progress, of_stage
from skillmatch.service.core.resolve import LinkTexts, remembering, resolve
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.imports.awards import known_awards
from skillmatch.service.imports.known_ids import PEOPLE_FIRST, KnownIds, no_person
from skillmatch.service.imports.report import NOTHING, Account, ImportOptions, sum_of, tables_in
from skillmatch.store import Change, Kind, Store, Upserted
from skillmatch.store.erasure.meanwhile import ErasedMeanwhile, erased_since
from skillmatch.store.tables.waiting import keep_waiting

KINDS = ("people", "evidence", "awards")

T = TypeVar("T")

WRITING = "writing"
"""The stage from which on an import should not be given up: part of it may be written."""


def import_people(
    path: Path,
    what: str,
    options: ImportOptions,
    store: Store,
    snapshot: Snapshot,
    linking: Linking,
    progress: Progress,
    today: date,
) -> ImportReport:
    """Import a file of one kind or a folder with several: every row or none, unless told to keep going.

    Unknown people, roles and credentials reject their row. Evidence in free words goes through the linker, keeps
    its words in the note, and loses confidence by the probability of the match; where no skill is likely it is kept
    as written, counts for nothing, and waits until somebody says what is meant.
    """
    column_map = options.load_map()
    account = Account("people", path.name, options)
    people: Batch[StoredPerson] = Batch((), ())
    evidence: Batch[tuple[str, Evidence]] = Batch((), ())
    awards: Batch[GivenAward] = Batch((), ())
    files = dict.fromkeys(KINDS, "")
    with tables_in(path, KINDS, column_map.what if column_map else what, options, column_map) as tables:
        for kind, table in tables.items():
            progress(f"reading {table.file}", 0, 0)
            files[kind] = table.file
            match kind:
                case "people":
                    people = read_people(table, source=options.source, column_map=column_map)
                case "evidence":
                    evidence = read_evidence(
                        table,
                        source=options.source,
                        column_map=column_map,
                        today=today,
                        names=snapshot.taxonomy.by_name,
                    )
                case _:
                    awards = read_awards(table, source=options.source, column_map=column_map, today=today)
    account.findings += [*people.findings, *evidence.findings, *awards.findings]
    with store.reading() as view:
        stored, erased = view.ids(Kind.PERSON), erased_since(view, options.job)
    here = [item for item in people.items if erased.stand_in(item.value.id) is None]
    account.note_erased(files["people"], len(people.items) - len(here))
    sound = _with_known_roles(here, files["people"], account, snapshot)
    known = KnownIds.of([*stored, *(person.id for person in sound if person.id not in set(stored))])
    link = linking.link_for(snapshot, of_stage(progress, "matching the skills in evidence"), Context.EVIDENCE)
    about = _without_erased(evidence.items, files["evidence"], account, known, erased)
    said, waiting = _resolved_evidence(about, files["evidence"], account, snapshot, known, link)
    theirs = [Located((item.value.person_id, item.value), item.line) for item in awards.items]
    own = _without_erased(theirs, files["awards"], account, known, erased)
    held, elsewhere = known_awards(own, files["awards"], account, snapshot, known)
    counted = [NOTHING]
    if account.may_write:
        counted = _write(store, options, progress, sound, said, waiting, held, elsewhere)
    counts = {"people": len(sound), "evidence": len(said), "waiting": len(waiting), "awards": len(held)}
    return account.report(sum_of(counted), counts, applied=account.may_write)


def _write(
    store: Store,
    options: ImportOptions,
    progress: Progress,
    people: Sequence[StoredPerson],
    said: Sequence[tuple[str, Evidence]],
    waiting: Sequence[tuple[str, WaitingLine]],
    held: Sequence[tuple[str, Award]],
    elsewhere: Sequence[Credential],
) -> list[Upserted]:
    """Write all in one transaction, or so many rows in each; who was erased since they were read is not among them."""
    piece, total = options.piece, len(people) + len(said) + len(waiting) + len(held)
    if piece is None:
        progress(WRITING, 0, 0)
        with store.writing() as change:
            change.put_credentials(elsewhere)
            return [
                change.put_people(people),
                change.add_evidence(said),
                keep_waiting(change, waiting),
                change.put_awards(held),
            ]
    counted = [NOTHING]
    if elsewhere:
        with store.writing() as change:
            change.put_credentials(elsewhere)
    done = 0
    puts: tuple[tuple[Sequence[Any], Callable[[Change, Any], Upserted], Callable[[Any], str]], ...] = (
        (people, Change.put_people, attrgetter("id")),
        # Each person's rows together: a piece then looks at few people, and is written side by side.
        (sorted(said, key=itemgetter(0)), Change.add_evidence, itemgetter(0)),
        (sorted(waiting, key=itemgetter(0)), keep_waiting, itemgetter(0)),
        (sorted(held, key=itemgetter(0)), Change.put_awards, itemgetter(0)),
    )
    for rows, put, person_of in puts:
        for start in range(0, len(rows), piece):
            some = rows[start : start + piece]
            progress(WRITING, done, total)
            with store.writing() as change:
                erased = erased_since(change, options.job)
                here = [row for row in some if erased.stand_in(person_of(row)) is None] if erased.stand_ins else some
                counted.append(put(change, here))
            done += len(some)
    return counted


def _without_erased(
    given: Sequence[Located[tuple[str, T]]], file: str, account: Account, people: KnownIds, erased: ErasedMeanwhile
) -> list[Located[tuple[str, T]]]:
    """The rows but those about people who are not here any more because they were erased."""
    here = [item for item in given if not erased.means(item.value[0]) or people.find(item.value[0]) is not None]
    account.note_erased(file, len(given) - len(here))
    return here


def _with_known_roles(
    given: Sequence[Located[StoredPerson]], file: str, account: Account, snapshot: Snapshot
) -> list[StoredPerson]:
    roles = KnownIds.of(list(snapshot.roles), {role.id: role.title for role in snapshot.roles.values()})
    found = []
    for item in given:
        role_id = item.value.role_id
        meant = None if role_id is None else roles.find(role_id)
        if role_id is not None and meant is None:
            message = f"no role is called '{role_id.partition('/')[2]}'."
            account.reject(file, item.line, "role", message, "Import the roles first, or leave the cell empty.")
            continue
        found.append(replace(item.value, role_id=meant))
    return found


def _resolved_evidence(
    given: Sequence[Located[tuple[str, Evidence]]],
    file: str,
    account: Account,
    snapshot: Snapshot,
    people: KnownIds,
    link: LinkTexts,
) -> tuple[list[tuple[str, Evidence]], list[tuple[str, WaitingLine]]]:
    words = sorted({item.value[1].skill_id for item in given})
    nearest: dict[str, LinkAnswer] = {}
    meanings = resolve(words, snapshot, remembering(link, nearest), Context.EVIDENCE)
    found: list[tuple[str, Evidence]] = []
    waiting: list[tuple[str, WaitingLine]] = []
    for item in given:
        person_id, piece = item.value
        person = people.find(person_id)
        meaning = meanings.get(piece.skill_id)
        if person is None:
            account.reject(file, item.line, "person", no_person(person_id, people), PEOPLE_FIRST)
        elif meaning is None:
            account.note_waiting(file, item.line, "skill", piece.skill_id, nearest.get(piece.skill_id))
            waiting.append((person, WaitingLine.of(piece)))
        elif meaning.exact:
            found.append((person, replace(piece, skill_id=meaning.skill_id)))
        else:
            label = snapshot.labels[meaning.skill_id]
            account.note_link(file, item.line, "skill", piece.skill_id, label, meaning.probability)
            note = f"{piece.note} [{piece.skill_id}]".strip()
            confidence = round(piece.confidence * meaning.probability, 6)
            found.append((person, replace(piece, skill_id=meaning.skill_id, confidence=confidence, note=note)))
    return found, waiting

"""Import of a catalogue: credentials, offerings and stacks, tagged, checked against each other, and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from pathlib import Path

from skillmatch.domain.base.report import ImportReport
from skillmatch.domain.catalogue.credential import Credential, Offering, Stack
from skillmatch.interop.batch import Batch, Located
from skillmatch.interop.credentials import read_credentials, read_offerings, read_stacks
from skillmatch.service.core.linking import Linking
from skillmatch.service.core.progress import Progress
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.imports.report import NOTHING, Account, ImportOptions, sum_of, tables_in
from skillmatch.service.imports.tagging import tag
from skillmatch.store import Store

KINDS = ("credentials", "offerings", "stacks")


def import_catalogue(
    path: Path,
    what: str,
    options: ImportOptions,
    store: Store,
    snapshot: Snapshot,
    linking: Linking,
    progress: Progress,
) -> ImportReport:
    """Import a file of one kind or a folder with several: every row or none, unless told to keep going.

    A credential that requires one that nobody knows, or that requires itself by a detour, is rejected; so are an
    offering and a stack of an unknown credential.
    """
    column_map = options.load_map()
    account = Account("catalogue", path.name, options)
    credentials: Batch[Credential] = Batch((), ())
    offerings: Batch[Offering] = Batch((), ())
    stacks: Batch[Stack] = Batch((), ())
    files: dict[str, str] = {}
    with tables_in(path, KINDS, column_map.what if column_map else what, options, column_map) as tables:
        for kind, table in tables.items():
            progress(f"reading {table.file}", 0, 0)
            files[kind] = table.file
            match kind:
                case "credentials":
                    credentials = read_credentials(
                        table, source=options.source, column_map=column_map, names=snapshot.taxonomy.by_name
                    )
                case "offerings":
                    offerings = read_offerings(table, source=options.source, column_map=column_map)
                case _:
                    stacks = read_stacks(table, source=options.source, column_map=column_map)
    account.findings += [*credentials.findings, *offerings.findings, *stacks.findings]
    tagged = tag(credentials.items, files.get("credentials", ""), account, snapshot, linking, progress)
    sound = _with_known_prerequisites(tagged, files.get("credentials", ""), account, snapshot)
    known = snapshot.catalogue.credentials.keys() | {item.value.id for item in sound}
    cohorts = _of_known(offerings.items, files.get("offerings", ""), account, known)
    bundles = _with_known_parts(stacks.items, files.get("stacks", ""), account, known)
    counted = {"credentials": NOTHING, "offerings": NOTHING, "stacks": NOTHING}
    if account.may_write:
        with store.writing() as change:
            counted["credentials"] = change.put_credentials(item.value for item in sound)
            counted["offerings"] = change.put_offerings(item.value for item in cohorts)
            counted["stacks"] = change.put_stacks(item.value for item in bundles)
    counts = {"credentials": len(sound), "offerings": len(cohorts), "stacks": len(bundles)}
    return account.report(sum_of(list(counted.values())), counts, applied=account.may_write)


def _with_known_prerequisites(
    given: Sequence[Located[Credential]], file: str, account: Account, snapshot: Snapshot
) -> list[Located[Credential]]:
    """The credentials whose required credentials can be had; rejecting one may take others with it."""
    left = {item.value.id: item for item in given}
    while True:
        known = snapshot.catalogue.credentials | {item.value.id: item.value for item in left.values()}
        faulty = {}
        for item in left.values():
            lacking = [needed for needed in item.value.requires_credentials if needed not in known]
            if lacking:
                message = f"requires '{lacking[0]}', which is in neither the file nor the catalogue."
                faulty[item.value.id] = (message, "Correct the id, or import the missing credential with it.")
            elif (circle := circle_from(item.value.id, known)) is not None:
                message = f"requires itself in a circle: {' needs '.join(circle)}."
                faulty[item.value.id] = (message, "Take one of these requirements out: nobody could ever begin.")
        if not faulty:
            return list(left.values())
        for credential_id, (message, remedy) in faulty.items():
            account.reject(file, left.pop(credential_id).line, "requires_credentials", message, remedy)


def circle_from(start: str, known: Mapping[str, Credential]) -> list[str] | None:
    """The way from a credential through its requirements back to itself, or None."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for needed in known[way[-1]].requires_credentials if way[-1] in known else ():
            if needed == start:
                return [*way, start]
            if needed not in seen:
                seen.add(needed)
                ways.append([*way, needed])
    return None


def _of_known(
    given: Sequence[Located[Offering]], file: str, account: Account, known: Set[str]
) -> list[Located[Offering]]:
    found = []
    for item in given:
        if item.value.credential_id in known:
            found.append(item)
        else:
            message = f"no credential is called '{item.value.credential_id}'."
            account.reject(file, item.line, "credential", message, "Import its credential first, or with it.")
    return found


def _with_known_parts(
    given: Sequence[Located[Stack]], file: str, account: Account, known: Set[str]
) -> list[Located[Stack]]:
    found = []
    for item in given:
        lacking = [part for part in item.value.credential_ids if part not in known]
        if lacking:
            message = f"no credential is called '{lacking[0]}'."
            account.reject(file, item.line, "credentials", message, "Import its credentials first, or with it.")
        else:
            found.append(item)
    return found

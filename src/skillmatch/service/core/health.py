"""Health: what is in a workspace, what is wrong with it, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from skillmatch.domain.base.answer import Versions
from skillmatch.domain.base.attribution import attribution_of
from skillmatch.domain.base.display import Tabular
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.store import Kind, Store, View
from skillmatch.store.erasure.owed import owed

THIN = 3
"""A profile resting on fewer pieces of evidence than this is thin."""


MOST_EXAMPLES = 8


class Verdict(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was looked at, how it ended, what was seen, and the remedy where there is something to do.

    ``person_id`` is the first of the people whom it is about, if it is about any; ``examples`` are a few of the
    things found, none of them a person.
    """

    name: str
    verdict: Verdict
    seen: str
    remedy: str = ""
    person_id: str = ""
    examples: tuple[str, ...] = ()

    def told(self) -> str:
        """What was seen, with the first person whom it is about."""
        return f"{self.seen} (first: {self.person_id})" if self.person_id else self.seen

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"name": self.name, "verdict": self.verdict.value, "seen": self.told(), "remedy": self.remedy}


@dataclass(frozen=True, repr=False)
class Health(Tabular):
    """All checks of a workspace, and the versions it answers with."""

    checks: tuple[Check, ...]
    versions: Versions

    @property
    def sound(self) -> bool:
        """Whether no check found a fault; warnings are allowed."""
        return all(check.verdict is not Verdict.FAULT for check in self.checks)

    @property
    def attribution(self) -> str:
        """What the publishers of the active taxonomy ask to be said; blank for nothing."""
        return attribution_of(self.versions.taxonomy)

    def headline(self) -> str:
        open_ones = [check for check in self.checks if check.verdict is not Verdict.OK]
        return f"{len(self.checks)} checks, {len(open_ones)} need a look"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [check.to_json() | {"seen": check.seen} for check in self.checks]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "sound": self.sound,
            "checks": [check.to_json() for check in self.checks],
            "attribution": self.attribution,
            "versions": self.versions.to_json(),
        }


def examine(store: Store, view: View, snapshot: Snapshot) -> tuple[Check, ...]:
    """Check the database file, the taxonomy, the catalogue, the roles and the people."""
    return (
        _database(store),
        _taxonomy(snapshot),
        *_catalogue(snapshot),
        _roles(snapshot),
        *_people(view),
        *_erasures(view),
    )


def _database(store: Store) -> Check:
    problems = store.integrity_check()
    if problems:
        return Check("database", Verdict.FAULT, "; ".join(problems[:3]), "Restore the folder from a backup.")
    return Check("database", Verdict.OK, f"{store.folder} is sound")


def _taxonomy(snapshot: Snapshot) -> Check:
    record = snapshot.record
    if record is None:
        remedy = "skillmatch taxonomy import esco|onet|table PATH"
        return Check("taxonomy", Verdict.WARNING, "none is active", remedy)
    seen = f"{record.name}@{record.version}: {record.skills:,} skills, {record.occupations:,} occupations"
    return Check("taxonomy", Verdict.OK, seen)


def _catalogue(snapshot: Snapshot) -> list[Check]:
    credentials = snapshot.catalogue.credentials.values()
    if not credentials:
        return [Check("catalogue", Verdict.WARNING, "is empty", "skillmatch catalogue import PATH")]
    checks = [
        Check("catalogue", Verdict.OK, f"{len(credentials):,} credentials, {len(snapshot.catalogue.stacks)} stacks")
    ]
    untagged = [item.id for item in credentials if not item.outcomes]
    unmapped = sum(len(item.unmapped) for item in credentials)
    if untagged:
        seen = f"{len(untagged):,} credentials teach no known skill (first: {untagged[0]})"
        remedy = "Fill in their 'teaches' and import again."
        titles = _first(item.title for item in credentials if not item.outcomes)
        checks.append(Check("untagged credentials", Verdict.WARNING, seen, remedy, examples=titles))
    if unmapped:
        seen = f"{unmapped:,} stated skills match nothing in the taxonomy"
        remedy = "Name them by id or label; 'skillmatch link TEXT' shows near ones."
        words = _first(words for item in credentials for words in item.unmapped)
        checks.append(Check("unmapped skills", Verdict.WARNING, seen, remedy, examples=words))
    return checks


def _roles(snapshot: Snapshot) -> Check:
    empty = [role.id for role in snapshot.roles.values() if not role.requirements]
    if not snapshot.roles:
        remedy = "skillmatch roles import PATH, or roles from-occupation NAME"
        return Check("roles", Verdict.WARNING, "there are none", remedy)
    if empty:
        seen = f"{len(empty)} of {len(snapshot.roles)} have no requirements (first: {empty[0]})"
        titles = _first(role.title for role in snapshot.roles.values() if not role.requirements)
        return Check("roles", Verdict.WARNING, seen, "Add their requirements and import again.", examples=titles)
    return Check("roles", Verdict.OK, f"{len(snapshot.roles)} roles")


def _people(view: View) -> list[Check]:
    total = view.counts()[Kind.PERSON]
    if not total:
        return [Check("people", Verdict.WARNING, "there are none", "skillmatch people import PATH")]
    thin = view.with_fewer_pieces(THIN)
    checks = [Check("people", Verdict.OK, f"{total:,} people in {len(view.units())} units")]
    if thin:
        seen = f"{len(thin):,} have fewer than {THIN} pieces of evidence"
        remedy = "Ask them, or their managers, for an assessment."
        checks.append(Check("thin profiles", Verdict.WARNING, seen, remedy, person_id=thin[0]))
    return checks


def _erasures(view: View) -> list[Check]:
    found = owed(view)
    count = len(found.people) + found.remnants
    if not count:
        return []
    seen = f"something is still owed to {count:,} erased people"
    return [Check("erasures", Verdict.WARNING, seen, "Let 'skillmatch serve' run, or call workspace.people.sweep().")]


def _first(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(found), MOST_EXAMPLES))

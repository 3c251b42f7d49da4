"""The overlay in use: change a taxonomy the organisation's way, look at how the changes fare, carry them elsewhere."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError, SkillmatchError
from skillmatch.domain.base.report import ImportReport
from skillmatch.domain.skills.overlay import ChangeKind, OverlayChange, OverlayEntry, OverlayList
from skillmatch.interop.batch import Located
from skillmatch.interop.logs import open_log, write_log
from skillmatch.interop.overlay import GivenChange, read_overlay
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.lookups import find_skill, near_labels, no_taxonomy
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.imports.report import MOST_NEAR, Account, ImportOptions
from skillmatch.service.imports.retag import used_skills
from skillmatch.store import Upserted
from skillmatch.taxonomy.overlay import apply_overlay
from skillmatch.taxonomy.overlay_draft import Draft
from skillmatch.taxonomy.overlay_rules import check_entry


class TaxonomyOverlay:
    """The organisation's own changes to the taxonomy; they outlive every import. See ``docs/commands.md``."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def all(self) -> OverlayList:
        """All entries in their order, and how each fares on the taxonomy in use.

        >>> workspace.taxonomy.overlay.all().lines
        ()
        """
        snapshot = self._context.snapshot()
        return OverlayList(snapshot.taxonomy_version, snapshot.overlaid.lines)

    def change(self, change: OverlayChange, *, author: str, reason: str = "", on: date | None = None) -> OverlayEntry:
        """Make one change, in force at once; skills may be named by id, label or alias.

        ``on`` is the day it is signed for, today when None. Raises ``NotFoundError`` for an unknown skill or entry,
        ``ConflictError`` (which names the entry and a remedy) for what contradicts the taxonomy as it stands; then
        nothing is written.
        """
        day = on or self._context.today()
        with self._context.store.writing() as writing:
            snapshot = self._context.snapshots.current(writing)
            if snapshot.record is None:
                raise no_taxonomy()
            entries = snapshot.overlay
            entry = OverlayEntry(len(entries) + 1, _by_id(change, snapshot), author, day, reason)
            check_entry(snapshot.imported, entries, _draft(snapshot), entry)
            added = _added_by(entries, change.withdraws)
            if added and added in set(used_skills(writing)):
                raise ConflictError(
                    f"{entry.title} cannot be made: '{added}' is referred to by the catalogue, a role or a person.",
                    remedy="Deprecate the skill, or merge it into another.",
                )
            writing.append_overlay([entry])
        return entry

    def import_from(
        self, path: Path, *, author: str = "", on: date | None = None, dry_run: bool = False, keep_going: bool = False
    ) -> ImportReport:
        """Append the entries of a .csv, .xlsx or .json file, all or none; those that are there already are left out.

        An entry that contradicts the taxonomy is rejected. One whose skill is not there is taken and noted: it waits
        until the skill comes. ``author`` and ``on`` stand in for blank cells. Raises ``InputError`` for a file that
        cannot be read.
        """
        account = Account("overlay", path.name, ImportOptions(dry_run=dry_run, keep_going=keep_going))
        batch = read_overlay(open_log(path, "overlay"), author=author, on=on or self._context.today())
        account.findings += batch.findings
        with self._context.store.writing() as writing:
            intake = _Intake(self._context.snapshots.current(writing), account)
            for item in batch.items:
                intake.take(item)
            if account.may_write:
                writing.append_overlay(intake.new)
        added = len(intake.new) if account.may_write else 0
        counted = Upserted(added, 0, intake.known)
        return account.report(counted, {"entries": len(batch.items)}, applied=account.may_write)

    def export_to(self, path: Path) -> int:
        """Write all entries, withdrawn ones too, to a .csv, .xlsx or .json file; returns how many.

        Raises ``InputError``, ``WorkspaceError``.
        """
        return write_log(path, "overlay", [entry.to_json() for entry in self._context.snapshot().overlay])


class _Intake:
    """The entries of a file one after the other, each held against the taxonomy as those before it left it."""

    def __init__(self, snapshot: Snapshot, account: Account) -> None:
        self.snapshot = snapshot
        self.account = account
        self.new: list[OverlayEntry] = []
        self.known = 0
        self._entries = list(snapshot.overlay)
        self._draft = _draft(snapshot)
        self._numbers: dict[int, int] = {}  # of the file -> ours
        self._waiting: dict[tuple[object, ...], list[int]] = defaultdict(list)  # ours that a row may turn out to be
        for entry in reversed(self._entries):
            self._waiting[_key(entry)].append(entry.number)

    def take(self, item: Located[GivenChange]) -> None:
        """Take one row: known already, new, or rejected."""
        given = item.value
        file = self.account.source
        try:
            change = _by_id(self._renumbered(given.change), self.snapshot, self._draft)
            entry = OverlayEntry(len(self._entries) + 1, change, given.author, given.on, given.reason)
            if twins := self._waiting[_key(entry)]:
                self._remember(given, twins.pop())
                self.known += 1
                return
            try:
                check_entry(self.snapshot.imported, self._entries, self._draft, entry)
            except NotFoundError as error:
                if change.kind is ChangeKind.WITHDRAW:
                    raise
                few = len(self.account.findings) < MOST_NEAR
                near = ", ".join(near_labels(self.snapshot.labels, error.name)) if few else ""
                message = f"no skill has the id '{error.name[:200]}'; the entry waits until one has."
                self.account.note("dangling_entry", file, item.line, "skill", message + (near and f" Near: {near}."))
        except SkillmatchError as error:
            field = error.place.field or ("withdraws" if given.change.withdraws else "skill")
            self.account.reject(file, item.line, field, error.message, error.remedy)
            return
        self._entries.append(entry)
        self.new.append(entry)
        self._remember(given, entry.number)
        if change.kind is ChangeKind.WITHDRAW:
            again = apply_overlay(self.snapshot.imported, self._entries)
            self._draft = Draft.of(again.taxonomy, again.meanings, again.successors, again.notes)
        else:
            self._draft.take(entry)

    def _renumbered(self, change: OverlayChange) -> OverlayChange:
        if change.withdraws is None:
            return change
        if change.withdraws not in self._numbers:
            message = f"the file has no entry {change.withdraws} before this one."
            raise InputError(message, field="withdraws", remedy="Give the entries numbers, and keep their order.")
        return replace(change, withdraws=self._numbers[change.withdraws])

    def _remember(self, given: GivenChange, number: int) -> None:
        if given.number is not None:
            self._numbers[given.number] = number


def _key(entry: OverlayEntry) -> tuple[object, ...]:
    return (entry.change, entry.author, entry.on, entry.reason)


def _draft(snapshot: Snapshot) -> Draft:
    overlaid = snapshot.overlaid
    return Draft.of(overlaid.taxonomy, overlaid.meanings, overlaid.successors, overlaid.notes)


def _by_id(change: OverlayChange, snapshot: Snapshot, draft: Draft | None = None) -> OverlayChange:
    """The change with skills by id. With a ``draft`` an id that nobody knows stays; without one it is an error."""

    def found(given: str) -> str:
        if draft is not None and (given in draft.skills or given in draft.meanings):
            return given
        try:
            return find_skill(snapshot, given).id
        except NotFoundError:
            if draft is None:
                raise
            return given

    own = change.kind in (ChangeKind.ADD, ChangeKind.WITHDRAW)
    return replace(
        change,
        skill_id=change.skill_id if own else found(change.skill_id),
        other_id=found(change.other_id) if change.other_id else "",
        broader=tuple(found(item) for item in change.broader),
    )


def _added_by(entries: tuple[OverlayEntry, ...], number: int | None) -> str:
    """The id of the skill that an entry added, or nothing."""
    return next((e.change.skill_id for e in entries if e.number == number and e.change.kind is ChangeKind.ADD), "")

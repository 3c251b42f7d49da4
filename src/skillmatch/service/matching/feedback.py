"""Feedback in use: people say what a text means, at once and for good; nothing that is computed overrules them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from skillmatch.domain.base.errors import ConflictError, NotFoundError
from skillmatch.domain.base.report import ImportReport
from skillmatch.domain.skills.feedback import (
    Context,
    Decision,
    FeedbackEntry,
    FeedbackLine,
    FeedbackList,
    FeedbackState,
    Given,
    Verdict,
)
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.interop.feedback import read_feedback
from skillmatch.interop.logs import open_log, write_log
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.decisions import leading
from skillmatch.service.core.lookups import find_skill, near_labels, no_taxonomy
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.imports.report import MOST_NEAR, Account, ImportOptions
from skillmatch.store import Change, Upserted
from skillmatch.store.tables.waiting import place_waiting

_POSITIVE = (Verdict.ACCEPT, Verdict.PIN)


class FeedbackLog:
    """What people decided about texts. Every linker answer, import and retagging heeds it from the next call on."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def all(self) -> FeedbackList:
        """The whole log in its order, and whether each entry counts now.

        >>> workspace.matching.feedback.all().lines
        ()
        """
        snapshot = self._context.snapshot()
        return FeedbackList(snapshot.taxonomy_version, lines_of(snapshot))

    def triples(self) -> list[tuple[str, str, Verdict]]:
        """The whole log in its order as (text, skill id, verdict); the id is "" where a block means every skill.

        A skill that the overlay merged away is told as the one that is left.
        """
        snapshot = self._context.snapshot()
        return [
            (entry.decision.text, snapshot.overlaid.meant(entry.decision.skill_id), entry.decision.verdict)
            for entry in snapshot.feedback
        ]

    def give(
        self,
        verdict: Verdict,
        text: str,
        skill: str | None = None,
        *,
        author: str,
        note: str = "",
        context: Context = Context.ANY,
        on: date | None = None,
    ) -> Given:
        """Say what a whole text means; the skill may be named by id, label or alias.

        A decision that is in force already is not written again. Raises ``NotFoundError`` for an unknown skill,
        ``ConflictError`` for one that is not offered any more, ``InputError`` for a text over 20,000 characters.
        """
        day = on or self._context.today()
        with self._context.store.writing() as writing:
            snapshot = self._context.snapshots.current(writing)
            if snapshot.record is None:
                raise no_taxonomy()
            found = None if skill is None else find_skill(snapshot, skill)
            if found is not None and found.deprecated and verdict in _POSITIVE:
                successor = snapshot.overlaid.successors.get(found.id)
                remedy = f"Use '{snapshot.labels[successor]}' instead." if successor else "Choose a skill in use."
                raise ConflictError(f"'{found.label}' is deprecated; no text is linked to it.", remedy=remedy)
            decision = Decision(verdict, text.strip(), "" if found is None else found.id, context)
            entry = FeedbackEntry(len(snapshot.feedback) + 1, decision, author, day, note)
            twin = _in_force(snapshot, decision)
            place_decided(writing, decision)
            if twin is not None:
                return Given(twin, new=False)
            writing.append_feedback([entry])
        return Given(entry, new=True)

    def import_from(
        self, path: Path, *, author: str = "", on: date | None = None, dry_run: bool = False, keep_going: bool = False
    ) -> ImportReport:
        """Append the decisions of a .csv, .xlsx or .json file, all or none; those in the log already are left out.

        Skills may be named by id, label or alias; a decision about one that is not there is taken and noted: it waits
        until the skill comes. ``author`` and ``on`` stand in for blank cells. Raises ``InputError`` for a file that
        cannot be read.
        """
        account = Account("feedback", path.name, ImportOptions(dry_run=dry_run, keep_going=keep_going))
        batch = read_feedback(open_log(path, "feedback"), author=author, on=on or self._context.today())
        account.findings += batch.findings
        new: list[FeedbackEntry] = []
        known = 0
        with self._context.store.writing() as writing:
            snapshot = self._context.snapshots.current(writing)
            there = Counter(_key(entry) for entry in snapshot.feedback)
            for item in batch.items:
                given = item.value
                decision = _by_id(given.decision, snapshot, account, item.line)
                number = len(snapshot.feedback) + len(new) + 1
                entry = FeedbackEntry(number, decision, given.author, given.on, given.note)
                if there[_key(entry)]:  # as often as it is there, so that a change of mind and back is kept
                    there[_key(entry)] -= 1
                    known += 1
                else:
                    new.append(entry)
            if account.may_write:
                writing.append_feedback(new)
                for one in new:
                    place_decided(writing, one.decision)
        counted = Upserted(len(new) if account.may_write else 0, 0, known)
        return account.report(counted, {"decisions": len(batch.items)}, applied=account.may_write)

    def export_to(self, path: Path) -> int:
        """Write the whole log to a .csv, .xlsx or .json file; returns how many entries.

        Raises ``InputError``, ``WorkspaceError``.
        """
        return write_log(path, "feedback", [entry.to_json() for entry in self._context.snapshot().feedback])


def place_decided(change: Change, decision: Decision) -> int:
    """Make evidence of the lines about people that wait in words which now mean a skill; returns of how many."""
    about_people = decision.context in (Context.ANY, Context.EVIDENCE)
    if decision.verdict not in _POSITIVE or not about_people:
        return 0
    return place_waiting(change, {fold(decision.text): decision.skill_id})


def lines_of(snapshot: Snapshot) -> tuple[FeedbackLine, ...]:
    """Each entry with whether it counts: overruled by a later one, waiting for its skill, or in force."""
    lead = leading(snapshot.overlaid)
    later: dict[str, list[tuple[Decision, str]]] = {}
    lines = []
    for entry in reversed(snapshot.feedback):
        decision = entry.decision
        meant = lead.get(decision.skill_id, decision.skill_id)
        after = later.setdefault(fold(decision.text), [])
        skill = snapshot.taxonomy.skills.get(meant)
        if any(_overrules(one, other, decision, meant) for one, other in after):
            state = FeedbackState.OVERRULED
        elif meant and (skill is None or skill.deprecated):
            state = FeedbackState.DANGLING
        else:
            state = FeedbackState.IN_FORCE
        lines.append(FeedbackLine(entry, state, "" if skill is None else skill.label))
        if state is not FeedbackState.DANGLING:
            after.append((decision, meant))
    return tuple(reversed(lines))


def _overrules(later: Decision, later_skill: str, earlier: Decision, skill: str) -> bool:
    """Whether a later decision on the same text leaves nothing of an earlier one."""
    if later.context not in (Context.ANY, earlier.context):
        return False
    if later_skill == skill:
        return True
    if not later_skill:
        return earlier.verdict in _POSITIVE
    if not skill:
        return later.verdict in _POSITIVE
    return later.verdict is Verdict.PIN and earlier.verdict is Verdict.PIN


def _in_force(snapshot: Snapshot, decision: Decision) -> FeedbackEntry | None:
    """The entry that says the same already and still counts, or None."""
    for line in reversed(lines_of(snapshot)):
        known = line.entry.decision
        same = (known.verdict, known.skill_id, known.context) == (
            decision.verdict,
            decision.skill_id,
            decision.context,
        )
        if same and fold(known.text) == fold(decision.text):
            return line.entry if line.state is FeedbackState.IN_FORCE else None
    return None


def _by_id(decision: Decision, snapshot: Snapshot, account: Account, line: int) -> Decision:
    """The decision with its skill by id; an id that nobody knows stays, and is noted."""
    given = decision.skill_id
    if not given or given in snapshot.overlaid.standing:
        return decision
    try:
        found = find_skill(snapshot, given).id
    except NotFoundError:
        few = len(account.findings) < MOST_NEAR
        near = ", ".join(near_labels(snapshot.labels, given)) if few else ""
        message = f"no skill has the id '{given[:200]}'; the decision waits until one has."
        account.note("dangling_decision", account.source, line, "skill", message + (near and f" Near: {near}."))
        return decision
    return Decision(decision.verdict, decision.text, found, decision.context)


def _key(entry: FeedbackEntry) -> tuple[object, ...]:
    return (entry.decision, entry.author, entry.on, entry.note)

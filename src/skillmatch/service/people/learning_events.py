"""Learning events taken in: completions become awards, begun courses run, scores of skills are assessments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from skillmatch.domain.access.webhook import WebhookEvent
from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError
from skillmatch.domain.base.report import ImportReport
from skillmatch.domain.people.learning_event import EventKind, EventList, EventOutcome, EventTaken, LearningEvent
from skillmatch.domain.people.person import AwardState, StoredPerson
from skillmatch.files.tables import open_table
from skillmatch.interop.learning_events import read_events
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.events import announce
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.imports.report import NOTHING, Account, ImportOptions
from skillmatch.store import Change, Upserted, View


class LearningEvents:
    """What learning systems tell. An event's id makes telling it again harmless."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def events(self, person: str | None = None) -> EventList:
        """All learning events or one person's, in the order of their days.

        Raises ``NotFoundError`` for an unknown person.

        >>> len(workspace.learning.events("P-037").rows())
        0
        """
        with self._context.store.reading() as view:
            found = view.events(None if person is None else lookups.find_person(view, person).id)
        return EventList(tuple(found))

    def take(self, given: Sequence[LearningEvent]) -> list[EventTaken]:
        """Take events, all or none, in the order of their days; people, credentials and skills may be named as usual.

        A completion is an award from that day on, and every answer heeds it at once; a start or progress makes a
        credential run; a score of a skill is an assessment. Scores of credentials and ratings are kept. Raises
        ``NotFoundError`` for unknown names, ``ConflictError`` for a known id with other content, ``InputError`` for an
        event in the future or an id that comes twice.
        """
        with self._context.store.writing() as change:
            snapshot = self._context.snapshots.current(change)
            today = self._context.day(snapshot, None)
            sound = [_settled(item, change, snapshot, today) for item in given]
            ids = [item.id for item in sound]
            if len(set(ids)) < len(ids):
                twice = next(item for item in ids if ids.count(item) > 1)
                raise InputError(f"'{twice}' comes twice.", field="id", remedy="Send it once.")
            known = change.events_by_id(ids)
            for item in sound:
                _check_same(item, known)
            return _take(change, sound, known, self._context.clock())

    def import_from(
        self,
        path: Path,
        *,
        source: str | None = None,
        dry_run: bool = False,
        keep_going: bool = False,
        options: ImportOptions | None = None,
    ) -> ImportReport:
        """Take the events of a .csv, .xlsx or .ndjson file, all or none unless told to keep going.

        ``options`` say more than the single words do, such as a column map. The report names each row that
        cannot be taken: an unknown person, credential or skill, a known id with other
        content, a value out of range, a day to come.
        """
        chosen = options or ImportOptions(source=source, dry_run=dry_run, keep_going=keep_going)
        column_map = chosen.load_map()
        account = Account("events", path.name, chosen)
        today = self._context.today()
        table = open_table(path, layout=chosen.layout("events", column_map))
        batch = read_events(table, source=chosen.source, today=today, column_map=column_map)
        account.findings += batch.findings
        counted = NOTHING
        with self._context.store.writing() as change:
            snapshot = self._context.snapshots.current(change)
            known = change.events_by_id([item.value.id for item in batch.items])
            sound = []
            for item in batch.items:
                try:
                    event = _settled(item.value, change, snapshot, today)
                    _check_same(event, known)
                    sound.append(event)
                except (NotFoundError, ConflictError, InputError) as error:
                    field = error.what if isinstance(error, NotFoundError) else "id"
                    account.reject(path.name, item.line, field, error.message, error.remedy)
            if account.may_write:
                taken = _take(change, sound, known, self._context.clock())
                new = sum(item.outcome is EventOutcome.TAKEN for item in taken)
                counted = Upserted(new, 0, len(taken) - new)
        return account.report(counted, {"events": len(sound)}, applied=account.may_write)


def _settled(given: LearningEvent, view: View, snapshot: Snapshot, today: date) -> LearningEvent:
    """The event with our ids. Raises ``NotFoundError``, ``InputError`` for one that lies in the future, or whose
    id is none."""
    checks.key(given.id, "id", most=500)
    if given.on > today:
        raise InputError(f"{given.on} lies in the future.", field="on", remedy=f"Today is {today}: correct the date.")
    return replace(
        given,
        person_id=lookups.find_person(view, given.person_id).id,
        credential_id=None
        if given.credential_id is None
        else lookups.find_credential(snapshot, given.credential_id).id,
        skill_id=None if given.skill_id is None else lookups.find_skill(snapshot, given.skill_id).id,
    )


def _check_same(event: LearningEvent, known: dict[str, LearningEvent]) -> None:
    before = known.get(event.id)
    if before is not None and before != event:
        raise ConflictError(
            f"event '{event.id}' was told otherwise before: {before.kind.value} on {before.on} of "
            f"{before.credential_id or before.skill_id} by {before.person_id}.",
            remedy="Give a new event an id of its own.",
        )


def _take(
    change: Change, sound: Sequence[LearningEvent], known: dict[str, LearningEvent], now: datetime
) -> list[EventTaken]:
    """Write events and what follows from them; those known before do nothing again."""
    fresh = sorted((item for item in sound if item.id not in known), key=lambda item: (item.on, item.id))
    people = {person.id: person for person in change.people(ids={item.person_id for item in fresh})}
    changed: dict[str, bool] = {}
    change.add_events(fresh)
    for item in fresh:
        owner = people[item.person_id]
        later = _after(item, owner)
        changed[item.id] = later != owner
        people[owner.id] = later
        if later.awards != owner.awards:
            change.put_awards([(owner.id, award) for award in later.awards if award not in owner.awards])
        if later.evidence != owner.evidence:
            change.add_evidence([(owner.id, later.evidence[-1])])
        if item.kind is EventKind.COMPLETED:
            data = {"person_id": owner.id, "credential_id": item.credential_id, "on": item.on.isoformat()}
            data["event_id"] = item.id
            announce(change, WebhookEvent.COMPLETION_RECORDED, data, now, person_id=owner.id)
    return [
        EventTaken(item, EventOutcome.KNOWN if item.id in known else EventOutcome.TAKEN, changed.get(item.id, False))
        for item in sound
    ]


def _after(event: LearningEvent, person: StoredPerson) -> StoredPerson:
    """The person once an event is taken.

    That something was begun says nothing where it runs already or was finished that day; a completion takes the place
    of what is noted of the same day. What was revoked on that day stays so.
    """
    award, piece = event.award(), event.evidence()
    if piece is not None:
        return person if piece in person.evidence else replace(person, evidence=(*person.evidence, piece))
    if award is None:
        return person
    own = [item for item in person.awards if item.credential_id == award.credential_id]
    same_day = [item for item in own if item.issued == award.issued]
    if award.state is AwardState.IN_PROGRESS:
        until = [item for item in own if item.issued <= award.issued]
        last = max(until, key=lambda item: item.issued, default=None)
        if same_day or (last is not None and last.state is AwardState.IN_PROGRESS):
            return person
    elif any(item.state in (AwardState.REVOKED, AwardState.HELD, AwardState.RECOGNISED) for item in same_day):
        return person
    kept = tuple(item for item in person.awards if item not in same_day)
    return replace(person, awards=(*kept, award))

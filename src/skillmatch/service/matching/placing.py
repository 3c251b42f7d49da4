"""Placing: the words that wait with the skills nearest to them, and many decisions about them in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.people.waiting import Placing, WaitingList, WaitingWords
from skillmatch.domain.skills.feedback import Context, Decision, FeedbackEntry, FeedbackState, Verdict
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.service.core.linking import NEAREST, Linking
from skillmatch.service.core.lookups import find_skill, no_taxonomy
from skillmatch.service.core.progress import Progress, of_stage
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.matching.feedback import lines_of, place_decided
from skillmatch.store import Change, View
from skillmatch.store.tables.waiting import waiting_words


def waiting_list(
    view: View, snapshot: Snapshot, linking: Linking, limit: int | None, progress: Progress
) -> WaitingList:
    """The words that wait, those in most lines first, at most ``limit``; blocked ones are kept, but wait no more.

    The nearest skills are asked of the linker as it is today: it may know more than on the day of the import.
    """
    decisions = snapshot.decisions(Context.EVIDENCE)
    found = []
    for words, people in waiting_words(view).items():
        settled = decisions.about(words)
        if settled is None or not settled.blocked:
            found.append((words, people))
    found.sort(key=lambda item: (-len(item[1]), fold(item[0])))
    shown = found[:limit]
    texts = [words for words, _ in shown]
    if not texts or snapshot.record is None:
        answers = []
    else:
        stage = of_stage(progress, "matching the words that wait")
        answers = linking.link_for(snapshot, stage, Context.EVIDENCE)(texts)
    items = []
    for place, (words, people) in enumerate(shown):
        answer = answers[place] if answers else None
        links = () if answer is None else answer.links[:NEAREST]
        likely = answer is not None and answer.best is not None
        items.append(WaitingWords(words, len(people), len(set(people)), links, likely))
    return WaitingList(tuple(items), len(found))


def likely_ones(found: WaitingList, least: float | None) -> list[Decision]:
    """A decision for each of the words whose nearest skill is at least likely, or has at least this probability."""
    return [
        Decision(Verdict.ACCEPT, item.words, item.nearest[0].skill_id, Context.EVIDENCE)
        for item in found.items
        if item.nearest and (item.likely if least is None else item.nearest[0].probability >= least)
    ]


def decide_all(
    change: Change, snapshot: Snapshot, decisions: Sequence[Decision], author: str, on: date, note: str
) -> Placing:
    """Put decisions into the log, all or none, but for those in force already; lines with these words become evidence.

    Skills may be named by id, label or alias. Raises ``NotFoundError`` for an unknown skill, ``InputError`` for two
    that say different skills for the same words.
    """
    if snapshot.record is None:
        raise no_taxonomy()
    named = [
        Decision(
            item.verdict,
            item.text.strip(),
            find_skill(snapshot, item.skill_id).id if item.skill_id else "",
            item.context,
        )
        for item in decisions
    ]
    said = Counter(fold(item.text) for item in dict.fromkeys(named) if item.verdict in (Verdict.ACCEPT, Verdict.PIN))
    for words, times in said.items():
        if times > 1:
            raise InputError(f"'{words}' is said to mean two skills.", remedy="Decide for one of them.")
    in_force = {line.entry.decision for line in lines_of(snapshot) if line.state is FeedbackState.IN_FORCE}
    new = [item for item in dict.fromkeys(named) if item not in in_force]
    first = len(snapshot.feedback) + 1
    change.append_feedback([FeedbackEntry(first + place, item, author, on, note) for place, item in enumerate(new)])
    return Placing(len(new), sum(place_decided(change, item) for item in named))

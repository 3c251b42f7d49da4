"""Curating: looking at the catalogue as a whole, and at the words in it that a person should decide about."""

from __future__ import annotations

from datetime import date

from skillmatch.domain.catalogue.credential import Basis
from skillmatch.domain.catalogue.survey import CatalogueSurvey
from skillmatch.domain.skills.feedback import Context
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.domain.text.review import DoubtfulText, DoubtfulTexts
from skillmatch.recommend.survey import survey
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.store.tables.waiting import waiting_words

SURE = 0.9
"""From this probability on, a match is not offered for review (our assumption)."""


class CatalogueReview:
    """Questions of whoever keeps the catalogue in order."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def survey(self, *, as_of: date | None = None) -> CatalogueSurvey:
        """What teaches what, how far roles ask for it, which credentials overlap, and what ratings are worth.

        >>> len(workspace.catalogue.survey().credentials)
        394
        """
        snapshot = self._context.snapshot()
        day = self._context.day(snapshot, as_of)
        return survey(snapshot.catalogue, snapshot.roles.values(), snapshot.taxonomy.skills, day, snapshot.versions)

    def texts_to_review(self, limit: int = 100) -> DoubtfulTexts:
        """Stated words that match no skill, or not surely, and those that wait in lines about people.

        Words that somebody decided about are left out.
        """
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            waiting = waiting_words(view)
        found = _doubtful(snapshot)
        decisions = snapshot.decisions(Context.EVIDENCE)
        found += [
            DoubtfulText(words, len(people), "said of people")
            for words, people in waiting.items()
            if decisions.about(words) is None
        ]
        found.sort(key=lambda item: (-item.count * (1.0 - item.probability), fold(item.text), item.text))
        return DoubtfulTexts(tuple(found[: max(0, limit)]), len(found))


def _doubtful(snapshot: Snapshot) -> list[DoubtfulText]:
    decisions = snapshot.decisions(Context.CATALOGUE)
    names = snapshot.taxonomy.by_name
    found: dict[str, DoubtfulText] = {}

    def note(text: str, title: str, skill_id: str | None = None, probability: float = 0.0) -> None:
        key = fold(text)
        if not key or key in names or decisions.about(text) is not None:
            return
        before = found.get(key)
        if before is not None:
            text, title = before.text, before.title
        label = None if skill_id is None else snapshot.labels.get(skill_id, skill_id)
        found[key] = DoubtfulText(text, 1 + (before.count if before else 0), title, skill_id, label, probability)

    for item in snapshot.catalogue.credentials.values():
        for words in item.unmapped:
            note(words, item.title)
        for outcome in item.outcomes:
            if outcome.basis is Basis.STATED and outcome.given and outcome.probability < SURE:
                note(outcome.given, item.title, outcome.skill_id, outcome.probability)
    return list(found.values())

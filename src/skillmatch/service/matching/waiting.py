"""Waiting review: words of lines about people that no skill was found for, and many decisions about them at once."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.domain.base import checks
from skillmatch.domain.people.waiting import Placing, WaitingList
from skillmatch.domain.skills.feedback import Decision
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.progress import Progress, silent
from skillmatch.service.matching.placing import decide_all, likely_ones, waiting_list


class WaitingReview:
    """Words that wait until somebody says what they mean; nothing that a person wrote is thrown away."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def all(self, limit: int | None = None, *, progress: Progress = silent) -> WaitingList:
        """The words of lines about people that no skill was found for, each with the three nearest.

        >>> workspace.matching.waiting.all().items
        ()
        """
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            return waiting_list(view, snapshot, self._context.linking, limit, progress)

    def place(self, decisions: Sequence[Decision], *, author: str, note: str = "") -> Placing:
        """Decide about many texts at once, all or none; lines about people that wait in these words become evidence.

        Raises ``NotFoundError`` for an unknown skill, ``InputError`` for two skills that one text is said to mean.
        """
        day = self._context.today()
        with self._context.store.writing() as change:
            return decide_all(change, self._context.snapshots.current(change), decisions, author, day, note)

    def place_likely(self, *, author: str, least: float | None = None, note: str = "") -> Placing:
        """Accept the nearest skill of all words that wait where it is at least likely.

        With ``least`` (a probability, 0-1) where it has at least that.
        """
        if least is not None:
            checks.number(least, "least", least=0, most=1)
        return self.place(likely_ones(self.all(), least), author=author, note=note)

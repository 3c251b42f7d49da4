"""LinkReview: say with one key what a provider's words mean; kept as feedback that nothing computed overrules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import traitlets

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.skills.feedback import Context, Decision, Verdict
from skillmatch.domain.text.link import LinkAnswer
from skillmatch.domain.text.review import DoubtfulText, DoubtfulTexts
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.catalogue.review_view import review_html
from skillmatch.widgets.kit.forms import bar, signature, signed
from skillmatch.widgets.kit.panel import Panel
from skillmatch.widgets.kit.view import Deed, index_of

TOP = 6


class LinkReview(Panel):
    """Texts one after the other, each with the skills it may mean; ``value`` is the workspace's answer for the current.

    ``texts`` are those to look at; None takes the catalogue's doubtful ones. ``place`` is the current one. Decisions
    wait in ``pending``, where the last can be undone, until :meth:`save` writes them, signed by a named person.

    Keys on a candidate: a accepts it (it may mean other skills too), p pins it (it means this one only), r rejects it,
    b says that the text means no skill, n goes on, z undoes.
    """

    STATE = ("texts", "place", "context")

    texts = traitlets.List(traitlets.Unicode(), None, allow_none=True)
    place = traitlets.Int(0)
    context = traitlets.UseEnum(Context, Context.ANY)
    pending = traitlets.Tuple(read_only=True)
    value = traitlets.Instance(LinkAnswer, allow_none=True, read_only=True)

    def __init__(self, workspace: Workspace, texts: Sequence[str] | None = None, *, limit: int = 100) -> None:
        self._limit = limit
        self._queue = DoubtfulTexts((), 0)
        self._turn = 0
        given = None if texts is None else [text.strip() for text in texts if text.strip()]
        super().__init__(workspace, "Review what texts mean", texts=given)

    @property
    def queue(self) -> DoubtfulTexts:
        """The texts to look at."""
        return self._queue

    def _ask(self) -> None:
        self._forget()
        if self.texts is None:
            self._queue = self._workspace.catalogue.texts_to_review(self._limit)
        else:
            distinct = list(dict.fromkeys(self.texts))
            self._queue = DoubtfulTexts(tuple(DoubtfulText(text, 1, "") for text in distinct), len(distinct))
        self.place = min(max(self.place, 0), max(len(self._queue.items) - 1, 0))
        if self._queue.items:
            (answer,) = self._workspace.link([self._queue.items[self.place].text], top=TOP, abstain=False)
            self.set_trait("value", answer)

    def _forget(self) -> None:
        self.set_trait("value", None)

    def _controls(self) -> str:
        return bar(f"<span data-form>{signature()}</span>") if self._queue.items or self.pending else ""

    def _write(self, *, live: bool = True) -> str:
        labels = self._workspace.snapshot().labels if self.pending else {}
        return review_html(self._queue, self.place, self.value, self.pending, labels, self._turn, live=live)

    # --- what is decided ---------------------------------------------------------------------------------------

    def decide(self, verdict: Verdict, skill_id: str = "") -> None:
        """Decide about the current text, and go on to the next one unless a candidate was only rejected.

        Raises ``InputError`` where there is no text, or the verdict needs a skill and none is given.
        """
        if not self._queue.items:
            raise InputError("There is no text to decide about.")
        text = self._queue.items[self.place].text
        made = Decision(verdict, text, "" if verdict is Verdict.BLOCK else skill_id, self.context)
        kept = [one for one in self.pending if (one.text, one.skill_id) != (made.text, made.skill_id)]
        self.set_trait("pending", (*kept, made))
        self._told = f"{verdict.value}: {text}"
        if verdict is Verdict.REJECT:
            self.refresh()
        else:
            self._go_on()

    def undo(self) -> None:
        """Take the last decision back that is not saved yet, and return to its text."""
        if not self.pending:
            return
        *kept, last = self.pending
        self.set_trait("pending", tuple(kept))
        self._told = f"Undone: {last.verdict.value}, {last.text}"
        texts = [item.text for item in self._queue.items]
        with self._as_one():
            self._turn += 1
            if last.text in texts:
                self.place = texts.index(last.text)

    def save(self, author: str) -> int:
        """Write the decisions as feedback of a named person, in the order in which they were made; returns how many.

        What was written before something goes wrong stays written, the rest stays pending.
        """
        done = 0
        try:
            for made in self.pending:
                skill = made.skill_id or None
                self._workspace.matching.feedback.give(
                    made.verdict, made.text, skill, author=author, context=made.context
                )
                done += 1
        finally:
            self.set_trait("pending", self.pending[done:])
            self._turn += 1
            self.refresh()
        self._told = f"{done} decisions saved"
        return done

    def _go_on(self) -> None:
        decided = {one.text for one in self.pending if one.verdict is not Verdict.REJECT}
        places = [*range(self.place + 1, len(self._queue.items)), *range(self.place)]
        open_ones = [place for place in places if self._queue.items[place].text not in decided]
        with self._as_one():
            self._turn += 1
            if open_ones:
                self.place = open_ones[0]

    # --- what is done in the browser -------------------------------------------------------------------------

    def _deeds(self) -> Mapping[str, Deed]:
        return {
            **super()._deeds(),
            "accept": lambda said: self._take(Verdict.ACCEPT, said),
            "pin": lambda said: self._take(Verdict.PIN, said),
            "reject": lambda said: self._take(Verdict.REJECT, said),
            "block": lambda _: self.decide(Verdict.BLOCK),
            "next": lambda _: self._go_on(),
            "undo": lambda _: self.undo(),
            "go": self._go,
            "save": lambda said: self._save(said),
        }

    def _take(self, verdict: Verdict, said: Mapping[str, Any]) -> None:
        links = () if self.value is None else self.value.links
        place = index_of(said, "at", len(links))
        if place is not None:
            self.decide(verdict, links[place].skill_id)

    def _go(self, said: Mapping[str, Any]) -> None:
        place = index_of(said, "at", len(self._queue.items))
        if place is not None:
            self.place = place

    def _save(self, said: Mapping[str, Any]) -> None:
        self.save(signed(said))

    def __repr__(self) -> str:
        return f"<LinkReview: {self._queue.headline()}, {len(self.pending)} decided>"

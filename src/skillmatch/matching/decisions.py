"""Decisions: what people settled about the skills that texts mean, ready to be asked text by text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from skillmatch.domain.skills.feedback import Context, Decision, Verdict
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.domain.text.link import Link, LinkAnswer, LinkBasis

_POSITIVE = (Verdict.ACCEPT, Verdict.PIN)


@dataclass(frozen=True, slots=True)
class Settled:
    """What is settled about one text: ``means`` in the order to show (the pinned skill first), ``never`` the rest.

    ``blocked`` says that the text means no skill at all; then ``means`` is empty.
    """

    means: tuple[str, ...] = ()
    never: frozenset[str] = frozenset()
    blocked: bool = False


@dataclass(frozen=True)
class Decisions:
    """What is settled, by folded text; ``labels`` are those of the skills on offer, by id.

    False where nothing is settled, so that asking can be left out.
    """

    by_text: Mapping[str, Settled] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.by_text)

    @classmethod
    def of(
        cls,
        decisions: Iterable[Decision],
        labels: Mapping[str, str],
        context: Context = Context.ANY,
        *,
        meanings: Mapping[str, str] | None = None,
    ) -> Decisions:
        """Replay decisions in their order, those for ``context`` and those for any.

        On the same text and skill the later one wins. A pin takes the place of an earlier pin of another skill,
        which is then undecided; blocking a text as a whole takes back what it meant; accepting or pinning a skill
        later lifts that. ``labels`` are those of the skills on offer by id: decisions about others are passed over.
        ``meanings`` leads from skills that were merged away to those that are left.
        """
        lead = meanings or {}
        replayed: dict[str, _Replay] = {}
        for decision in decisions:
            if decision.context not in (Context.ANY, context):
                continue
            skill_id = lead.get(decision.skill_id, decision.skill_id)
            if not skill_id or skill_id in labels:
                replayed.setdefault(fold(decision.text), _Replay()).take(decision.verdict, skill_id)
        return cls({text: replay.settled() for text, replay in replayed.items()}, labels)

    def about(self, text: str) -> Settled | None:
        """What is settled about a text, or None."""
        return self.by_text.get(fold(text)) if self.by_text else None

    def room(self, text: str) -> int:
        """How many links more than wanted must be looked at, so that enough are left once some are taken out."""
        settled = self.about(text)
        return 0 if settled is None else len(settled.never) + len(settled.means)

    def decide(self, answer: LinkAnswer, top: int, least: float | None) -> LinkAnswer:
        """The answer as people settled it, at most ``top`` links long.

        Links to skills that the text means come first, with probability 1 and basis ``human``; rejected ones are
        gone; the rest stay as alternatives. ``least`` is the probability under which the best link does not count
        (None: no answer abstains). A blocked text has no links and always abstains.
        """
        settled = self.about(answer.text)
        if settled is None:
            return answer
        if settled.blocked:
            return LinkAnswer(answer.text, (), True, answer.degraded)
        similarity = {link.skill_id: link.similarity for link in answer.links}
        first = [
            # 0 where the linker did not think of the skill, so that nobody compared the wording
            Link(skill_id, self.labels[skill_id], 1.0, similarity.get(skill_id, 0.0), LinkBasis.HUMAN)
            for skill_id in settled.means
        ]
        gone = settled.never.union(settled.means)
        links = (*first, *(link for link in answer.links if link.skill_id not in gone))[:top]
        unsure = least is not None and (not links or links[0].probability < least)
        return LinkAnswer(answer.text, links, unsure, answer.degraded)


NO_DECISIONS = Decisions()


class _Replay:
    """One text while its decisions are replayed; the last verdict on a skill stands at the end."""

    def __init__(self) -> None:
        self._verdicts: dict[str, Verdict] = {}
        self._blocked = False

    def take(self, verdict: Verdict, skill_id: str) -> None:
        if not skill_id:
            self._blocked = True
            self._forget(_POSITIVE)
            return
        if verdict is Verdict.PIN:
            self._forget((Verdict.PIN,))
        if verdict in _POSITIVE:
            self._blocked = False
        self._verdicts.pop(skill_id, None)  # so that it comes last
        self._verdicts[skill_id] = verdict

    def settled(self) -> Settled:
        pinned = [skill for skill, verdict in self._verdicts.items() if verdict is Verdict.PIN]
        accepted = [skill for skill, verdict in self._verdicts.items() if verdict is Verdict.ACCEPT]
        never = frozenset(skill for skill, verdict in self._verdicts.items() if verdict not in _POSITIVE)
        return Settled((*pinned, *accepted), never, self._blocked)

    def _forget(self, verdicts: tuple[Verdict, ...]) -> None:
        self._verdicts = {skill: verdict for skill, verdict in self._verdicts.items() if verdict not in verdicts}

"""References to skills, in whatever words a file uses, become skills of the active taxonomy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass

from skillmatch.domain.skills.feedback import Context
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.domain.text.link import LinkAnswer
from skillmatch.service.core.snapshot import Snapshot

LinkTexts = Callable[[Sequence[str]], list[LinkAnswer]]
"""Links texts against the active taxonomy; only called for what is neither an id nor a name."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The skill that a reference means, and how sure that is (1 for an id, an exact name, or a person's word)."""

    skill_id: str
    probability: float

    @property
    def exact(self) -> bool:
        """Whether the reference was an id or an unambiguous name, or a person said what it means."""
        return self.probability == 1.0


def resolve(
    given: Iterable[str], snapshot: Snapshot, link: LinkTexts, context: Context = Context.ANY
) -> dict[str, Resolved]:
    """What each reference means; one that means no skill surely enough is not in the result.

    An id wins, one that was merged away too; then what people decided about the words in ``context``; then a label
    over an alias that only one skill has. The rest goes to the linker, whose abstention leaves a reference out.
    """
    skills = snapshot.taxonomy.skills
    overlaid, decisions = snapshot.overlaid, snapshot.decisions(context)
    found: dict[str, Resolved] = {}
    open_ones: list[str] = []
    for reference in dict.fromkeys(given):
        if reference in skills or reference in overlaid.meanings:
            found[reference] = Resolved(overlaid.meant(reference), 1.0)
            continue
        settled = decisions.about(reference)
        if settled is not None and (settled.means or settled.blocked):
            if settled.means:
                found[reference] = Resolved(settled.means[0], 1.0)
            continue
        called = _called(reference, snapshot, frozenset() if settled is None else settled.never)
        if called and (len(called) == 1 or _one_label(called, reference, snapshot)):
            found[reference] = Resolved(called[0], 1.0)
        else:
            open_ones.append(reference)
    if open_ones and skills:
        for reference, answer in zip(open_ones, link(open_ones), strict=True):
            if answer.best is not None:
                # A linked reference is never quite certain, so that it can be told from an exact one.
                found[reference] = Resolved(answer.best.skill_id, min(answer.best.probability, 0.999999))
    return found


def remembering(link: LinkTexts, answers: dict[str, LinkAnswer]) -> LinkTexts:
    """``link``, which puts each answer down in ``answers`` by its text: what was nearest where nothing was likely."""

    def linking(texts: Sequence[str]) -> list[LinkAnswer]:
        found = link(texts)
        answers.update(zip(texts, found, strict=True))
        return found

    return linking


def _called(reference: str, snapshot: Snapshot, never: Set[str]) -> tuple[str, ...]:
    """The skills of that name, but for those that people ruled out; a deprecated one gives way to its successor."""
    skills, successors = snapshot.taxonomy.skills, snapshot.overlaid.successors
    named = snapshot.taxonomy.by_name.get(fold(reference), ())
    if not named or not (never or any(skills[skill_id].deprecated for skill_id in named)):
        return named
    left = [skill_id for skill_id in named if skill_id not in never]
    in_use = [skill_id for skill_id in left if not skills[skill_id].deprecated]
    if in_use:
        return tuple(in_use)
    after = [successors[skill_id] for skill_id in left if skill_id in successors]
    return tuple(dict.fromkeys(skill_id for skill_id in after or left if skill_id not in never))


def _one_label(called: Sequence[str], reference: str, snapshot: Snapshot) -> bool:
    """Whether exactly one of the skills called so has it as its label; that one comes first."""
    wanted = fold(reference)
    labelled = [skill_id for skill_id in called if fold(snapshot.taxonomy.skills[skill_id].label) == wanted]
    return len(labelled) == 1

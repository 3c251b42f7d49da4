"""References to skills, in whatever words a file uses, become skills of the active taxonomy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from skillmatch.domain.link import LinkAnswer
from skillmatch.domain.taxonomy import fold
from skillmatch.service.snapshot import Snapshot

LinkTexts = Callable[[Sequence[str]], list[LinkAnswer]]
"""Links texts against the active taxonomy; only called for what is neither an id nor a name."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The skill that a reference means, and how sure that is (1 for an id or an exact name)."""

    skill_id: str
    probability: float

    @property
    def exact(self) -> bool:
        """Whether the reference was an id or an unambiguous name."""
        return self.probability == 1.0


def resolve(given: Iterable[str], snapshot: Snapshot, link: LinkTexts) -> dict[str, Resolved]:
    """What each reference means; one that means no skill surely enough is not in the result.

    An id wins over a label, a label over an alias that only one skill has; the rest goes to the linker, whose
    abstention leaves a reference out.
    """
    skills = snapshot.taxonomy.skills
    names = snapshot.taxonomy.by_name
    found: dict[str, Resolved] = {}
    open_ones: list[str] = []
    for reference in dict.fromkeys(given):
        called = names.get(fold(reference), ())
        if reference in skills:
            found[reference] = Resolved(reference, 1.0)
        elif called and (len(called) == 1 or _one_label(called, reference, snapshot)):
            found[reference] = Resolved(called[0], 1.0)
        else:
            open_ones.append(reference)
    if open_ones and skills:
        for reference, answer in zip(open_ones, link(open_ones), strict=True):
            if answer.best is not None:
                # A linked reference is never quite certain, so that it can be told from an exact one.
                found[reference] = Resolved(answer.best.skill_id, min(answer.best.probability, 0.999999))
    return found


def _one_label(called: Sequence[str], reference: str, snapshot: Snapshot) -> bool:
    """Whether exactly one of the skills called so has it as its label; that one comes first."""
    wanted = fold(reference)
    labelled = [skill_id for skill_id in called if fold(snapshot.taxonomy.skills[skill_id].label) == wanted]
    return len(labelled) == 1

"""Skills that a long text speaks of although nobody stated them: only those that are sure enough."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.domain.text.link import Link
from skillmatch.matching.encoder import Progress
from skillmatch.matching.linker import Linker
from skillmatch.matching.phrases import phrases, prose

BLOCK = 500  # texts read at once; bounds memory
MAX_INFERRED = 30  # skills kept per text


def infer_skills(
    texts: Sequence[str], linker: Linker, *, threshold: float | None = None, progress: Progress | None = None
) -> list[tuple[Link, ...]]:
    """For each text the skills whose probability reaches the model's strict threshold, best first, each once.

    The strict threshold is the one from which on nine in ten best links to phrases of job adverts are right;
    ``threshold`` overrides it. A sentence is read as a whole and item by item, because a list may name several
    skills or describe one. Boilerplate is not read. A text may speak of no skill at all.
    """
    found: list[tuple[Link, ...]] = []
    for start in range(0, len(texts), BLOCK):
        block = [[phrase for _, _, phrase in (*phrases(text), *prose(text))] for text in texts[start : start + BLOCK]]
        # the same line ("You will learn") comes in many descriptions: it is linked once
        unique = list(dict.fromkeys(phrase for part in block for phrase in part))
        sure = {}
        for answer in linker.link(unique):
            least = linker.calibration(answer.degraded).strict if threshold is None else threshold
            sure[answer.text] = [link for link in answer.links if link.probability >= least]
        found.extend(_best_of_each([link for phrase in part for link in sure[phrase]]) for part in block)
        if progress is not None:
            progress(len(found), len(texts))
    return found


def _best_of_each(links: Sequence[Link]) -> tuple[Link, ...]:
    """One link per skill, the most probable one, in the order of probability, then id."""
    ranked = sorted(links, key=lambda link: (-link.probability, link.skill_id))
    best: dict[str, Link] = {}
    for link in ranked:
        best.setdefault(link.skill_id, link)
    return tuple(best.values())[:MAX_INFERRED]

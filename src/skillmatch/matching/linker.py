"""The linker: text in, skills with calibrated probabilities out, or the honest answer that none fits."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError, ModelError
from skillmatch.domain.text.link import Link, LinkAnswer, LinkBasis
from skillmatch.matching.backoff import backed_off
from skillmatch.matching.calibration import Calibration, LinkerModel, load_model
from skillmatch.matching.candidates import Candidates, find_candidates
from skillmatch.matching.decisions import NO_DECISIONS, Decisions
from skillmatch.matching.encoder import Encoder, Floats, Progress, checked
from skillmatch.matching.features import pair_features
from skillmatch.matching.index import SkillIndex
from skillmatch.matching.names import NameMatch
from skillmatch.matching.words import has_content

BLOCK = 4_096  # texts encoded at once: the more there are of one length, the better the encoder's batches
CHUNK = 128  # texts compared at once; bounds memory to some hundred megabytes on ESCO
MAX_COMPARED = 2_000  # characters of a text that are compared; the rest, from a word boundary on, is not read
MAX_CHARACTERS = 1_000_000
MAX_TOP = 1_000


@dataclass(frozen=True)
class Linker:
    """Links texts to the skills of one index.

    ``encoder`` must be the one that the index was built with; without it, or when it fails, answers are marked
    ``degraded`` and rest on names and letters. ``model`` is the trained calibration (ours when None);
    ``threshold`` overrides the least probability of a link that may be used; ``threads`` chunks of texts are
    compared at once. ``decisions`` of people about a text win over everything.
    """

    index: SkillIndex
    encoder: Encoder | None = None
    model: LinkerModel | None = None
    threshold: float | None = None
    threads: int = 1
    decisions: Decisions = NO_DECISIONS

    def __post_init__(self) -> None:
        if self.encoder is not None and self.index.encoder_id not in (None, self.encoder.id):
            raise ModelError(
                f"the index holds vectors of {self.index.encoder_id}, not of {self.encoder.id}.",
                remedy="Build the index again with this encoder.",
            )
        if self.threshold is not None:
            checks.number(self.threshold, "threshold", least=0, most=1)

    def link(
        self, texts: Sequence[str], *, top: int = 5, abstain: bool = True, progress: Progress | None = None
    ) -> list[LinkAnswer]:
        """One answer per text, in order, each with its ``top`` best skills (fewer only if the taxonomy has fewer).

        With ``abstain`` an answer whose best link is less probable than the threshold says so (its links stay as
        alternatives); without it, no answer abstains. Texts over 2,000 characters are compared up to there, cut at
        a word; blank ones give probability 0. The same texts, index and model give the same answers, whatever
        else is asked in the same call. ``progress`` counts different texts. Raises ``InputError`` for something that
        is no text.
        """
        if isinstance(texts, str):
            raise InputError("needs a list of texts, got one text.", field="texts", remedy="Put it in a list.")
        if not 1 <= top <= MAX_TOP:
            raise InputError(f"is {top}; it must be between 1 and {MAX_TOP}.", field="top")
        for number, text in enumerate(texts):
            checks.text(text, f"texts[{number}]", empty=True, most=MAX_CHARACTERS)
        answers: dict[str, LinkAnswer] = {}
        unique = list(dict.fromkeys(texts))
        with ThreadPoolExecutor(max(1, self.threads)) as pool:
            for first in range(0, len(unique), BLOCK):
                block = unique[first : first + BLOCK]
                compared = [cut(text) for text in block]
                vectors = self._vectors(compared)
                chunks = [slice(start, start + CHUNK) for start in range(0, len(block), CHUNK)]
                several = self.threads > 1 and len(chunks) > 1
                work = partial(self._link_chunk, block, compared, vectors, top=top, abstain=abstain)
                for chunk, found in zip(chunks, (pool.map if several else map)(work, chunks), strict=True):
                    answers.update(zip(block[chunk], found, strict=True))
                    if progress is not None:
                        progress(len(answers), len(unique))
        return [answers[text] for text in texts]

    def calibration(self, degraded: bool) -> Calibration:
        """Weights and thresholds in force, with the encoder or without it. Raises ``ModelError``."""
        model = self.model or load_model()
        return model.letters_only if degraded else model.full

    def _link_chunk(
        self,
        block: Sequence[str],
        block_compared: Sequence[str],
        vectors: Floats | None,
        chunk: slice,
        *,
        top: int,
        abstain: bool,
    ) -> list[LinkAnswer]:
        """Answers for a chunk of a block of texts, of which the parts to compare and the vectors are at hand."""
        texts, compared = block[chunk], block_compared[chunk]
        if not self.index.skill_ids:
            return [LinkAnswer(text, (), abstain, self.encoder is None) for text in texts]
        found = find_candidates(self.index, compared, None if vectors is None else vectors[chunk], top)
        calibration = self.calibration(found.degraded)
        probability = calibration.probabilities(pair_features(self.index, found))
        probability[~np.array([has_content(text) for text in compared])[found.text]] = 0.0
        threshold = calibration.threshold if self.threshold is None else self.threshold
        similarity = found.letters if found.degraded else found.meaning
        order = np.lexsort((found.skill, -similarity, -probability, found.text))
        bounds = np.searchsorted(found.text, np.arange(len(texts) + 1))
        answers = []
        for row, text in enumerate(texts):
            room = self.decisions.room(text) if self.decisions else 0
            chosen = order[bounds[row] : bounds[row + 1]][: top + room]
            links = tuple(self._link(found, pair, probability, similarity) for pair in chosen.tolist())
            if abstain:
                links = backed_off(self.index, links, threshold)[: top + room]
            unsure = not links or links[0].probability < threshold
            answers.append(LinkAnswer(text, links, abstain and unsure, found.degraded))
        if self.decisions:
            return [self.decisions.decide(answer, top, threshold if abstain else None) for answer in answers]
        return answers

    def _vectors(self, texts: Sequence[str]) -> Floats | None:
        """Vectors of the texts, or None when there is no working encoder: the answers then say ``degraded``."""
        if self.encoder is None or self.index.vectors is None:
            return None
        try:
            return checked(self.encoder.encode(texts), len(texts), self.encoder.id)
        except ModelError:
            return None

    def _link(self, found: Candidates, pair: int, probability: NDArray[np.float64], similarity: Floats) -> Link:
        skill = int(found.skill[pair])
        return Link(
            self.index.skill_ids[skill],
            self.index.labels[skill],
            float(probability[pair]),
            round(float(np.clip(similarity[pair], -1, 1)), 6),
            _basis(found, pair),
        )


def _basis(found: Candidates, pair: int) -> LinkBasis:
    """What speaks most for a pair: the name, then letters where they agree more than the meaning does."""
    whole = found.whole[pair]
    if whole is not None and whole.match is not NameMatch.NONE:
        return LinkBasis.EXACT
    if found.degraded or found.mention[pair] is not None or found.letters[pair] >= found.meaning[pair]:
        return LinkBasis.LEXICAL
    return LinkBasis.SEMANTIC


def cut(text: str, limit: int = MAX_COMPARED) -> str:
    """The text up to ``limit`` characters, ending with a whole word where it has one."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    if not text[limit].isspace() and (words_end := max(head.rfind(" "), head.rfind("\n"), head.rfind("\t"))) > 0:
        return head[:words_end]
    return head

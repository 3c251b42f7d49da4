"""Linking: the linker of the active taxonomy, built when first asked for and kept; what it is made of is cached."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.base.errors import ModelError
from skillmatch.domain.skills.feedback import Context
from skillmatch.domain.text.extraction import Extraction
from skillmatch.domain.text.link import Link, LinkAnswer
from skillmatch.matching.calibration import load_model
from skillmatch.matching.decisions import NO_DECISIONS
from skillmatch.matching.encoder import Encoder, Floats
from skillmatch.matching.encoder import Progress as Counting
from skillmatch.matching.index import SkillIndex, build_index, content_hash
from skillmatch.matching.linker import Linker
from skillmatch.matching.tuning.serving import DamagedEncoder, OrganisationEncoder
from skillmatch.service.core.health import Check, Verdict
from skillmatch.service.core.lookups import no_taxonomy
from skillmatch.service.core.progress import Progress, of_stage
from skillmatch.service.core.resolve import LinkTexts
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.store import Store

_OWN = (OrganisationEncoder, DamagedEncoder)
"""Encoders that bring a linker of their own."""


NEAREST = 3
"""How many meanings are told where none is likely."""


class Linking:
    """Links texts to the skills of a snapshot's taxonomy; nothing is loaded before the first text.

    Vectors are kept in the store by the hash of the text they stand for, so unchanged names are never encoded
    twice; of linkers the latest is kept in memory.
    """

    def __init__(self, store: Store, encoder: Encoder) -> None:
        self._store = store
        self._encoder = encoder
        self._building = threading.Lock()
        self._latest: tuple[str, Linker] | None = None

    @property
    def encoder_id(self) -> str:
        """Name and weights of the encoder."""
        return self._encoder.id

    @property
    def encoder(self) -> Encoder:
        """The encoder in force."""
        return self._encoder

    @property
    def linker_id(self) -> str:
        """Which trained linker gives the probabilities."""
        return self._encoder.linker_id if isinstance(self._encoder, _OWN) else load_model().version

    def plain_linker(self, snapshot: Snapshot, progress: Progress) -> Linker:
        """The linker without what people decided about texts, for measuring it on just that."""
        linker = self._linker(snapshot, of_stage(progress, "encoding names of skills"))
        return replace(linker, decisions=NO_DECISIONS)

    def link(
        self,
        snapshot: Snapshot,
        texts: Sequence[str],
        *,
        top: int,
        abstain: bool,
        progress: Counting,
        context: Context = Context.ANY,
    ) -> list[LinkAnswer]:
        """Match texts to skills. Raises ``ConflictError`` when no taxonomy is active."""
        if snapshot.record is None:
            raise no_taxonomy()
        return self._linker(snapshot, context=context).link(texts, top=top, abstain=abstain, progress=progress)

    def link_for(self, snapshot: Snapshot, progress: Counting, context: Context = Context.ANY) -> LinkTexts:
        """A function that links texts to the skill each means, for :func:`~skillmatch.service.core.resolve.resolve`."""
        return lambda texts: self.link(snapshot, texts, top=NEAREST, abstain=True, progress=progress, context=context)

    def infer(
        self,
        snapshot: Snapshot,
        texts: Sequence[str],
        progress: Counting,
        context: Context = Context.ANY,
        threshold: float | None = None,
    ) -> list[tuple[Link, ...]]:
        """The skills that long texts speak of, surely or from a threshold on; none without an active taxonomy."""
        if snapshot.record is None or not texts:
            return [() for _ in texts]
        from skillmatch.matching.infer import infer_skills

        linker = self._linker(snapshot, context=context)
        return infer_skills(texts, linker, threshold=threshold, progress=progress)

    def extract(self, snapshot: Snapshot, text: str, *, name: str, threshold: float | None) -> Extraction:
        """The skills of one long text with their places. Raises ``ConflictError`` when no taxonomy is active."""
        if snapshot.record is None:
            raise no_taxonomy()
        from skillmatch.matching.extraction import extract

        return extract(text, self._linker(snapshot), name=name, threshold=threshold)

    def prepare(self, snapshot: Snapshot, progress: Progress) -> None:
        """Build and cache everything that linking to a taxonomy needs, so that the first question need not wait."""
        self._linker(snapshot, of_stage(progress, "encoding names of skills"))

    def check(self) -> Check:
        """Whether the encoder's weights are the published ones and it works."""
        try:
            if isinstance(self._encoder, _OWN):
                self._encoder.verify()
            self._encoder.encode(["a first aid course"])
        except ModelError as error:
            return Check("encoder", Verdict.FAULT, error.message, error.remedy)
        seen = f"{self.encoder_id}, {self._encoder.dim} dimensions"
        if isinstance(self._encoder, OrganisationEncoder):
            seen += f", tuned on {self._encoder.installed.record['feedback']} entries of feedback"
        return Check("encoder", Verdict.OK, seen)

    def _linker(
        self, snapshot: Snapshot, progress: Counting | None = None, *, context: Context = Context.ANY
    ) -> Linker:
        """The linker of the snapshot's taxonomy, which heeds what people decided about texts in a context."""
        key = content_hash(snapshot.taxonomy)
        with self._building:
            if self._latest is None or self._latest[0] != key:
                model = None
                if isinstance(self._encoder, _OWN):
                    self._encoder.verify()  # a damaged one must not pass for one that is only not there
                    model = self._encoder.linker
                self._latest = (key, Linker(self._index(snapshot, key, progress), self._encoder, model))
            linker = self._latest[1]
        decisions = snapshot.decisions(context)
        return replace(linker, decisions=decisions) if decisions else linker

    def _index(self, snapshot: Snapshot, key: str, progress: Counting | None) -> SkillIndex:
        blob = f"lexical/{key}"
        with self._store.reading() as view:
            stored = view.get_blob(blob)
        lexical = None if stored is None else _unpacked(stored)
        index = build_index(snapshot.taxonomy, self._encoder, vectors=self._known, lexical=lexical, progress=progress)
        if index.vectors is not None:
            texts = dict.fromkeys(index.vectors.texts)
            rows = {text: row for row, text in enumerate(index.vectors.texts)}
            keys = [text_key(text) for text in texts]
            with self._store.writing() as change:
                change.put_vectors(self.encoder_id, keys, index.vectors.matrix[[rows[text] for text in texts]])
                if stored is None:
                    change.put_blob(blob, _packed(index.lexical.to_arrays()))
        return index

    def _known(self, names: Sequence[str]) -> dict[str, Floats]:
        with self._store.reading() as view:
            cached = view.get_vectors(self.encoder_id, [text_key(name) for name in names], self._encoder.dim)
        missing = set(cached.missing.tolist())
        return {name: cached.array[row] for row, name in enumerate(names) if row not in missing}


def text_key(text: str) -> bytes:
    """The key under which the store keeps the vector of a text."""
    return hashlib.sha256(text.encode()).digest()


def _packed(arrays: dict[str, NDArray[Any]]) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]  # the stub forbids names that clash with its options
    return buffer.getvalue()


def _unpacked(data: bytes) -> dict[str, NDArray[Any]]:
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}

"""Linking: the linker of the active taxonomy, built when first asked for and kept; what it is made of is cached."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.errors import ModelError
from skillmatch.domain.link import Link, LinkAnswer
from skillmatch.matching.calibration import load_model
from skillmatch.matching.encoder import Encoder, Floats
from skillmatch.matching.encoder import Progress as Counting
from skillmatch.matching.index import SkillIndex, build_index, content_hash
from skillmatch.matching.linker import Linker
from skillmatch.service.health import Check, Verdict
from skillmatch.service.lookups import no_taxonomy
from skillmatch.service.progress import Progress, of_stage
from skillmatch.service.resolve import LinkTexts
from skillmatch.service.snapshot import Snapshot
from skillmatch.store import Store


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
    def linker_id(self) -> str:
        """Which trained linker gives the probabilities."""
        return load_model().version

    def link(
        self, snapshot: Snapshot, texts: Sequence[str], *, top: int, abstain: bool, progress: Counting
    ) -> list[LinkAnswer]:
        """Match texts to skills. Raises ``ConflictError`` when no taxonomy is active."""
        if snapshot.record is None:
            raise no_taxonomy()
        return self._linker(snapshot).link(texts, top=top, abstain=abstain, progress=progress)

    def link_for(self, snapshot: Snapshot, progress: Counting) -> LinkTexts:
        """A function that links texts to the skill each means, for :func:`~skillmatch.service.resolve.resolve`."""
        return lambda texts: self.link(snapshot, texts, top=1, abstain=True, progress=progress)

    def infer(self, snapshot: Snapshot, texts: Sequence[str], progress: Counting) -> list[tuple[Link, ...]]:
        """The skills that long texts surely speak of, best first; none without an active taxonomy."""
        if snapshot.record is None or not texts:
            return [() for _ in texts]
        from skillmatch.matching.infer import infer_skills

        return infer_skills(texts, self._linker(snapshot), progress=progress)

    def prepare(self, snapshot: Snapshot, progress: Progress) -> None:
        """Build and cache everything that linking to a taxonomy needs, so that the first question need not wait."""
        self._linker(snapshot, of_stage(progress, "encoding names of skills"))

    def check(self) -> Check:
        """Whether the encoder's weights are the published ones and it works."""
        try:
            self._encoder.encode(["a first aid course"])
        except ModelError as error:
            return Check("encoder", Verdict.FAULT, error.message, error.remedy)
        return Check("encoder", Verdict.OK, f"{self.encoder_id}, {self._encoder.dim} dimensions")

    def _linker(self, snapshot: Snapshot, progress: Counting | None = None) -> Linker:
        key = content_hash(snapshot.taxonomy)
        with self._building:
            if self._latest is None or self._latest[0] != key:
                self._latest = (key, Linker(self._index(snapshot, key, progress), self._encoder))
            return self._latest[1]

    def _index(self, snapshot: Snapshot, key: str, progress: Counting | None) -> SkillIndex:
        blob = f"lexical/{key}"
        with self._store.reading() as view:
            stored = view.get_blob(blob)
        lexical = None if stored is None else _unpacked(stored)
        index = build_index(snapshot.taxonomy, self._encoder, vectors=self._known, lexical=lexical, progress=progress)
        if index.vectors is not None:
            texts = dict.fromkeys(index.vectors.texts)
            rows = {text: row for row, text in enumerate(index.vectors.texts)}
            keys = [_key(text) for text in texts]
            with self._store.writing() as change:
                change.put_vectors(self.encoder_id, keys, index.vectors.matrix[[rows[text] for text in texts]])
                if stored is None:
                    change.put_blob(blob, _packed(index.lexical.to_arrays()))
        return index

    def _known(self, names: Sequence[str]) -> dict[str, Floats]:
        with self._store.reading() as view:
            cached = view.get_vectors(self.encoder_id, [_key(name) for name in names], self._encoder.dim)
        missing = set(cached.missing.tolist())
        return {name: cached.array[row] for row, name in enumerate(names) if row not in missing}


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _packed(arrays: dict[str, NDArray[Any]]) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]  # the stub forbids names that clash with its options
    return buffer.getvalue()


def _unpacked(data: bytes) -> dict[str, NDArray[Any]]:
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}

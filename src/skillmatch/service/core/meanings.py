"""Meanings: vectors of whole texts (courses, roles, names) for the fit, each made once and kept in the store."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from skillmatch.matching.encoder import BASE_ENCODER, DEFAULT_ENCODER, Encoder, Floats
from skillmatch.matching.encoders.make import make_encoder
from skillmatch.service.core.linking import text_key
from skillmatch.store import Store


class Meanings:
    """Reads texts with the base model, which knows whole texts better than the encoder that was tuned on short names.

    What the store does not have is encoded and put there. What was read stays in memory, so that a question about the
    same role and catalogue asks neither the store nor the model.
    """

    def __init__(self, store: Store | None, encoder: Encoder) -> None:
        self._store = store
        self._encoder = encoder
        self._reading = threading.Lock()
        self._known: dict[str, Floats] = {}

    def __reduce__(self) -> tuple[object, ...]:
        """What another process is handed: all that was read, and no store, which it may not share."""
        return _alone, (self._known,)

    def __call__(self, texts: Sequence[str], /) -> Floats:
        with self._reading:
            missing = [text for text in dict.fromkeys(texts) if text not in self._known]
            if missing:
                self._learn(missing)
            if not texts:
                return np.empty((0, self._encoder.dim), dtype=np.float32)
            return np.stack([self._known[text] for text in texts])

    def _learn(self, texts: Sequence[str]) -> None:
        if self._store is None:
            self._known |= zip(texts, self._encoder.encode(texts), strict=True)
            return
        keys = [text_key(text) for text in texts]
        with self._store.reading() as view:
            cached = view.get_vectors(self._encoder.id, keys, self._encoder.dim)
        lacking = cached.missing.tolist()
        self._known |= {text: cached.array[row] for row, text in enumerate(texts)}
        if lacking:
            fresh = self._encoder.encode([texts[row] for row in lacking])
            self._known |= {texts[row]: vector for row, vector in zip(lacking, fresh, strict=True)}
            with self._store.writing() as change:
                change.put_vectors(self._encoder.id, [keys[row] for row in lacking], fresh)


def _alone(known: dict[str, Floats]) -> Meanings:
    made = Meanings(None, make_encoder(BASE_ENCODER))
    made._known = known
    return made


def meanings_for(store: Store, encoder: Encoder) -> Meanings | None:
    """The reader of a workspace; None where its encoder is not ours or its base, since the fit was set for those."""
    if not encoder.id.startswith((DEFAULT_ENCODER, BASE_ENCODER)):
        return None
    return Meanings(store, encoder if encoder.id.startswith(BASE_ENCODER) else make_encoder(BASE_ENCODER))

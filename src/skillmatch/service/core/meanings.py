"""Meanings: vectors of whole texts (courses, roles, names) for the fit, each made once and kept in the store."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from skillmatch.domain.base.errors import WorkspaceError
from skillmatch.matching.encoder import BASE_ENCODER, DEFAULT_ENCODER, Encoder, Floats, Progress
from skillmatch.matching.encoders.make import make_encoder
from skillmatch.service.core.linking import text_key
from skillmatch.store import Store
from skillmatch.store.engine.failures import Failure


class Meanings:
    """Reads texts with the base model, which knows whole texts better than the encoder that was tuned on short names.

    What the store does not have is encoded and put there. What was read stays in memory, so that a question about the
    same role and catalogue asks neither the store nor the model. A question waits for no writer: while others write,
    what was read is put down later.
    """

    def __init__(self, store: Store | None, encoder: Encoder) -> None:
        self._store = store
        self._encoder = encoder
        self._reading = threading.Lock()
        self._known: dict[str, Floats] = {}
        self._unsaved: dict[str, Floats] = {}

    def __reduce__(self) -> tuple[object, ...]:
        """What another process is handed: all that was read, and no store, which it may not share."""
        return _alone, (self._known,)

    def __call__(self, texts: Sequence[str], /) -> Floats:
        with self._reading:
            if self._learn(texts, None):
                with _unless_busy():
                    self._save(wait=0.0)
            if not texts:
                return np.empty((0, self._encoder.dim), dtype=np.float32)
            return np.stack([self._known[text] for text in texts])

    def prepare(self, texts: Sequence[str], progress: Progress | None = None) -> None:
        """Read these texts and put them down, so that no question need wait for it. Raises ``WorkspaceError``."""
        with self._reading:
            self._learn(texts, progress)
            self._save(wait=None)

    def _learn(self, texts: Sequence[str], progress: Progress | None) -> bool:
        """Read what is not known yet; says whether there is anything to put down."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        if missing and self._store is not None:
            with self._store.reading() as view:
                cached = view.get_vectors(self._encoder.id, [text_key(text) for text in missing], self._encoder.dim)
            lacking = set(cached.missing.tolist())
            self._known |= {text: cached.array[row] for row, text in enumerate(missing) if row not in lacking}
            missing = [missing[row] for row in sorted(lacking)]
        if missing:
            fresh = dict(zip(missing, self._encoder.encode(missing, progress), strict=True))
            self._known |= fresh
            if self._store is not None:
                self._unsaved |= fresh
        return bool(self._unsaved)

    def _save(self, wait: float | None) -> None:
        if self._store is None or not self._unsaved:
            return
        keys = [text_key(text) for text in self._unsaved]
        with self._store.writing(wait) as change:
            change.put_vectors(self._encoder.id, keys, np.stack(list(self._unsaved.values())))
        self._unsaved = {}


@contextmanager
def _unless_busy() -> Iterator[None]:
    """Leave it for later where somebody else is writing."""
    try:
        yield
    except WorkspaceError as error:
        if error.code != Failure.LOCKED.value:
            raise


def _alone(known: dict[str, Floats]) -> Meanings:
    made = Meanings(None, make_encoder(BASE_ENCODER))
    made._known = known
    return made


def meanings_for(store: Store, encoder: Encoder) -> Meanings | None:
    """The reader of a workspace; None where its encoder is not ours or its base, since the fit was set for those."""
    if not encoder.id.startswith((DEFAULT_ENCODER, BASE_ENCODER)):
        return None
    return Meanings(store, encoder if encoder.id.startswith(BASE_ENCODER) else make_encoder(BASE_ENCODER))

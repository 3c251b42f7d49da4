"""A time limit for an encoder: an answer by letters now is better than one by meaning too late."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from skillmatch.domain.base.errors import ModelError
from skillmatch.matching.encoder import Encoder, Floats, Progress


class TimedEncoder:
    """Another encoder that raises ``ModelError`` when one call takes longer than ``seconds``.

    A linker answers that with ``degraded`` results. Work that was given up on runs on in the background, since
    native code cannot be stopped; until it ends further calls fail at once, so that it never piles up. Wrap the
    encoder that questions use, not the one that encodes a whole taxonomy.
    """

    def __init__(self, encoder: Encoder, seconds: float) -> None:
        self.encoder = encoder
        self.seconds = seconds
        self._late = threading.Event()

    @property
    def id(self) -> str:
        return self.encoder.id

    @property
    def dim(self) -> int:
        return self.encoder.dim

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        """See :class:`~skillmatch.matching.encoder.Encoder`."""
        if self._late.is_set():
            raise ModelError(f"the encoder {self.id} is still busy with a call that took too long.", remedy=_REMEDY)
        vectors: list[Floats] = []
        errors: list[Exception] = []
        done = threading.Event()

        def work() -> None:
            try:
                vectors.append(self.encoder.encode(texts, progress))
            except Exception as error:  # handed to the caller's thread
                errors.append(error)
            finally:
                done.set()
                self._late.clear()

        threading.Thread(target=work, name="skillmatch-encode", daemon=True).start()
        if not done.wait(self.seconds):
            self._late.set()
            if done.is_set():  # it ended between the two lines above
                self._late.clear()
            else:
                raise ModelError(f"the encoder {self.id} took over {self.seconds:g} seconds.", remedy=_REMEDY)
        if errors:
            raise errors[0]
        return vectors[0]


_REMEDY = "Ask again later, or with fewer texts; matching by letters works without it."

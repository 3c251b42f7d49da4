"""A cache of vectors by the hash of the text they stand for, and of files derived from them.

Vectors lie in packs of up to 1,024, because one row each was measured to be twice as slow to write and five
times as slow to read (110,000 x 384). They are kept as float32 without rounding, so that an answer is the same
whether its vectors were just encoded or read from here. Caches do not count as changes: see ``revision``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert, select, update

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError, ModelError
from skillmatch.store.engine.failures import Failure, coded
from skillmatch.store.engine.records import CachedVectors
from skillmatch.store.engine.session import Reads, Writes
from skillmatch.store.schema.vectors import blobs, encoders, vector_packs

KEY_BYTES = 32
"""Every key is a SHA-256 digest."""

PACK = 1_024
MAX_BLOB = 512 * 1024 * 1024

_FLOAT = np.dtype("<f4")


class VectorReads(Reads):
    """Reading the cache."""

    def get_vectors(self, encoder_id: str, keys: Sequence[bytes], dim: int) -> CachedVectors:
        """The stored vectors for ``keys``, in their order, and which of them are missing.

        Raises ``ModelError`` when the encoder's stored vectors have another ``dim``.
        """
        _check_keys(keys)
        array = np.zeros((len(keys), dim), dtype=np.float32)
        missing = np.ones(len(keys), dtype=bool)
        number = self._encoder(encoder_id, dim)
        places: dict[bytes, list[int]] = {}
        for place, key in enumerate(keys):
            places.setdefault(key, []).append(place)
        for pack, held in self._packs(number):
            pairs = [(place, row) for row, key in enumerate(held) for place in places.get(key, ())]
            if pairs:
                targets, rows = (np.array(column, dtype=np.intp) for column in zip(*pairs, strict=True))
                array[targets] = self._pack(pack, len(held), dim)[rows]
                missing[targets] = False
        return CachedVectors(array, np.flatnonzero(missing))

    def held_vectors(self, keys: Collection[bytes]) -> set[bytes]:
        """Those of some keys under which any encoder has a vector."""
        wanted, found = frozenset(keys), set[bytes]()
        if wanted:
            for _, number in self._encoders():
                for _, held in self._packs(number):
                    found.update(wanted.intersection(held))
        return found

    def get_blob(self, key: str) -> bytes | None:
        """The bytes put under ``key``, or None."""
        return self._connection.execute(select(blobs.c.data).where(blobs.c.key == key)).scalar()

    def _encoder(self, encoder_id: str, dim: int) -> int | None:
        """The number of an encoder, None for one without vectors."""
        row = self._connection.execute(select(encoders).where(encoders.c.id == encoder_id)).first()
        if row is not None and row.dim != dim:
            raise ModelError(
                f"the encoder '{encoder_id}' gives vectors of {dim} numbers; those stored have {row.dim}.",
                remedy="Give the changed encoder an id of its own.",
            )
        return None if row is None else int(row.number)

    def _encoders(self) -> list[tuple[str, int]]:
        """Name and number of each encoder that has vectors here."""
        query = select(encoders.c.id, encoders.c.number).order_by(encoders.c.number)
        return [(row.id, row.number) for row in self._connection.execute(query)]

    def _packs(self, number: int | None) -> Iterator[tuple[int, list[bytes]]]:
        """Each pack of an encoder and the keys that it holds."""
        query = select(vector_packs.c.number, vector_packs.c.hashes).where(vector_packs.c.encoder == number)
        for pack, joined in self._connection.execute(query.order_by(vector_packs.c.number)).all():
            yield pack, [joined[start : start + KEY_BYTES] for start in range(0, len(joined), KEY_BYTES)]

    def _pack(self, pack: int, rows: int, dim: int) -> NDArray[np.float32]:
        data = self._connection.execute(select(vector_packs.c.data).where(vector_packs.c.number == pack)).scalar_one()
        if len(data) != rows * dim * _FLOAT.itemsize:
            raise coded(
                Failure.DAMAGED,
                f"the workspace holds a broken pack of vectors ({pack}).",
                "Restore the folder from a backup.",
            )
        return np.frombuffer(data, dtype=_FLOAT).reshape(rows, dim)


class VectorWrites(VectorReads, Writes):
    """Writing the cache."""

    def put_vectors(self, encoder_id: str, keys: Sequence[bytes], array: NDArray[np.float32]) -> int:
        """Store row i of ``array``, shape ``(n_keys, dim)``, under key i; returns how many were new.

        A key that is stored already keeps its vector. Raises ``ModelError`` for NaN, infinity or a ``dim`` other
        than the encoder's stored one, ``InputError`` when keys and rows do not fit together.
        """
        checks.text(encoder_id, "encoder", most=500)
        _check_keys(keys)
        if array.ndim != 2 or array.shape[0] != len(keys):
            raise InputError(f"{len(keys)} keys do not fit an array of shape {array.shape}.", field="vectors")
        if not np.isfinite(array).all():
            raise ModelError(
                f"the encoder '{encoder_id}' gave a vector with NaN or infinity; nothing was stored.",
                remedy="Check its weights.",
            )
        number = self._encoder(encoder_id, array.shape[1])
        if number is None:
            self._run(insert(encoders), [{"id": encoder_id, "dim": array.shape[1]}])
            number = self._encoder(encoder_id, array.shape[1])
        stored = {key for _, held in self._packs(number) for key in held}
        new = {key: row for row, key in enumerate(keys) if key not in stored}
        fresh, rows = list(new), list(new.values())
        for start in range(0, len(fresh), PACK):
            packed = array[rows[start : start + PACK]].astype(_FLOAT)
            pack = {"encoder": number, "hashes": b"".join(fresh[start : start + PACK]), "data": packed.tobytes()}
            self._run(insert(vector_packs), [pack])
        return len(fresh)

    def drop_unused_vectors(self, encoder_id: str, keep: Collection[bytes]) -> int:
        """Forget an encoder's vectors whose key is not in ``keep``; returns how many."""
        row = self._connection.execute(select(encoders).where(encoders.c.id == encoder_id)).first()
        if row is None:
            return 0
        kept = frozenset(keep)
        dropped = 0
        for pack, held in self._packs(row.number):
            rows = [place for place, key in enumerate(held) if key in kept]
            dropped += len(held) - len(rows)
            this = vector_packs.c.number == pack
            if not rows:
                self._connection.execute(delete(vector_packs).where(this))
            elif len(rows) < len(held):
                left = {
                    "hashes": b"".join(held[place] for place in rows),
                    "data": self._pack(pack, len(held), row.dim)[rows].tobytes(),
                }
                self._connection.execute(update(vector_packs).where(this).values(left))
        if not kept:
            self._connection.execute(delete(encoders).where(encoders.c.number == row.number))
        return dropped

    def forget_vectors(self, keys: Collection[bytes]) -> int:
        """Forget the vectors under some keys, of every encoder, and overwrite them; returns how many there were."""
        gone, count = frozenset(keys), 0
        for encoder_id, number in self._encoders():
            held = {key for _, pack in self._packs(number) for key in pack}
            if held & gone:
                count += self.drop_unused_vectors(encoder_id, held - gone)
                self._erased = True
        return count

    def put_blob(self, key: str, data: bytes) -> None:
        """Keep bytes (at most 512 MiB) under ``key``, in place of what was there."""
        checks.text(key, "key", most=500)
        if len(data) > MAX_BLOB:
            raise InputError(f"has {len(data):,} bytes; the limit is {MAX_BLOB:,}.", field=key)
        self._connection.execute(delete(blobs).where(blobs.c.key == key))
        self._run(insert(blobs), [{"key": key, "data": data}])

    def drop_unused_blobs(self, keep: Collection[str]) -> int:
        """Forget the blobs whose key is not in ``keep``; returns how many."""
        stale = set(self._connection.execute(select(blobs.c.key)).scalars()) - set(keep)
        for key in sorted(stale):
            self._connection.execute(delete(blobs).where(blobs.c.key == key))
        return len(stale)


def _check_keys(keys: Sequence[bytes]) -> None:
    for key in keys:
        if len(key) != KEY_BYTES:
            raise InputError(f"a key has {len(key)} bytes; a SHA-256 digest has {KEY_BYTES}.", field="keys")

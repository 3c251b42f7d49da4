"""API keys as a service: made, listed, replaced, revoked, and checked."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from skillmatch.domain.access.api_key import ApiKey, KeyState, NewKey
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.lookups import find_person
from skillmatch.store import StoredKey

MARK = "sm"  # the first part of every key, by which scanners for leaked secrets can find it
MAX_KEY = 100  # characters; nothing longer is looked up
_SECRET_BYTES = 32
_SALT_BYTES = 16

DEFAULT_OVERLAP = timedelta(days=1)
MOST_OVERLAP = timedelta(days=90)
MOST_LIFETIME = timedelta(days=36_525)


class ApiKeys:
    """The keys of a workspace."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def create(
        self,
        name: str,
        scopes: Iterable[Scope | str],
        *,
        by: str,
        units: Iterable[str] | None = None,
        person: str | None = None,
        expires: datetime | None = None,
        grantor: Caller | None = None,
    ) -> NewKey:
        """Make a key for a program; its text is in the answer and nowhere else.

        ``units`` None means all; ``person`` is whom the scope ``self`` stands for; ``grantor`` is the caller that
        makes it, if one does. Raises ``InputError`` for grants that make no sense (see ``Caller``) or that the grantor
        lacks, and for an ``expires`` that is past or over 100 years ahead; ``NotFoundError`` for an unknown person.
        """
        now = self._context.clock()
        if expires is not None and (expires.tzinfo is None or not timedelta(0) < expires - now <= MOST_LIFETIME):
            remedy = "Give a later moment with its offset, such as 2027-01-01T00:00:00Z."
            raise InputError("must lie ahead, by 100 years at most.", field="expires", remedy=remedy)
        with self._context.store.writing() as change:
            key = ApiKey(
                id=secrets.token_hex(6),
                name=name,
                scopes=frozenset(_scope(scope) for scope in scopes),
                created=now,
                created_by=by,
                units=None if units is None else tuple(units),
                person_id=None if person is None else find_person(change, person).id,
                expires=expires,
            )
            _check_grantor(grantor, key)
            made, stored = _with_secret(key)
            change.add_key(stored)
        return made

    def get(self, key_id: str) -> ApiKey:
        """One key. Raises ``NotFoundError``."""
        with self._context.store.reading() as view:
            return view.stored_key(key_id).key

    def all(self) -> list[ApiKey]:
        """All keys, in the order in which they were made.

        >>> workspace.keys.all()
        []
        """
        with self._context.store.reading() as view:
            return view.api_keys()

    def states(self) -> list[tuple[ApiKey, KeyState]]:
        """All keys, each with whether it opens anything now."""
        now = self._context.clock()
        return [(key, key.state(now)) for key in self.all()]

    def rotate(
        self, key_id: str, *, by: str, overlap: timedelta = DEFAULT_OVERLAP, grantor: Caller | None = None
    ) -> NewKey:
        """Make a key with the same grants in the place of another, which stays valid for ``overlap`` (0 to 90 days).

        The lifetime is as long as the old one's was. Raises ``NotFoundError``, ``ConflictError`` for a key that
        opens nothing any more, and ``InputError`` for grants that the ``grantor`` lacks.
        """
        if not timedelta(0) <= overlap <= MOST_OVERLAP:
            raise InputError("must be 0 to 90 days.", field="overlap")
        now = self._context.clock()
        with self._context.store.writing() as change:
            old = change.stored_key(key_id).key
            _check_grantor(grantor, old)
            state = old.state(now)
            if state is not KeyState.VALID:
                raise ConflictError(f"the key {key_id} is {state}.", remedy="Create a new one.")
            expires = None if old.expires is None else now + (old.expires - old.created)
            key = replace(
                old,
                id=secrets.token_hex(6),
                created=now,
                created_by=by,
                expires=expires,
                used=None,
                replaces=old.id,
            )
            made, stored = _with_secret(key)
            change.add_key(stored)
            ends = now + overlap
            change.end_key(old.id, expires=ends if old.expires is None else min(ends, old.expires))
        return made

    def revoke(self, key_id: str) -> ApiKey:
        """Let a key open nothing from now on; a key that was revoked stays so. Raises ``NotFoundError``."""
        with self._context.store.writing() as change:
            key = change.stored_key(key_id).key
            return key if key.revoked is not None else change.end_key(key_id, revoked=self._context.clock())

    def check(self, text: str) -> ApiKey | None:
        """The key that a text is, whatever its state; None for what is no key of this workspace."""
        parts = text.split("_", 2)
        if len(text) > MAX_KEY or len(parts) != 3 or parts[0] != MARK:
            return None
        with self._context.store.reading() as view:
            try:
                stored = view.stored_key(parts[1])
            except NotFoundError:
                return None
        return stored.key if hmac.compare_digest(_digest(stored.salt, parts[2]), stored.digest) else None

    def revision(self) -> int:
        """A number that changes whenever a key is made, replaced or revoked, by whatever program."""
        with self._context.store.reading() as view:
            return view.key_revision()

    def note_use(self, used: Mapping[str, datetime]) -> None:
        """Keep when keys (by id) were last used."""
        with self._context.store.writing() as change:
            change.note_key_use(used)


def _with_secret(key: ApiKey) -> tuple[NewKey, StoredKey]:
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    salt = secrets.token_bytes(_SALT_BYTES)
    return NewKey(key, f"{MARK}_{key.id}_{secret}"), StoredKey(key, salt, _digest(salt, secret))


def _check_grantor(grantor: Caller | None, key: ApiKey) -> None:
    if grantor is not None and not grantor.may_grant(key.scopes, key.units):
        raise InputError("grants more than its maker may do and see.", field="scopes", remedy="Grant less.")


def _digest(salt: bytes, secret: str) -> bytes:
    # The secret is 256 random bits: no slow hash is needed against guessing, and each request can afford this one.
    return hmac.digest(salt, secret.encode("utf-8", "surrogatepass"), "sha256")


def _scope(given: Scope | str) -> Scope:
    try:
        return Scope(given)
    except ValueError:
        remedy = f"Use some of {', '.join(Scope)}."
        raise InputError(f"'{str(given)[:40]}' is no scope.", field="scopes", remedy=remedy) from None

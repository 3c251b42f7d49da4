"""Bearer tokens of an OpenID issuer: checked by signature, issuer, audience and time, then turned into a caller."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn

from joserfc import jws
from joserfc.errors import JoseError

from skillmatch.api.auth.token_keys import IssuerKeys, KeysUnavailableError, loader
from skillmatch.api.auth.token_settings import TokenSettings
from skillmatch.api.http.problems import ProblemError
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError
from skillmatch.service.workspace import Workspace

MAX_TOKEN = 8 * 1024  # characters
MAX_ID = 200  # characters of a key id or a subject

_TYPES = (None, "jwt", "at+jwt", "application/at+jwt")
_HEADER = {"alg", "kid", "typ", "cty", "x5t", "x5t#S256"}
"""What a token's header may hold. Keys that a token brings along (``jwk``, ``x5c``), addresses of keys (``jku``,
``x5u``), ``crit``, ``b64`` and ``zip`` are refused, not ignored."""

_ALL = "*"
_LAST = 1e11  # seconds since 1970: no moment lies beyond
_OURS = {scope.value: frozenset({scope}) for scope in Scope}
_INDIVIDUAL = frozenset({Scope.READ, Scope.WRITE, Scope.REPORT, Scope.PLAN})


MEMORY = 30.0
"""Seconds for which a token that was found good is not checked again, unless it expires before."""

MOST_REMEMBERED = 10_000


class Tokens:
    """Turns tokens into callers: a verifier for the gate, see :class:`skillmatch.api.auth.callers.Gate`.

    ``find_person`` gives our id for the customer's id of a person (or raises ``NotFoundError``); ``clock`` the moment.
    """

    def __init__(
        self,
        settings: TokenSettings,
        find_person: Callable[[str], str],
        clock: Callable[[], datetime],
        *,
        keys: IssuerKeys | None = None,
    ) -> None:
        self._settings = settings
        self._find_person = find_person
        self._clock = clock
        self._keys = keys or IssuerKeys(loader(settings), time.monotonic)
        self._known: dict[bytes, tuple[Caller, float, float]] = {}  # by digest: caller, from when, until when

    def recall(self, token: str) -> Caller | None:
        """Whom a token stands for, if it was found good a moment ago."""
        known = self._known.get(_digest(token)) if "." in token else None
        if known is None:
            return None
        caller, begins, ends = known
        return caller if begins <= self._clock().timestamp() < ends else None

    def verify(self, token: str) -> Caller | None:
        """Whom a token stands for; None for what is no signed token at all, such as an API key."""
        if token.count(".") != 2:
            return None
        claims = self._checked(token)
        caller = self._caller(claims)
        now = self._clock().timestamp()
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        self._known[_digest(token)] = (caller, now, min(now + MEMORY, claims["exp"]))
        return caller

    def caller(self, token: str) -> Caller:
        """Whom a token stands for. Raises the problem 401 that says what is wrong with it, or 503 without keys."""
        return self._caller(self._checked(token))

    def _checked(self, token: str) -> Mapping[str, Any]:
        claims = self._verified(token)
        self._check_times(claims)
        if claims.get("iss") != self._settings.issuer:
            _refuse("issuer", "comes from another issuer")
        audience = claims.get("aud")
        if self._settings.audience not in (audience if isinstance(audience, list) else [audience]):
            _refuse("audience", "is meant for somebody else")
        return claims

    def _verified(self, token: str) -> Mapping[str, Any]:
        parts = token.split(".")
        if len(token) > MAX_TOKEN or not token.isascii() or len(parts) != 3:
            _refuse("malformed", "is no signed token")
        header = _object(parts[0])
        unknown = sorted(set(header) - _HEADER)
        if unknown:
            _refuse("header", f"has '{unknown[0][:20]}' in its header, which is not taken here")
        algorithm, kind, key_id = header.get("alg"), header.get("typ"), header.get("kid")
        if not isinstance(algorithm, str) or algorithm not in self._settings.algorithms:
            _refuse("algorithm", f"is not signed with {' or '.join(self._settings.algorithms)}")
        if (kind.lower() if isinstance(kind, str) else kind) not in _TYPES:
            _refuse("type", "is no access token")
        if key_id is not None and not (isinstance(key_id, str) and len(key_id) <= MAX_ID):
            _refuse("key", "names no key")
        try:
            key = self._keys.find(key_id, algorithm)
        except KeysUnavailableError as error:
            remedy = "Try again in a minute; whoever runs skillmatch finds out more in its log."
            detail = "Tokens cannot be checked now: the issuer's keys could not be read."
            raise ProblemError("issuer_unavailable", detail, remedy=remedy, headers={"Retry-After": "60"}) from error
        if key is None:
            _refuse("key", "is signed with a key that the issuer does not have")
        try:
            payload = jws.deserialize_compact(token, key, algorithms=[algorithm]).payload
        except (JoseError, ValueError) as error:
            _refuse("signature", "has a signature that does not fit", error)
        return _claims(payload)

    def _check_times(self, claims: Mapping[str, Any]) -> None:
        now, leeway = self._clock().timestamp(), self._settings.leeway
        expires, begins, issued = (_moment(claims, name) for name in ("exp", "nbf", "iat"))
        if expires is None:
            _refuse("malformed", "never expires")
        if now >= expires + leeway:
            _refuse("expired", "has expired")
        if begins is not None and now < begins - leeway:
            _refuse("early", "is not valid yet")
        if issued is not None and now < issued - leeway:
            _refuse("early", "was issued in the future")

    def _caller(self, claims: Mapping[str, Any]) -> Caller:
        subject = claims.get("sub")
        if not isinstance(subject, str) or not subject.strip() or len(subject) > MAX_ID:
            _refuse("subject", "does not say whom it stands for")
        scopes = self._scopes(claims)
        units = self._units(claims, scopes)
        name = claims.get(self._settings.name_claim)
        try:
            return Caller(
                f"token:{subject}",
                name if isinstance(name, str) and name.strip() else subject,
                scopes,
                units,
                self._person(claims) if Scope.SELF in scopes else None,
            )
        except InputError as error:
            _refuse("grants", f"grants what makes no sense: {error.place.field}: {error.message.rstrip('.')}", error)

    def _scopes(self, claims: Mapping[str, Any]) -> frozenset[Scope]:
        given = claims.get(self._settings.scopes_claim, "")
        words = given.split() if isinstance(given, str) else given if isinstance(given, list) else []
        found: set[Scope] = set()
        for word in words:
            if isinstance(word, str):
                found |= self._settings.scopes_map.get(word, frozenset())
                found |= _OURS.get(word, frozenset())
        if not found:
            _refuse("scopes", f"opens nothing: its claim '{self._settings.scopes_claim}' names no scope known here")
        return frozenset(found)

    def _units(self, claims: Mapping[str, Any], scopes: frozenset[Scope]) -> tuple[str, ...] | None:
        """The units granted; a token that may see people and says nothing of units is refused, never shown all."""
        given = claims.get(self._settings.units_claim)
        if given is None and (Scope.ADMIN in scopes or not scopes & _INDIVIDUAL):
            return None
        units = [given] if isinstance(given, str) else given
        if not isinstance(units, list) or not units or not all(isinstance(unit, str) for unit in units):
            _refuse(
                "units", f"names no units: its claim '{self._settings.units_claim}' is to list them, or be '{_ALL}'"
            )
        return None if units == [_ALL] else tuple(dict.fromkeys(units))

    def _person(self, claims: Mapping[str, Any]) -> str:
        given = claims.get(self._settings.person_claim)
        unknown = f"stands for nobody known here: see its claim '{self._settings.person_claim}'"
        if not isinstance(given, str) or not 0 < len(given) <= MAX_ID:
            _refuse("person", unknown)
        try:
            return self._find_person(given)
        except (NotFoundError, ConflictError, InputError) as error:
            _refuse("person", unknown, error)


def tokens_of(workspace: Callable[[], Workspace]) -> tuple[Tokens, ...]:
    """The verifier of the tokens that the environment's settings describe; none where it describes none."""
    settings = TokenSettings.read()
    if settings is None:
        return ()
    return (Tokens(settings, lambda given: workspace().people.get(given).id, lambda: datetime.now(UTC)),)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def _refuse(reason: str, detail: str, cause: Exception | None = None) -> NoReturn:
    raise ProblemError(
        "unauthenticated",
        f"The token {detail}.",
        code=f"token_{reason}",
        remedy="Get a new token from the issuer; whoever runs it can say what it should hold.",
        headers={"WWW-Authenticate": 'Bearer realm="skillmatch", error="invalid_token"'},
    ) from cause


def _object(part: str) -> dict[str, Any]:
    try:
        text = base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
        found = json.loads(text, parse_constant=_no_constant)
    except (binascii.Error, ValueError, RecursionError) as error:
        _refuse("malformed", "is no signed token", error)
    if not isinstance(found, dict):
        _refuse("malformed", "is no signed token")
    return found


def _claims(payload: bytes) -> dict[str, Any]:
    try:
        found = json.loads(payload, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        _refuse("malformed", "holds no claims", error)
    if not isinstance(found, dict):
        _refuse("malformed", "holds no claims")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _moment(claims: Mapping[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LAST:
        _refuse("malformed", f"has a claim '{name}' that is no moment")
    return float(value)

"""The issuer's public keys: read or fetched when the first token comes, and again when an unknown one turns up."""

from __future__ import annotations

import json
import logging
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit, urlunsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from skillmatch.api.auth.token_settings import TokenSettings

LOOK_AGAIN = 60.0
"""Seconds between two looks at the key set, whatever key ids callers make up."""

MOST_BYTES = 256 * 1024
MOST_KEYS = 50
PATIENCE = 5.0  # seconds that a fetch may take between two bytes
MOST_SECONDS = 10.0  # and in all, once it is connected
_HEADERS = {"Accept": "application/json", "Connection": "close"}
LEAST_RSA_BITS = 2048

Key: TypeAlias = RSAKey | ECKey | OKPKey
_KIND: dict[str, tuple[type[Any], str]] = {
    "RS": (RSAKey, ""),
    "PS": (RSAKey, ""),
    "ES256": (ECKey, "P-256"),
    "ES384": (ECKey, "P-384"),
    "ES512": (ECKey, "P-521"),
    "Ed": (OKPKey, "Ed25519"),
}
_log = logging.getLogger(__name__)


class KeysUnavailableError(Exception):
    """The issuer's key set cannot be read, so that no token can be judged."""


class IssuerKeys:
    """Keeps an issuer's keys. ``load`` gives the key set as bytes, ``monotonic`` the seconds of a steady clock."""

    def __init__(self, load: Callable[[], bytes], monotonic: Callable[[], float]) -> None:
        self._load = load
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._keys: tuple[Mapping[str, Any], ...] = ()
        self._looked: float | None = None

    def find(self, key_id: str | None, algorithm: str) -> Key | None:
        """The key for a token's id and algorithm, None when the issuer has none.

        A token without an id means the only key that fits its algorithm. Raises ``KeysUnavailableError`` when there
        are no keys to look among.
        """
        found = _pick(self._keys, key_id, algorithm)
        if found is None and self._may_look():
            found = _pick(self._look(), key_id, algorithm)
        if found is None and not self._keys:
            raise KeysUnavailableError("the issuer's keys could not be read.")
        return found

    def _may_look(self) -> bool:
        looked = self._looked
        return looked is None or self._monotonic() - looked >= LOOK_AGAIN

    def _look(self) -> tuple[Mapping[str, Any], ...]:
        with self._lock:
            if self._may_look():  # else another thread did so while this one waited
                self._looked = self._monotonic()
                try:
                    self._keys = _read(self._load())
                except (OSError, ValueError, HTTPException) as error:  # what is known already stays good
                    _log.warning("the issuer's keys could not be read: %s", type(error).__name__)
            return self._keys


def loader(settings: TokenSettings) -> Callable[[], bytes]:
    """What reads the key set that the settings name."""
    if settings.fetched:
        return lambda: fetch(settings.keys)
    return lambda: _read_file(settings.file)


def _read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def fetch(address: str) -> bytes:
    """The bytes at an address of the settings: no proxies, no redirects, a limit of size and of time.

    Raises ``OSError`` or ``HTTPException``; also when the answer is another one than 200, or still comes after
    ``MOST_SECONDS``.
    """
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "https":
        link: HTTPConnection = HTTPSConnection(host, port, timeout=PATIENCE, context=ssl.create_default_context())
    else:
        link = HTTPConnection(host, port, timeout=PATIENCE)
    with closing(link):
        link.connect()
        # Bytes that trickle reset the clock of a socket, and whoever waits for the keys waits for all of them.
        limit = threading.Timer(MOST_SECONDS, _hang_up, args=(link.sock,))
        limit.daemon = True
        limit.start()
        try:
            link.request("GET", urlunsplit(("", "", parts.path or "/", parts.query, "")), headers=_HEADERS)
            response = link.getresponse()
            if response.status != 200:
                raise OSError(f"the issuer answered {response.status}")
            found = response.read(MOST_BYTES + 1)
            if not limit.is_alive():
                raise TimeoutError(f"the issuer's answer took more than {MOST_SECONDS:g} s")
            return found
        finally:
            limit.cancel()


def _hang_up(link: socket.socket) -> None:
    with suppress(OSError):
        link.shutdown(socket.SHUT_RDWR)


def _read(given: bytes) -> tuple[Mapping[str, Any], ...]:
    if len(given) > MOST_BYTES:
        raise ValueError("the key set is too large")
    try:
        document = json.loads(given)
    except RecursionError as error:
        raise ValueError("the key set is too deep") from error
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list) or len(keys) > MOST_KEYS:
        raise ValueError("this is no key set")
    return tuple(key for key in keys if isinstance(key, dict))


def _pick(keys: tuple[Mapping[str, Any], ...], key_id: str | None, algorithm: str) -> Key | None:
    fitting = [key for key in keys if (key_id is None or key.get("kid") == key_id) and _for_checking(key, algorithm)]
    made = [key for key in (_made(key, algorithm) for key in fitting) if key is not None]
    return made[0] if len(made) == 1 else None


def _for_checking(key: Mapping[str, Any], algorithm: str) -> bool:
    uses = key.get("key_ops")
    return (
        key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (uses is None or (isinstance(uses, list) and "verify" in uses))
    )


def _made(key: Mapping[str, Any], algorithm: str) -> Key | None:
    """The key, if it is of the kind that an algorithm takes; a shared secret never is."""
    kind, curve = next(found for start, found in _KIND.items() if algorithm.startswith(start))
    try:
        made: Key = kind.import_key({name: value for name, value in key.items() if name not in ("d", "p", "q")})
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    if isinstance(made, RSAKey):
        return made if made.public_key.key_size >= LEAST_RSA_BITS else None
    return made if key.get("crv") == curve else None

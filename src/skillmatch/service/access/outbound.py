"""Connections to the outside: only to origins that the settings name, only to addresses that are what they seem.

A name is resolved once, every address it has is checked, and the connection goes to the checked address, so that a
name which changes its mind between check and connection gains nothing. Redirects are not followed, proxies not used.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import re
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from skillmatch.domain.base.errors import InputError

HOSTS = "SKILLMATCH_WEBHOOK_HOSTS"
PATIENCE = 10.0
"""Seconds for the connection, and again for the answer's headers."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

_NAME = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class NoConnectionError(Exception):
    """No connection was made, or no answer came; ``reason`` is one word."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host (a name in lower case, or an address) and port of what may be reached."""

    scheme: str
    host: str
    port: int

    @property
    def literal(self) -> Address | None:
        """The address, where the host is one."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins that may be reached; none without settings."""

    allowed: frozenset[Origin] = frozenset()

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Origins:
        """``SKILLMATCH_WEBHOOK_HOSTS``: names (https is meant), or origins such as ``https://hooks.example:8443``."""
        given = (os.environ if environment is None else environment).get(HOSTS, "")
        found = set()
        for entry in given.replace(",", " ").split():
            origin = origin_of(entry if "://" in entry else f"https://{entry}", HOSTS)
            if urlsplit(entry).path not in ("", "/") and "://" in entry:
                raise InputError(f"'{entry[:100]}' has a path.", field=HOSTS, remedy="Name the host only.")
            found.add(origin)
        return cls(frozenset(found))

    def check(self, url: str) -> Origin:
        """The origin of an address, if it may be reached; else ``InputError``."""
        origin = origin_of(url, "url")
        if origin not in self.allowed:
            raise InputError(
                f"'{origin.scheme}://{origin.host}:{origin.port}' is not among the hosts that may be told anything.",
                field="url",
                remedy=f"Whoever runs skillmatch can add it to {HOSTS}.",
            )
        return origin


def origin_of(url: str, field: str) -> Origin:
    """The origin in a URL of http or https without credentials or fragment; ``InputError`` for anything else."""
    wrong = InputError(f"'{url[:100]}' is no address.", field=field, remedy="Write it as https://host/path.")
    if not url.isascii() or re.search(r"[\x00-\x20\\\x7f]", url):
        raise wrong
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("http", "https") or parts.username or parts.password or "@" in parts.netloc:
        raise wrong
    if "#" in url or port == 0:
        raise wrong
    try:
        host = str(ipaddress.ip_address(host))
    except ValueError:
        if not _NAME.fullmatch(host):  # decimal, octal and hexadecimal spellings of addresses end here, too
            raise wrong from None
    return Origin(parts.scheme, host, port or (443 if parts.scheme == "https" else 80))


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet; one inside another counts as what it leads to."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and (address in _NAT64 or int(address) >> 32 == 0):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def target_of(origin: Origin, resolve: Resolve = resolved) -> str:
    """The address to connect to. Raises ``NoConnectionError`` when the name has none, or one that is not public.

    An address that the settings name as such is theirs to answer for; a name never leads into the own network.
    """
    if origin.literal is not None:
        return origin.host
    try:
        found = [ipaddress.ip_address(text.partition("%")[0]) for text in resolve(origin.host, origin.port)]
    except (OSError, ValueError):
        raise NoConnectionError("unresolved") from None
    if not found:
        raise NoConnectionError("unresolved")
    if not all(is_public(address) for address in found):
        raise NoConnectionError("forbidden_address")
    return str(found[0])


def post(url: str, body: bytes, headers: Mapping[str, str], origins: Origins, *, resolve: Resolve = resolved) -> int:
    """Send a body to an address and return the status of the answer, whose body is not read.

    Raises ``NoConnectionError``; also for an origin that may not be reached (any more): then nothing is resolved.
    """
    try:
        origin = origins.check(url)
    except InputError:
        raise NoConnectionError("host_not_allowed") from None
    target = target_of(origin, resolve)
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with closing(_connected(origin, target)) as link:
            limit = threading.Timer(2 * PATIENCE, _hang_up, args=(link,))  # bytes that trickle reset no clock of ours
            limit.daemon = True
            limit.start()
            try:
                connection = http.client.HTTPConnection(origin.host, origin.port)
                connection.sock = link
                shown = f"[{origin.host}]" if ":" in origin.host else origin.host
                usual = 443 if origin.scheme == "https" else 80
                host = shown if origin.port == usual else f"{shown}:{origin.port}"
                connection.request("POST", path, body, {**headers, "Host": host, "Connection": "close"})
                return connection.getresponse().status
            finally:
                limit.cancel()
    except ssl.SSLError:
        raise NoConnectionError("tls") from None
    except TimeoutError:
        raise NoConnectionError("timeout") from None
    except OSError:
        raise NoConnectionError("unreachable") from None
    except (http.client.HTTPException, ValueError):
        raise NoConnectionError("no_http") from None


def _connected(origin: Origin, target: str) -> socket.socket:
    plain = socket.create_connection((target, origin.port), timeout=PATIENCE)
    if origin.scheme == "http":
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=origin.host)
    except BaseException:
        plain.close()
        raise


def _hang_up(link: socket.socket) -> None:
    with suppress(OSError):
        link.shutdown(socket.SHUT_RDWR)

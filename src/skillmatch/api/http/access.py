"""Who may reach the API: whoever has a key, from this machine only until somebody decides otherwise in so many words.

skillmatch speaks plain HTTP: what crosses a network has to be encrypted by whatever stands in front of it.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.types import Scope

from skillmatch.domain.base.errors import InputError

LOOPBACK = "127.0.0.1"
ALLOW_REMOTE = "SKILLMATCH_ALLOW_REMOTE"


@dataclass(frozen=True, slots=True)
class Access:
    """How callers prove who they are; ``open`` lets everybody who can connect be the administrator."""

    open: bool = False


CLOSED = Access()
"""Keys or tokens, as anybody serving people's data needs them."""

OPEN = Access(open=True)
"""No keys: for tests, and for trying things out on one's own machine."""

REMOTE_RISK = "It speaks plain HTTP, so keys and what is known of people could be read on the way."


def remote_allowed(environment: Mapping[str, str] | None = None) -> bool:
    """Whether other machines may connect; ``InputError`` when the variable holds anything but 0 or 1."""
    value = (os.environ if environment is None else environment).get(ALLOW_REMOTE, "")
    if value not in ("", "0", "1"):
        raise InputError(f"is '{value[:20]}'.", field=ALLOW_REMOTE, remedy="Set it to 1, to 0 or not at all.")
    return value == "1"


def check_host(host: str, remote: bool, access: Access = CLOSED) -> None:
    """Refuse with ``InputError`` to listen where other machines could connect, unless that is allowed.

    Without keys it never is.
    """
    if access.open and (remote or not is_loopback(host)):
        raise InputError(
            "lets everybody in, so it is for this machine only.",
            field="open",
            remedy=f"Make keys with 'skillmatch keys create', or listen on {LOOPBACK} without {ALLOW_REMOTE}.",
        )
    if not remote and not is_loopback(host):
        raise InputError(
            f"'{host[:100]}' is reachable from other machines. {REMOTE_RISK}",
            field="host",
            remedy=f"Listen on {LOOPBACK}, or set {ALLOW_REMOTE}=1 behind a proxy that encrypts.",
        )


def is_loopback(host: str) -> bool:
    """Whether a host name or address always means this machine."""
    bare = host.removeprefix("[").removesuffix("]")
    if bare.lower().rstrip(".") == "localhost":
        return True
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)  # ::ffff:127.0.0.1, how a dual-stack socket sees IPv4
    return (mapped or address).is_loopback


def from_here(scope: Scope) -> bool:
    """Whether a request comes from this machine; a Unix socket has no address and is always local."""
    client = scope.get("client")
    return client is None or is_loopback(client[0])


def addressed_here(host_header: str) -> bool:
    """Whether the Host header names this machine.

    A web page that lets its own name point at 127.0.0.1 could otherwise read the API through the visitor's browser.
    """
    try:
        name = urlsplit(f"//{host_header}").hostname
    except ValueError:
        return False
    return name is not None and is_loopback(name)

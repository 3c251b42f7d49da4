"""Settings of bearer tokens: whose are taken, for whom they must be meant, and what their claims open here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from skillmatch.api.http.access import is_loopback
from skillmatch.domain.access.caller import Scope
from skillmatch.domain.base.errors import InputError

PREFIX = "SKILLMATCH_OIDC_"

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""Signatures that can be allowed: whoever can check one cannot make one. ``none`` and ``HS256`` are not among them."""

_NAMES = {
    "ISSUER",
    "AUDIENCE",
    "KEYS",
    "ALGORITHMS",
    "SCOPES_CLAIM",
    "SCOPES_MAP",
    "UNITS_CLAIM",
    "PERSON_CLAIM",
    "NAME_CLAIM",
    "LEEWAY",
}


@dataclass(frozen=True, slots=True)
class TokenSettings:
    """Which tokens open what.

    ``issuer`` and ``audience`` must be those in the token, to the letter. ``keys`` is the issuer's key set (JWKS): a
    file, or an address, the only case in which anything is fetched. ``scopes_claim`` holds scopes as one text or a
    list; ``scopes_map`` says what the issuer's own words (groups, roles) open, on top of our own scopes by their
    names. ``units_claim`` lists the units that the caller sees (``*``: all), ``person_claim`` is the person's id for
    the scope ``self``. ``leeway`` is by how many seconds clocks may differ.
    """

    issuer: str
    audience: str
    keys: str
    algorithms: tuple[str, ...] = ("RS256", "ES256")
    scopes_claim: str = "scope"
    scopes_map: Mapping[str, frozenset[Scope]] = field(default_factory=dict)
    units_claim: str = "units"
    person_claim: str = "sub"
    name_claim: str = "client_id"
    leeway: float = 30.0

    def __post_init__(self) -> None:
        for name in ("issuer", "audience", "keys", "scopes_claim", "units_claim", "person_claim", "name_claim"):
            if not getattr(self, name).strip():
                raise InputError("must not be empty.", field=PREFIX + name.upper(), remedy="Set it, or none of them.")
        weak = [name for name in self.algorithms if name not in ALGORITHMS]
        if weak or not self.algorithms:
            raise InputError(
                f"'{' '.join(weak)[:60]}' cannot be allowed.",
                field=f"{PREFIX}ALGORITHMS",
                remedy=f"Use some of {', '.join(ALGORITHMS)}.",
            )
        if not 0 <= self.leeway <= 300:
            raise InputError(f"is {self.leeway:g}.", field=f"{PREFIX}LEEWAY", remedy="Set 0 to 300 seconds.")
        if self.fetched:
            _check_address(self.keys)

    @property
    def fetched(self) -> bool:
        """Whether the keys are fetched from an address; else they are read from a file."""
        return "://" in self.keys

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> TokenSettings | None:
        """The settings from the environment; None where no token is taken, since nothing is set.

        Raises ``InputError`` that names the variable for nonsense, half a configuration, or a name nobody knows.
        """
        known = os.environ if environment is None else environment
        given = {name.removeprefix(PREFIX): value for name, value in known.items() if name.startswith(PREFIX)}
        for name in given:
            if name not in _NAMES:
                raise InputError(
                    "is no setting.", field=PREFIX + name, remedy=f"Known are {', '.join(sorted(_NAMES))}."
                )
        if not any(given.values()):
            return None
        return cls(
            issuer=given.get("ISSUER", ""),
            audience=given.get("AUDIENCE", ""),
            keys=given.get("KEYS", ""),
            algorithms=tuple(given["ALGORITHMS"].split()) if given.get("ALGORITHMS") else ("RS256", "ES256"),
            scopes_claim=given.get("SCOPES_CLAIM") or "scope",
            scopes_map=_map(given.get("SCOPES_MAP", "")),
            units_claim=given.get("UNITS_CLAIM") or "units",
            person_claim=given.get("PERSON_CLAIM") or "sub",
            name_claim=given.get("NAME_CLAIM") or "client_id",
            leeway=_seconds(given.get("LEEWAY")),
        )

    @property
    def file(self) -> Path:
        """The file that the keys are read from."""
        return Path(self.keys).expanduser()


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    local = parts.scheme == "http" and is_loopback(parts.hostname or "")
    if not parts.hostname or not (parts.scheme == "https" or local) or parts.username or parts.password:
        raise InputError(
            "is no https:// address.", field=f"{PREFIX}KEYS", remedy="Give a file, or an address with https."
        )


def _map(text: str) -> dict[str, frozenset[Scope]]:
    """``hr-staff=read write; hr-leads=admin`` as a mapping."""
    found: dict[str, frozenset[Scope]] = {}
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        word, equals, scopes = entry.partition("=")
        try:
            granted = frozenset(Scope(scope) for scope in scopes.split())
        except ValueError:
            granted = frozenset()
        if not (word.strip() and equals and granted):
            raise InputError(
                f"'{entry[:60]}' says nothing.",
                field=f"{PREFIX}SCOPES_MAP",
                remedy=f"Write 'hr-staff=read write; hr-leads=admin', with scopes of {', '.join(Scope)}.",
            )
        found[word.strip()] = granted
    return found


def _seconds(value: str | None) -> float:
    if not value:
        return 30.0
    if not value.isdecimal() or len(value) > 3:
        raise InputError(f"is '{value[:20]}'.", field=f"{PREFIX}LEEWAY", remedy="Set 0 to 300 seconds.")
    return float(value)

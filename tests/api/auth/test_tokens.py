"""Bearer tokens: only what the issuer signed for us, now, with a key that it has, opens anything."""

from __future__ import annotations

import base64
import hmac
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from skillmatch.api.auth.token_keys import LOOK_AGAIN, IssuerKeys, KeysUnavailableError, fetch, loader
from skillmatch.api.auth.token_settings import PREFIX, TokenSettings
from skillmatch.api.auth.tokens import MEMORY, Tokens
from skillmatch.api.http.problems import ProblemError
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import InputError, NotFoundError

NOW = 1_780_000_000
ISSUER = "https://login.example"
AUDIENCE = "skillmatch"
RSA = RSAKey.generate_key(2048, {"kid": "r1", "use": "sig"})
RSA_NEXT = RSAKey.generate_key(2048, {"kid": "r2", "use": "sig"})
EC = ECKey.generate_key("P-256", {"kid": "e1"})
ED = OKPKey.generate_key("Ed25519", {"kid": "o1"})
STRANGER = RSAKey.generate_key(2048, {"kid": "r1"})
SMALL = RSAKey.generate_key(1024, {"kid": "small"})
PUBLIC = {"keys": [key.as_dict(private=False) for key in (RSA, EC, ED)]}


class World:
    """An issuer whose keys can be changed, clocks that are set by hand, and a count of looks at the key set."""

    def __init__(self) -> None:
        self.now = float(NOW)
        self.steady = 0.0
        self.published: Any = PUBLIC
        self.looks = 0

    def load(self) -> bytes:
        self.looks += 1
        if isinstance(self.published, Exception):
            raise self.published
        return self.published if isinstance(self.published, bytes) else json.dumps(self.published).encode()

    def tokens(self, **changes: Any) -> Tokens:
        settings = TokenSettings(
            **({"issuer": ISSUER, "audience": AUDIENCE, "keys": "keys.json", "algorithms": ALLOWED} | changes)
        )
        return Tokens(
            settings,
            find_person,
            lambda: datetime.fromtimestamp(self.now, UTC),
            keys=IssuerKeys(self.load, lambda: self.steady),
        )


ALLOWED = ("RS256", "PS256", "ES256", "EdDSA")


def find_person(given: str) -> str:
    if given != "P-1":
        raise NotFoundError("person", given)
    return "own/P-1"


@pytest.fixture
def world() -> World:
    return World()


def claims(**changes: Any) -> dict[str, Any]:
    made = {"iss": ISSUER, "aud": AUDIENCE, "sub": "P-1", "exp": NOW + 300, "scope": "read openid", "units": ["Ward"]}
    return {name: value for name, value in (made | changes).items() if value is not ...}


def signed(payload: Any = None, key: Any = RSA, *, alg: str = "RS256", **header: Any) -> str:
    protected = {"alg": alg, "kid": key.kid, **header}
    protected = {name: value for name, value in protected.items() if value is not ...}
    text = json.dumps(claims() if payload is None else payload)
    return jws.serialize_compact(protected, text, key, algorithms=[alg])


def plain(part: Any) -> str:
    return base64.urlsafe_b64encode(part if isinstance(part, bytes) else json.dumps(part).encode()).decode().rstrip("=")


def code_of(tokens: Tokens, token: str) -> str:
    with pytest.raises(ProblemError) as found:
        tokens.caller(token)
    assert found.value.kind == "unauthenticated"
    assert len(token) < 20 or token not in found.value.detail
    assert "invalid_token" in found.value.headers["WWW-Authenticate"]
    return found.value.code


@pytest.mark.parametrize(("key", "alg"), [(RSA, "RS256"), (RSA, "PS256"), (EC, "ES256"), (ED, "EdDSA")])
def test_what_the_issuer_signed_is_taken(world: World, key: Any, alg: str) -> None:
    caller = world.tokens().caller(signed(key=key, alg=alg))
    assert caller == Caller("token:P-1", "P-1", frozenset({Scope.READ}), ("Ward",))


def test_alg_none_is_refused_in_every_spelling(world: World) -> None:
    for alg in ("none", "None", "NONE", "", None, 0, ["RS256"]):
        for signature in ("", signed().split(".")[2]):
            token = f"{plain({'alg': alg, 'kid': 'r1'})}.{plain(claims())}.{signature}"
            assert code_of(world.tokens(), token) == "token_algorithm"


def test_the_public_key_is_no_shared_secret(world: World) -> None:
    for secret in (RSA.as_pem(private=False), json.dumps(RSA.as_dict(private=False)).encode(), RSA.as_der(False)):
        message = f"{plain({'alg': 'HS256', 'kid': 'r1'})}.{plain(claims())}"
        forged = f"{message}.{plain(hmac.digest(secret, message.encode(), 'sha256'))}"
        assert code_of(world.tokens(), forged) == "token_algorithm"
    for alg in ("HS256", "HS512", "none", "dir", "RSA1_5"):
        with pytest.raises(InputError, match="ALGORITHMS"):
            world.tokens(algorithms=("RS256", alg))


def test_a_shared_secret_in_the_key_set_checks_nothing(world: World) -> None:
    secret = OctKey.import_key(b"x" * 32, {"kid": "r1"})
    world.published = {"keys": [secret.as_dict()]}
    assert code_of(world.tokens(), signed()) == "token_key"


def test_another_algorithm_than_those_allowed_is_refused(world: World) -> None:
    assert code_of(world.tokens(algorithms=("ES256",)), signed()) == "token_algorithm"
    # a header that names an allowed algorithm, over a key of another kind
    assert code_of(world.tokens(), signed(key=RSA, alg="RS256").replace(".", ".", 1)[:-4] + "AAAA") == "token_signature"
    forged = f"{plain({'alg': 'ES256', 'kid': 'r1'})}." + signed().split(".", 1)[1]
    assert code_of(world.tokens(), forged) == "token_key"


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_key_too_small_to_trust_is_passed_over(world: World) -> None:
    world.published = {"keys": [SMALL.as_dict(private=False)]}
    assert code_of(world.tokens(), signed(key=SMALL)) == "token_key"


@pytest.mark.parametrize(
    "key_id",
    ["r9", "../../etc/passwd", "/dev/null", "r1\x00", "' OR 1=1 --", "r1;id", "https://evil.example/keys", "R1", " r1"],
)
def test_a_key_id_is_only_ever_compared(world: World, key_id: str) -> None:
    assert code_of(world.tokens(), signed(kid=key_id)) == "token_key"


@pytest.mark.parametrize("key_id", [1, True, {}, ["r1"], "x" * 201])
def test_a_key_id_that_is_no_short_text_is_refused(world: World, key_id: Any) -> None:
    token = f"{plain({'alg': 'RS256', 'kid': key_id})}.{plain(claims())}.{plain(b'x')}"
    assert code_of(world.tokens(), token) == "token_key"


@pytest.mark.parametrize(
    "extra",
    [
        {"jwk": STRANGER.as_dict(private=False)},
        {"x5c": ["MIIB"]},
        {"jku": "https://evil.example/keys"},
        {"x5u": "https://evil.example/cert"},
        {"crit": ["exp"], "exp": 1},
        {"crit": []},
        {"crit": ["b64"], "b64": False},
        {"b64": False},
        {"zip": "DEF"},
        {"unheard": 1},
    ],
)
def test_keys_addresses_and_extensions_in_the_header_are_refused(world: World, extra: dict[str, Any]) -> None:
    protected = {"alg": "RS256", "kid": "r1", **extra}
    message = f"{plain(protected)}.{plain(claims())}"
    for key in (RSA, STRANGER):
        signature = key_sign(key, message.encode())
        assert code_of(world.tokens(), f"{message}.{plain(signature)}") == "token_header"
    assert world.looks == 0


def key_sign(key: RSAKey, message: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256

    return key.private_key.sign(message, PKCS1v15(), SHA256())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"iss": "https://login.example.evil"}, "token_issuer"),
        ({"iss": "https://login.example/"}, "token_issuer"),
        ({"iss": [ISSUER]}, "token_issuer"),
        ({"iss": ...}, "token_issuer"),
        ({"aud": "other"}, "token_audience"),
        ({"aud": ["a", "b"]}, "token_audience"),
        ({"aud": {AUDIENCE: 1}}, "token_audience"),
        ({"aud": ...}, "token_audience"),
        ({"exp": NOW - 30}, "token_expired"),
        ({"exp": ...}, "token_malformed"),
        ({"exp": "9999999999"}, "token_malformed"),
        ({"exp": True}, "token_malformed"),
        ({"exp": 10**400}, "token_malformed"),
        ({"exp": None}, "token_malformed"),
        ({"nbf": NOW + 31}, "token_early"),
        ({"nbf": "x"}, "token_malformed"),
        ({"iat": NOW + 31}, "token_early"),
        ({"sub": ...}, "token_subject"),
        ({"sub": ""}, "token_subject"),
        ({"sub": "x" * 201}, "token_subject"),
        ({"scope": ...}, "token_scopes"),
        ({"scope": "openid ADMIN"}, "token_scopes"),
        ({"scope": {"read": 1}}, "token_scopes"),
        ({"units": ...}, "token_units"),
        ({"units": []}, "token_units"),
        ({"units": [1]}, "token_units"),
        ({"scope": "admin"}, "token_grants"),
        ({"scope": "self", "sub": "P-2"}, "token_person"),
    ],
)
def test_claims_that_are_not_ours_are_refused(world: World, changes: dict[str, Any], code: str) -> None:
    assert code_of(world.tokens(), signed(claims(**changes))) == code


def test_a_signature_of_somebody_else_and_a_changed_claim_are_refused(world: World) -> None:
    assert code_of(world.tokens(), signed(key=STRANGER)) == "token_signature"
    head, _, signature = signed().split(".")
    assert code_of(world.tokens(), f"{head}.{plain(claims(scope='admin'))}.{signature}") == "token_signature"
    assert code_of(world.tokens(), f"{head}.{plain(claims())}.") == "token_signature"


def test_clocks_may_differ_by_the_leeway_and_the_clock_is_ours(world: World) -> None:
    tokens = world.tokens()
    token = signed(claims(nbf=NOW, iat=NOW))
    world.now = NOW + 329
    assert tokens.caller(token)
    world.now = NOW + 330
    assert code_of(tokens, token) == "token_expired"
    world.now = NOW - 30
    assert tokens.caller(token)
    world.now = NOW - 31
    assert code_of(tokens, token) == "token_early"


@pytest.mark.parametrize(
    "token",
    ["", ".", "..", "...", "a.b.c", "é.é.é", "x" * 9_000, plain({"alg": "RS256"}), "e30.e30.e30.e30.e30"]
    + [f"{plain(part)}.{plain(claims())}.AAAA" for part in (b"\xff\xfe", b"[]", b'"x"', b"{", b"[" * 6000)],
)
def test_what_is_no_token_is_refused(world: World, token: str) -> None:
    assert code_of(world.tokens(), token) in ("token_malformed", "token_algorithm")


@given(st.text(max_size=200), st.text(max_size=100))
def test_no_text_breaks_it(text: str, more: str) -> None:
    tokens = World().tokens()
    for token in (text, f"{text}.{more}.{text}", f"{plain(text.encode('utf-8', 'replace'))}.{more}.x"):
        with pytest.raises(ProblemError):
            tokens.caller(token)


@pytest.mark.parametrize("payload", [[], "x", 1, None])
def test_claims_are_an_object(world: World, payload: Any) -> None:
    token = jws.serialize_compact({"alg": "RS256", "kid": "r1"}, json.dumps(payload), RSA, algorithms=["RS256"])
    assert code_of(world.tokens(), token) == "token_malformed"


def test_an_id_token_of_another_type_is_refused(world: World) -> None:
    assert code_of(world.tokens(), signed(typ="logout+jwt")) == "token_type"
    assert world.tokens().caller(signed(typ="at+JWT"))


def test_without_a_key_id_the_only_fitting_key_is_meant(world: World) -> None:
    tokens = world.tokens()
    assert tokens.caller(signed(kid=...))
    world.published = {"keys": [*PUBLIC["keys"], RSA_NEXT.as_dict(private=False)]}
    assert code_of(world.tokens(), signed(kid=...)) == "token_key"


def test_two_keys_of_one_id_mean_none(world: World) -> None:
    world.published = {"keys": [RSA.as_dict(private=False), STRANGER.as_dict(private=False)]}
    assert code_of(world.tokens(), signed()) == "token_key"


@pytest.mark.parametrize("change", [{"use": "enc"}, {"alg": "PS512"}, {"key_ops": ["sign"]}, {"key_ops": "verify"}])
def test_a_key_for_something_else_checks_nothing(world: World, change: dict[str, Any]) -> None:
    world.published = {"keys": [RSA.as_dict(private=False) | change]}
    assert code_of(world.tokens(), signed()) == "token_key"


def test_new_keys_are_found_at_most_once_a_minute(world: World) -> None:
    tokens = world.tokens()
    assert tokens.caller(signed())
    world.published = {"keys": [RSA_NEXT.as_dict(private=False)]}
    for number in range(50):
        assert code_of(tokens, signed(key=RSA_NEXT, kid=f"made-up-{number}")) == "token_key"
    assert world.looks == 1
    world.steady += LOOK_AGAIN
    assert tokens.caller(signed(key=RSA_NEXT))
    assert world.looks == 2
    assert code_of(tokens, signed()) == "token_key"  # the old key has gone with its set
    assert world.looks == 2


def test_nothing_is_read_before_the_first_token(world: World) -> None:
    world.tokens()
    assert world.looks == 0


def test_without_keys_nobody_is_let_in_and_it_is_our_fault_not_theirs(world: World) -> None:
    for published in (OSError("away"), b"<html>", b"[" * 100_000, {"keys": 1}, b"x" * 300_000, {"keys": [1] * 51}):
        world.published = published
        with pytest.raises(ProblemError) as found:
            world.tokens().caller(signed())
        assert found.value.kind == "issuer_unavailable"


def test_known_keys_stay_good_while_the_issuer_is_away(world: World) -> None:
    tokens = world.tokens()
    assert tokens.caller(signed())
    world.published = OSError("away")
    world.steady += LOOK_AGAIN
    assert code_of(tokens, signed(kid="r7")) == "token_key"
    assert tokens.caller(signed())


def test_units_scopes_and_people_are_those_of_the_claims(world: World) -> None:
    mapped = world.tokens(
        scopes_claim="groups",
        scopes_map={"hr": frozenset({Scope.READ, Scope.PLAN})},
        units_claim="departments",
        person_claim="employee",
        name_claim="name",
    )
    made = mapped.caller(signed(claims(groups=["hr", "self", 7], departments="*", employee="P-1", name="Ada")))
    assert made == Caller("token:P-1", "Ada", frozenset({Scope.READ, Scope.PLAN, Scope.SELF}), None, "own/P-1")
    assert mapped.caller(signed(claims(groups=["hr"], departments=["A", "B", "A"]))).units == ("A", "B")
    assert world.tokens().caller(signed(claims(scope="self", units=...))).person_id == "own/P-1"
    assert world.tokens().caller(signed(claims(scope="admin", units=...))).units is None


def test_the_gate_remembers_a_good_token_for_a_moment_only(world: World) -> None:
    tokens = world.tokens()
    token = signed()
    assert tokens.recall(token) is None
    assert tokens.verify(token) == tokens.recall(token) == tokens.caller(token)
    world.now += MEMORY
    assert tokens.recall(token) is None
    world.now -= 3600  # a clock set back does not make it last
    assert tokens.recall(token) is None
    short = signed(claims(exp=NOW + MEMORY + 5))
    world.now = NOW + MEMORY
    assert tokens.verify(short)
    world.now = NOW + MEMORY + 5
    assert tokens.recall(short) is None


def test_an_api_key_is_left_to_somebody_else(world: World) -> None:
    tokens = world.tokens()
    assert tokens.verify("sm_0123456789ab_secret") is None
    assert tokens.recall("sm_0123456789ab_secret") is None


FULL = {f"{PREFIX}ISSUER": ISSUER, f"{PREFIX}AUDIENCE": AUDIENCE, f"{PREFIX}KEYS": "/keys.json"}


def test_settings_come_from_the_environment() -> None:
    assert TokenSettings.read({}) is None
    assert TokenSettings.read({f"{PREFIX}ISSUER": ""}) is None
    more = {
        f"{PREFIX}ALGORITHMS": "ES256 EdDSA",
        f"{PREFIX}SCOPES_MAP": "hr = read write; lead=admin",
        f"{PREFIX}LEEWAY": "0",
    }
    found = TokenSettings.read(FULL | more)
    assert found is not None
    assert (found.algorithms, found.leeway, found.fetched) == (("ES256", "EdDSA"), 0.0, False)
    assert found.scopes_map == {"hr": {Scope.READ, Scope.WRITE}, "lead": {Scope.ADMIN}}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ISSUER", ""),
        ("AUDIENCE", ""),
        ("KEYS", ""),
        ("KEYS", "http://login.example/keys"),
        ("KEYS", "file:///etc/passwd"),
        ("KEYS", "https://user:secret@login.example/keys"),
        ("KEYS", "https:///keys"),
        ("ALGORITHMS", "HS256"),
        ("ALGORITHMS", "none"),
        ("ALGORITHMS", " "),
        ("SCOPES_MAP", "hr"),
        ("SCOPES_MAP", "hr=root"),
        ("SCOPES_MAP", "=read"),
        ("LEEWAY", "-1"),
        ("LEEWAY", "301"),
        ("AUDIENSE", "typo"),
    ],
)
def test_settings_that_make_no_sense_are_named(name: str, value: str) -> None:
    with pytest.raises(InputError) as found:
        TokenSettings.read(FULL | {PREFIX + name: value})
    assert found.value.place.field == PREFIX + name


def test_a_file_of_keys_is_read_when_needed(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    keys = IssuerKeys(loader(TokenSettings(ISSUER, AUDIENCE, str(file))), lambda: 0.0)
    with pytest.raises(KeysUnavailableError):
        keys.find("r1", "RS256")
    file.write_text(json.dumps(PUBLIC))
    assert IssuerKeys(loader(TokenSettings(ISSUER, AUDIENCE, str(file))), lambda: 0.0).find("r1", "RS256")


@pytest.fixture
def issuer() -> Iterator[Callable[[], str]]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/moved":
                self.send_response(302)
                self.send_header("Location", "/keys")
                self.end_headers()
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(PUBLIC).encode())

        def log_message(self, *_: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield lambda: f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_keys_are_fetched_from_the_one_address_named_and_no_further(
    issuer: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    settings = TokenSettings(ISSUER, AUDIENCE, f"{issuer()}/keys")
    assert settings.fetched
    tokens = Tokens(settings, find_person, lambda: datetime.fromtimestamp(NOW, UTC))
    assert tokens.caller(signed())
    with pytest.raises(OSError, match="302"):
        fetch(f"{issuer()}/moved")

"""API2:2023 Broken authentication: every operation with every sort of key and token that proves nothing.

What is wrong with tokens is tried one by one in ``test_tokens.py``; here they meet the whole application.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from joserfc import jws
from joserfc.jwk import RSAKey
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.auth.key_ring import FRESH_SECONDS, KeyRing
from skillmatch.api.auth.token_settings import PREFIX
from skillmatch.api.http.rates import Rates
from skillmatch.service.workspace import Workspace

from ..calls import ALL, problem_code

ISSUER, AUDIENCE = "https://login.example", "skillmatch"
OURS = RSAKey.generate_key(2048, {"kid": "ours"})
FOREIGN = RSAKey.generate_key(2048, {"kid": "ours"})


def token(key: RSAKey = OURS, alg: str = "RS256", **claims: object) -> str:
    """A token that says it is an administrator's."""
    now = datetime.now(UTC).timestamp()
    said = {"iss": ISSUER, "aud": AUDIENCE, "sub": "x", "exp": now + 300, "scope": "admin", **claims}
    return jws.serialize_compact({"alg": alg, "kid": "ours"}, json.dumps(said), key, algorithms=[alg])


def unsigned(text: str) -> str:
    import base64

    head = base64.urlsafe_b64encode(b'{"alg":"none","kid":"ours"}').decode().rstrip("=")
    return f"{head}.{text.split('.')[1]}."


@pytest.fixture(scope="module")
def closed(
    victim: Workspace, tmp_path_factory: pytest.TempPathFactory, client_of: Callable[..., TestClient]
) -> TestClient:
    """A client of a server that knows an issuer, too."""
    keys = tmp_path_factory.mktemp("issuer") / "keys.json"
    Path(keys).write_text(json.dumps({"keys": [OURS.as_dict(private=False)]}))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("ISSUER", ISSUER), ("AUDIENCE", AUDIENCE), ("KEYS", str(keys))):
            patch.setenv(PREFIX + name, value)
        return client_of(create_app(victim, allow_remote=False, rates=Rates(10_000_000)))


@pytest.fixture(scope="module")
def worthless(victim: Workspace) -> Mapping[str, list[str]]:
    """What is sent as Authorization headers, by what is wrong with it."""
    good = victim.keys.create("good", ["admin"], by="test").text
    revoked = victim.keys.create("revoked", ["admin"], by="test")
    victim.keys.revoke(revoked.key.id)
    replaced = victim.keys.create("replaced", ["admin"], by="test")
    victim.keys.rotate(replaced.key.id, by="test", overlap=timedelta(0))
    mark, key_id, secret = good.split("_", 2)
    hour = datetime.now(UTC).timestamp() - 3600
    tokens = {
        "a token without a signature": unsigned(token()),
        "a token of a foreign key": token(FOREIGN),
        "a token of a foreign issuer": token(iss="https://evil.example"),
        "a token for another audience": token(aud="other"),
        "a token that has expired": token(exp=hour),
        "a token that is not valid yet": token(nbf=hour + 7200),
        "a token that never expires": token(exp=None),
        "a token of a kilobyte too many": token(sub="x" * 9_000),
        "a token with a changed claim": ".".join(
            (token().split(".")[0], token(sub="y").split(".")[1], token().split(".")[2])
        ),
    }
    return {
        "none": [],
        "an empty one": [""],
        "no key behind the word": ["Bearer"],
        "another scheme": [f"Basic {good}"],
        "no scheme": [good],
        "two keys at once": [f"Bearer {good}", f"Bearer {good}"],
        "a revoked key": [f"Bearer {revoked.text}"],
        "a replaced key": [f"Bearer {replaced.text}"],
        "an unknown key": [f"Bearer {mark}_000000000000_{secret}"],
        "a wrong secret": [f"Bearer {mark}_{key_id}_{secret[::-1]}"],
        "an empty secret": [f"Bearer {mark}_{key_id}_"],
        "a key cut short": [f"Bearer {good[:-1]}"],
        "a key with more behind it": [f"Bearer {good}x"],
        "a key in other letters": [f"Bearer {good.swapcase()}"],
        "a key with a wildcard": [f"Bearer {mark}_{key_id}_%"],
        "a key with SQL": [f"Bearer {mark}_' OR '1'='1_{secret}"],
        **{name: [f"Bearer {text}"] for name, text in tokens.items()},
    }


@pytest.mark.parametrize("operation", ALL)
def test_whoever_proves_nothing_is_refused(
    closed: TestClient, worthless: Mapping[str, list[str]], operation: str
) -> None:
    call = ALL[operation]
    where = call.path.format(**call.given)
    for name, given in worthless.items():
        headers = [("Authorization", value) for value in given] + [("Content-Type", "application/json")]
        response = closed.request(call.method, where, headers=headers, content=b"{" if call.method != "GET" else b"")
        assert response.status_code == 401, (name, response.text)
        assert response.headers["www-authenticate"].startswith("Bearer ")
        assert problem_code(response) == "unauthenticated" or name.startswith("a token")
        assert not any(value and value.split()[-1] in response.text for value in given if len(value) > 20)


def test_a_sound_key_and_a_sound_token_open_the_door(closed: TestClient, victim: Workspace) -> None:
    for text in (victim.keys.create("sound", ["admin"], by="test").text, token()):
        assert closed.get("/v1/people", headers={"Authorization": f"Bearer {text}"}).status_code == 200


def test_a_key_elsewhere_than_in_its_header_is_none(closed: TestClient, victim: Workspace) -> None:
    key = victim.keys.create("elsewhere", ["admin"], by="test").text
    assert closed.get("/v1/people", params={"access_token": key, "api_key": key}).status_code == 401
    for name in ("X-API-Key", "Cookie", "Proxy-Authorization", "X-Forwarded-Authorization"):
        assert closed.get("/v1/people", headers={name: f"Bearer {key}"}).status_code == 401


def test_a_key_ends_with_its_moment_with_its_revocation_and_when_replaced(
    victim: Workspace, client_of: Callable[..., TestClient]
) -> None:
    moment, ticks = datetime.now(UTC), 0.0
    app: FastAPI = create_app(
        victim,
        allow_remote=False,
        keys=lambda current: KeyRing(current, moment=lambda: moment, ticks=lambda: ticks),
    )
    client = client_of(app)
    ends = victim.keys.create("ends", ["read"], by="test", expires=moment + timedelta(minutes=1))
    goes = victim.keys.create("goes", ["read"], by="test")

    def status(key: str) -> int:
        return client.get("/v1/people", headers={"Authorization": f"Bearer {key}"}).status_code

    assert (status(ends.text), status(goes.text)) == (200, 200)
    moment += timedelta(minutes=1)
    assert (status(ends.text), status(goes.text)) == (401, 200)  # though it was known a moment ago
    victim.keys.revoke(goes.key.id)
    ticks += FRESH_SECONDS + 0.01
    assert status(goes.text) == 401


def test_keys_cannot_be_guessed_nor_read_from_the_store(victim: Workspace) -> None:
    made = victim.keys.create("secret", ["read"], by="test")
    assert len(made.text.split("_", 2)[2]) >= 40  # 256 random bits
    for file in victim.folder.rglob("*"):
        if file.is_file():
            assert made.text.split("_", 2)[2].encode() not in file.read_bytes()


def test_refusals_do_not_tell_a_known_key_from_an_unknown_one(
    closed: TestClient, worthless: Mapping[str, list[str]]
) -> None:
    said = [
        closed.get("/v1/people", headers={"Authorization": worthless[name][0]}).json()["detail"]
        for name in ("an unknown key", "a wrong secret", "an empty secret", "a key cut short")
    ]
    assert len(set(said)) == 1

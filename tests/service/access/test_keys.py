"""Keys: shown once, found by their prefix, replaced with an overlap, revoked at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillmatch.domain.access.api_key import KeyState
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError
from skillmatch.domain.people.person import Person, StoredPerson
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.access.idempotency import ABANDONED_SECONDS, Turn
from skillmatch.service.workspace import Workspace
from skillmatch.store import Kind

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def on(self, **passed: float) -> None:
        self.now += timedelta(**passed)


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def workspace(tmp_path: Path, clock: Hand) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "w", create=True, encoder=NgramEncoder(), clock=clock) as opened:
        with opened._context.store.writing() as change:
            change.put_people([StoredPerson("own/E1", "Ada", unit="ward"), StoredPerson("own/E2", "Ben", unit="lab")])
        yield opened


def test_a_key_is_shown_once_and_its_secret_is_nowhere_in_the_workspace(workspace: Workspace) -> None:
    made = workspace.keys.create("HR sync", ["read", "write"], by="cli")

    secret = made.text.split("_", 2)[2]
    assert len(secret) >= 43
    assert workspace.keys.check(made.text) == made.key
    assert workspace.keys.all() == [made.key]
    assert secret not in repr(made)
    for file in workspace.folder.iterdir():
        assert secret.encode() not in file.read_bytes()
    with sqlite3.connect(workspace.folder / "workspace.db") as database:
        digest, salt = database.execute("SELECT digest, salt FROM api_keys").fetchone()
    assert (len(digest), len(salt)) == (32, 16)


def test_what_is_nearly_a_key_is_none(workspace: Workspace) -> None:
    text = workspace.keys.create("k", ["read"], by="cli").text
    mark, key_id, secret = text.split("_", 2)
    near = ["", "sm", text[:-1], text + "x", f"{mark}_{key_id}_", f"{mark}_000000000000_{secret}", "x" + text, text * 3]
    near += [text.upper(), f"{mark}_{key_id}_\ud800", f"{mark}_\x00_{secret}", f"xx_{key_id}_{secret}", "_" * 90]
    assert [workspace.keys.check(one) for one in near] == [None] * len(near)


@given(st.text(max_size=120))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_text_at_all_opens_anything_or_breaks(workspace: Workspace, text: str) -> None:
    assert workspace.keys.check(text) is None
    assert workspace.keys.check(f"sm_{text}_x") is None


def test_a_key_expires_at_its_moment(workspace: Workspace, clock: Hand) -> None:
    made = workspace.keys.create("k", ["read"], by="cli", expires=NOON + timedelta(hours=1))
    found = workspace.keys.check(made.text)
    assert found is not None
    clock.on(minutes=59)
    assert found.state(clock()) is KeyState.VALID
    clock.on(minutes=1)
    assert found.state(clock()) is KeyState.EXPIRED
    with pytest.raises(ConflictError, match="expired"):
        workspace.keys.rotate(made.key.id, by="cli")


def test_the_old_key_stays_valid_for_the_overlap_and_no_longer(workspace: Workspace, clock: Hand) -> None:
    old = workspace.keys.create("k", ["self"], by="cli", person="E1", expires=NOON + timedelta(days=30))
    clock.on(days=10)
    new = workspace.keys.rotate(old.key.id, by="Kim", overlap=timedelta(hours=6))

    assert new.text != old.text
    assert (new.key.scopes, new.key.person_id, new.key.replaces) == (old.key.scopes, "own/E1", old.key.id)
    assert new.key.expires == clock() + timedelta(days=30)
    replaced = workspace.keys.check(old.text)
    assert replaced is not None
    assert replaced.expires == clock() + timedelta(hours=6)
    with pytest.raises(InputError, match="90 days"):
        workspace.keys.rotate(new.key.id, by="Kim", overlap=timedelta(days=91))


def test_an_overlap_never_makes_an_old_key_last_longer(workspace: Workspace) -> None:
    old = workspace.keys.create("k", ["read"], by="cli", expires=NOON + timedelta(hours=1))
    workspace.keys.rotate(old.key.id, by="cli", overlap=timedelta(days=1))
    assert workspace.keys.all()[0].expires == NOON + timedelta(hours=1)


def test_a_revoked_key_is_revoked_for_good_and_everybody_can_notice(workspace: Workspace, clock: Hand) -> None:
    made = workspace.keys.create("k", ["read"], by="cli")
    before = workspace.keys.revision()
    revoked = workspace.keys.revoke(made.key.id)
    assert revoked.state(clock()) is KeyState.REVOKED
    assert workspace.keys.revision() > before
    clock.on(days=1)
    assert workspace.keys.revoke(made.key.id) == revoked
    with pytest.raises(NotFoundError):
        workspace.keys.revoke("nothing")


def test_use_is_noted_and_is_no_change_of_keys(workspace: Workspace, clock: Hand) -> None:
    made = workspace.keys.create("k", ["read"], by="cli")
    before = workspace.keys.revision()
    clock.on(hours=2)
    workspace.keys.note_use({made.key.id: clock(), "gone": clock()})
    assert workspace.keys.all()[0].used == clock()
    assert workspace.keys.revision() == before


@pytest.mark.parametrize(
    ("given_", "complaint"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["root"]}, "root"),
        ({"scopes": ["self"]}, "self"),
        ({"scopes": ["read"], "person": "E1"}, "self"),
        ({"scopes": ["admin"], "units": ["ward"]}, "admin"),
        ({"scopes": ["read"], "units": []}, "units"),
        ({"scopes": ["read"], "units": ["a", "a"]}, "twice"),
        ({"scopes": ["read"], "expires": NOON}, "ahead"),
        ({"scopes": ["read"], "expires": datetime(2027, 1, 1)}, "offset"),
        ({"scopes": ["read"], "name": " "}, "name"),
        ({"scopes": ["read"], "name": "a\x00b"}, "NUL"),
    ],
)
def test_grants_that_make_no_sense_are_refused(workspace: Workspace, given_: dict[str, Any], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        workspace.keys.create(**{"name": "k", "by": "cli", **given_})
    assert workspace.keys.all() == []


def test_a_key_of_a_person_needs_that_person_and_goes_with_them(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError):
        workspace.keys.create("k", ["self"], by="cli", person="nobody")
    made = workspace.keys.create("k", ["self"], by="cli", person="E2")
    with workspace._context.store.writing() as change:
        change.remove(Kind.PERSON, "own/E2")
    assert workspace.keys.check(made.text) is None


ADA = Person("own/E1", "Ada", unit="ward")


@pytest.mark.parametrize(
    ("scopes", "units", "person", "sees"),
    [
        ({Scope.READ}, None, None, True),
        ({Scope.READ}, ("lab",), None, False),
        ({Scope.READ}, ("lab", "ward"), None, True),
        ({Scope.ADMIN}, None, None, True),
        ({Scope.REPORT}, None, None, False),
        ({Scope.SELF}, None, "own/E1", True),
        ({Scope.SELF}, None, "own/E2", False),
        ({Scope.SELF, Scope.READ}, ("lab",), "own/E1", True),
        ({Scope.SELF, Scope.REPORT}, None, "own/E2", False),
    ],
)
def test_who_sees_whom(scopes: set[Scope], units: tuple[str, ...] | None, person: str | None, sees: bool) -> None:
    assert Caller("c", "c", frozenset(scopes), units, person).sees(ADA) is sees


def test_an_admin_holds_every_scope() -> None:
    assert all(Caller("c", "c", frozenset({Scope.ADMIN})).has(scope) for scope in Scope)


def reserve(workspace: Workspace, key: str = "k", body: str = "f") -> Turn:
    return workspace.idempotency.reserve("key:1", key, body).turn


def test_an_answer_is_kept_for_a_day_and_replayed_as_it_was(workspace: Workspace, clock: Hand) -> None:
    assert reserve(workspace) is Turn.GO
    assert reserve(workspace) is Turn.IN_FLIGHT
    assert reserve(workspace, body="other") is Turn.REUSED
    assert workspace.idempotency.reserve("key:2", "k", "f").turn is Turn.GO
    workspace.idempotency.keep("key:1", "k", 201, (("etag", '"1"'),), b"\x00{}")
    again = workspace.idempotency.reserve("key:1", "k", "f")
    assert again.turn is Turn.REPLAY
    assert again.answer is not None
    assert (again.answer.status, again.answer.headers, again.answer.body) == (201, (("etag", '"1"'),), b"\x00{}")
    clock.on(hours=23, minutes=59)
    assert reserve(workspace) is Turn.REPLAY
    clock.on(minutes=2)
    assert reserve(workspace) is Turn.GO


def test_a_released_key_and_one_whose_program_died_can_be_used_again(workspace: Workspace, clock: Hand) -> None:
    assert reserve(workspace) is Turn.GO
    workspace.idempotency.release("key:1", "k")
    assert reserve(workspace) is Turn.GO
    clock.on(seconds=ABANDONED_SECONDS + 1)
    assert reserve(workspace) is Turn.GO
    clock.on(days=-3)  # set back: nothing is lost, and nothing blocks for three days
    assert reserve(workspace) is Turn.GO
    workspace.idempotency.keep("key:1", "k", 200, (), b"x")
    clock.on(days=-3)
    assert reserve(workspace) is Turn.REPLAY


def test_what_an_answer_said_can_be_forgotten_but_not_that_it_was_given(workspace: Workspace) -> None:
    assert reserve(workspace) is Turn.GO
    workspace.idempotency.keep("key:1", "k", 200, (), b"Ada")
    assert reserve(workspace, "open") is Turn.GO
    with workspace._context.store.writing() as change:
        change.blank_answers()
    assert reserve(workspace) is Turn.FORGOTTEN
    assert reserve(workspace, "open") is Turn.IN_FLIGHT

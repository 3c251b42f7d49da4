"""Each caller may send so many requests a minute; the bucket fills evenly, and refusals say when to come back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.http import buckets
from skillmatch.api.http.access import OPEN
from skillmatch.api.http.buckets import WAYS, Buckets
from skillmatch.api.http.rates import Rates
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.service.workspace import Workspace


def named(caller_id: str) -> Caller:
    return Caller(caller_id, "HR", frozenset({Scope.READ}))


ONE = named("one")


class Ticks:
    """A clock that is set by hand, in seconds."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_caller_who_asks_too_often_is_told_when_to_come_back(
    demo: Workspace, client_of: Callable[..., TestClient]
) -> None:
    ticks = Ticks()
    client = client_of(create_app(demo, access=OPEN, allow_remote=False, rates=Rates(3, ticks)))

    allowed = [client.get("/v1/skills?q=a") for _ in range(3)]
    refusal = client.get("/v1/skills?q=a")

    assert [one.status_code for one in allowed] == [200, 200, 200]
    assert [one.headers["ratelimit"] for one in allowed] == [
        f'"caller";r={left};t={(3 - left) * 20}' for left in (2, 1, 0)
    ]
    assert allowed[0].headers["ratelimit-policy"] == '"caller";q=3;w=60'
    assert (refusal.status_code, refusal.json()["code"]) == (429, "too_many_requests")
    assert refusal.headers["retry-after"] == "20"
    ticks.now += 20
    assert client.get("/v1/skills?q=a").status_code == 200


@given(st.integers(1, 50), st.lists(st.floats(-10, 100, allow_nan=False), max_size=300))
def test_nobody_gets_more_than_a_full_bucket_and_what_flows_in(quota: int, steps: list[float]) -> None:
    ticks = Ticks()
    rates = Rates(quota, ticks)
    forward = granted = 0.0
    for step in steps:
        ticks.now += step
        forward += max(0.0, step)
        granted += not rates.take(ONE).refused
    assert granted <= quota + forward * quota / 60 + 1e-6


def test_waiting_as_told_is_enough() -> None:
    ticks = Ticks()
    rates = Rates(7, ticks)
    while not (state := rates.take(ONE)).refused:
        pass
    ticks.now += state.wait
    assert not rates.take(ONE).refused


def test_callers_do_not_take_from_each_other_and_are_not_remembered_without_end() -> None:
    rates = Rates(1, Ticks())
    assert not any(rates.take(named(str(number))).refused for number in range(5_000))
    assert all(rates.take(named(str(number))).refused for number in range(0, 5_000, 100))


def test_whoever_asks_for_themselves_alone_may_ask_less() -> None:
    rates = Rates(20, Ticks(), own=3)
    alone = Caller("key:1", "Ada", frozenset({Scope.SELF}), person_id="own/P-1")
    assert [rates.take(alone).refused for _ in range(4)] == [False, False, False, True]
    assert rates.take(alone).headers["RateLimit-Policy"] == '"caller";q=3;w=60'
    assert not any(rates.take(named("key:2")).refused for _ in range(20))
    assert Rates(2, Ticks(), own=5).take(alone).quota == 2


FORKED = """
import os, sys
from skillmatch.api.http.rates import Rates
from skillmatch.domain.access.caller import Caller, Scope
rates, caller = Rates(300, lambda: 0.0), Caller("key:1", "HR", frozenset({Scope.READ}))
for _ in range(4):
    if os.fork() == 0:
        granted = sum(not rates.take(caller).refused for _ in range(200))
        os.write(1, b"%d " % granted)
        os._exit(0)
for _ in range(4):
    os.wait()
"""


def test_processes_that_were_forked_count_together() -> None:
    done = subprocess.run([sys.executable, "-c", FORKED], capture_output=True, text=True, check=True, timeout=60)
    granted = [int(line) for line in done.stdout.split()]
    assert len(granted) == 4 and sum(granted) == 300


DYING = """
import os, signal
from skillmatch.api.http.buckets import Buckets
buckets = Buckets()
def die(_):
    os.kill(os.getpid(), signal.SIGKILL)
if os.fork() == 0:
    buckets.change("key:1", die)
os.wait()
buckets.change("key:1", lambda time: print(time) or 5.0)
buckets.change("key:1", lambda time: print(time) or 5.0)
"""


def test_a_process_that_dies_while_it_counts_holds_up_nobody() -> None:
    done = subprocess.run([sys.executable, "-c", DYING], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["0.0", "5.0"]


def test_where_too_many_meet_the_fullest_bucket_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "SETS", 1)
    few, found = Buckets(), []
    for number in range(WAYS + 1):
        few.change(str(number), lambda _, number=number: 10.0 + number)
    for number in (WAYS, 1):
        few.change(str(number), lambda time: found.append(time) or time)
    few.change("0", lambda time: found.append(time) or time)
    assert found == [10.0 + WAYS, 11.0, 0.0]

"""Each caller may send so many requests a minute; the bucket fills evenly, and refusals say when to come back."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from skillmatch.api.access import OPEN
from skillmatch.api.app import create_app
from skillmatch.api.rates import MOST_BUCKETS, Rates
from skillmatch.service.workspace import Workspace


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
        granted += not rates.take("one").refused
    assert granted <= quota + forward * quota / 60 + 1e-6


def test_waiting_as_told_is_enough() -> None:
    ticks = Ticks()
    rates = Rates(7, ticks)
    while not (state := rates.take("one")).refused:
        pass
    ticks.now += state.wait
    assert not rates.take("one").refused


def test_callers_do_not_take_from_each_other_and_are_not_remembered_without_end() -> None:
    rates = Rates(1, Ticks())
    assert not any(rates.take(str(number)).refused for number in range(MOST_BUCKETS + 5))
    assert len(rates._buckets) == MOST_BUCKETS

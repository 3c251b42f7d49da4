"""Every answer is read from one transaction: whom it is about, what it is made from, and what the audit says of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from skillmatch.service.workspace import Workspace

from .calls import ALL, with_things

FEW = ["get_person", "get_profile", "list_evidence", "person_recommendations"]
READS = sorted(call.id for call in ALL.values() if call.method == "GET")
HERE = "/v1/people/own/P-037"


@contextmanager
def transactions(workspace: Workspace) -> Iterator[list[Any]]:
    """The transactions that are begun on the workspace's database, in any thread."""
    begun: list[Any] = []

    def note(connection: Any) -> None:
        begun.append(connection)

    engine = workspace._context.store._engine
    event.listen(engine, "begin", note)
    try:
        yield begun
    finally:
        event.remove(engine, "begin", note)


@pytest.mark.parametrize(
    "names",
    [
        ["get_person", "get_profile", "list_evidence", "person_recommendations"],
        pytest.param(READS, marks=pytest.mark.slow),
    ],
    ids=["some", "all"],
)
def test_every_read_is_one_transaction(
    own: Workspace, own_client: TestClient, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for whether those whom it is about are there still, which is asked of the present and answers nothing."""
    monkeypatch.setattr(own._context.store, "erased_since", lambda _: [])
    assert "person_recommendations" in names
    for name in names:
        call = with_things(ALL[name], own)
        call.send(own_client)  # what is prepared once and kept is none of it
        with transactions(own) as begun:
            answer = call.send(own_client)
        assert answer.is_success, (name, answer.text)
        assert len(begun) <= 1, name


def test_a_write_between_two_reads_is_in_none_of_the_answer(
    own: Workspace, own_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the person and everything else, their unit and a credential change: the answer says what was before."""
    before = own_client.get(HERE).json()
    current = type(own._context.snapshots).current
    reads = 0

    def interrupted(*given: Any) -> Any:
        nonlocal reads
        reads += 1
        if reads == 2:  # the person is known by now
            with own._context.store.writing() as change:
                person = change.person("own/P-037")
                change.put_people([replace(person, unit="Elsewhere")])
                change.put_setting("as_of", "2031-01-01")
        return current(*given)

    monkeypatch.setattr(type(own._context.snapshots), "current", interrupted)
    during = own_client.get(HERE).json()
    assert reads >= 2
    assert during == before
    line = own.audit.lines(person="own/P-037").items[-1]
    assert line.snapshot == during["snapshot"]
    after = own_client.get(HERE).json()
    assert (after["unit"], after["as_of"]) == ("Elsewhere", "2031-01-01")

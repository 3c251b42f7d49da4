"""Work beside a view: told in the loop where there is one, else to whoever waits; errors are told, not lost."""

from __future__ import annotations

import asyncio
import threading
import time

from skillmatch.domain.errors import SkillmatchError, WorkspaceError
from skillmatch.widgets.background import Background


def test_without_a_loop_whoever_waits_is_told() -> None:
    background, found = Background(), []
    background.start(lambda: 3, found.append, lambda error: found.append(error.message))
    assert found == []
    assert background.wait(seconds=5)
    assert found == [3]


def test_in_a_loop_it_is_told_by_the_loops_own_thread() -> None:
    told: list[int] = []

    async def run() -> int:
        background = Background()
        background.start(threading.get_ident, told.append, lambda _: None)
        background.start(lambda: 0, lambda _: told.append(threading.get_ident()), lambda _: None)
        for _ in range(200):
            await asyncio.sleep(0.01)
            if len(told) == 2:
                break
        return threading.get_ident()

    own = asyncio.run(run())
    assert own in told  # told here, although the work was done elsewhere
    assert len(set(told)) == 2


def test_a_loop_that_is_gone_leaves_it_to_whoever_waits() -> None:
    async def made() -> Background:
        return Background()

    background, found = asyncio.run(made()), []
    background.start(lambda: 3, found.append, lambda _: None)
    assert background.wait(seconds=5)
    assert found == [3]


def test_errors_are_told(capsys: object) -> None:
    background, found = Background(), []

    def fail(error: Exception) -> None:
        raise error

    background.start(lambda: fail(WorkspaceError("full", remedy="Make room.")), found.append, found.append)
    assert background.wait(seconds=5)
    background.start(lambda: fail(ZeroDivisionError("planted")), found.append, found.append)
    assert background.wait(seconds=5)
    assert [type(error) for error in found] == [WorkspaceError, SkillmatchError]
    assert "ZeroDivisionError: planted" in found[1].message


def test_waiting_has_an_end() -> None:
    background, go = Background(), threading.Event()
    background.start(go.wait, lambda _: None, lambda _: None)
    begun = time.monotonic()
    assert not background.wait(seconds=0.05)
    assert time.monotonic() - begun < 5
    go.set()
    assert background.wait(seconds=5)

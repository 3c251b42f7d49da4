"""What is found out behind a view arrives when the view is done with what it is doing, and none of it is lost."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from skillmatch.domain.base.errors import SkillmatchError, WorkspaceError
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import FairnessCheck
from skillmatch.widgets.kit.background import Background


def test_nothing_arrives_while_the_view_is_held() -> None:
    heard: list[str] = []
    behind = Background(lambda error: heard.append(str(error)))
    about_to_tell = threading.Event()

    def work() -> None:
        about_to_tell.set()
        raise SkillmatchError("the disk is full.")

    with behind.held():
        behind.start(work)
        assert about_to_tell.wait(60)
        assert heard == []
    assert behind.wait(60)
    assert heard == ["the disk is full."]


def test_a_failure_before_the_first_page_is_written_is_still_shown(
    demo: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work fails while the view writes its first page: the page that says it is working must not stay."""
    failed = threading.Event()

    def fails(*_: Any, **__: Any) -> Any:
        failed.set()
        raise WorkspaceError("the disk is full.", remedy="Make room.")

    class Slow(FairnessCheck):
        def _write(self, *, live: bool = True) -> str:
            written = super()._write(live=live)
            if threading.current_thread() is threading.main_thread():
                assert failed.wait(60)
            return written

    monkeypatch.setattr(demo.team, "parity", fails)
    view = Slow(demo)
    assert view.wait(60)
    assert "the disk is full" in view._content

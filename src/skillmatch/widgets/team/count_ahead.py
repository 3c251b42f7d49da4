"""CountAhead: everybody of a large organisation counted in the background, so that the view stays usable meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable

from skillmatch.domain.base.errors import SkillmatchError
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit.background import Background

TOLD_EVERY = 0.3
"""Seconds between two news of the same count."""


class _HaltedError(Exception):
    """This count is not wanted any more."""


class CountAhead:
    """Has the workspace hold everybody against a role, and calls ``done`` with it once the answer is at hand.

    ``told`` hears what to say meanwhile in plain words, "" when there is nothing to say any more. Asked anew or
    stopped, a count is given up and leaves nothing behind.
    """

    def __init__(
        self,
        workspace: Workspace,
        told: Callable[[str], None],
        done: Callable[[str | None], None],
        failed: Callable[[SkillmatchError], None],
    ) -> None:
        self._workspace, self._told, self._done = workspace, told, done
        self._behind = Background(failed)
        self._stopped = False
        self._last = 0.0

    def ask(self, role_id: str | None, title: str) -> None:
        """Count everybody against this role, None for their own; what was going on is given up."""
        self._stopped, self._last = False, time.monotonic()
        self._told(_counting(title, ""))
        self._behind.start(lambda: self._work(role_id, title))

    def stop(self) -> None:
        """Give up what is being counted."""
        self._stopped = True
        self._behind.forget()

    def wait(self, seconds: float | None = None) -> bool:
        """Until the count has ended, for scripts; whether it has."""
        return self._behind.wait(seconds)

    def _work(self, role_id: str | None, title: str) -> None:
        def progress(_: str, done: int, total: int) -> None:
            if self._stopped or self._behind.outdated:
                raise _HaltedError
            now = time.monotonic()
            if now - self._last >= TOLD_EVERY:
                self._last = now
                self._behind.post(lambda: self._told(_counting(title, f": {done:,} of {total:,}")))

        try:
            self._workspace.team.unit_grid(role=role_id, progress=progress)
        except _HaltedError:
            if not self._behind.outdated:
                self._behind.post(lambda: self._told(""))
            return
        self._behind.post(lambda: self._arrived(role_id))

    def _arrived(self, role_id: str | None) -> None:
        self._told("")
        if not self._stopped:
            self._done(role_id)


def _counting(title: str, far: str) -> str:
    return f"Holding everybody against {title}{far}."

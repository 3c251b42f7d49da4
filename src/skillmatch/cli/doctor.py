"""The command that looks at a workspace and says what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skillmatch.cli.errors import FINE, USERS_FAULT
from skillmatch.cli.invocation import Invocation

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen


def doctor(invocation: Invocation) -> None:
    """Check the workspace, and say what to do.

    Warnings are fine; a fault ends with exit code 2.
    """
    with invocation.open() as workspace:
        found = workspace.health()
    invocation.exit_code = FINE if found.sound else USERS_FAULT

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.reports import show_health

        show_health(screen, found)

    invocation.answer(found.to_json(), present)

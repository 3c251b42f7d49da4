"""View: what all our anywidgets share; they hear what was done in the browser, and say what is wrong in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import anywidget

from skillmatch.domain.base.errors import SkillmatchError
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit.html import alert

STATIC = Path(__file__).parent / "static"

Deed = Callable[[Mapping[str, Any]], None]
"""What is done when the browser says so, with what it said."""


def error_html(error: SkillmatchError) -> str:
    """An error as it is shown in a view: where, what, and what to do."""
    where = f"{error.place.field} " if error.place.field else ""
    return alert(f"{where}{error.message}", error.remedy)


def index_of(said: Mapping[str, Any], name: str, size: int) -> int | None:
    """A place that the browser names, or None where it is none of ours."""
    value = said.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < size else None


class View(anywidget.AnyWidget):  # type: ignore[misc]  # anywidget carries no types
    """A picture or panel of our own; a subclass names what can be done to it and how it reads without a browser."""

    _workspace: Workspace

    def __init__(self, **given: Any) -> None:
        self._asked_at: tuple[int, date] | None = None
        self._was_shown = False
        super().__init__(**given)
        self.on_msg(self._hear)

    def refresh(self) -> None:
        """Ask the workspace again."""
        raise NotImplementedError

    def _note_state(self) -> None:
        """Note which state of the workspace the answer is about."""
        try:
            self._asked_at = (self._workspace.revision(), self._workspace.today())
        except SkillmatchError:
            self._asked_at = None

    def _show_first(self) -> None:
        """Shown for the first time, which may be long after it was made: a page may have waited for its visitor."""
        if self._was_shown:
            return
        self._was_shown = True
        before = self._asked_at
        self._note_state()
        if before != self._asked_at:
            self.refresh()

    def _deeds(self) -> Mapping[str, Deed]:
        """What the browser may ask for, by name."""
        return {}

    def _complain(self, error: SkillmatchError) -> None:
        """Show what is wrong, and stay usable."""
        raise NotImplementedError

    def _hear(self, _: Any, said: Any, __: Any) -> None:
        """Do what the browser asks; what it must not ask for is ignored, what goes wrong is shown."""
        if not isinstance(said, dict):
            return
        if said.get("do") == "shown":
            self._show_first()
            return
        deed = self._deeds().get(str(said.get("do")))
        if deed is None:
            return
        try:
            deed(said)
        except SkillmatchError as error:
            self._complain(error)

    def _repr_html_(self) -> str:
        """What is on the screen, for pages without widgets."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **given: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**given)
        return {**data, "text/html": self._repr_html_()}, metadata

"""Panel: a view written as HTML, with controls above it; its state is its traits, what is wrong is said in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

import traitlets

from skillmatch.domain.base.attribution import attribution_of
from skillmatch.domain.base.errors import SkillmatchError
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit.html import escape
from skillmatch.widgets.kit.view import STATIC, Deed, View, error_html


class Panel(View):
    """What the panels share. A subclass names its ``STATE``, asks the services in ``_ask`` and writes in ``_write``.

    Whatever of its state is set, from Python or in the browser, it asks again and writes again; a ``SkillmatchError``
    is written in the place of the answer. Only controls and answers that were written leave the kernel.
    """

    _esm = STATIC / "panel.js"
    _label = traitlets.Unicode("").tag(sync=True)
    _top = traitlets.Unicode("").tag(sync=True)
    _content = traitlets.Unicode("").tag(sync=True)
    _told = traitlets.Unicode("").tag(sync=True)
    _drawn = traitlets.Int(0)
    """How often it was written: views that follow hear of it once this one is on its way to the browser."""

    STATE: ClassVar[tuple[str, ...]] = ()
    """The traits that an answer hangs on, and how it is looked at."""

    LOOK: ClassVar[tuple[str, ...]] = ()
    """Those of the state that only change how an answer is looked at: nothing is asked again for them."""

    def __init__(self, workspace: Workspace, label: str, **state: Any) -> None:
        self._workspace = workspace
        self._settling = False
        self._wrong = ""
        super().__init__(_label=label, **state)
        if self.STATE:  # no names would mean all of them
            self.observe(self._noticed, names=list(self.STATE))
        self.refresh()

    def refresh(self) -> None:
        """Ask the workspace again: after an import, or after somebody else changed something."""
        self._note_state()
        try:
            with self._settling_traits():
                self._ask()
            content, self._wrong = self._write(), ""
        except SkillmatchError as error:
            self._forget()
            content = self._wrong = error_html(error)
        self._put(content)

    def _put(self, content: str) -> None:
        with self.hold_sync():
            self._top = self._controls()
            self._content = content + self._attribution()
        self._drawn += 1

    def _attribution(self) -> str:
        """What the publishers of the taxonomy in use ask to be said, as the last line."""
        try:
            said = attribution_of(self._workspace.snapshot().versions.taxonomy)
        except SkillmatchError:  # what is wrong with the workspace stands above already
            return ""
        return f'<p class="quiet long">{escape(said)}</p>' if said else ""

    def _ask(self) -> None:
        """Ask the services and set the answers. Raises ``SkillmatchError``, which is then shown."""
        raise NotImplementedError

    def _forget(self) -> None:
        """Set the answers to None: something is wrong."""
        raise NotImplementedError

    def _write(self, *, live: bool = True) -> str:
        """The answers as HTML; not ``live`` without anything to press, for pages without widgets."""
        raise NotImplementedError

    def _controls(self) -> str:
        """The controls as HTML."""
        return ""

    def _choices(self) -> Mapping[str, Callable[[Any], None]]:
        """What the controls set, by name: each takes what the browser says, and may be given anything."""
        return {}

    def _deeds(self) -> Mapping[str, Deed]:
        return {"set": self._set}

    def _set(self, said: Mapping[str, Any]) -> None:
        choose = self._choices().get(str(said.get("name")))
        if choose is not None:
            choose(said.get("value"))

    def _noticed(self, change: Mapping[str, Any]) -> None:
        if self._settling:
            return
        if change["name"] in self.LOOK and not self._wrong:
            self._put(self._write())
        else:
            self.refresh()

    @contextmanager
    def _settling_traits(self) -> Iterator[None]:
        """Set traits without asking again for each."""
        before, self._settling = self._settling, True
        try:
            yield
        finally:
            self._settling = before

    @contextmanager
    def _as_one(self) -> Iterator[None]:
        """Set several traits and ask again once."""
        with self._settling_traits():
            yield
        self.refresh()

    def show(self, **state: Any) -> None:
        """Set several parts of the state at once, and ask again once; what the view has no trait for is passed over.

        Where everything is as it should be already nothing is asked.
        """
        given = {name: value for name, value in state.items() if name in self.STATE}
        if all(getattr(self, name) == value for name, value in given.items()):
            return
        with self._as_one():
            for name, value in given.items():
                setattr(self, name, value)

    def _complain(self, error: SkillmatchError) -> None:
        """What went wrong stands above the answer, which stays."""
        self._content = error_html(error) + self._safely_written()

    def _safely_written(self) -> str:
        try:
            return self._write()
        except SkillmatchError:
            return ""

    def _repr_html_(self) -> str:
        try:
            return (self._wrong or self._write(live=False)) + self._attribution()
        except SkillmatchError as error:
            return error_html(error)

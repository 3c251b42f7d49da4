"""WorkspaceHealth: what is in a workspace, what is wrong with it, and the fix beside each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets

from skillmatch.service.core.health import Check, Health, Verdict
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit.forms import bar, button
from skillmatch.widgets.kit.html import box, cell, escape, heads, row
from skillmatch.widgets.kit.names import hidden
from skillmatch.widgets.kit.panel import Panel
from skillmatch.widgets.kit.view import Deed

_LOOKS = {
    Verdict.FAULT: ("✕", "#d55e00", "fault"),
    Verdict.WARNING: ("!", "#e69f00", "needs a look"),
    Verdict.OK: ("✓", "#009e73", "ok"),
}


class WorkspaceHealth(Panel):
    """All checks of a workspace; ``value`` is its :meth:`~skillmatch.service.workspace.Workspace.health`.

    ``refresh()``, or the button, checks again. ``pseudonyms`` leaves out ids of people and folders of this machine.
    """

    value = traitlets.Instance(Health, allow_none=True, read_only=True)

    def __init__(self, workspace: Workspace, *, pseudonyms: bool | None = None) -> None:
        self._pseudonyms = hidden(pseudonyms)
        super().__init__(workspace, "The workspace's health")

    def _ask(self) -> None:
        self.set_trait("value", None)
        self.set_trait("value", self._workspace.health())

    def _forget(self) -> None:
        self.set_trait("value", None)

    def _controls(self) -> str:
        return bar(button("Check again", "again"))

    def _deeds(self) -> Mapping[str, Deed]:
        return {**super()._deeds(), "again": self._again}

    def _again(self, _: Mapping[str, Any]) -> None:
        self.refresh()
        self._told = "Checked again: " + ("" if self.value is None else self.value.headline())

    def _write(self, *, live: bool = True) -> str:  # noqa: ARG002  # there is nothing to press
        value: Health | None = self.value
        if value is None:
            return ""
        order = list(_LOOKS)
        listed = sorted(value.checks, key=lambda check: order.index(check.verdict))
        body = "".join(self._row(check) for check in listed)
        versions = ", ".join(f"{name} {told}" for name, told in value.versions.to_json().items())
        return box(
            f"<h3>{'Sound' if value.sound else 'Not sound'}: {escape(value.headline())}</h3>",
            f"<table>{heads('Check', 'Result', 'What was seen', 'What to do')}<tbody>{body}</tbody></table>",
            f'<p class="quiet long">Answers come from {escape(versions)}.</p>',
        )

    def _row(self, check: Check) -> str:
        sign, colour, word = _LOOKS[check.verdict]
        state = (
            f'<span class="state" style="border-color:{colour}"><span aria-hidden="true">{sign}</span> {word}</span>'
        )
        seen = check.told()
        if self._pseudonyms:
            seen = check.seen.replace(str(self._workspace.folder), "the workspace")
        examples = "".join(f"<li>{escape(example)}</li>" for example in check.examples)
        if examples:
            key = escape(f"examples-{check.name}")
            more = f'<details data-key="{key}"><summary>the first ones</summary><ul>{examples}</ul></details>'
        else:
            more = ""
        return row(
            [
                f'<th scope="row">{escape(check.name)}</th>',
                cell(state),
                cell(escape(seen) + more, "long"),
                cell(escape(check.remedy)),
            ]
        )

    def __repr__(self) -> str:
        return f"<WorkspaceHealth: {'not checked' if self.value is None else self.value.headline()}>"

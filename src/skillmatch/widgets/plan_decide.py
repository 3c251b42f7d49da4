"""Handing a plan over and approving it: forms, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from skillmatch.domain.plan import Approval
from skillmatch.service.plan_folder import HANDOVERS
from skillmatch.widgets.forms import button, field_select, signature, text
from skillmatch.widgets.html import cell, escape, heads, row


@dataclass(frozen=True, slots=True)
class Written:
    """A file or folder that was written, with how many rows, letters or events it holds."""

    label: str
    path: Path
    count: int


def export_html(folder: str, written: Sequence[Written], *, live: bool) -> str:
    """Which file, into which folder; below it what was written where."""
    form = (
        '<div data-form><div class="form">'
        + field_select("what", "File", [item.label for item in HANDOVERS], 0)
        + text("folder", "Folder", folder, hint="a folder of yours", field=True, keep=True, enter="export")
        + button("Export", "export", key="export", kind="main")
        + button("Export all of them", "export_all", key="export-all")
        + "</div></div>"
        if live
        else ""
    )
    listed = "".join(
        row(
            [
                f'<th scope="row">{escape(item.label)}</th>',
                cell(f"{item.count:,}", "number"),
                cell(f"<code>{escape(str(item.path))}</code>"),
            ]
        )
        for item in written
    )
    table = f"<table>{heads('Written', '>Lines', 'Where')}<tbody>{listed}</tbody></table>" if live and written else ""
    about = "These files name people: they are for those who may know. A file of before with the same name is replaced."
    return f"<h4>Hand it over</h4><p>{about}</p>{form}{table}"


def approve_html(approvals: Sequence[Approval], kept: str, *, pseudonyms: bool, live: bool) -> str:
    """Who approved it so far, and the form to do so; a plan is checked against the workspace of the day before."""
    listed = "".join(
        row(
            [
                cell(f"{item.on}", "day"),
                f'<th scope="row">{"a named person" if pseudonyms else escape(item.by)}</th>',
                cell("" if pseudonyms else escape(item.note)),
            ]
        )
        for item in approvals
    )
    table = (
        f"<table>{heads('On', 'Approved by', 'Because')}<tbody>{listed}</tbody></table>"
        if listed
        else "<p>Nobody has approved it yet.</p>"
    )
    where = f'<p class="quiet">Kept in the workspace as <code>{escape(kept)}</code>.</p>' if kept else ""
    form = (
        '<div data-form><div class="form">'
        + signature()
        + text("note", "Because", "", hint="a reason", field=True, keep=True, enter="approve")
        + button("Approve this plan", "approve", key="approve", kind="main")
        + button("Does it still hold today?", "check", key="check")
        + "</div></div>"
        if live
        else ""
    )
    about = "A plan is advice; a named person decides. What is approved is kept in the workspace and checked before."
    return f"<h4>Decide</h4><p>{about}</p>{table}{where}{form}"

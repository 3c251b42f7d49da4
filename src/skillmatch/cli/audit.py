"""Commands for the audit: list it, check it, write it to a file, and give an answer back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.commands import command, group
from skillmatch.cli.errors import FINE, USERS_FAULT
from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import Limit
from skillmatch.domain.base.errors import InputError

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen

app = group("Who asked what about whom: list, verify, export, replay.")


@command(app, "list")
def list_(
    invocation: Invocation,
    person: Annotated[
        str | None, typer.Option("--person", metavar="PERSON", help="Only lines about this person.")
    ] = None,
    after: Annotated[int, typer.Option("--after", metavar="N", min=0, help="Only lines behind number N.")] = 0,
    limit: Limit = None,
) -> None:
    """List the lines of the audit."""
    with invocation.open() as workspace:
        found = workspace.audit.lines(after=after, limit=limit, person=person)

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.things import show_list

        rows = [
            (item["seq"], item["at"][:19], item["caller"], item["action"], ", ".join(item["about"]))
            for item in found.rows()
        ]
        show_list(screen, (">Line", "|At", "By", "Action", "About"), rows, limit, "Nothing was recorded yet.")

    invocation.answer(found.to_json(), present)


@command(app, "verify")
def verify(
    invocation: Invocation,
    kept: Annotated[
        str | None,
        typer.Option("--kept", metavar="N:HASH", help="Number and hash of a line that you noted elsewhere."),
    ] = None,
) -> None:
    """Check that nobody changed the audit.

    Ends with exit code 2 when somebody did. Note the last line's number and hash elsewhere, and give them next time.
    """
    noted = None if kept is None else _noted(kept)
    with invocation.open() as workspace:
        found = workspace.audit.verify(noted)
    invocation.exit_code = FINE if found.whole else USERS_FAULT

    def present(screen: Screen) -> None:
        screen.line(found.headline())
        for item in found.wrong:
            screen.item(item, style="red")
        if found.whole and found.lines:
            screen.line(f"To check it against this moment later: --kept {found.lines}:{found.head}")

    invocation.answer(found.to_json(), present)


@command(app, "export")
def export(
    invocation: Invocation, path: Annotated[Path, typer.Argument(metavar="FILE", help="A .ndjson file.")]
) -> None:
    """Write the audit to a file, a line each."""
    with invocation.open() as workspace:
        count = workspace.audit.export_to(path)
    invocation.answer(
        {"path": str(path), "lines": count}, lambda screen: screen.line(f"{count:,} lines written to {path}.")
    )


@command(app, "replay")
def replay(
    invocation: Invocation,
    line: Annotated[int, typer.Argument(metavar="LINE", min=1, help="Number of the line.")],
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write the answer's bytes to this file.")
    ] = None,
) -> None:
    """Give back an answer as it was given.

    Says too whether today's program and data give the same one.
    """
    with invocation.open() as workspace:
        found = workspace.audit.replay(line)
    if output is not None:
        from skillmatch.files.writing import write_bytes

        if found.answer is None:
            raise InputError(f"line {line} has no answer to write: {found.detail}.", field="output")
        write_bytes(output, found.answer)

    def present(screen: Screen) -> None:
        screen.heading(f"Line {found.line.seq}: {found.line.action} by {found.line.caller}, {found.line.at}")
        screen.line(f"Asked again today: {found.again.value}. {found.detail}".strip())
        if found.moved:
            screen.line(f"Other versions now: {', '.join(found.moved)}.")
        if output is not None:
            screen.line(f"Written to {output}.")
        elif found.answer is not None:
            screen.line(found.answer.decode(errors="replace"))

    invocation.answer(found.to_json(), present)


def _noted(text: str) -> tuple[int, str]:
    number, _, digest = text.partition(":")
    if not number.isdecimal() or len(digest) != 64:
        raise InputError(f"is '{text[:40]}'.", field="kept", remedy="Give N:HASH as 'audit verify' prints it.")
    return int(number), digest

"""Commands about a person's rights: everything erased, everything handed over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import PersonName
from skillmatch.cli.signing import Author, author_of
from skillmatch.domain.base.errors import InputError

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen


def erase(
    invocation: Invocation,
    person: PersonName,
    sure: Annotated[bool, typer.Option("--yes", help="Yes, erase them. Nothing brings them back.")] = False,
    author: Author = None,
) -> None:
    """Erase everything about a person, for good.

    The bytes are overwritten, and the audit says that it was done. Backups and exports made before are yours to
    delete.
    """
    if not sure:
        raise InputError("is missing.", field="yes", remedy="Add --yes: nothing brings an erased person back.")
    signed = author_of(author)
    with invocation.open() as workspace:
        found = workspace.people.erase(person, by=signed)
        if not found.swept:
            found = found.after(workspace.people.sweep())

    def present(screen: Screen) -> None:
        screen.line(f"{found.headline()[:1].upper()}{found.headline()[1:]}.")
        if not found.swept:
            screen.line("Another program is reading: the last old bytes are overwritten with the next sweep.")
        for name in found.left:
            screen.line(f"The name still stands in {name}, for somebody or something else of that name.")

    invocation.answer(found.to_json(), present)


def export(
    invocation: Invocation,
    person: PersonName,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A .json file, or a .zip with a text to read in it.")],
    author: Author = None,
) -> None:
    """Write everything known of a person to a file.

    Their data, what it adds up to, what they claimed and objected to, and who asked what about them.
    """
    signed = author_of(author)
    with invocation.open() as workspace:
        counts = workspace.people.export(person, path, by=signed)

    def present(screen: Screen) -> None:
        for name, count in counts.items():
            screen.line(f"{name}: {count:,}")
        screen.line(f"Written to {path}.")

    invocation.answer({"path": str(path), "counts": counts}, present)

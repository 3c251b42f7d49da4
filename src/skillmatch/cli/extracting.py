"""The command that reads a document for skills."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.invocation import Invocation

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen

STDIN = Path("-")


def extract(
    invocation: Invocation,
    source: Annotated[
        Path, typer.Argument(metavar="FILE", help="A .txt, .md, .html, .docx or .pdf file; - is the standard input.")
    ],
    everything: Annotated[
        bool, typer.Option("--all", help="Show every place of a skill, and all of what was left out.")
    ] = False,
) -> None:
    """Find the skills in an advert, a CV or a course description.

    Shows what is asked of each, and what was left out.
    """
    from skillmatch.files.documents import MAX_DOCUMENT_BYTES, DocumentKind, document_of, read_document

    if source == STDIN:
        document = document_of(sys.stdin.buffer.read(MAX_DOCUMENT_BYTES + 1), "standard input", DocumentKind.TXT)
    else:
        document = read_document(source.expanduser())
    with invocation.open() as workspace:
        found = workspace.extract(document)

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.extraction import show_extraction

        show_extraction(screen, found, everything=everything)

    invocation.answer(found.to_json(), present)

"""Commands for API keys: make, list, replace and revoke them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.commands import command, group
from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import Limit, parse_day
from skillmatch.cli.signing import Author, author_of
from skillmatch.domain.base.errors import InputError

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen
    from skillmatch.domain.access.api_key import NewKey

app = group("Keys for programs that call the API.")

KeyId = Annotated[str, typer.Argument(metavar="KEY", help="Id of the key, as 'keys list' shows it.")]


@command(app, "create")
def create(
    invocation: Invocation,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the key is for.")],
    scopes: Annotated[
        list[str] | None,
        typer.Option("--scope", metavar="SCOPE", help="read, write, report, plan, admin or self; may be repeated."),
    ] = None,
    units: Annotated[
        list[str] | None, typer.Option("--unit", metavar="UNIT", help="Only people of this unit; may be repeated.")
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar="PERSON", help="Whom the scope self stands for.")
    ] = None,
    expires: Annotated[
        date | None,
        typer.Option("--expires", metavar="DATE", parser=parse_day, help="From this day on it opens nothing (UTC)."),
    ] = None,
    author: Author = None,
) -> None:
    """Make a key, which is shown this one time.

    Send it as 'Authorization: Bearer KEY'.
    """
    if not scopes:
        raise InputError("must not be empty.", field="scope", remedy="Say what the key may do, such as --scope read.")
    signed = author_of(author)
    end = None if expires is None else datetime.combine(expires, datetime.min.time(), UTC)
    with invocation.open() as workspace:
        made = workspace.keys.create(name, scopes, by=signed, units=units, person=person, expires=end)
    _show_new(invocation, made)


@command(app, "list")
def list_(invocation: Invocation, limit: Limit = None) -> None:
    """List the keys, without their secrets."""
    with invocation.open() as workspace:
        found = workspace.keys.states()
    now = datetime.now(UTC)

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.things import show_list

        rows = [
            (
                key.name,
                state.value,
                " ".join(sorted(key.scopes)),
                "all" if key.units is None else ", ".join(key.units),
                "" if key.expires is None else f"{key.expires:%Y-%m-%d}",
                "never" if key.used is None else f"{key.used:%Y-%m-%d %H:%M}",
                key.id,
            )
            for key, state in found
        ]
        titles = ("Name", "State", "Scopes", "Units", "Expires", "Used", "|Id")
        show_list(screen, titles, rows, limit, "There is no key. Use 'skillmatch keys create'.")

    invocation.answer({"items": [key.to_json(now) for key, _ in found[:limit]]}, present)


@command(app, "rotate")
def rotate(
    invocation: Invocation,
    key: KeyId,
    hours: Annotated[
        float, typer.Option("--overlap", metavar="HOURS", min=0, max=2160, help="How long the old one stays valid.")
    ] = 24.0,
    author: Author = None,
) -> None:
    """Make a new key in the place of another.

    The old one stays valid for a while, so that programs can change over.
    """
    signed = author_of(author)
    with invocation.open() as workspace:
        made = workspace.keys.rotate(key, by=signed, overlap=timedelta(hours=hours))
    _show_new(invocation, made)


@command(app, "revoke")
def revoke(invocation: Invocation, key: KeyId) -> None:
    """Let a key open nothing from now on."""
    with invocation.open() as workspace:
        found = workspace.keys.revoke(key)
    words = f"The key {found.id} ({found.name}) opens nothing any more."
    invocation.answer(found.to_json(datetime.now(UTC)), lambda screen: screen.line(words))


def _show_new(invocation: Invocation, made: NewKey) -> None:
    def present(screen: Screen) -> None:
        screen.line(f"Key {made.key.id} for {made.key.name}: {', '.join(sorted(made.key.scopes))}.")
        screen.line("Keep it now; it is not shown again:")
        screen.unwrapped(made.text)

    invocation.answer(made.to_json(datetime.now(UTC)), present)

"""Commands by which people decide what a role requires, and see who decided what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.commands import command
from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import RoleName
from skillmatch.cli.signing import Author, On, Reason, author_of

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen
    from skillmatch.domain.roles.role_history import RoleHistory

SkillOption = Annotated[str, typer.Option("--skill", metavar="SKILL", help="Label, alias or id of the skill.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the group of roles."""
    command(app, "from-text")(from_text)
    command(app, "govern")(govern)
    command(app, "accept")(accept)
    command(app, "reject")(reject)
    command(app, "history")(history)
    command(app, "compare")(compare)


def from_text(
    invocation: Invocation,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A job advert: .txt, .md, .html, .docx or .pdf.")],
    title: Annotated[str, typer.Option("--title", help="What the role is called.")],
    role_id: Annotated[str, typer.Option("--id", help="Your id for the role. Else made from its title.")] = "",
    on: On = None,
) -> None:
    """Suggest the requirements of a role.

    They are read from a job advert, each with its quote. What people decided about the role stays as it is.
    """
    with invocation.open() as workspace:
        found = workspace.roles.from_text(path, title=title, role_id=role_id, on=on)

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.roles import show_suggestion

        show_suggestion(screen, found)

    invocation.answer(found.to_json(), present)


def govern(
    invocation: Invocation,
    role: RoleName,
    skill: SkillOption,
    level: Annotated[float | None, typer.Option("--level", metavar="L", help="The level wanted, up to 5.")] = None,
    weight: Annotated[float | None, typer.Option("--weight", metavar="W", help="How much it counts.")] = None,
    essential: Annotated[
        bool | None, typer.Option("--essential/--optional", help="Whether the work hangs on it.")
    ] = None,
    author: Author = None,
    reason: Reason = "",
    on: On = None,
) -> None:
    """Say what a role requires of a skill.

    From then on no import and no suggestion changes it.
    """
    signed = author_of(author)
    with invocation.open() as workspace:
        found = workspace.roles.govern_requirement(
            role, skill, author=signed, level=level, weight=weight, essential=essential, reason=reason.strip(), on=on
        )
    _tell(invocation, found)


def accept(
    invocation: Invocation,
    role: RoleName,
    skill: Annotated[
        str | None, typer.Option("--skill", metavar="SKILL", help="Label, alias or id; else all that are suggested.")
    ] = None,
    author: Author = None,
    reason: Reason = "",
    on: On = None,
) -> None:
    """Take suggested requirements as they are."""
    signed = author_of(author)
    with invocation.open() as workspace:
        found = workspace.roles.accept_requirement(role, skill, author=signed, reason=reason.strip(), on=on)
    _tell(invocation, found)


def reject(
    invocation: Invocation,
    role: RoleName,
    skill: SkillOption,
    author: Author = None,
    reason: Reason = "",
    on: On = None,
) -> None:
    """Take a requirement out of a role for good."""
    signed = author_of(author)
    with invocation.open() as workspace:
        found = workspace.roles.reject_requirement(role, skill, author=signed, reason=reason.strip(), on=on)
    _tell(invocation, found)


def history(invocation: Invocation, role: RoleName) -> None:
    """Show who changed what a role requires."""
    with invocation.open() as workspace:
        found = workspace.roles.history(role)
    _tell(invocation, found)


def compare(
    invocation: Invocation,
    role: RoleName,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Title or id of the other role.")],
) -> None:
    """Show what two roles have in common."""
    with invocation.open() as workspace:
        found = workspace.roles.compare(role, other)

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.roles import show_comparison

        show_comparison(screen, found)

    invocation.answer(found.to_json(), present)


def _tell(invocation: Invocation, found: RoleHistory) -> None:
    def present(screen: Screen) -> None:
        from skillmatch.cli.present.roles import show_history

        show_history(screen, found)

    invocation.answer(found.to_json(), present)

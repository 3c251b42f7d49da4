"""The command that explains one answer: why a credential is recommended or not, and what would change that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import AsOf, HoursPerWeek, Languages, MaxCost, MaxHours, PersonName, RoleName, Weeks
from skillmatch.domain.advice.advice import Limits

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen

CredentialName = Annotated[str, typer.Argument(metavar="CREDENTIAL", help="Title or id of the credential.")]


def why(
    invocation: Invocation,
    person: PersonName,
    role: RoleName,
    credential: CredentialName,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="K", help="How many are recommended.")] = 5,
    max_hours: MaxHours = None,
    max_cost: MaxCost = None,
    languages: Languages = None,
    weeks: Weeks = None,
    hours_per_week: HoursPerWeek = None,
    as_of: AsOf = None,
) -> None:
    """Say why a credential is recommended or not.

    Shows how close it was, and for each kind of thing the smallest change that flips the answer.
    """
    limits = Limits(max_hours, max_cost, tuple(languages or ()), weeks, hours_per_week)
    with invocation.open() as workspace:
        found = workspace.why(person, role, credential, limit=limit, limits=limits, as_of=as_of)

    def present(screen: Screen) -> None:
        screen.heading(f"{found.person_id} towards {found.role_title}, on {found.as_of}")
        screen.line(f"{found.headline()}.")
        if found.recommendation is not None:
            for reason in found.recommendation.reasons:
                screen.item(f"{reason.label} adds {reason.contribution:.4f} to its score", indent=3)
        screen.line()
        if len(found.in_the_way) > 1:
            screen.heading("All of this is in the way")
            for rule in found.in_the_way:
                screen.item(f"{rule[:1].upper()}{rule[1:]}.")
            screen.line()
        if not found.changes:
            kinds = "a level, a limit, a language, its rating, a cohort or a prerequisite"
            screen.line(f"No single change of {kinds} would flip this.")
            return
        screen.heading("What would change it, each on its own")
        for change in found.changes:
            screen.item(f"{change.detail[:1].upper()}{change.detail[1:]}.")

    invocation.answer(found.to_json(), present)

"""Claims of prior learning as people read them."""

from __future__ import annotations

from skillmatch.cli.present.screen import Screen, level, number, share
from skillmatch.cli.present.things import show_list
from skillmatch.domain.people.claim_views import ClaimLine, ClaimList, ClaimWorths, Decided


def show_claims(screen: Screen, found: ClaimList, limit: int | None) -> None:
    """A table of claims, in the order of their submission."""
    rows = []
    for line in found.lines:
        claim, made = line.claim, line.claim.decision
        said = "open" if made is None else f"{made.verdict.value} by {made.by}, {made.on}"
        rows.append((claim.id, claim.person_id, told(line), said))
    nothing = "There are no claims. Begin with 'skillmatch claims submit PERSON'."
    show_list(screen, ("|Claim", "|Person", "What", "Decision"), rows, limit, nothing)


def show_decided(screen: Screen, found: Decided) -> None:
    """What was decided, by whom and why, and what it changes."""
    made, claim = found.line.claim.decision, found.line.claim
    if made is not None:
        at = "" if made.level is None else f" at level {level(made.level)}"
        screen.line(f"{told(found.line)} for {claim.person_id}: {made.verdict.value}{at}.")
        screen.line(f"{made.by}, {made.on}: {made.reason}", style="dim")
    effect = found.effect
    if effect is None:
        screen.line(f"{claim.person_id} has no role; name one with --role to see what it changes.")
        return
    before, now = share(effect.coverage_before), share(effect.coverage_after)
    screen.line(f"Towards {effect.role_title}: {before} covered before, {now} now.")
    screen.line(f"The best pathway took {number(effect.hours_before)} hours, now {number(effect.hours_after)}.")


def show_worths(screen: Screen, found: ClaimWorths, limit: int | None) -> None:
    """A table of the open claims, the one to check first at its top."""
    rows = [
        (
            item.line.claim.id,
            item.line.claim.person_id,
            told(item.line),
            number(item.worth),
            share(item.chance),
            "no role" if item.effect is None else number(item.effect.hours_saved),
        )
        for item in found.items
    ]
    columns = ("|Claim", "|Person", "What", ">Worth", ">Holds", ">Hours saved")
    show_list(screen, columns, rows, limit, "There is no open claim.")


def told(line: ClaimLine) -> str:
    """What is claimed, with the level where there is one."""
    return line.label if line.claim.level is None else f"{line.label} at {level(line.claim.level)}"

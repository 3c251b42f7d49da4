"""A pathway as the terminal shows it: steps, other routes, remarks, and why there are none."""

from __future__ import annotations

from collections.abc import Mapping

from skillmatch.cli.present.answers import counted_hours, joined, quoted
from skillmatch.cli.present.screen import Screen, counted, money, number, share
from skillmatch.domain.advice.pathway import Pathway
from skillmatch.domain.base.answer import Status


def show_pathway(screen: Screen, pathway: Pathway, currencies: Mapping[str, str]) -> None:
    """The steps with their days, hours and cost; ``currencies`` holds the currency of each credential."""
    screen.heading(f"{pathway.person_id} towards {pathway.role_title}, from {pathway.as_of}")
    if not pathway.steps:
        screen.line(_why_no_steps(pathway))
        return
    screen.line(
        f"{counted(len(pathway.steps), 'step')} in {counted_hours(pathway.hours)}, done on "
        f"{max(step.end for step in pathway.steps)}. Covered: {share(pathway.coverage_before)} now, "
        f"{share(pathway.coverage_after)} when every step works out."
    )
    if pathway.status is Status.INSUFFICIENT_DATA:
        screen.line(f"Be careful: {pathway.detail}. Import evidence and ask again.")
    screen.line()
    rows = [
        (
            str(place),
            step.title if step.reasons else f"{step.title} (prepares for a later step)",
            step.start,
            step.end,
            number(step.hours) + ("" if step.hours_stated else "*"),
            money(step.cost, currencies.get(step.credential_id, "")),
            share(step.coverage_after),
        )
        for place, step in enumerate(pathway.steps, start=1)
    ]
    screen.table((">", "Credential", "|Start", "|End", ">Hours", ">Cost", ">Covered"), rows)
    screen.line()
    screen.line(f"Cost in all: {_total_cost(pathway, currencies)}.")
    screen.line(f"The chance that every step works out is {share(pathway.certainty)}; each one that does counts.")
    if not pathway.proven:
        screen.line(f"Not proven to be the best: another could be worth {share(pathway.gap_to_best)} of the role more.")
    _show_routes(screen, pathway)
    _show_remarks(screen, pathway)
    if any(not step.hours_stated for step in pathway.steps):
        screen.line("* The catalogue does not state these hours; they are assumed.")


def _show_routes(screen: Screen, pathway: Pathway) -> None:
    best_at = [name for name in pathway.names if name != "best"]
    if best_at:
        words = [f"the one with the {name}" if name == "fewest steps" else f"the {name}" for name in best_at]
        screen.line(f"Of all that add nearly as much it is also {joined(words)}.")
    if pathway.alternatives:
        screen.line()
        screen.heading("Other routes")
        for route in pathway.alternatives:
            steps = ", then ".join(f"'{step.title}'" for step in route.steps)
            screen.item(f"{joined(route.names)}: {steps}. Against the first: {route.trade_off}.")


def _show_remarks(screen: Screen, pathway: Pathway) -> None:
    """The remarks, those with the same thing to say together."""
    if not pathway.remarks:
        return
    screen.line()
    screen.heading("Good to know")
    said: dict[tuple[str, str], list[str]] = {}
    for remark in pathway.remarks:
        said.setdefault((remark.kind, remark.detail), []).append(remark.title)
    for (kind, detail), titles in said.items():
        match kind:
            case "open":
                screen.item(f"Stays open, because {detail}: {', '.join(titles)}.")
            case "wasted":
                screen.item(f"Not needed on this pathway, because its steps lead as far: {quoted(titles)}.")
            case "stack":
                stacks = quoted(titles)
                screen.item(f"The stack {stacks} {detail}." if len(titles) == 1 else f"The stacks {stacks}: {detail}.")
            case _:
                screen.item(f"{detail[:1].upper()}{detail[1:]}.")


def _why_no_steps(pathway: Pathway) -> str:
    match pathway.status:
        case Status.NOTHING_TO_CLOSE:
            return "Every requirement of the role is met: there is nothing to do."
        case Status.INSUFFICIENT_DATA:
            return f"This cannot be judged: {pathway.detail}. Complete the data, then ask again."
        case _:
            return (
                f"There is no pathway: {pathway.detail}. More weeks, hours or money may help; 'skillmatch recommend' "
                "shows what was left out and why."
            )


def _total_cost(pathway: Pathway, currencies: Mapping[str, str]) -> str:
    """The sum of the stated costs for each currency; money of two currencies is never added up."""
    totals: dict[str, float] = {}
    for step in pathway.steps:
        if step.cost is not None:
            currency = currencies.get(step.credential_id, "")
            totals[currency] = totals.get(currency, 0.0) + step.cost
    unstated = sum(step.cost is None for step in pathway.steps)
    said = [money(amount, currency) for currency, amount in sorted(totals.items()) if amount or len(totals) == 1]
    if unstated:
        said.append(f"{counted(unstated, 'step')} whose cost is not stated")
    return ", and ".join(said) if said else "nothing"

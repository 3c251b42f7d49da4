"""Commands for planners: solve a scenario, check, price and stress what comes out, compare and export plans."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from skillmatch.cli.commands import command, group
from skillmatch.cli.errors import USERS_FAULT
from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import AsOf, check_target
from skillmatch.cli.signing import Solver, solver_of

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen

app = group("Plan who learns what, with a proof of how good that is.")

ScenarioPath = Annotated[Path, typer.Argument(metavar="SCENARIO", help="The scenario's file, .toml or .json.")]
PlanPath = Annotated[Path, typer.Argument(metavar="PLAN", help="A plan's file, from 'plan solve --output'.")]
TimeLimit = Annotated[float, typer.Option("--time-limit", metavar="S", help="Seconds for each search.")]
Gap = Annotated[float, typer.Option("--gap", metavar="G", help="How far below the bound is good enough, 0-1.")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="Seed of the search or the draws.")]
What = Literal["managers", "providers", "letters", "calendar", "json"]


@command(app, "solve")
def solve(
    invocation: Invocation,
    scenario: ScenarioPath,
    time_limit: TimeLimit = 60.0,
    gap: Gap = 0.0005,
    seed: Seed = 0,
    before: Annotated[
        Path | None, typer.Option("--from", metavar="PLAN", help="Begin with an earlier plan; changes cost churn.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Keep the plan in a .json file.")
    ] = None,
    author: Solver = None,
    as_of: AsOf = None,
) -> None:
    """Find the best plan for a scenario.

    The bound says what no plan can exceed. Ctrl-C ends the search with the best plan so far; --from goes on from it.
    The file says who solved it: somebody else approves it.
    """
    from dataclasses import replace

    from skillmatch.files.writing import write_text
    from skillmatch.service.plans.planning import Search, read_plan_file

    if output is not None:
        check_target(output, (".json",), "output")
    old = None if before is None else read_plan_file(before)
    with invocation.open() as workspace, invocation.progress() as progress:
        found = workspace.plan(
            scenario, search=Search(time_limit, gap, seed), before=old, as_of=as_of, progress=progress
        )
    if output is not None:
        write_text(output, replace(found, by=solver_of(author)).to_text())

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.plans import show_plan

        show_plan(screen, found.plan)
        if output is not None:
            screen.line(f"Written to {output}.")

    invocation.answer(found.plan.to_json(), present)


@command(app, "check")
def check(invocation: Invocation, plan: PlanPath) -> None:
    """Check a plan's file against the workspace.

    Every limit and figure is computed again from people, roles and catalogue. Ends with exit code 2 if one is wrong.
    """
    from skillmatch.service.plans.planning import read_plan_file

    file = read_plan_file(plan)
    with invocation.open() as workspace:
        breaches, changed = workspace.plans.check(file)
    document = {
        "plan": str(plan),
        "keeps_all_limits": not breaches,
        "breaches": [{"rule": item.rule, "where": item.where, "detail": item.detail} for item in breaches],
        "changed_inputs": list(changed),
        "approvals": [item.to_json() for item in file.approvals],
    }
    invocation.exit_code = USERS_FAULT if breaches else 0

    def present(screen: Screen) -> None:
        screen.line("The plan keeps every limit." if not breaches else f"The plan breaks {len(breaches)} rules:")
        for breach in breaches:
            screen.item(str(breach))
        if changed:
            screen.line(f"Changed since it was made: {', '.join(changed)}.")
        for approval in file.approvals:
            screen.line(f"Approved by {approval.by} on {approval.on}. {approval.note}".rstrip())

    invocation.answer(document, present)


@command(app, "approve")
def approve(
    invocation: Invocation,
    plan: PlanPath,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who approves it.")],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What they say about it.")] = "",
) -> None:
    """Record in a plan's file that somebody approved it.

    Refused when the plan breaks a limit in the workspace as it is now, and for whoever solved it unless
    SKILLMATCH_APPROVE_OWN is yes.
    """
    from skillmatch.domain.base.errors import ConflictError
    from skillmatch.files.writing import write_text
    from skillmatch.service.plans.planning import approve_plan, read_plan_file

    file = read_plan_file(plan)
    with invocation.open() as workspace:
        breaches, _ = workspace.plans.check(file)
        today = workspace.today()
    if breaches:
        raise ConflictError(f"the plan breaks {len(breaches)} rules; first {breaches[0]}.", remedy="Solve it again.")
    approved = approve_plan(file, by, today, note)
    write_text(plan, approved.to_text())
    document = {"plan": str(plan), "by": by, "on": today.isoformat(), "note": note}
    invocation.answer(document, lambda screen: screen.line(f"Approved by {by} on {today}."))


@command(app, "diff")
def diff(
    invocation: Invocation,
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier plan's file.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later plan's file.")],
) -> None:
    """Show what changed between two plans, and why."""
    from skillmatch.service.plans.planning import diff_plan_files, read_plan_file

    found = diff_plan_files(read_plan_file(old), read_plan_file(new))

    def present(screen: Screen) -> None:
        screen.heading(found.headline())
        if found.inputs:
            screen.table(("Input", "Before", "After"), [(item.key, item.before, item.after) for item in found.inputs])
        if found.parts:
            rows = [(item.key, item.before, item.after, item.cause) for item in found.parts]
            screen.table(("Person", "Before", "After", "Because of"), rows)

    invocation.answer(found.to_json(), present)


@command(app, "prices")
def prices(
    invocation: Invocation,
    scenario: ScenarioPath,
    credential: Annotated[
        Path | None, typer.Option("--credential", metavar="FILE", help="Price a credential that does not exist yet.")
    ] = None,
    time_limit: TimeLimit = 60.0,
    gap: Gap = 0.0005,
    as_of: AsOf = None,
) -> None:
    """Show what more money, hours, weeks and seats are worth."""
    from skillmatch.service.plans.planning import Search

    with invocation.open() as workspace:
        found = workspace.plans.prices(scenario, credential=credential, search=Search(time_limit, gap), as_of=as_of)

    def present(screen: Screen) -> None:
        screen.heading(found.headline())
        rows = [
            (
                item.limit,
                item.now,
                "" if item.each is None else f"{item.each:.6f}",
                f"{item.step:g} {item.unit}",
                f"{item.gain_low:.4f} to {item.gain_high:.4f}",
            )
            for item in found.items
        ]
        screen.table(("Limit", ">Now", ">One more, at most", ">Solved with", ">Adds"), rows)

    invocation.answer(found.to_json(), present)


@command(app, "curve")
def curve(
    invocation: Invocation,
    scenario: ScenarioPath,
    budgets: Annotated[
        list[float] | None, typer.Option("--budget", metavar="MONEY", min=0, help="A budget; may be repeated.")
    ] = None,
    time_limit: TimeLimit = 60.0,
    gap: Gap = 0.0005,
    as_of: AsOf = None,
) -> None:
    """Show what a range of budgets covers, each with its bound."""
    from skillmatch.service.plans.planning import Search

    with invocation.open() as workspace:
        found = workspace.plans.curve(
            scenario, budgets=tuple(budgets or ()), search=Search(time_limit, gap), as_of=as_of
        )

    def present(screen: Screen) -> None:
        screen.heading(found.headline())
        rows = [
            (
                f"{item.budget:,.0f}",
                f"{item.coverage:.1%}",
                f"{item.coverage_bound:.1%}",
                f"{item.cost:,.0f}",
                item.status,
            )
            for item in found.points
        ]
        screen.table((f">Budget {found.currency}", ">Covers", ">No plan exceeds", ">Costs", "|Status"), rows)

    invocation.answer(found.to_json(), present)


@command(app, "stress")
def stress(
    invocation: Invocation,
    plan: PlanPath,
    draws: Annotated[int, typer.Option("--draws", min=1, metavar="N", help="How many draws.")] = 1_000,
    seed: Seed = 0,
    time_limit: TimeLimit = 60.0,
) -> None:
    """Show what a plan covers when people leave or fail.

    With futures in its scenario also which plan gives up least in the worst of them.
    """
    from skillmatch.service.plans.planning import Search, read_plan_file

    file = read_plan_file(plan)
    with invocation.open() as workspace:
        drawn = workspace.plans.stress(file, draws=draws, seed=seed)
        robust = None
        if len(file.scenario.futures) > 1:
            robust = workspace.plans.robust(file.scenario, search=Search(time_limit), as_of=file.plan.as_of)
    document = {"stress": drawn.to_json(), "robust": None if robust is None else robust.to_json()}

    def present(screen: Screen) -> None:
        screen.heading(drawn.headline())
        screen.table((">Share of draws", ">Covers at most"), [(f"{s:.0%}", f"{c:.1%}") for s, c in drawn.quantiles])
        if robust is not None:
            screen.line()
            screen.heading(robust.headline())
            rows = [(item.plan, item.future, item.worth, item.regret) for item in robust.table]
            screen.table(("Plan", "Future", ">Worth", ">Regret"), rows)
            screen.line(f"In every good plan: {', '.join(robust.no_regret) or 'none'}.")
            for name, future in robust.single_future:
                screen.item(f"{name} pays only in '{future}'")

    invocation.answer(document, present)


@command(app, "export")
def export(
    invocation: Invocation,
    plan: PlanPath,
    what: Annotated[What, typer.Argument(help="For whom.")],
    path: Annotated[
        Path,
        typer.Argument(metavar="PATH", help="A .csv, .xlsx, .ics or .json file, or a folder."),
    ],
) -> None:
    """Write a plan for those who carry it out."""
    from skillmatch.service.plans.planning import read_plan_file

    endings: dict[str, tuple[str, ...]] = {
        "managers": (".csv", ".xlsx"),
        "providers": (".csv", ".xlsx"),
        "calendar": (".ics",),
        "json": (".json",),
    }
    if what in endings and (path.suffix or what not in ("managers", "providers")):
        check_target(path, endings[what], "path")
    file = read_plan_file(plan)
    with invocation.open() as workspace:
        written = workspace.plans.export(file, what, path)

    def present(screen: Screen) -> None:
        for name, count in written.items():
            screen.line(f"{name}: {count:,}")

    invocation.answer({"path": str(path), "files": written}, present)

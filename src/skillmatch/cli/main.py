"""The program ``skillmatch``: its commands, and how a run ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import typer
from typer.main import get_command

from skillmatch.cli import (
    adjacent,
    asking,
    audit,
    backup,
    catalogue,
    claims,
    demo,
    disputes,
    doctor,
    events,
    export,
    extracting,
    feedback,
    jobs,
    keys,
    lab,
    overlay,
    parity,
    people,
    planning,
    review,
    roles,
    serve,
    taxonomy,
    team,
    training,
    tuning,
    why,
)
from skillmatch.cli.commands import command, group
from skillmatch.cli.errors import describe, tell
from skillmatch.cli.invocation import Invocation


def show_version(invocation: Invocation) -> None:
    """Print which skillmatch this is."""
    from skillmatch.service.core.snapshot import program_version

    document = {"skillmatch": program_version()}
    invocation.answer(document, lambda screen: screen.line(f"skillmatch {document['skillmatch']}"))


app = group(
    """From what a role requires and what a person can do to the micro-credentials that close the gap.

    Try it with 'skillmatch demo'. With data of your own: import a taxonomy, a catalogue, roles and people; then ask
    for a gap, recommendations or a pathway. Every command takes --help.""",
    version=show_version,
)
app.add_typer(taxonomy.app, name="taxonomy")
app.add_typer(overlay.app, name="overlay")
app.add_typer(feedback.app, name="feedback")
app.add_typer(review.app, name="review")
app.add_typer(catalogue.app, name="catalogue")
app.add_typer(roles.app, name="roles")
app.add_typer(people.app, name="people")
app.add_typer(claims.app, name="claims")
app.add_typer(disputes.app, name="disputes")
app.add_typer(events.app, name="events")
app.add_typer(planning.app, name="plan")
app.add_typer(jobs.app, name="jobs")
app.add_typer(audit.app, name="audit")
app.add_typer(keys.app, name="keys")
command(app, "link")(asking.link)
command(app, "extract")(extracting.extract)
command(app, "gap")(asking.gap)
command(app, "recommend")(asking.recommend)
command(app, "pathway")(asking.pathway)
command(app, "why")(why.why)
command(app, "adjacent")(adjacent.adjacent)
command(app, "team")(team.team)
command(app, "unmet")(team.unmet)
command(app, "parity")(parity.parity)
command(app, "export")(export.export)
command(app, "backup")(backup.backup)
command(app, "restore")(backup.restore)
command(app, "migrate")(backup.migrate)
command(app, "serve")(serve.serve)
command(app, "lab")(lab.lab)
command(app, "dashboard")(lab.dashboard)
command(app, "doctor")(doctor.doctor)
command(app, "train")(training.train)
command(app, "tune")(tuning.tune)
command(app, "demo")(demo.demo)


@cache
def program() -> Any:
    """All commands and their options, worked out once in a process."""
    return get_command(app)


def run(arguments: Sequence[str] | None = None, invocation: Invocation | None = None) -> int:
    """Run the program and return its exit code: 0 fine, 1 our fault, 2 the user's, 130 stopped from the keyboard.

    ``arguments`` are the command line's, ``invocation`` a fresh one, when None.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    _have_streams()
    # Known before the options are parsed, because what is wrong with them must be told in the same form.
    invocation = invocation or Invocation()
    invocation.as_json = "--json" in given[: given.index("--") if "--" in given else None]
    try:
        return _run(given, invocation)
    except BrokenPipeError:  # whoever read the output has had enough
        _discard_output()
        return invocation.exit_code


def _run(given: list[str], invocation: Invocation) -> int:
    try:
        with program().make_context("skillmatch", given, obj=invocation) as context:
            context.command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as end:
        sys.stdout.flush()
        return end.exit_code or invocation.exit_code
    except BrokenPipeError:
        raise
    except (Exception, KeyboardInterrupt) as error:
        problem, invocation.exit_code = describe(error)
        tell(problem, error, sys.stderr, as_json=invocation.as_json, debug=invocation.debug)
        with suppress(OSError):
            sys.stdout.flush()
            return invocation.exit_code
        _discard_output()
    return invocation.exit_code


def _have_streams() -> None:
    """Put something in the place of closed streams, and let no character that a terminal lacks end the run."""
    nowhere = Path(os.devnull)
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")  # open as long as the process
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")


def _discard_output() -> None:
    """Send what is still unwritten nowhere, else Python complains about it when it ends."""
    with suppress(OSError, ValueError):  # a stream without a file behind it has nothing to send on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

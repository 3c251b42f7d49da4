"""Commands: how a function becomes one, and the global options that every command and group accepts."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Concatenate, ParamSpec, cast

import typer

from skillmatch.cli.invocation import Invocation

P = ParamSpec("P")

_GLOBAL = {
    "context": (typer.Context, inspect.Parameter.empty),
    "as_json": (
        Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text for people.")],
        False,
    ),
    "workspace": (
        Annotated[
            Path | None,
            typer.Option(
                "--workspace",
                metavar="PATH",
                help="Folder of the workspace. Else SKILLMATCH_WORKSPACE, else one in your data folder.",
            ),
        ],
        None,
    ),
    "debug": (Annotated[bool, typer.Option("--debug", help="Show where an error comes from in the program.")], False),
}

_VERSION = Annotated[bool, typer.Option("--version", help="Print the version and end.")]
_KIND = inspect.Parameter.KEYWORD_ONLY


def group(text: str, *, version: Callable[[Invocation], None] | None = None) -> typer.Typer:
    """A group of commands (the program itself is one); without a command it shows its help.

    With ``version`` it has an option ``--version``, which calls that and ends.
    """
    app = typer.Typer(
        help=text,
        invoke_without_command=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # plain help: what colours it takes longer to import than all the rest of it
    )

    def callback(**given: Any) -> None:
        context: typer.Context = given["context"]
        invocation = _invocation(given)
        if version is not None and given["version"]:
            version(invocation)
            context.exit()
        if context.invoked_subcommand is None:
            if invocation.as_json:
                context.fail("Missing command.")
            typer.echo(context.get_help())

    own = [] if version is None else [inspect.Parameter("version", _KIND, annotation=_VERSION, default=False)]
    app.callback()(_with_parameters(callback, [*_global_parameters(), *own]))
    return app


def command(
    app: typer.Typer, name: str
) -> Callable[[Callable[Concatenate[Invocation, P], None]], Callable[Concatenate[Invocation, P], None]]:
    """Register a function as a command: its first argument is the invocation, the others come from the command line.

    The global options are added to its own, so that they may stand before or after the command.
    """

    def register(function: Callable[Concatenate[Invocation, P], None]) -> Callable[Concatenate[Invocation, P], None]:
        def body(**given: Any) -> None:
            invocation = _invocation(given)
            own = {key: value for key, value in given.items() if key not in _GLOBAL}
            cast(Callable[..., None], function)(invocation, **own)

        parameters = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        own = [item.replace(kind=_KIND) for item in parameters]
        app.command(name, help=inspect.getdoc(function))(_with_parameters(body, [*own, *_global_parameters()]))
        return function

    return register


def _global_parameters() -> list[inspect.Parameter]:
    return [inspect.Parameter(name, _KIND, annotation=hint, default=value) for name, (hint, value) in _GLOBAL.items()]


def _with_parameters(body: Callable[..., None], parameters: list[inspect.Parameter]) -> Callable[..., None]:
    """The function with the signature that typer is to see."""
    body.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    body.__annotations__ = {item.name: item.annotation for item in parameters}
    return body


def _invocation(given: dict[str, Any]) -> Invocation:
    """The run's invocation, with the global options that were given at this place."""
    context: typer.Context = given["context"]
    invocation: Invocation = context.ensure_object(Invocation)
    invocation.as_json = invocation.as_json or given["as_json"]
    invocation.debug = invocation.debug or given["debug"]
    if given["workspace"] is not None:
        invocation.workspace = given["workspace"]
    return invocation

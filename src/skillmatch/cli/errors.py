"""Errors for people and programs: one shape, one line or one JSON object, and the exit code that goes with it."""

from __future__ import annotations

import json
import traceback
from dataclasses import asdict, dataclass
from typing import TextIO

import typer

from skillmatch.domain.base.errors import SkillmatchError

FINE = 0
OUR_FAULT = 1
USERS_FAULT = 2
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a run ended: a stable ``code``, what is wrong, what to do, and where in the input it is."""

    code: str
    message: str
    remedy: str = ""
    file: str | None = None
    line: int | None = None
    field: str | None = None

    def sentence(self) -> str:
        """For people: place, message and remedy on one line."""
        where = ", ".join(
            part
            for part in (
                self.file or "",
                f"line {self.line}" if self.line is not None else "",
                f"'{self.field}'" if self.field else "",
            )
            if part
        )
        # "courses.csv, line 3, 'level' is 7; ..." reads on; a message that is a sentence of its own gets a colon.
        joint = (
            " " if self.message.startswith(("is ", "has ", "holds ", "does ", "must ", "needs ", "cannot ")) else ": "
        )
        text = f"{where}{joint}{self.message}" if where else _as_sentence(self.message)
        return f"{text} {self.remedy}" if self.remedy else text


TRAINING = frozenset(("torch", "transformers", "sentence_transformers", "onnx"))
"""What only the extra ``train`` installs."""

INSTALL = "pip install 'skillmatch[train]'"


def describe(error: BaseException) -> tuple[Problem, int]:
    """What an exception means to whoever called the program, and the exit code."""
    match error:
        case SkillmatchError():
            place = error.place
            return Problem(error.code, error.message, error.remedy, place.file, place.line, place.field), USERS_FAULT
        case typer.TyperException():
            return _usage(error), USERS_FAULT
        case KeyboardInterrupt() | typer.Abort():
            return Problem(
                "interrupted", "stopped. Nothing was half written.", "Start it again when ready."
            ), INTERRUPTED
        case ModuleNotFoundError(name=str(name)) if name.partition(".")[0] in TRAINING:
            message = f"this needs '{name}', which is not installed."
            return Problem("not_installed", message, f"Install what trains and tunes: {INSTALL}."), USERS_FAULT
        case _:
            kind = type(error).__name__
            message = f"something went wrong in skillmatch itself ({kind}: {str(error)[:200]})."
            return Problem("internal", message, "Run it again with --debug and report what that prints."), OUR_FAULT


def tell(problem: Problem, error: BaseException, stream: TextIO, *, as_json: bool, debug: bool) -> None:
    """Print a problem; with ``debug`` also where in the program it comes from."""
    if debug:
        stream.writelines(traceback.format_exception(error))
    if as_json:
        stream.write(json.dumps({"error": asdict(problem)}, ensure_ascii=False, indent=2) + "\n")
    else:
        from skillmatch.cli.present.screen import Screen

        Screen(stream).unwrapped(f"Error: {problem.sentence()}", style="red")
    stream.flush()


def _usage(error: typer.TyperException) -> Problem:
    context = getattr(error, "ctx", None)
    parameter = getattr(error, "param", None)
    remedy = "" if context is None else f"See '{context.command_path} --help'."
    message = " ".join(error.format_message().split())
    return Problem("usage", message, remedy, field=None if parameter is None else parameter.name)


def _as_sentence(message: str) -> str:
    """The message with a capital, unless it begins with a name that is written small."""
    first = message.partition(" ")[0]
    return message[:1].upper() + message[1:] if first.isalpha() else message

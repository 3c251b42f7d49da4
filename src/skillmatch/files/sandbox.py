"""Sandbox: documents of rich formats are parsed in a process that can be stopped, because a hostile file can make a
parser spin or eat memory.

The child gets the bytes on its standard input and answers with one JSON document. It may use 20 seconds and (where
the system can limit it: not on Windows) 1 GiB of address space; both are
figures of our own, a hundred times what a long CV needs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module

from skillmatch.domain.base.errors import InputError, Place

MAX_SECONDS = 20
MAX_MEMORY = 1024 * 1024 * 1024

_OUT_OF_MEMORY = f"needs more than {MAX_MEMORY // 1024**2:,} MB of memory to be read, the limit."
_REMEDY = "Save it again with another program, or as plain text."


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser found: the text, the number of pages where the format has such, and notes for the reader."""

    text: str
    pages: int | None = None
    notes: tuple[str, ...] = ()


def parse_apart(kind: str, data: bytes, name: str, *, seconds: float = MAX_SECONDS) -> Parsed:
    """Parse the bytes of an "html", "docx" or "pdf" file in a process of its own.

    Raises ``InputError`` with what the parser found wrong, or with the limit that was reached.
    """
    place = Place(file=name)
    command = [sys.executable, "-P", "-m", "skillmatch.files.sandbox", kind]
    try:
        ended = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise InputError(
            f"takes more than {seconds:g} seconds to be read, the limit.", remedy=_REMEDY, place=place
        ) from None
    except OSError as error:
        raise InputError(f"cannot be parsed: no process can be started ({error}).", place=place) from None
    try:
        answer = json.loads(ended.stdout)
    except ValueError:  # it died without a word: of its processor time (also a limit), of memory or of a crash
        raise InputError("cannot be parsed: the parser broke down over it.", remedy=_REMEDY, place=place) from None
    if "error" in answer:
        raise InputError(answer["error"], remedy=answer["remedy"], place=place)
    return Parsed(answer["text"], answer["pages"], tuple(answer["notes"]))


def _answer(kind: str, data: bytes) -> dict[str, object]:
    """What the child says: the parsed document, or what is wrong with it."""
    if kind not in ("html", "docx", "pdf"):
        raise ValueError(f"there is no parser for {kind}")
    try:
        parsed: Parsed = import_module(f"skillmatch.files.{kind}_text").parse(data)
    except InputError as error:
        return {"error": error.message, "remedy": error.remedy}
    except MemoryError:
        return {"error": _OUT_OF_MEMORY, "remedy": _REMEDY}
    except Exception as error:  # parsers fail in a hundred ways on broken files, RecursionError among them
        return {"error": f"is damaged and cannot be read ({type(error).__name__}).", "remedy": _REMEDY}
    # Half surrogates and NUL, which broken fonts produce, fit into no database and no JSON.
    text = parsed.text.replace("\x00", " ").encode("utf-8", "replace").decode()
    return {"text": text, "pages": parsed.pages, "notes": parsed.notes}


def _limit_self() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits; a stricter one may be in force
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit_self()
    sys.stdout.write(json.dumps(_answer(sys.argv[1], sys.stdin.buffer.read())))

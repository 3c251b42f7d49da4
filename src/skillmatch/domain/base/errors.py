"""The one tree of exceptions, for surprises only; expected outcomes are values (see ``Status``).

SkillmatchError
├── InputError       what a person or a file gave us is wrong; names the place and the remedy
├── NotFoundError    an id or a name that nothing answers to; names near ones
├── ConflictError    the request contradicts what is already there
├── WorkspaceError   the workspace cannot be opened, read or written
└── ModelError       weights are missing or are not the published ones
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input something is: file, 1-based line (for sheets the row), field (column or attribute)."""

    file: str | None = None
    line: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        parts = [self.file or "", f"line {self.line}" if self.line is not None else ""]
        parts.append(f"field '{self.field}'" if self.field else "")
        return ", ".join(part for part in parts if part)


class SkillmatchError(Exception):
    """Base of all errors that skillmatch raises on purpose; ``code`` is stable and machine-readable."""

    code = "error"

    def __init__(self, message: str, *, remedy: str = "", place: Place | None = None) -> None:
        self.message = message
        self.remedy = remedy
        self.place = place or Place()
        super().__init__(message)

    def __str__(self) -> str:
        where = str(self.place)
        text = f"{where}: {self.message}" if where else self.message
        return f"{text} {self.remedy}" if self.remedy else text


class InputError(SkillmatchError):
    """Something given to us breaks a rule; raised by every domain value that cannot be built."""

    code = "invalid_input"

    def __init__(self, message: str, *, field: str | None = None, remedy: str = "", place: Place | None = None) -> None:
        super().__init__(message, remedy=remedy, place=place or Place(field=field))

    def at(self, *, file: str | None = None, line: int | None = None, field: str | None = None) -> InputError:
        """The same error with its place completed; what the error already knows is kept."""
        known = self.place
        place = replace(known, file=known.file or file, line=known.line or line, field=known.field or field)
        return InputError(self.message, remedy=self.remedy, place=place)


class NotFoundError(SkillmatchError):
    """Nothing answers to an id or a name; ``suggestions`` are near ones that exist."""

    code = "not_found"

    def __init__(self, what: str, name: str, suggestions: Iterable[str] = ()) -> None:
        self.what = what
        self.name = name
        self.suggestions = tuple(suggestions)
        near = f"Did you mean: {', '.join(self.suggestions)}?" if self.suggestions else ""
        super().__init__(f"no {what} is called '{name}'.", remedy=near)


class ConflictError(SkillmatchError):
    """The request contradicts what is already stored."""

    code = "conflict"


class WorkspaceError(SkillmatchError):
    """A workspace cannot be opened, read or written: missing, locked, read-only, full, or from a newer version.

    ``public`` is what callers from elsewhere may be told; the message is for whoever has the files before them.
    """

    code = "workspace"
    public = ""


class ModelError(SkillmatchError):
    """Model weights are missing, or their hash is not the published one."""

    code = "model"

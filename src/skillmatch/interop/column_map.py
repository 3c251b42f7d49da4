"""Column map: how a customer's table becomes one of ours, written down once in a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from skillmatch.domain.errors import InputError, Place
from skillmatch.domain.identity import make_id
from skillmatch.files.tables import Row, Table
from skillmatch.interop.columns import COLUMNS, REQUIRED
from skillmatch.interop.formats import duration_cell, list_cell, number_cell, slug_cell

MAX_MAP_BYTES = 1_000_000
_OPTIONS = {"separator": "list", "unit": "duration", "of": "duration", "hours_per_week": "duration", "segments": "slug"}


class Rule(BaseModel):
    """Where one of our columns comes from: their ``column``, perhaps translated, or a ``constant``.

    ``values`` translates exact texts; ``default`` stands for a blank cell. A text that ``values`` does not know
    goes on to the ``format``, and is refused when there is none.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    column: str | None = None
    constant: str | None = None
    values: dict[str, str] | None = None
    default: str = ""
    format: Literal["list", "number", "duration", "slug"] | None = None
    separator: str | None = Field(default=None, min_length=1)
    unit: Literal["hours", "weeks"] | None = None
    of: Literal["low", "middle", "high"] | None = None
    hours_per_week: float | None = Field(default=None, gt=0, le=168, allow_inf_nan=False)
    segments: int | None = Field(default=None, ge=1, le=20)

    @model_validator(mode="after")
    def _fits_together(self) -> Rule:
        if (self.column is None) == (self.constant is None):
            raise ValueError("needs either a column or a constant, not both and not neither")
        if self.constant is not None and self.model_fields_set != {"constant"}:
            raise ValueError("a constant takes no other keys")
        for option, format_name in _OPTIONS.items():
            if getattr(self, option) is not None and self.format != format_name:
                raise ValueError(f'{option} goes with format = "{format_name}" only')
        if self.format == "duration" and self.unit is None:
            raise ValueError('format = "duration" needs unit = "hours" or unit = "weeks"')
        return self

    def text(self, cells: dict[str, str]) -> str:
        """Our cell from their row; raises ``InputError`` for a text that cannot be translated."""
        if self.column is None:
            return self.constant or ""
        given = cells[self.column]
        if not given.strip():
            return self.default
        if self.values is not None:
            found = self.values.get(given, self.values.get(given.strip()))
            if found is not None:
                return found
            if self.format is None:
                known = ", ".join(f"'{value}'" for value in self.values)
                raise InputError(
                    f"'{given.strip()[:60]}' is not among the values of the column map.",
                    remedy=f"It knows {known[:500]}; add the new one to the map.",
                )
        match self.format:
            case "list":
                return list_cell(given, self.separator)
            case "number":
                return number_cell(given)
            case "slug":
                return slug_cell(given, self.segments or 1)
            case "duration":
                return duration_cell(
                    given, unit=self.unit or "hours", of=self.of or "middle", hours_per_week=self.hours_per_week
                )
            case None:
                return given


class _MapFile(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    source: str
    what: Literal["credentials", "offerings", "stacks", "roles", "people", "evidence", "awards"]
    columns: dict[str, Rule]

    @field_validator("columns", mode="before")
    @classmethod
    def _short_form(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {name: {"column": rule} if isinstance(rule, str) else rule for name, rule in given.items()}


@dataclass(frozen=True)
class ColumnMap:
    """Which of our columns comes from where in a customer's table, and the source that its ids belong to.

    ``file`` is the map's own name, for messages; ``what`` says which kind of table it makes.
    """

    file: str
    source: str
    what: str
    columns: dict[str, Rule]

    def check(self, table: Table) -> None:
        """Require every column that the map names; raises ``InputError`` with the columns that there are."""
        for name, rule in self.columns.items():
            if rule.column is not None and rule.column not in table.header:
                raise InputError(
                    f"'{table.file}' has no column '{rule.column}'.",
                    remedy=f"Its columns are: {listed(table.header)}.",
                    place=Place(file=self.file, field=f"columns.{name}"),
                )

    def apply(self, row: Row) -> Row:
        """The row under our column names; raises ``InputError`` with the line and our column's name."""
        cells = {}
        for name, rule in self.columns.items():
            try:
                cells[name] = rule.text(row.cells)
            except InputError as error:
                raise error.at(line=row.line, field=name) from None
        return Row(row.line, cells)


def listed(header: tuple[str, ...]) -> str:
    """Column names for a message, not more than a person would read."""
    shown = ", ".join(name[:60] for name in header[:40] if name)
    return shown if len(header) <= 40 else f"{shown} and {len(header) - 40:,} more"


def load_column_map(path: Path) -> ColumnMap:
    """Read a column map; raises ``InputError`` with the file and the key for whatever is wrong in it."""
    place = Place(file=path.name)
    try:
        if path.stat().st_size > MAX_MAP_BYTES:
            raise InputError("is too large for a column map.", remedy="Check the path.", place=place)
        parsed = _MapFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror or error}).", remedy="Check the path.", place=place
        ) from None
    except UnicodeDecodeError:
        raise InputError("is not UTF-8.", remedy="Save the file as UTF-8.", place=place) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"is not TOML: {error}.", remedy='Texts need quotes: title = "Name".', place=place) from None
    except ValidationError as error:
        raise _explain(error, path.name) from None
    _check_names(parsed, path.name)
    return ColumnMap(path.name, parsed.source, parsed.what, dict(parsed.columns))


def _explain(error: ValidationError, file: str) -> InputError:
    first = error.errors(include_url=False, include_context=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        known = Rule.model_fields if field.startswith("columns.") else _MapFile.model_fields
        return InputError(
            "is not a key of a column map.",
            remedy=f"The keys here are: {', '.join(known)}.",
            place=Place(file, None, field),
        )
    return InputError(f"{message[:1].lower()}{message[1:].rstrip('.')}.", place=Place(file, None, field))


def _check_names(parsed: _MapFile, file: str) -> None:
    try:
        make_id(parsed.source, "any")
    except InputError as error:
        raise error.at(file=file) from None
    known = COLUMNS[parsed.what]
    for name in parsed.columns:
        if name not in known:
            raise InputError(
                f"is not a column of {parsed.what}.",
                remedy=f"The columns are: {', '.join(known)}.",
                place=Place(file, None, f"columns.{name}"),
            )
    for name in REQUIRED[parsed.what]:
        if name not in parsed.columns:
            raise InputError(
                f"{parsed.what} need a column '{name}'.",
                remedy=f'Say which of the file\'s columns it is: {name} = "...".',
                place=Place(file, None, "columns"),
            )

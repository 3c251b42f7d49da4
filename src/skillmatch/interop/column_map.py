"""Column map: how a customer's table becomes one of ours, written down once in a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.domain.base.identity import make_id
from skillmatch.files.layout import AS_IT_STANDS, Layout
from skillmatch.files.tables import Row, Table
from skillmatch.interop.columns import COLUMNS, READ_AS_WRITTEN, REQUIRED
from skillmatch.interop.formats import duration_cell, list_cell, number_cell, slug_cell

MAX_MAP_BYTES = 1_000_000
_OPTIONS = {"unit": "duration", "of": "duration", "hours_per_week": "duration", "segments": "slug"}


class Rule(BaseModel):
    """Where one of our columns comes from: their ``column``, perhaps translated, columns to ``join``, or a
    ``constant``.

    ``values`` translates exact texts; ``default`` stands for a blank cell. A text that ``values`` does not know
    goes on to the ``format``; without one it is read as it stands where our column holds levels, dates or known words,
    and refused elsewhere. ``date`` is how dates are written ("%d.%m.%Y", one or several), ``decimal`` the mark before
    decimals. With ``split`` (separators, or "auto") each item of a cell becomes a row of its own.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    column: str | None = None
    constant: str | None = None
    join: list[str] | None = Field(default=None, min_length=1)
    values: dict[str, str] | None = None
    default: str = ""
    format: Literal["list", "number", "duration", "slug"] | None = None
    separator: str | None = Field(default=None, min_length=1)
    unit: Literal["hours", "weeks"] | None = None
    of: Literal["low", "middle", "high"] | None = None
    hours_per_week: float | None = Field(default=None, gt=0, le=168, allow_inf_nan=False)
    segments: int | None = Field(default=None, ge=1, le=20)
    date: str | list[str] | None = None
    decimal: Literal[".", ","] | None = None
    split: str | list[str] | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _fits_together(self) -> Rule:
        if sum(source is not None for source in (self.column, self.constant, self.join)) != 1:
            raise ValueError("needs either a column or a constant, or several columns to join, and only one of these")
        if self.constant is not None and self.model_fields_set != {"constant"}:
            raise ValueError("a constant takes no other keys")
        for option, format_name in _OPTIONS.items():
            if getattr(self, option) is not None and self.format != format_name:
                raise ValueError(f'{option} goes with format = "{format_name}" only')
        if self.separator is not None and self.format != "list" and self.join is None:
            raise ValueError('separator goes with format = "list" or with join only')
        if self.format == "duration" and self.unit is None:
            raise ValueError('format = "duration" needs unit = "hours" or unit = "weeks"')
        return self

    @property
    def sources(self) -> tuple[str, ...]:
        """Their columns that it is made from."""
        return (self.column,) if self.column is not None else tuple(self.join or ())

    @property
    def separators(self) -> tuple[str, ...]:
        """What ``split`` says to separate items by; empty for "auto"."""
        if self.split is None or self.split == "auto":
            return ()
        return (self.split,) if isinstance(self.split, str) else tuple(self.split)

    def given(self, cells: Mapping[str, str]) -> str:
        """What stands in their cells, joined where there are several."""
        if self.column is not None:
            return cells[self.column]
        parts = (cells[name].strip() for name in self.join or ())
        return (self.separator or " ").join(part for part in parts if part)

    def text(self, cells: Mapping[str, str], *, decimal: str | None = ".", known: bool = False) -> str:
        """Our cell from their row; ``known``: our column's reader judges texts that ``values`` lacks.

        Raises ``InputError`` for a text that cannot be translated.
        """
        if self.constant is not None:
            return self.constant
        given = self.given(cells)
        if not given.strip():
            return self.default
        if self.values is not None:
            found = self.values.get(given, self.values.get(given.strip()))
            if found is not None:
                return found
            if self.format is None and not known and self.split is None:
                names = ", ".join(f"'{value}'" for value in self.values)
                raise InputError(
                    f"'{given.strip()[:60]}' is not among the values of the column map.",
                    remedy=f"It knows {names[:500]}; add the new one to the map.",
                )
        match self.format:
            case "list":
                return list_cell(given, self.separator)
            case "number":
                return number_cell(given, decimal)
            case "slug":
                return slug_cell(given, self.segments or 1)
            case "duration":
                return duration_cell(
                    given, unit=self.unit or "hours", of=self.of or "middle", hours_per_week=self.hours_per_week
                )
            case None:
                return given


class Unpivot(BaseModel):
    """One row for each of many columns: a column's name goes into our column ``name``, its cell into ``value``.

    Without ``columns`` all that the map does not name otherwise are meant. Blank cells make no row.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: str = "skill"
    value: str = "level"
    columns: list[str] | None = Field(default=None, min_length=1)


class _MapFile(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    source: str
    what: Literal["credentials", "offerings", "stacks", "roles", "people", "evidence", "awards", "events"]
    columns: dict[str, Rule]
    sheet: str | None = None
    header_row: int | None = Field(default=None, ge=1, le=1_048_576)
    encoding: str | None = None
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    date: str | list[str] | None = None
    decimal: Literal[".", ","] | None = None
    unpivot: Unpivot | None = None

    @field_validator("columns", mode="before")
    @classmethod
    def _short_form(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {name: {"column": rule} if isinstance(rule, str) else rule for name, rule in given.items()}


@dataclass(frozen=True)
class ColumnMap:
    """Which of our columns comes from where in a customer's table, and the source that its ids belong to.

    ``file`` is the map's own name, for messages; ``what`` says which kind of table it makes. ``layout`` is where the
    table lies in the file; ``date`` and ``decimal`` hold for all columns that do not say their own.
    """

    file: str
    source: str
    what: str
    columns: dict[str, Rule]
    layout: Layout = AS_IT_STANDS
    date: str | list[str] | None = None
    decimal: str | None = None
    unpivot: Unpivot | None = None

    def check(self, table: Table) -> None:
        """Require every column that the map names; raises ``InputError`` with the columns that there are."""
        wanted = [(f"columns.{name}", column) for name, rule in self.columns.items() for column in rule.sources]
        wanted += [("unpivot.columns", column) for column in (self.unpivot and self.unpivot.columns) or ()]
        for field, column in wanted:
            if column not in table.header:
                raise InputError(
                    f"'{table.file}' has no column '{column}'.",
                    remedy=f"Its columns are: {listed(table.header)}.{other_sheets(table)}",
                    place=Place(file=self.file, field=field),
                )

    def apply(self, row: Row, decimals: Mapping[str, str | None] = MappingProxyType({})) -> Row:
        """The row under our column names; raises ``InputError`` with the line and our column's name."""
        cells = {}
        for name, rule in self.columns.items():
            try:
                cells[name] = rule.text(row.cells, decimal=decimals.get(name, "."), known=name in READ_AS_WRITTEN)
            except InputError as error:
                raise error.at(line=row.line, field=name) from None
        return Row(row.line, cells)

    def column_of(self, field: str) -> str:
        """Their name of one of our columns; "" where it is a constant or not mapped."""
        rule = self.columns.get(field)
        return " + ".join(rule.sources) if rule is not None else ""


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
    needs = {column for rule in parsed.columns.values() for column in rule.sources}
    needs |= set((parsed.unpivot and parsed.unpivot.columns) or ())
    return ColumnMap(
        path.name,
        parsed.source,
        parsed.what,
        dict(parsed.columns),
        Layout(parsed.sheet, parsed.header_row, parsed.encoding, parsed.delimiter, frozenset(needs)),
        parsed.date,
        parsed.decimal,
        parsed.unpivot,
    )


def other_sheets(table: Table) -> str:
    """The sheets of a workbook with several, for a message; "" for others."""
    if len(table.sheets) < 2:
        return ""
    names = ", ".join(f"'{name[:60]}'" for name in table.sheets[:20])
    return f" Its sheets are: {names}; say which with --sheet, or with sheet in a column map."


def _explain(error: ValidationError, file: str) -> InputError:
    first = error.errors(include_url=False, include_context=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        part = field.partition(".")[0]
        kinds: dict[str, type[BaseModel]] = {"columns": Rule, "unpivot": Unpivot}
        known = kinds.get(part, _MapFile).model_fields
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
    turned = parsed.unpivot
    made = {turned.name, turned.value} if turned is not None else set()
    for field in made:
        if field not in known:
            raise InputError(
                f"'{field}' is not a column of {parsed.what}.",
                remedy=f"The columns are: {', '.join(known)}.",
                place=Place(file, None, "unpivot"),
            )
    if any(rule.split is not None for name, rule in parsed.columns.items() if name == "skill"):
        made.add("level")
    for name in REQUIRED[parsed.what]:
        if name not in parsed.columns and name not in made:
            raise InputError(
                f"{parsed.what} need a column '{name}'.",
                remedy=f'Say which of the file\'s columns it is: {name} = "...".',
                place=Place(file, None, "columns"),
            )

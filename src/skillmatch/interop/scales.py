"""The scale that a row's level is on."""

from __future__ import annotations

from skillmatch.domain.errors import InputError
from skillmatch.domain.levels import Scale
from skillmatch.interop.cells import Cells


def scale_of(cells: Cells) -> Scale:
    """The scale that the row names; 0-5 where it names none. Raises ``InputError`` for one that is not known."""
    try:
        return cells.choice("scale", Scale, Scale.CANONICAL)
    except InputError as error:
        hint = 'A spreadsheet may have turned "1-4" into a date: format the column as text.'
        raise InputError(error.message, field="scale", remedy=f"{error.remedy} {hint}") from None

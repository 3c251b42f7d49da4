"""The level that a row states, and the scale that it is on."""

from __future__ import annotations

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.levels import Scale
from skillmatch.interop.cells import Cells
from skillmatch.interop.notation.levels import read_level


def level_of(cells: Cells) -> float:
    """The level 0-5 of the row, in whatever words. Raises ``InputError`` for a blank cell and for what is no level."""
    return read_level(cells.needed("level"), scale_of(cells))


def scale_of(cells: Cells) -> Scale:
    """The scale that the row names; 0-5 where it names none. Raises ``InputError`` for one that is not known."""
    try:
        return cells.choice("scale", Scale, Scale.CANONICAL)
    except InputError as error:
        hint = 'A spreadsheet may have turned "1-4" into a date: format the column as text.'
        raise InputError(error.message, field="scale", remedy=f"{error.remedy} {hint}") from None

"""Names of months in the languages that HR systems are mostly kept in."""

from __future__ import annotations

_NAMES = (
    "january jan januar jänner janvier januari enero ene gennaio gen janeiro janv",
    "february feb februar fevrier février févr fevr februari febrero febbraio fevereiro fev fév",
    "march mar märz maerz mär mrz mars maart mrt marzo março marco",
    "april apr avril avr abril abr aprile",
    "may mai mei maj mayo maggio mag maio",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aout augustus augusti agosto ago",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro",
)

MONTHS: dict[str, int] = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
"""The number of a month by its name or short form in lower case (English, German, French, Dutch, Swedish, Spanish,
Italian, Portuguese); no form means two months."""

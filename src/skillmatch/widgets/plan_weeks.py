"""A plan by week: how many of each unit are away, against the limit; the table is the picture."""

from __future__ import annotations

from itertools import groupby

from skillmatch.domain.away import Away
from skillmatch.widgets.calendar import MONTHS
from skillmatch.widgets.html import escape


def weeks_html(away: Away) -> str:
    """Units by weeks; a cell is darker the nearer it is to the limit, and solid where nobody else may go."""
    if not away.weeks:
        return "<p>Nobody is away: nothing has to be learned in this plan.</p>"
    months = "".join(
        f'<th class="month" scope="colgroup" colspan="{len(list(weeks))}">{MONTHS[month - 1]} {year}</th>'
        for (year, month), weeks in groupby(away.weeks, key=lambda week: (week.year, week.month))
    )
    days = "".join(f'<th scope="col">{week.day}</th>' for week in away.weeks)
    body = "".join(
        f'<tr><th scope="row">{escape(unit or "No unit")}</th>{"".join(_cell(count, away) for count in counts)}</tr>'
        for unit, counts in zip(away.units, away.counts, strict=True)
    )
    told = away.headline()
    limit = (
        "Set 'most away' in the scenario to limit it."
        if away.limit is None
        else f"Solid: {away.limit} are away and nobody else of the unit may go ({away.full} such weeks)."
    )
    return (
        f"<p>{escape(told[:1].upper() + told[1:])}. {limit} "
        '<span class="quiet">Columns are weeks, by the day of their Monday; blank means nobody.</span></p>'
        '<div class="wide" tabindex="0" role="region" aria-label="People away by unit and week">'
        f'<table class="weeks"><thead><tr><td></td>{months}</tr><tr><td></td>{days}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _cell(count: int, away: Away) -> str:
    if not count:
        return "<td></td>"
    if away.limit is not None and count >= away.limit:
        return f'<td class="full">{count}</td>'
    shade = round(12 + 23 * count / (away.limit or away.most))
    return f'<td style="background:color-mix(in srgb, #0072b2 {shade}%, var(--jp-layout-color1, #ffffff))">{count}</td>'

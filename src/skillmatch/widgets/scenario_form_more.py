"""More controls of a scenario: skills to be covered, seats, risks; and the spots where it says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from skillmatch.domain.scenario import Cover, Scenario
from skillmatch.widgets.forms import button, entry, text, tick
from skillmatch.widgets.html import cell, escape, heads, row
from skillmatch.widgets.plan_words import limit_name

Wrong = Mapping[str, str]
"""What is wrong, by the key of the scenario's file that it is about."""


def spot(key: str, wrong: Wrong, *, below: bool = True) -> str:
    """What is wrong at a key, and ``below`` it; always there, so that the form keeps its shape when something is."""
    told = "".join(
        f"<div>{escape(_lead(place, key))}{escape(words)}</div>"
        for place, words in wrong.items()
        if place == key or (below and place.startswith((f"{key}.", f"{key}[")))
    )
    return f'<div class="wrong" role="status" data-key="wrong-{escape(key)}">{told}</div>'


def _lead(place: str, key: str) -> str:
    """Which field of the group it is about."""
    if place == key:
        return ""
    return f"{limit_name(place) if place.startswith('limits.') else place[len(key) + 1 :].replace('_', ' ')}: "


def spot_row(key: str, wrong: Wrong, width: int) -> str:
    """A spot under a line of a table."""
    return f'<tr class="spot"><td colspan="{width}">{spot(key, wrong)}</td></tr>'


def unseen_entry(kind: str, name: str, label: str, value: str, more: str = "") -> str:
    """A field in a table whose head says what it is; the label is for screen readers."""
    return entry(kind, name, label, value, more=more, seen=False)


def covers_html(covers: Sequence[Cover], titles: Mapping[str, str], wrong: Wrong) -> str:
    """Skills that so many must be able to do, also when some leave; and what adds another one."""
    lines = ""
    for at, item in enumerate(covers):
        key, of = f"cover-{at}", f"of cover {at + 1}"
        label = titles.get(item.skill_id, item.skill_id)
        where = f'<br><span class="quiet">in {escape(item.unit)}</span>' if item.unit else ""
        lines += row(
            [
                cell(unseen_entry("text", f"{key}-skill_id", f"Skill {of}", label) + where),
                cell(unseen_entry("number", f"{key}-level", f"Level {of}", f"{item.level:g}", _LEVEL)),
                cell(unseen_entry("number", f"{key}-people", f"People {of}", str(item.people), ' min="1" step="1"')),
                cell(
                    unseen_entry("number", f"{key}-leavers", f"May leave {of}", str(item.leavers), ' min="0" step="1"')
                ),
                cell(unseen_entry("date", f"{key}-by", f"Day {of}", item.by.isoformat())),
                cell(unseen_entry("number", f"{key}-priority", f"Priority {of}", f"{item.priority:g}", ' step="0.5"')),
                cell(tick(f"{key}-must", "must", on=item.must)),
                cell(button("✕", "remove_cover", at, key=f"remove-cover-{at}", title=f"Remove cover {at + 1}")),
            ]
        )
        lines += spot_row(f"covers[{at}]", wrong, 8)
    table = ""
    if covers:
        head = heads("Skill to be covered", "Level", "People", "May leave", "By", "Priority", "", "")
        table = f'<div class="wide"><table class="editor">{head}<tbody>{lines}</tbody></table></div>'
    return (
        f'{spot("covers", wrong, below=False)}{table}<div class="tools" data-form>'
        f"{text('skill', 'A skill', '', hint='its name', field=True, enter='add-cover')}"
        f"{button('Add a skill to be covered', 'add_cover', key='add-cover')}</div>"
    )


_LEVEL = ' min="0" max="5" step="0.5"'


def seats_html(scenario: Scenario, titles: Mapping[str, str]) -> str:
    """How many may take a course, besides the seats of its cohorts; and what adds another one."""
    lines = ""
    for at, (name, count) in enumerate(scenario.limits.seats.items()):
        title = titles.get(name, name)
        field = entry("number", f"seats-{at}", f"Seats in {title}", str(count), more=_ONE)
        away = button("✕", "remove_seats", at, key=f"remove-seats-{at}", title=f"No limit of seats in {title}")
        lines += f'<div class="tools">{field}{away}</div>'
    return (
        f'{lines}<div class="tools" data-form>'
        f"{text('course', 'Seats in', '', hint='a course', field=True, enter='add-seats')}"
        f"{button('Limit its seats', 'add_seats', key='add-seats')}</div>"
    )


_ONE = ' min="1" step="1"'


def risks_html(scenario: Scenario) -> str:
    """How many finish a course, and how many leave before the day."""
    risk = scenario.risk
    return (
        '<div class="tools">'
        + entry("number", "risk-completion", "Finish a course, %", f"{100 * risk.completion:g}", more=_PER_CENT)
        + entry("number", "risk-attrition", "Leave before, %", f"{100 * risk.attrition:g}", more=_PER_CENT)
        + "</div>"
    )


_PER_CENT = ' min="0" max="100"'

"""The controls of a scenario: where to start, what is wanted, within which limits, by which ways, of whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from skillmatch.domain.plans.scenario import Cover, Demand, Scenario
from skillmatch.widgets.kit.choices import Choices, limit_choices
from skillmatch.widgets.kit.forms import button, entry, select, steps, text, tick, unseen_select
from skillmatch.widgets.kit.html import cell, escape, heads, row
from skillmatch.widgets.plans.wording import limit_name

BUDGETS = (
    *(0.0, 500.0, 1_000.0, 2_500.0, 5_000.0, 7_500.0, 10_000.0, 15_000.0, 20_000.0, 25_000.0, 30_000.0, 40_000.0),
    *(50_000.0, 60_000.0, 80_000.0, 100_000.0, 150_000.0, 200_000.0, 300_000.0, 500_000.0, 1_000_000.0),
)
HOURS = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0)
WEEKS = (4.0, 8.0, 12.0, 16.0, 20.0, 26.0, 32.0, 39.0, 52.0, 65.0, 78.0, 104.0, 156.0)
AWAY = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0, 30.0, 50.0)
TOGETHER = (50.0, 100.0, 200.0, 300.0, 500.0, 750.0, 1_000.0, 1_500.0, 2_000.0, 3_000.0, 5_000.0, 10_000.0, 20_000.0)
HIRES = (0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50)

Steps = Mapping[str, Choices[float | None]]
"""What each limit's slider offers; the same as long as a scenario is worked on, so that places never shift."""


def steps_of(scenario: Scenario, before: Steps | None = None) -> Steps:
    """The sliders' steps for a scenario; those of ``before`` where they still hold what is set."""
    limits = scenario.limits
    usual: dict[str, tuple[Sequence[float], float | None, str]] = {
        "budget": (BUDGETS, limits.budget, limits.currency),
        "hours_per_week": (HOURS, limits.hours_per_week, "hours"),
        "weeks": (WEEKS, limits.weeks, "weeks"),
        "most_away": (AWAY, limits.most_away, "people"),
        "hours": (TOGETHER, limits.hours, "hours"),
    }
    found = {}
    for name, (values, value, unit) in usual.items():
        old = None if before is None else before[name]
        found[name] = old if old is not None and value in old.values else limit_choices(values, value, unit)
    most = scenario.ways.hire_most
    hires = None if before is None else before["hire_most"]
    if hires is None or most not in hires.values:
        hires = Choices.of((f"up to {count}" if count else "nobody", float(count)) for count in sorted({*HIRES, most}))
    return {**found, "hire_most": hires}


def form_html(
    scenario: Scenario | None,
    *,
    starts: Sequence[str],
    roles: Choices[str],
    units: Sequence[str],
    titles: Mapping[str, str],
    ladder: Steps,
    wrong: Wrong,
    live: bool,
    busy: bool,
) -> str:
    """All controls, what is ``wrong`` beside them; without a scenario only where to start.

    ``titles`` names skills and credentials by id.
    """
    start = (
        f'<div class="tools" data-form>{select("start", "Start from", starts, None)}'
        f"{text('path', 'or a file', 'scenario.toml', field=True, keep=True)}{button('Open', 'open', key='open')}"
        f"{button('Save', 'save', key='save', off=scenario is None, title='Save the scenario as TOML')}</div>"
    )
    if scenario is None:
        return f'<div class="skillmatch">{start}</div>'
    made = "".join(
        (
            f'<div class="tools">{entry("text", "name", "Name", scenario.name)}</div>',
            _group(
                "What is wanted",
                spot("name", wrong)
                + spot("demands", wrong, below=False)
                + _demands(scenario.demands, roles, wrong)
                + covers_html(scenario.covers, titles, wrong),
            ),
            _group("Limits", _limits(scenario, ladder) + seats_html(scenario, titles) + spot("limits", wrong)),
            _group("Ways and risks", _ways(scenario, ladder) + risks_html(scenario) + _wrong_ways(wrong)),
            _scope(scenario, units),
            spot("units", wrong),
            '<div class="tools">',
            button("Solve now", "solve", key="solve", kind="main"),
            button("Stop", "stop", key="stop", off=not busy, title="Stop the search; its best plan is the answer"),
            tick("live", "Solve at every change", on=live),
            "</div>",
        )
    )
    return f'<div class="skillmatch">{start}{made}</div>'


def _group(name: str, content: str) -> str:
    return f"<fieldset><legend>{name}</legend>{content}</fieldset>"


def _wrong_ways(wrong: Wrong) -> str:
    return spot("ways", wrong) + spot("risk", wrong)


def _demands(demands: Sequence[Demand], roles: Choices[str], wrong: Wrong) -> str:
    lines = ""
    for at, item in enumerate(demands):
        key, of = f"demand-{at}", f"of demand {at + 1}"
        lines += row(
            [
                cell(unseen_select(f"{key}-role_id", f"Role {of}", roles.labels, roles.index(item.role_id))),
                cell(
                    unseen_entry("number", f"{key}-headcount", f"People {of}", str(item.headcount), ' min="1" step="1"')
                ),
                cell(unseen_entry("date", f"{key}-by", f"Day {of}", item.by.isoformat())),
                cell(
                    unseen_entry(
                        "number", f"{key}-ready", f"Ready, per cent {of}", f"{100 * item.ready:g}", ' max="100"'
                    )
                ),
                cell(unseen_entry("number", f"{key}-priority", f"Priority {of}", f"{item.priority:g}", ' step="0.5"')),
                cell(tick(f"{key}-must", "must", on=item.must)),
                cell(button("✕", "remove", at, key=f"remove-{at}", title=f"Remove demand {at + 1}")),
            ]
        )
        lines += spot_row(f"demands[{at}]", wrong, 7)
    table = ""
    if demands:
        head = heads("Role", "People", "Ready by", "Ready from, %", "Priority", "", "")
        table = f'<div class="wide"><table class="editor">{head}<tbody>{lines}</tbody></table></div>'
    return f'{table}<div class="tools">{button("Add a demand", "add", key="add")}</div>'


def _limits(scenario: Scenario, ladder: Steps) -> str:
    limits: dict[str, Any] = {
        "budget": "Budget",
        "hours_per_week": "Hours a week, each",
        "weeks": "Within",
        "most_away": "Away at once, of a unit",
        "hours": "Hours, all together",
    }
    made = ""
    for name, label in limits.items():
        offered = ladder[name]
        made += steps(name, label, offered.labels, offered.index(getattr(scenario.limits, name)) or 0)
    return f'<div class="tools">{made}</div>'


def _ways(scenario: Scenario, ladder: Steps) -> str:
    ways = scenario.ways
    hires = ladder["hire_most"]
    return (
        '<div class="tools">'
        f"{tick('train', 'Train', on=ways.train)}"
        f"{tick('move', 'Move people', on=ways.move)}"
        f"{_cost('move_cost', 'Cost of moving somebody', ways.move_cost)}"
        f"{tick('recognise', 'Recognise what they can', on=ways.recognise)}"
        f"{_cost('recognise_cost', 'Cost of recognition', ways.recognise_cost)}"
        f"{steps('hire_most', 'Hire', hires.labels, hires.index(ways.hire_most) or 0)}"
        f"{_cost('hire_cost', 'Cost of hiring somebody', ways.hire_cost)}"
        f'<span class="quiet">each, in {escape(scenario.limits.currency)}</span></div>'
    )


def _cost(name: str, label: str, value: float) -> str:
    return f'<span class="quiet">at</span> {unseen_entry("number", name, label, f"{value:g}", _COST)}'


_COST = ' min="0" step="50" class="cost"'


def _scope(scenario: Scenario, units: Sequence[str]) -> str:
    ticks = "".join(tick(f"unit-{at}", unit or "No unit", on=unit in scenario.units) for at, unit in enumerate(units))
    roles = f" and {len(scenario.roles)} roles" if scenario.roles else ""
    return (
        f'<details data-fold="scope"><summary>Whom it is about: the units ticked here{roles}; everybody where none is'
        f'</summary><div class="tools">{ticks}</div></details>'
    )


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

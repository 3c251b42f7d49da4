"""The controls of a scenario: where to start, what is wanted, within which limits, by which ways, of whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from skillmatch.domain.scenario import Cover, Demand, Scenario
from skillmatch.widgets.choices import Choices, limit_choices
from skillmatch.widgets.forms import button, entry, select, steps, text, tick, unseen_select
from skillmatch.widgets.html import cell, escape, heads, row

BUDGETS = (
    *(0.0, 500.0, 1_000.0, 2_500.0, 5_000.0, 7_500.0, 10_000.0, 15_000.0, 20_000.0, 25_000.0, 30_000.0, 40_000.0),
    *(50_000.0, 60_000.0, 80_000.0, 100_000.0, 150_000.0, 200_000.0, 300_000.0, 500_000.0, 1_000_000.0),
)
HOURS = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0)
WEEKS = (4.0, 8.0, 12.0, 16.0, 20.0, 26.0, 32.0, 39.0, 52.0, 65.0, 78.0, 104.0, 156.0)
AWAY = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0, 30.0, 50.0)
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
    skills: Mapping[str, str],
    ladder: Steps,
    live: bool,
    busy: bool,
) -> str:
    """All controls; without a scenario only where to start."""
    start = (
        f'<div class="tools" data-form>{select("start", "Start from", starts, None)}'
        f"{text('path', 'or a file', 'scenario.toml', field=True, keep=True)}{button('Open', 'open', key='open')}"
        f"{button('Save', 'save', key='save', off=scenario is None, title='Save the scenario as TOML')}</div>"
    )
    if scenario is None:
        return f'<div class="skillmatch">{start}</div>'
    made = "".join(
        (
            _group("What is wanted", _demands(scenario.demands, roles) + _covers(scenario.covers, skills)),
            _group("Limits", _limits(scenario, ladder)),
            _group("Ways", _ways(scenario, ladder)),
            _scope(scenario, units),
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


def _demands(demands: Sequence[Demand], roles: Choices[str]) -> str:
    lines = ""
    for at, item in enumerate(demands):
        key, of = f"demand-{at}", f"of demand {at + 1}"
        lines += row(
            [
                cell(unseen_select(f"{key}-role_id", f"Role {of}", roles.labels, roles.index(item.role_id))),
                cell(_field("number", f"{key}-headcount", f"People {of}", str(item.headcount), ' min="1" step="1"')),
                cell(_field("date", f"{key}-by", f"Day {of}", item.by.isoformat())),
                cell(_field("number", f"{key}-ready", f"Ready, per cent {of}", f"{100 * item.ready:g}", ' max="100"')),
                cell(_field("number", f"{key}-priority", f"Priority {of}", f"{item.priority:g}", ' step="0.5"')),
                cell(tick(f"{key}-must", "must", on=item.must)),
                cell(button("✕", "remove", at, key=f"remove-{at}", title=f"Remove demand {at + 1}")),
            ]
        )
    table = ""
    if demands:
        head = heads("Role", "People", "Ready by", "Ready from, %", "Priority", "", "")
        table = f'<div class="wide"><table class="editor">{head}<tbody>{lines}</tbody></table></div>'
    return f'{table}<div class="tools">{button("Add a demand", "add", key="add")}</div>'


def _covers(covers: Sequence[Cover], skills: Mapping[str, str]) -> str:
    if not covers:
        return ""
    lines = ""
    for at, item in enumerate(covers):
        key, of = f"cover-{at}", f"of cover {at + 1}"
        label = skills.get(item.skill_id, item.skill_id)
        lines += row(
            [
                cell(_field("text", f"{key}-skill_id", f"Skill {of}", label)),
                cell(_field("number", f"{key}-level", f"Level {of}", f"{item.level:g}", ' min="0" max="5" step="0.5"')),
                cell(_field("number", f"{key}-people", f"People {of}", str(item.people), ' min="1" step="1"')),
                cell(_field("number", f"{key}-leavers", f"May leave {of}", str(item.leavers), ' min="0" step="1"')),
                cell(_field("date", f"{key}-by", f"Day {of}", item.by.isoformat())),
                cell(escape(item.unit or "anywhere")),
            ]
        )
    head = heads("Skill to be covered", "Level", "People", "May leave", "By", "Unit")
    return f'<div class="wide"><table class="editor">{head}<tbody>{lines}</tbody></table></div>'


def _field(kind: str, name: str, label: str, value: str, more: str = "") -> str:
    return entry(kind, name, label, value, more=more, seen=False)


def _limits(scenario: Scenario, ladder: Steps) -> str:
    limits: dict[str, Any] = {
        "budget": "Budget",
        "hours_per_week": "Hours a week, each",
        "weeks": "Within",
        "most_away": "Away at once, of a unit",
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
    return f'<span class="quiet">at</span> {_field("number", name, label, f"{value:g}", _COST)}'


_COST = ' min="0" step="50" class="cost"'


def _scope(scenario: Scenario, units: Sequence[str]) -> str:
    ticks = "".join(tick(f"unit-{at}", unit or "No unit", on=unit in scenario.units) for at, unit in enumerate(units))
    roles = f" and {len(scenario.roles)} roles" if scenario.roles else ""
    return (
        f'<details data-fold="scope"><summary>Whom it is about: the units ticked here{roles}; everybody where none is'
        f'</summary><div class="tools">{ticks}</div></details>'
    )

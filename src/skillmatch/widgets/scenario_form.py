"""The form of a scenario: what is wanted, within which limits, by which ways; what cannot be stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from skillmatch.domain.errors import InputError
from skillmatch.domain.scenario import Cover, Demand, Scenario
from skillmatch.widgets.choices import Choices
from skillmatch.widgets.forms import button, field_select, select, text, tick
from skillmatch.widgets.html import escape, number

PRIORITIES = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0)
READY = (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
LEVELS = (1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0)
CHANCES = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
LEAVING = (0.0, 0.02, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4)
STEPS: dict[str, tuple[float, ...]] = {
    "budget": (
        *(0, 500, 1_000, 2_000, 3_000, 5_000, 7_500, 10_000, 12_500, 15_000, 20_000, 25_000, 30_000, 40_000, 50_000),
        *(60_000, 75_000, 100_000, 150_000, 200_000, 300_000, 500_000, 750_000, 1_000_000, 2_000_000, 5_000_000),
    ),
    "hours_per_week": (1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 10, 12, 16, 20, 40),
    "weeks": (4, 6, 8, 10, 12, 16, 20, 26, 32, 39, 52, 65, 78, 104, 156),
    "hours": (50, 100, 200, 300, 400, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000, 20_000, 50_000),
    "most_away": (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 50),
}
LIMITS = {
    "budget": ("Budget", "Money for all of it together"),
    "hours_per_week": ("Hours a week", "Hours a week for each person, or their own if lower"),
    "weeks": ("Weeks", "How many weeks from now on there are for learning"),
    "most_away": ("Most away", "People of one unit who may be learning in the same week"),
    "hours": ("Hours together", "Hours of learning for everybody together"),
}
MOST_UNITS = 80


def wrong_at(key: str, wrong: Mapping[str, InputError]) -> str:
    """What is wrong at a key or below it; always there, so that the form keeps its shape when something is."""
    told = "".join(
        f"<div>{escape(error.message[:1].upper() + error.message[1:])} {escape(error.remedy)}</div>"
        for place, error in wrong.items()
        if place == key or place.startswith(f"{key}.")
    )
    return f'<div class="wrong" role="status" data-key="wrong-{escape(key)}">{told}</div>'


def wanted_form(
    scenario: Scenario, titles: Mapping[str, str], roles: Choices[str], wrong: Mapping[str, InputError]
) -> str:
    """Demands and covers, each with its numbers, and what adds another one."""
    demands = "".join(_demand(place, item, titles, wrong) for place, item in enumerate(scenario.demands))
    covers = "".join(_cover(place, item, titles, wrong) for place, item in enumerate(scenario.covers))
    add_role = (
        f'<div class="form" data-form>{field_select("role", "A role", roles.labels, 0)}'
        f"{button('Add role', 'add_role', key='add-role')}</div>"
        if roles.labels
        else ""
    )
    add_skill = (
        f'<div class="form" data-form>{text("skill", "A skill", "", hint="its name", field=True, enter="add-skill")}'
        f"{button('Add skill', 'add_skill', key='add-skill')}</div>"
    )
    return (
        f"<h4>What is wanted</h4>{_wrong_exactly('demands', wrong)}{demands}{covers}{_wrong_exactly('covers', wrong)}"
        f"{add_role}{add_skill}"
    )


def _wrong_exactly(key: str, wrong: Mapping[str, InputError]) -> str:
    return wrong_at(key, {place: error for place, error in wrong.items() if place == key})


def _demand(place: int, item: Demand, titles: Mapping[str, str], wrong: Mapping[str, InputError]) -> str:
    title = titles.get(item.role_id, item.role_id)
    name = f"demand-{place}"
    fields = (
        _number(f"{name}-headcount", "People", item.headcount, f"People as {title}, those of today included", least=1)
        + _day(f"{name}-by", item.by.isoformat(), f"By when {title} is wanted")
        + _pick(f"{name}-ready", "Ready at", READY, item.ready, percent=True)
        + _pick(f"{name}-priority", "Priority", PRIORITIES, item.priority)
        + tick(f"{name}-must", "must", on=item.must)
    )
    remove = button("Remove", "remove_demand", place, title=f"Remove {title}")
    return _want(title, "", remove, fields, wrong_at(f"demands[{place}]", wrong))


def _cover(place: int, item: Cover, titles: Mapping[str, str], wrong: Mapping[str, InputError]) -> str:
    title = titles.get(item.skill_id, item.skill_id)
    name = f"cover-{place}"
    fields = (
        _number(f"{name}-people", "People", item.people, f"People who can do {title}", least=1)
        + _pick(f"{name}-level", "Level", LEVELS, item.level)
        + _number(f"{name}-leavers", "may leave", item.leavers, "How many of them may leave, whoever they are", least=0)
        + _day(f"{name}-by", item.by.isoformat(), f"By when {title} is wanted")
        + _pick(f"{name}-priority", "Priority", PRIORITIES, item.priority)
        + tick(f"{name}-must", "must", on=item.must)
    )
    remove = button("Remove", "remove_cover", place, title=f"Remove {title}")
    where = f" in {escape(item.unit)}" if item.unit else ""
    return _want(
        title, f'<span class="quiet">a skill{where}</span>', remove, fields, wrong_at(f"covers[{place}]", wrong)
    )


def _want(title: str, kind: str, remove: str, fields: str, wrong: str) -> str:
    return (
        f'<div class="want"><div class="wanthead"><strong>{escape(title)}</strong> {kind}{remove}</div>'
        f'<div class="form">{fields}</div>{wrong}</div>'
    )


def limits_form(
    scenario: Scenario,
    offered: Mapping[str, Choices[float | None]],
    titles: Mapping[str, str],
    wrong: Mapping[str, InputError],
) -> str:
    """A slider for each limit, "no limit" at its end; seats by credential below."""
    limits = scenario.limits
    sliders = "".join(
        _slider(f"limit-{name}", label, meaning, offered[name], getattr(limits, name))
        + wrong_at(f"limits.{name}", wrong)
        for name, (label, meaning) in LIMITS.items()
    )
    seats = "".join(
        '<div class="form">'
        + _number(f"seat-{place}", titles.get(name, name), count, f"Seats in {titles.get(name, name)}", least=1)
        + button("Remove", "remove_seats", place, title=f"No limit of seats in {titles.get(name, name)}")
        + "</div>"
        for place, (name, count) in enumerate(limits.seats.items())
    )
    add = (
        '<div class="form" data-form>'
        f"{text('credential', 'Seats in', '', hint='a course', field=True, enter='add-seats')}"
        f"{button('Limit', 'add_seats', key='add-seats')}</div>"
    )
    others = [f"{number(money)} {limits.currency} for {unit}" for unit, money in limits.unit_budgets.items()] + [
        f"at least {count} in {titles.get(name, name)}" for name, count in limits.must.items()
    ]
    others += [f"nobody in {titles.get(name, name)}" for name in limits.must_not]
    kept = f'<p class="quiet">Kept from the file: {escape("; ".join(others))}.</p>' if others else ""
    rest = wrong_at("limits.seats", wrong) + wrong_at("limits.must", wrong) + wrong_at("limits.must_not", wrong)
    rest += wrong_at("limits.rates", wrong) + wrong_at("limits.unit_budgets", wrong)
    return f'<h4>Limits</h4><div class="sliders">{sliders}</div>{seats}{add}{rest}{kept}'


def ways_form(scenario: Scenario, wrong: Mapping[str, InputError]) -> str:
    """Which ways may be taken, at what cost, and what may go wrong."""
    ways, risk, currency = scenario.ways, scenario.risk, scenario.limits.currency
    lines = (
        tick("way-train", "Train", on=ways.train),
        tick("way-move", "Move who is close", on=ways.move)
        + _number("way-move_cost", f"{currency} each", ways.move_cost, "What moving somebody costs", least=0),
        tick("way-recognise", "Recognise prior learning", on=ways.recognise)
        + _number("way-recognise_cost", f"{currency} each", ways.recognise_cost, "What recognition costs", least=0),
        _number("way-hire_most", "Hire at most", ways.hire_most, "How many people may be hired", least=0)
        + _number("way-hire_cost", f"{currency} each", ways.hire_cost, "What hiring somebody costs", least=0),
    )
    chances = _pick("risk-completion", "Finish a course", CHANCES, risk.completion, percent=True) + _pick(
        "risk-attrition", "Leave before", LEAVING, risk.attrition, percent=True
    )
    listed = "".join(f'<div class="form">{line}</div>' for line in lines)
    return (
        f'<details data-fold="ways" open><summary>Ways and risks</summary>{listed}<div class="form">{chances}</div>'
        f"{wrong_at('ways', wrong)}{wrong_at('risk', wrong)}</details>"
    )


def scope_form(scenario: Scenario, units: Sequence[str], wrong: Mapping[str, InputError]) -> str:
    """Whose people may be in the plan: everybody, or those of some units."""
    chosen = [unit for unit in units if unit in scenario.units]
    told = "everybody" if not scenario.units else f"{len(scenario.units)} of {len(units)} units"
    ticks = "".join(
        f"<div>{tick(f'unit-{place}', unit or 'No unit', on=unit in chosen)}</div>"
        for place, unit in enumerate(units[:MOST_UNITS])
    )
    more = (
        f'<p class="quiet">The first {MOST_UNITS} of {len(units)} units; write others into the scenario\'s file.</p>'
        if len(units) > MOST_UNITS
        else ""
    )
    return (
        '<details data-fold="scope"><summary>Who is in scope: '
        f'<span data-key="scope-told">{escape(told)}</span></summary>'
        f'<p class="quiet">Nothing ticked means everybody.</p><div class="units">{ticks}</div>{more}'
        f"</details>{wrong_at('units', wrong)}"
    )


def start_form(templates: Sequence[str]) -> str:
    """Where to begin: one of the templates, or a file."""
    choose = select("template", "Start from", templates, None) if templates else ""
    return (
        f'<div class="form">{choose}</div><div class="form" data-form>'
        f"{text('path', 'File', 'scenario.toml', hint='scenario.toml', field=True, keep=True)}"
        f"{button('Open', 'open', key='open')}{button('Save', 'save', key='save')}</div>"
    )


# --- single fields -----------------------------------------------------------------------------------------


def _number(name: str, label: str, value: float, meaning: str, *, least: float) -> str:
    return (
        f'<label>{escape(label)} <input type="number" min="{least:g}" step="1" value="{value:g}" data-set="{name}" '
        f'data-wait data-key="{name}" aria-label="{escape(meaning)}" title="{escape(meaning)}"></label>'
    )


def _day(name: str, value: str, meaning: str) -> str:
    return (
        f'<label>by <input type="date" value="{value}" data-set="{name}" data-wait data-key="{name}" '
        f'aria-label="{escape(meaning)}" title="{escape(meaning)}"></label>'
    )


def _pick(name: str, label: str, steps: Sequence[float], value: float, *, percent: bool = False) -> str:
    known = list(with_value(steps, value))
    return select(
        name,
        label,
        [f"{step:.0%}".replace("%", " %") if percent else f"{step:g}" for step in known],
        known.index(value),
    )


def with_value(steps: Sequence[float], value: float) -> tuple[float, ...]:
    """The steps with the value among them."""
    return tuple(sorted({*steps, value}))


def _slider(name: str, label: str, meaning: str, offered: Choices[float | None], value: float | None) -> str:
    """A slider over steps; the key says how many there are, since other steps need another slider."""
    at = offered.index(value) or 0
    words = escape("|".join(offered.labels))
    return (
        f'<label class="slide" title="{escape(meaning)}"><span>{escape(label)}</span> '
        f'<input type="range" min="0" max="{len(offered.labels) - 1}" step="1" value="{at}" data-set="{name}" '
        f'data-key="{name}-{len(offered.labels)}" data-words="{words}" aria-label="{escape(meaning)}"> '
        f"<output>{escape(offered.labels[at])}</output></label>"
    )

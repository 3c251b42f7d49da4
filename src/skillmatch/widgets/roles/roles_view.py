"""A role's requirements as HTML, with what can be decided about each, and the history of it all."""

from __future__ import annotations

from collections.abc import Mapping

from skillmatch.domain.base.levels import HIGHEST, LEVEL_NAMES
from skillmatch.domain.roles.role import Requirement, RequirementState, Role
from skillmatch.domain.roles.role_history import RoleChange, RoleHistory, terms
from skillmatch.widgets.kit.forms import button, field_select, keys, signature, text
from skillmatch.widgets.kit.html import box, cell, escape, heads, number, row

LEVELS = (1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0)
WEIGHTS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.5, 2.0, 3.0)
KINDS = ("essential", "optional")
KEYS = {"a": "accept", "r": "reject"}

_MOST_CHANGES = 40
_STATES = {RequirementState.SUGGESTED: ("?", "#e69f00"), RequirementState.GOVERNED: ("✓", "#009e73")}


def editor_html(
    role: Role,
    history: RoleHistory | None,
    labels: Mapping[str, str],
    chosen: str | None,
    *,
    advert: str,
    pseudonyms: bool,
    live: bool,
) -> str:
    """The requirements, the form for the chosen one and for another skill, and who changed what.

    ``advert`` stands below them: where an advert is put in, and what was read from one.
    """
    suggested = sum(need.state is RequirementState.SUGGESTED for need in role.requirements)
    count = len(role.requirements)
    title = (
        f"<h3>{escape(role.title)}</h3><p>{'1 requirement' if count == 1 else f'{count} requirements'}, {suggested} of "
        "them suggested and governed by nobody yet. What a person decides outlives every import.</p>"
    )
    table = _table(role, labels, chosen, live=live)
    form = _form(role, labels, chosen, suggested) if live else ""
    told = "" if history is None else _history(history, pseudonyms=pseudonyms)
    both = f'<div class="columns lead"><div>{table}</div><div>{form}{told}</div></div>'
    return box(f"<div data-form {keys(KEYS)}>{title}{both}</div>", advert)


def _table(role: Role, labels: Mapping[str, str], chosen: str | None, *, live: bool) -> str:
    if not role.requirements:
        return "<p>It asks for nothing yet: nobody can be held against it. Add a skill.</p>"
    order = sorted(
        enumerate(role.requirements),
        key=lambda pair: (not pair[1].essential, -pair[1].weight, labels.get(pair[1].skill_id, pair[1].skill_id)),
    )
    body = "".join(_line(place, need, labels, need.skill_id == chosen, live=live) for place, need in order)
    head = heads("Skill", "Level", ">Weight", "Kind", "State", *(["Decide"] if live else []))
    return f'<table class="needs">{head}<tbody data-list>{body}</tbody></table>'


def _line(place: int, need: Requirement, labels: Mapping[str, str], chosen: bool, *, live: bool) -> str:
    sign, colour = _STATES[need.state]
    label = labels.get(need.skill_id, need.skill_id)
    scale = f'<i style="width:{need.level / HIGHEST:.0%};background:#0072b2"></i>'
    state = (
        f'<span class="state" style="border-color:{colour}"><span aria-hidden="true">{sign}</span> '
        f"{need.state.value}</span>"
    )
    cells = [
        f'<th scope="row">{escape(label)}</th>',
        cell(f'<span class="scale" aria-hidden="true">{scale}</span>{number(need.level)}', "level"),
        cell(number(need.weight), "number"),
        cell(need.kind.value),
        cell(state),
    ]
    act = ""
    if live:
        act = (
            f' data-row tabindex="{0 if chosen else -1}" data-do="look" data-at="{place}" '
            f'data-key="need-{escape(need.skill_id)}"'
        )
        open_ = need.state is RequirementState.SUGGESTED
        accept = button("Accept", "accept", place, title=f"Accept {label}") if open_ else ""
        cells.append(cell(f"{accept} {button('Reject', 'reject', place, title=f'Reject {label}')}"))
    mark = ' class="chosen" aria-current="true"' if chosen else ""
    return f"<tr{mark}{act}>{''.join(cells)}</tr>"


def _form(role: Role, labels: Mapping[str, str], chosen: str | None, suggested: int) -> str:
    place = next((place for place, need in enumerate(role.requirements) if need.skill_id == chosen), None)
    need = None if place is None else role.requirements[place]
    level, weight, kind = (3.0, 1.0, 0) if need is None else (need.level, need.weight, 0 if need.essential else 1)
    words = [f"{step:g} {LEVEL_NAMES[int(step)] if step.is_integer() else ''}".strip() for step in LEVELS]
    terms_ = (
        field_select("level", "Level", words, _nearest(LEVELS, level))
        + field_select("weight", "Weight", [f"{step:g}" for step in WEIGHTS], _nearest(WEIGHTS, weight))
        + field_select("kind", "Kind", KINDS, kind)
    )
    govern = (
        '<p class="quiet">Choose a line to change what it asks for.</p>'
        if need is None
        else button(f"Govern: {labels.get(need.skill_id, need.skill_id)}", "govern", place, key="govern", kind="main")
    )
    everything = button(f"Accept all {suggested}", "accept_all", key="accept-all") if suggested else ""
    return (
        f'<h4>Decide</h4><div class="tools">{signature()}'
        f"{text('reason', 'Because', '', hint='a reason, if you like', field=True, keep=True)}</div>"
        f'<div class="tools">{terms_}</div><div class="tools">{govern}{everything}</div>'
        f'<div class="tools">{text("skill", "Another skill", "", hint="its name or id", field=True, enter="add")}'
        f"{button('Add it at this level', 'add', key='add')}</div>"
        '<p class="quiet">On a line: <kbd>a</kbd> accept, <kbd>r</kbd> reject.</p>'
    )


def _history(history: RoleHistory, *, pseudonyms: bool) -> str:
    if not history.changes:
        return "<h4>History</h4><p>Nothing was changed since it was made.</p>"
    body = "".join(
        _change(change, history, pseudonyms=pseudonyms) for change in reversed(history.changes[-_MOST_CHANGES:])
    )
    head = heads("On", "What", "Skill", "Terms", "By")
    return (
        f'<details data-key="history"><summary>History: {escape(history.headline())}</summary>'
        f'<div class="scrolls" data-scroll><table>{head}<tbody>{body}</tbody></table></div></details>'
    )


def _change(change: RoleChange, history: RoleHistory, *, pseudonyms: bool) -> str:
    by = "a named person" if change.is_decision and pseudonyms else change.author
    note = f'<br><span class="quiet">{escape(change.note)}</span>' if change.note and not pseudonyms else ""
    return row(
        [
            cell(f"{change.on}", "day"),
            cell(change.action.value),
            f'<th scope="row">{escape(history.labels.get(change.skill_id, change.skill_id))}</th>',
            cell(escape(terms(change.after) or "not asked for any more")),
            cell(escape(by) + note),
        ]
    )


def _nearest(steps: tuple[float, ...], value: float) -> int:
    return min(range(len(steps)), key=lambda place: (abs(steps[place] - value), place))

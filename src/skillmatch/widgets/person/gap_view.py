"""The gap as one HTML table: each requirement with its state, its levels and what they rest on."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.domain.base.answer import Status
from skillmatch.domain.base.levels import HIGHEST
from skillmatch.domain.people.gap import Gap, GapItem
from skillmatch.widgets.kit.html import box, cell, escape, heads, number, row, share
from skillmatch.widgets.kit.states import LOOKS

_URGENCY = {state: place for place, state in enumerate(LOOKS)}


def gap_html(gap: Gap, person: str) -> str:
    """The gap of the person called ``person``; essential requirements first, the widest open ones on top."""
    if not gap.items:
        return box(
            f"<h3>{escape(person)} towards {escape(gap.role_title)}</h3><p>This cannot be judged: the role has no "
            "requirements. Add them to the table of roles and import it again.</p>"
        )
    groups = ((True, "Essential"), (False, "Optional"))
    bodies = (_body(name, [item for item in gap.items if item.requirement.essential is kind]) for kind, name in groups)
    return box(
        f"<h3>{escape(person)} towards {escape(gap.role_title)}</h3>",
        f"<table><caption>{_summary(gap)}</caption>",
        heads("Skill", "State", "Level, of what is needed", "Rests on"),
        *bodies,
        "</table>",
    )


def _summary(gap: Gap) -> str:
    counts = ", ".join(f"{gap.count(state)} {state.value}" for state in LOOKS if gap.count(state))
    if gap.status is Status.INSUFFICIENT_DATA:
        return (
            f"On {gap.as_of} this cannot be judged: nothing is known about this person in any of the "
            f"{len(gap.items)} skills. Import evidence about them."
        )
    return f"On {gap.as_of}: {share(gap.coverage)} of what the role requires is covered ({counts})."


def _body(name: str, items: Sequence[GapItem]) -> str:
    if not items:
        return ""
    ordered = sorted(items, key=lambda item: (_URGENCY[item.state], -item.requirement.weight, item.label))
    head = row([f'<th class="group" scope="rowgroup" colspan="4">{name} ({len(items)})</th>'])
    return f"<tbody>{head}{''.join(_row(item) for item in ordered)}</tbody>"


def _row(item: GapItem) -> str:
    look = LOOKS[item.state]
    state = (
        f'<span class="state" style="border-color:{look.colour}" title="{look.meaning}">'
        f'<span aria-hidden="true">{look.sign}</span> {item.state.value}</span>'
    )
    return row(
        [f'<th scope="row">{escape(item.label)}</th>', cell(state), cell(_levels(item), "level"), cell(_evidence(item))]
    )


def _levels(item: GapItem) -> str:
    has = "?" if item.attained is None else number(round(item.attained, 1))
    needs = item.requirement.level
    width, mark = (f"{value / HIGHEST:.0%}" for value in (item.attained or 0.0, needs))
    colour = LOOKS[item.state].colour
    scale = f'<i style="width:{width};background:{colour}"></i><b style="left:calc({mark} - 1px)"></b>'
    return f'<span class="scale" aria-hidden="true">{scale}</span>{has} of {number(needs)}'


def _evidence(item: GapItem) -> str:
    if not item.evidence:
        return '<span class="quiet">nothing</span>'
    return f'<span class="quiet">{escape(item.rests_on())}</span>'

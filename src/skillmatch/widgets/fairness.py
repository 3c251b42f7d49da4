"""FairnessCheck: whether kinds of skills and groups of people are treated alike, as far as the data allow to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import traitlets

from skillmatch.domain.answer import Status
from skillmatch.domain.errors import SkillmatchError
from skillmatch.domain.parity import Parity
from skillmatch.domain.selection import FOUR_FIFTHS, Grouping, GroupRate, SelectionRates
from skillmatch.domain.team import MINIMUM_GROUP
from skillmatch.service.values import PlanFile
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import choices
from skillmatch.widgets.background import Background
from skillmatch.widgets.forms import bar, select
from skillmatch.widgets.html import box, cell, escape, heads, row
from skillmatch.widgets.panel import Panel
from skillmatch.widgets.plan_style import PLAN_STYLE
from skillmatch.widgets.plan_view import file_of
from skillmatch.widgets.plan_words import percent
from skillmatch.widgets.view import index_of

FIRST_LOOK = 3.0
"""Seconds that showing the view may wait for parity, so that a saved notebook holds it."""

LEAST_PARITY, MOST_PARITY = 0.8, 1.25
"""Between these a type of skill is said to be treated alike (four fifths, either way)."""


class FairnessCheck(Panel):
    """Soft and technical skills, and groups of people: ``value`` is the parity of skill types against ``role_id``.

    With plans, ``rates`` holds for each the share of every unit (``by`` role: of every role of today) that it trains,
    recognises or moves. Groups of fewer than five people are hidden. What cannot be judged says ``insufficient_data``.
    """

    STATE = ("plan_files", "role_id", "by")

    plan_files: Any = traitlets.Tuple()
    role_id = traitlets.Unicode(None, allow_none=True)
    by = traitlets.Enum([item.value for item in Grouping], Grouping.UNIT.value)
    value = traitlets.Instance(Parity, allow_none=True, read_only=True)
    rates: Any = traitlets.Tuple(read_only=True)

    def __init__(
        self,
        workspace: Workspace,
        plans: Sequence[PlanFile | Path | str] | PlanFile = (),
        **state: Any,
    ) -> None:
        self._background = Background()
        self._roles: choices.Choices[str] = choices.Choices((), ())
        self._counting = False
        self._asked: tuple[str | None] | None = None
        self._error = ""
        listed = (plans,) if isinstance(plans, PlanFile) else plans
        super().__init__(workspace, "Fairness", plan_files=tuple(file_of(item, workspace) for item in listed), **state)

    # --- asking ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Count again."""
        self._asked = None
        super().refresh()

    def _noticed(self, change: Mapping[str, Any]) -> None:
        if change["name"] in self.STATE and not self._settling:
            super().refresh()

    def _ask(self) -> None:
        self._roles = choices.role_choices(self._workspace.roles())
        self.set_trait(
            "rates", tuple(self._workspace.selection_rates(file, Grouping(self.by)) for file in self.plan_files)
        )
        if self._asked != (self.role_id,):
            self._asked = (self.role_id,)
            self._counting, self._error = True, ""
            self.set_trait("value", None)
            role = self.role_id
            self._background.start(
                lambda: self._workspace.parity(role), partial(self._counted, role), partial(self._not_counted, role)
            )

    def _forget(self) -> None:
        self.set_trait("value", None)
        self.set_trait("rates", ())

    def _counted(self, role: str | None, parity: Parity) -> None:
        if role == self.role_id:
            self._counting = False
            self.set_trait("value", parity)
            self._put(self._write())

    def _not_counted(self, role: str | None, error: SkillmatchError) -> None:
        if role == self.role_id:
            self._counting = False
            self._complain(error)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until everybody is counted; False when that takes longer."""
        return self._background.wait(seconds=seconds)

    # --- writing ---------------------------------------------------------------------------------------------

    def _controls(self) -> str:
        place = None if self.role_id is None else self._roles.index(self.role_id)
        roles = ["each person's own role", *self._roles.labels]
        grouped = select(
            "by", "Groups by", [item.value for item in Grouping], [item.value for item in Grouping].index(self.by)
        )
        return bar(
            select("role", "Held against", roles, 0 if self.role_id is None else None if place is None else place + 1),
            grouped if self.plan_files else "",
        )

    def _write(self, *, live: bool = True) -> str:
        parts = [self._parity(), *(_rates_html(item) for item in self.rates)]
        if not self.plan_files:
            parts.append("<h4>Groups of people</h4><p>Give it one plan or more to see which groups they choose.</p>")
        return box(PLAN_STYLE, *parts, _LIMITS.replace("<details", "<details open", 1) if not live else _LIMITS)

    def _parity(self) -> str:
        title = "<h3>Soft and technical skills</h3>"
        if self._counting:
            return f'{title}<p role="status">Everybody\'s recommendations are being counted ...</p>'
        return title + ("" if self.value is None else _parity_html(self.value))

    # --- what is done in the browser -------------------------------------------------------------------------

    def _choices(self) -> Mapping[str, Callable[[Any], None]]:
        return {"role": self._choose_role, "by": self._choose_by}

    def _choose_role(self, place: Any) -> None:
        roles = [None, *self._roles.values]
        found = index_of({"at": place}, "at", len(roles))
        if found is not None:
            self.role_id = roles[found]

    def _choose_by(self, place: Any) -> None:
        found = index_of({"at": place}, "at", len(Grouping))
        if found is not None:
            self.by = list(Grouping)[found].value

    def _repr_mimebundle_(self, **given: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        self._background.wait(seconds=FIRST_LOOK)
        return super()._repr_mimebundle_(**given)

    def __repr__(self) -> str:
        return f"<FairnessCheck: {'nothing yet' if self.value is None else self.value.headline()}>"


_LIMITS = (
    "<details data-key='limits'><summary>What this cannot say</summary><ul>"
    "<li>The workspace keeps no gender, age, origin or health: whether groups by those are treated alike cannot be "
    "said here. Hand the plan to those who may know and count.</li>"
    f"<li>Groups of fewer than {MINIMUM_GROUP} people, or that leave fewer than that out, are hidden.</li>"
    "<li>Below four fifths is a signal to look, not a verdict: units differ in what they need and in what is "
    "taught. A difference that chance alone would often make is marked so.</li></ul></details>"
)


def _parity_html(parity: Parity) -> str:
    if not parity.lines:
        return f"<p><strong>insufficient_data:</strong> {escape(parity.detail)}</p>"
    body = "".join(
        row(
            [
                f'<th scope="row">{escape(line.skill_type.value)}</th>',
                cell(percent(line.share_of_gap), "number"),
                cell(percent(line.share_of_closure), "number"),
                cell("not told" if line.ratio is None else f"{line.ratio:.2f}", "number"),
                cell(_alike(line.ratio)),
            ]
        )
        for line in parity.lines
    )
    head = heads("Kind of skill", ">Of what people lack", ">Of what is offered", ">Ratio", "")
    people = "" if parity.people is None else f" over {parity.people:,} people"
    return (
        f"<p>Whether what is recommended{people} closes each kind of skill as much as it is lacking; 1 is alike.</p>"
        f"<table>{head}<tbody>{body}</tbody></table>"
    )


def _alike(ratio: float | None) -> str:
    if ratio is None:
        return '<span class="quiet">nothing of it is lacking, or nothing is offered</span>'
    if ratio < LEAST_PARITY:
        return _mark("▼", "#d55e00", "gets less than it lacks: look at the catalogue and the weights")
    if ratio > MOST_PARITY:
        return _mark("▲", "#0072b2", "gets more than it lacks")
    return _mark("✓", "#009e73", "alike")


def _mark(sign: str, colour: str, words: str) -> str:
    return f'<span class="state" style="border-color:{colour}"><span aria-hidden="true">{sign}</span> {words}</span>'


def _rates_html(rates: SelectionRates) -> str:
    title = f"<h3>{escape(rates.scenario)}: whom it chooses, by {rates.by.value}</h3>"
    judged = rates.status is not Status.INSUFFICIENT_DATA
    low = len(rates.low)
    found = "No group is" if not low else "1 group is" if low == 1 else f"{low} groups are"
    told = (
        f"{found} below four fifths of the highest rate."
        if judged
        else f"<strong>insufficient_data:</strong> {escape(rates.detail)}"
    )
    shown = [line for line in rates.lines if line.people is not None]
    small = "1 group is" if rates.hidden == 1 else f"{rates.hidden} groups are"
    hidden = f'<p class="quiet">{small} too small to be shown.</p>' if rates.hidden else ""
    if not shown:
        return f"{title}<p>{told}</p>{hidden}"
    ordered = sorted(shown, key=lambda line: (-(line.rate or 0.0), line.group.casefold()))
    body = "".join(_rate(line, judged=judged) for line in ordered)
    head = heads("Group", ">Chosen", "Rate", ">Of the highest", "Four fifths")
    return f"{title}<p>{told}</p><table>{head}<tbody>{body}</tbody></table>{hidden}"


def _rate(line: GroupRate, *, judged: bool) -> str:
    rate = line.rate or 0.0
    bar_ = f'<span class="scale" aria-hidden="true"><i style="width:{rate:.0%};background:#0072b2"></i></span>'
    if not judged or line.ratio is None:
        signal = '<span class="quiet">cannot be judged</span>'
    elif not line.low:
        signal = _mark("✓", "#009e73", f"{FOUR_FIFTHS:g} or more")
    elif line.may_be_chance:
        signal = _mark("?", "#7a7a7a", "below, may be chance")
    else:
        signal = _mark("▼", "#d55e00", "below: look into it")
    return row(
        [
            f'<th scope="row">{escape(line.group or "No unit")}</th>',
            cell(f"{line.chosen:,} of {line.people:,}", "number"),
            cell(f"{bar_}{percent(rate)}", "level"),
            cell("" if line.ratio is None else f"{line.ratio:.2f}", "number"),
            cell(signal),
        ]
    )

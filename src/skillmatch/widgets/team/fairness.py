"""FairnessCheck: whether soft and technical skills fare alike, and whether a plan takes from all units alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import traitlets

from skillmatch.domain.advice.parity import Parity
from skillmatch.domain.skills.skill import SkillType
from skillmatch.domain.team.selection import FOUR_FIFTHS, Selection
from skillmatch.domain.team.team import MINIMUM_GROUP
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit import choices
from skillmatch.widgets.kit.background import Background
from skillmatch.widgets.kit.forms import bar, button, select
from skillmatch.widgets.kit.html import box, cell, escape, heads, row, share
from skillmatch.widgets.kit.panel import Panel
from skillmatch.widgets.kit.view import Deed, error_html, index_of
from skillmatch.widgets.plans.plan_people import plan_given
from skillmatch.widgets.plans.wording import PLAN_STYLE, people, per_cent

if TYPE_CHECKING:
    from skillmatch.domain.base.errors import SkillmatchError


MOST_AT_ONCE = 1_000
"""Parity asks what everybody would be advised; of more people than this only where somebody presses (about 2 s)."""


class FairnessCheck(Panel):
    """Signals to look at; ``value`` is the parity of skill types, ``selection`` the rates by unit of a plan.

    Set ``role_id`` (None for each person's own role) and ``plan`` (a plan file, a path or a kept plan's id).
    """

    STATE = ("role_id", "plan")

    role_id = traitlets.Unicode(None, allow_none=True)
    plan = traitlets.Any(None, allow_none=True)
    value = traitlets.Instance(Parity, allow_none=True, read_only=True)
    selection = traitlets.Instance(Selection, allow_none=True, read_only=True)

    def __init__(self, workspace: Workspace, plan: Any = None, **state: Any) -> None:
        self._roles: choices.Choices[str | None] = choices.Choices((), ())
        self._people = 0
        self._working = False
        self._asked: tuple[str | None, str] | None = None
        self._behind = Background(self._failed)
        super().__init__(workspace, "Fairness", plan=plan, **state)

    def _ask(self) -> None:
        workspace = self._workspace
        offered = choices.role_choices([role for role in workspace.roles.all() if role.requirements])
        everyone: list[tuple[str, str | None]] = [("their own role", None)]
        self._roles = choices.Choices.of([*everyone, *zip(offered.labels, offered.values, strict=True)])
        self._people = sum(workspace.people.units().values())
        if self.role_id is not None:
            self.role_id = workspace.roles.get(self.role_id).id
        taken = None if self.plan is None else workspace.plans.selection(plan_given(workspace, self.plan))
        self.set_trait("selection", taken)
        wanted = (self.role_id, workspace.snapshot().versions.snapshot)
        if self._asked == wanted:
            return
        self._asked = wanted
        self.set_trait("value", None)
        if self._people <= MOST_AT_ONCE:
            self._measure(wanted)

    def _forget(self) -> None:
        self._asked = None
        self._behind.forget()
        for name in ("value", "selection"):
            self.set_trait(name, None)

    def refresh(self) -> None:
        """Ask the workspace again; what is measured meanwhile arrives after this is written."""
        with self._behind.held():
            super().refresh()

    def measure(self) -> None:
        """Ask for the parity of skill types in the background; ``value`` is there when it is done."""
        with self._behind.held():
            self._measure((self.role_id, self._workspace.snapshot().versions.snapshot))
            self._put(self._write())

    def _measure(self, wanted: tuple[str | None, str]) -> None:
        self._asked, self._working = wanted, True

        def work() -> None:
            found = self._workspace.team.parity(wanted[0])
            self._behind.post(lambda: self._arrived(wanted, found))

        self._behind.start(work)

    def _arrived(self, wanted: tuple[str | None, str], found: Parity) -> None:
        if self._asked != wanted:
            return
        self._working = False
        self.set_trait("value", found)
        self._put(self._write())

    def _failed(self, error: SkillmatchError) -> None:
        self._working = False
        self._complain(error)

    def _complain(self, error: SkillmatchError) -> None:
        self._put(error_html(error) + self._safely_written())

    def wait(self, seconds: float | None = None) -> bool:
        """Until the parity is there, for scripts; whether it is."""
        return self._behind.wait(seconds)

    def _write(self, *, live: bool = True) -> str:
        place = self._roles.index(self.role_id)
        role = "" if self.role_id is None or place is None else self._roles.labels[place]
        parity = parity_html(self.value, role) if self.value is not None else self._waiting(live=live)
        return box(PLAN_STYLE, "<h3>Fairness</h3>", parity, selection_html(self.selection))

    def _waiting(self, *, live: bool) -> str:
        title = "<h4>Soft and technical skills</h4>"
        if self._working:
            return f'{title}<p class="busy">Asking what each of {self._people:,} people would be advised</p>'
        words = f"Ask it for {self._people:,} people"
        return f"{title}<p>{button(words, 'measure', key='measure')}</p>" if live else f"{title}<p>Not asked yet.</p>"

    def _controls(self) -> str:
        return bar(select("role", "Towards", self._roles.labels, self._roles.index(self.role_id)))

    def _choices(self) -> Mapping[str, Callable[[Any], None]]:
        return {"role": self._choose}

    def _deeds(self) -> Mapping[str, Deed]:
        return {**super()._deeds(), "measure": lambda _: self.measure()}

    def _choose(self, place: Any) -> None:
        found = index_of({"at": place}, "at", len(self._roles.values))
        if found is not None:
            self.role_id = self._roles.values[found]

    def __repr__(self) -> str:
        return f"<FairnessCheck: {'not asked yet' if self.value is None else self.value.status.value}>"


TYPES = {
    SkillType.SKILL: "Technical skills",
    SkillType.KNOWLEDGE: "Knowledge",
    SkillType.TRANSVERSAL: "Soft (transversal) skills",
}
_NEAR = 0.1


def parity_html(parity: Parity, role: str) -> str:
    """What people lack of each type of skill against what they are offered of it."""
    whom = f"everybody, towards {escape(role)}" if role else "everybody, each towards their own role"
    title = f'<h4>Soft and technical skills <span class="quiet">{whom}</span></h4>'
    if not parity.lines:
        return f'{title}<div class="aside"><strong>{parity.status.value}</strong>: {escape(parity.detail)}.</div>'
    body = "".join(
        row(
            [
                f'<th scope="row">{TYPES[line.skill_type]}</th>',
                cell(per_cent(line.share_of_gap), "number"),
                cell(_bar(line.share_of_gap)),
                cell(per_cent(line.share_of_closure), "number"),
                cell(_bar(line.share_of_closure)),
                cell("not told" if line.ratio is None else f"{line.ratio:.2f}", "number"),
                cell(_said(line.ratio)),
            ]
        )
        for line in parity.lines
    )
    head = heads("", ">Of what is lacking", "", ">Of what is offered", "", ">Ratio", "")
    return (
        f'{title}<div class="wide"><table>{head}<tbody>{body}</tbody></table></div>'
        f'<p class="quiet">Over {people(parity.people or 0)} who lack something, as of {parity.as_of}. A ratio of 1 is '
        "parity; below, a type gets less than it lacks. The catalogue may be the reason, not the ranking: see what it "
        "teaches.</p>"
    )


def _said(ratio: float | None) -> str:
    if ratio is None:
        return "nothing of it is lacking, or nothing is offered"
    if abs(ratio - 1) <= _NEAR:
        return "✓ about alike"
    return "▼ offered less than it is lacking" if ratio < 1 else "▲ offered more than it is lacking"


def _bar(part: float) -> str:
    return f'<span class="stack" aria-hidden="true"><i style="width:{part:.1%}"></i></span>'


def selection_html(selection: Selection | None) -> str:
    """Whom a plan takes, by unit, with the signal of four fifths."""
    title = "<h4>Whom a plan takes</h4>"
    if selection is None:
        return f"{title}<p>Set <code>plan</code> to see how many of each unit it trains, moves or recognises.</p>"
    hidden = (
        f'<p class="quiet">{people(selection.hidden)} are left out: their groups have fewer than '
        f"{MINIMUM_GROUP} people.</p>"
        if selection.hidden
        else ""
    )
    named = f'<h4>Whom a plan takes <span class="quiet">{escape(selection.scenario)}</span></h4>'
    if not selection.lines:
        told = f"<strong>{selection.status.value}</strong>: {escape(selection.detail)}."
        return f'{named}<div class="aside">{told}</div>{hidden}'
    body = "".join(
        row(
            [
                f'<th scope="row">{escape(line.unit or "No unit")}</th>',
                cell(f"{line.selected} of {line.people}", "number"),
                cell(share(line.rate), "number"),
                cell(_rate(line.rate, selection.lines[0].rate)),
                cell(f"{line.ratio:.2f}", "number"),
                cell("⚠ below four fifths" if line.signal else "✓ within four fifths"),
            ]
        )
        for line in selection.lines
    )
    head = heads("Unit", ">Taken", ">Rate", "", ">To the highest", "")
    return (
        f'{named}<div class="wide"><table>{head}<tbody>{body}</tbody></table></div>'
        f'<ul class="legend"><li>┃ four fifths of the highest rate</li></ul>{hidden}'
        '<p class="quiet">A rate below four fifths of the highest one is a signal to look, not a finding: units differ '
        "in what was asked of them, and small units swing by one person. The workspace holds units only; age, gender "
        "and the like are not in it, so nothing is said about them.</p>"
    )


def _rate(rate: float, best: float) -> str:
    """A bar, and a mark at four fifths of the highest rate."""
    return (
        f'<span class="stack" aria-hidden="true"><i style="width:{rate:.1%}"></i>'
        f'<b style="left:{FOUR_FIFTHS * best:.1%}"></b></span>'
    )

"""PathwayTimeline: a person's pathways to a role on a calendar, to compare and to choose from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from skillmatch.domain.advice import Limits
from skillmatch.domain.errors import InputError
from skillmatch.domain.pathway import Pace, Pathway, Route
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import choices
from skillmatch.widgets.forms import bar, select, slider, steps
from skillmatch.widgets.names import Names
from skillmatch.widgets.panel import Panel
from skillmatch.widgets.privacy import hidden
from skillmatch.widgets.timeline_view import routes_of, timeline_html
from skillmatch.widgets.view import Deed, index_of


class PathwayTimeline(Panel):
    """Pathways beside one another; ``value`` is the pathway, with its alternatives, that the workspace answers.

    Set ``person_id``, ``role_id`` (None for the role they have), ``hours_per_week``, ``weeks`` and ``max_cost`` (None
    for no limit). ``choice`` is the place of the pathway that is chosen, 0 for the best one; ``chosen`` is what it is.
    """

    STATE = ("person_id", "role_id", "hours_per_week", "weeks", "max_cost", "choice")

    person_id = traitlets.Unicode(None, allow_none=True)
    role_id = traitlets.Unicode(None, allow_none=True)
    hours_per_week = traitlets.Float(4.0)
    weeks = traitlets.Int(26)
    max_cost = traitlets.Float(None, allow_none=True)
    choice = traitlets.Int(0)
    value = traitlets.Instance(Pathway, allow_none=True, read_only=True)
    chosen = traitlets.Instance(Route, allow_none=True, read_only=True)

    def __init__(
        self,
        workspace: Workspace,
        person_id: str | None = None,
        role_id: str | None = None,
        *,
        pseudonyms: bool | None = None,
        **state: Any,
    ) -> None:
        self._names = Names(workspace, hidden(pseudonyms))
        self._name = ""
        self._roles: choices.Choices[str] = choices.Choices((), ())
        super().__init__(workspace, "Pathways on a calendar", person_id=person_id, role_id=role_id, **state)

    def _ask(self) -> None:
        self._forget()
        if self.person_id is None:
            return
        workspace = self._workspace
        self._roles = choices.role_choices([role for role in workspace.roles.all() if role.requirements])
        person = workspace.people.get(self.person_id)
        role = self.role_id or person.role_id
        if role is None:
            raise InputError("This person has no role.", remedy="Choose one that they could head for.")
        pace, limits = Pace(self.hours_per_week, self.weeks), Limits(cost=self.max_cost)
        pathway = workspace.pathway(person.id, role, pace, limits=limits)
        self._name = self._names.of(person)
        routes = routes_of(pathway)
        self.choice = min(max(self.choice, 0), max(len(routes) - 1, 0))
        self.set_trait("value", pathway)
        self.set_trait("chosen", routes[self.choice] if routes else None)

    def _forget(self) -> None:
        self.set_trait("value", None)
        self.set_trait("chosen", None)

    def _write(self, *, live: bool = True) -> str:
        pace = Pace(self.hours_per_week, self.weeks) if self.value is not None else Pace(0, 0)
        return timeline_html(self.value, self._name, pace, self.choice, live=live)

    def _controls(self) -> str:
        if self.person_id is None:
            return ""
        wanted = self.value.role_id if self.value is not None else self.role_id
        budgets = choices.limit_choices(choices.COST_STEPS, self.max_cost, "")
        return bar(
            select("role", "Towards", self._roles.labels, None if wanted is None else self._roles.index(wanted)),
            slider("hours_per_week", "Hours a week", self.hours_per_week, 1, 20, 1, "hours"),
            slider("weeks", "Within", self.weeks, 4, 104, 2, "weeks"),
            steps("max_cost", "Budget", budgets.labels, budgets.index(self.max_cost) or 0),
        )

    # --- what is done in the browser -------------------------------------------------------------------------

    def _choices(self) -> Mapping[str, Callable[[Any], None]]:
        return {
            "role": self._choose_role,
            "hours_per_week": self._choose_hours,
            "weeks": self._choose_weeks,
            "max_cost": self._choose_cost,
        }

    def _deeds(self) -> Mapping[str, Deed]:
        return {**super()._deeds(), "choose": self._choose}

    def _choose_role(self, place: Any) -> None:
        found = index_of({"at": place}, "at", len(self._roles.values))
        if found is not None:
            self.role_id = self._roles.values[found]

    def _choose_hours(self, value: Any) -> None:
        if isinstance(value, int | float) and 0 <= value <= 168:
            self.hours_per_week = float(value)

    def _choose_weeks(self, value: Any) -> None:
        if isinstance(value, int) and 0 <= value <= 520:
            self.weeks = value

    def _choose_cost(self, place: Any) -> None:
        budgets = choices.limit_choices(choices.COST_STEPS, self.max_cost, "")
        found = index_of({"at": place}, "at", len(budgets.values))
        if found is not None:
            self.max_cost = budgets.values[found]

    def _choose(self, said: Mapping[str, Any]) -> None:
        count = 0 if self.value is None else len(routes_of(self.value))
        place = index_of(said, "at", count)
        if place is not None:
            self.choice = place

    def __repr__(self) -> str:
        return f"<PathwayTimeline: {0 if self.value is None else len(routes_of(self.value))} pathways>"

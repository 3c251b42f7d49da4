"""AdjacentRoles: where else a person could go, how near each role is, and what it takes to reach it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from skillmatch.domain.advice.adjacent import AdjacentRoles as Answer
from skillmatch.domain.advice.pathway import Pace
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit.forms import bar, select, slider
from skillmatch.widgets.kit.names import Names, hidden
from skillmatch.widgets.kit.panel import Panel
from skillmatch.widgets.kit.view import Deed, index_of
from skillmatch.widgets.person.adjacent_view import adjacent_html

EFFORTS = {"hours": "hours to reach", "cost": "cost to reach"}


class AdjacentRoles(Panel):
    """A map of the roles nearest to a person; ``value`` is what the workspace answers.

    Set ``person_id``, ``limit`` (how many roles), ``hours_per_week`` (None for the person's own) and ``weeks``; ``by``
    says what stands along the bottom (see ``EFFORTS``), ``role_id`` which role is told about below the map.
    """

    STATE = ("person_id", "limit", "hours_per_week", "weeks", "by", "role_id")
    LOOK = ("by", "role_id")

    person_id = traitlets.Unicode(None, allow_none=True)
    limit = traitlets.Int(8)
    hours_per_week = traitlets.Float(None, allow_none=True)
    weeks = traitlets.Int(52)
    by = traitlets.Enum(list(EFFORTS), "hours")
    role_id = traitlets.Unicode(None, allow_none=True)
    value = traitlets.Instance(Answer, allow_none=True, read_only=True)

    def __init__(
        self, workspace: Workspace, person_id: str | None = None, *, pseudonyms: bool | None = None, **state: Any
    ) -> None:
        self._names = Names(workspace, hidden(pseudonyms))
        self._name = ""
        super().__init__(workspace, "Roles near to a person", person_id=person_id, **state)

    def _ask(self) -> None:
        self._forget()
        if self.person_id is None:
            return
        person = self._workspace.people.get(self.person_id)
        pace = None if self.hours_per_week is None else Pace(self.hours_per_week, self.weeks)
        value = self._workspace.adjacent(person.id, limit=self.limit, pace=pace)
        self._name = self._names.of(person)
        self.set_trait("value", value)
        if self.role_id not in {item.role_id for item in value.roles}:
            self.role_id = value.roles[0].role_id if value.roles else None

    def _forget(self) -> None:
        self.set_trait("value", None)

    def _write(self, *, live: bool = True) -> str:
        return adjacent_html(self.value, self._name, self.by, self.role_id, live=live)

    def _controls(self) -> str:
        if self.value is None:
            return ""
        pace = self.value.pace
        return bar(
            slider("limit", "Roles", self.limit, 3, 15, 1, ""),
            slider("hours_per_week", "Hours a week", pace.hours_per_week, 1, 20, 1, "hours"),
            slider("weeks", "Within", pace.weeks, 4, 104, 4, "weeks"),
            select("by", "Along the bottom", tuple(EFFORTS.values()), list(EFFORTS).index(self.by)),
        )

    # --- what is done in the browser -------------------------------------------------------------------------

    def _choices(self) -> Mapping[str, Callable[[Any], None]]:
        return {"limit": self._few, "hours_per_week": self._hours, "weeks": self._until, "by": self._along}

    def _deeds(self) -> Mapping[str, Deed]:
        return {**super()._deeds(), "role": self._choose}

    def _few(self, value: Any) -> None:
        if isinstance(value, int) and 1 <= value <= 100:
            self.limit = value

    def _hours(self, value: Any) -> None:
        if isinstance(value, int | float) and 0 <= value <= 168:
            self.hours_per_week = float(value)

    def _until(self, value: Any) -> None:
        if isinstance(value, int) and 0 <= value <= 520 and self.value is not None:
            with self._as_one():
                self.hours_per_week, self.weeks = self.value.pace.hours_per_week, value

    def _along(self, place: Any) -> None:
        found = index_of({"at": place}, "at", len(EFFORTS))
        if found is not None:
            self.by = list(EFFORTS)[found]

    def _choose(self, said: Mapping[str, Any]) -> None:
        roles = () if self.value is None else self.value.roles
        place = index_of(said, "at", len(roles))
        if place is not None:
            self.role_id = roles[place].role_id

    def __repr__(self) -> str:
        return f"<AdjacentRoles: {0 if self.value is None else len(self.value.roles)} roles>"

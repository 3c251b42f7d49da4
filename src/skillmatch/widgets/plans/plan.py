"""PlanView: one plan, what it is worth, who does what, what stays empty; exported and approved from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import traitlets

from skillmatch.domain.base.errors import InputError, WorkspaceError
from skillmatch.domain.plans.plan_views import Prices, weeks_of
from skillmatch.service.core.settings import system_user
from skillmatch.service.plans.planning import Search
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit.background import Background
from skillmatch.widgets.kit.forms import bar, button, said_place, said_text, select, signed
from skillmatch.widgets.kit.html import box, escape
from skillmatch.widgets.kit.names import hidden
from skillmatch.widgets.kit.panel import Panel
from skillmatch.widgets.kit.view import Deed, error_html, index_of
from skillmatch.widgets.plans.plan_calendar import calendar_html
from skillmatch.widgets.plans.plan_forms import EXPORTS, approve_form, export_form, file_name
from skillmatch.widgets.plans.plan_parts import approvals_html, honesty_html, people_html, prices_html
from skillmatch.widgets.plans.plan_people import choosable, plan_given, plan_labels
from skillmatch.widgets.plans.plan_summary import demands_html, figures_html, headline_html, limits_html, unmet_html
from skillmatch.widgets.plans.wording import PLAN_STYLE, told_of

PRICE_SECONDS = 10.0
"""How long each search may take when prices are asked for."""


class PlanView(Panel):
    """A plan to look at; ``value`` is its plan file, as ``workspace.plan(scenario)`` answers it.

    Set ``plan`` to a plan file, the path of one, or the id of a kept plan. ``part`` is the key of the demand or cover
    whose people are shown ("" for all), ``unit`` the unit, ``person_id`` who is chosen. ``prices`` come when asked for.
    """

    STATE = ("plan", "part", "unit", "person_id")
    LOOK = ("part", "unit", "person_id")

    plan = traitlets.Any(None, allow_none=True)
    part = traitlets.Unicode("")
    unit = traitlets.Unicode(None, allow_none=True)
    person_id = traitlets.Unicode(None, allow_none=True)
    value = traitlets.Any(None, allow_none=True, read_only=True)
    prices = traitlets.Instance(Prices, allow_none=True, read_only=True)
    exported = traitlets.Unicode("", read_only=True)

    def __init__(self, workspace: Workspace, plan: Any = None, *, pseudonyms: bool | None = None, **state: Any) -> None:
        self._pseudonyms = hidden(pseudonyms)
        self._labels: dict[str, str] = {}
        self._roles: dict[str, str] = {}
        self._skills: dict[str, str] = {}
        self._kept = ""
        self._said = ""
        self._checked: tuple[tuple[str, ...], tuple[str, ...]] | None = None
        self._working = ""
        self._behind = Background(self._failed)
        super().__init__(workspace, "A plan", plan=plan, **state)

    def _ask(self) -> None:
        self._forget()
        if self.plan is None:
            return
        file = plan_given(self._workspace, self.plan)
        parts = file.plan.assignments
        self._labels = plan_labels(self._workspace, parts, pseudonyms=self._pseudonyms)
        self._roles = {role.id: role.title for role in self._workspace.roles.all()}
        skills = self._workspace.snapshot().taxonomy.skills
        named = {skill for item in parts for skill in item.recognised}
        self._skills = {skill: skills[skill].label for skill in named if skill in skills}
        self._kept = self.plan if isinstance(self.plan, str) and not self.plan.endswith(".json") else ""
        self.set_trait("value", file)
        if self.part not in {item.key for item in file.plan.demands}:
            self.part = ""
        if self.person_id not in {item.person_id for item in parts}:
            self.person_id = None
        if self.unit is not None and self.unit not in {item.unit for item in parts}:
            self.unit = None

    def _forget(self) -> None:
        self._said, self._checked, self._working = "", None, ""
        self._behind.forget()
        for name in ("value", "prices"):
            self.set_trait(name, None)

    # --- how it is written -----------------------------------------------------------------------------------

    def _write(self, *, live: bool = True) -> str:
        file = self.value
        if file is None:
            return box(PLAN_STYLE, "<p>There is no plan yet. Solve a scenario, or set <code>plan</code>.</p>")
        plan = file.plan
        shown = [item for item in plan.assignments if self._in_part(item) and self.unit in (None, item.unit)]
        places = choosable(plan.assignments) if live else {}
        parts = [
            PLAN_STYLE,
            self._said if live else "",
            headline_html(plan),
            figures_html(file),
            demands_html(plan.demands, file, self.part, live=live),
            unmet_html(plan.unmet),
            limits_html(file),
            self._more(live=live),
            calendar_html(weeks_of(plan, file.scenario.limits.most_away), live=live),
            people_html(shown, self._labels, self._roles, self._skills, places, self.person_id, plan.currency),
            honesty_html(file, *(self._checked or (None, None))),
            f"<h4>Approved by</h4>{approvals_html(file, names=not self._pseudonyms)}",
        ]
        if live:
            parts += [approve_form(), export_form()]
        return box(*parts)

    def _in_part(self, item: Any) -> bool:
        kind, _, place = self.part.partition("[")
        if not place:
            return True
        at = int(place.rstrip("]"))
        return bool(item.demand == at) if kind == "demands" else at in item.covers

    def _more(self, *, live: bool) -> str:
        title = "<h4>What would more buy?</h4>"
        if self.prices is not None:
            return title + prices_html(self.prices)
        if not live:
            return ""
        if self._working == "prices":
            return f'{title}<p class="busy">Solving again with more of each limit</p>'
        return f"{title}<p>{button('Work it out', 'price', key='price')}</p>"

    def _controls(self) -> str:
        if self.value is None or not self.value.plan.assignments:
            return ""
        units = self._units()
        demands = ["All of it", *(item.title for item in self.value.plan.demands)]
        keys = ["", *(item.key for item in self.value.plan.demands)]
        place = None if self.unit not in units else units.index(self.unit)
        return bar(
            select("part", "People for", demands, keys.index(self.part) if self.part in keys else 0),
            select("unit", "of", ["All units" if unit is None else unit or "No unit yet" for unit in units], place),
            button("Does it still hold today?", "check", key="check"),
        )

    def _units(self) -> list[str | None]:
        return [None, *sorted({item.unit for item in self.value.plan.assignments}, key=lambda unit: (not unit, unit))]

    # --- what is done in the browser -------------------------------------------------------------------------

    def _choices(self) -> Mapping[str, Callable[[Any], None]]:
        return {"part": self._choose_part, "unit": self._choose_unit}

    def _deeds(self) -> Mapping[str, Deed]:
        return {
            **super()._deeds(),
            "part": self._press_part,
            "person": self._choose_person,
            "price": self._price,
            "check": self._check,
            "export": self._export,
            "approve": self._approve,
        }

    def _choose_part(self, place: Any) -> None:
        keys = [""] if self.value is None else ["", *(item.key for item in self.value.plan.demands)]
        found = index_of({"at": place}, "at", len(keys))
        if found is not None:
            self.part = keys[found]

    def _press_part(self, said: Mapping[str, Any]) -> None:
        demands = () if self.value is None else self.value.plan.demands
        place = index_of(said, "at", len(demands))
        if place is not None:
            self.part = "" if self.part == demands[place].key else demands[place].key

    def _choose_person(self, said: Mapping[str, Any]) -> None:
        known = {} if self.value is None else choosable(self.value.plan.assignments)
        self.person_id = next((person for person, place in known.items() if place == said.get("at")), self.person_id)

    def _choose_unit(self, place: Any) -> None:
        units = [] if self.value is None else self._units()
        found = index_of({"at": place}, "at", len(units))
        if found is not None:
            self.unit = units[found]

    def _price(self, _: Mapping[str, Any] | None = None) -> None:
        """Ask what more of each limit would buy; the answer comes when it is there."""
        file = self.value
        if file is None or self._behind.busy:
            return
        self._working = "prices"
        self._put(self._write())

        def work() -> None:
            found = self._workspace.plans.prices(
                file.scenario, search=Search(time_limit=PRICE_SECONDS), as_of=file.plan.as_of
            )
            self._behind.post(lambda: self._arrived(file, prices=found))

        self._behind.start(work)

    def _check(self, _: Mapping[str, Any] | None = None) -> None:
        """Hold the plan against the workspace of today."""
        file = self.value
        if file is None or self._behind.busy:
            return

        def work() -> None:
            breaches, changed = self._workspace.plans.check(file)
            told = tuple(f"{item.rule}: {item.detail}" for item in breaches)
            self._behind.post(lambda: self._arrived(file, checked=(changed, told)))

        self._behind.start(work)

    def _arrived(self, file: Any, *, prices: Prices | None = None, checked: Any = None) -> None:
        if self.value is not file:
            return
        self._working = ""
        if prices is not None:
            self.set_trait("prices", prices)
        if checked is not None:
            self._checked = checked
            self._say("See 'What this rests on'." if any(checked) else "It still holds, and nothing has changed.")
            return
        self._put(self._write())

    def _failed(self, error: Any) -> None:
        self._working = ""
        self._complain(error)

    def wait(self, seconds: float | None = None) -> bool:
        """Until what was asked for is there, for scripts; whether it is."""
        return self._behind.wait(seconds)

    def _export(self, said: Mapping[str, Any]) -> None:
        what, folder = said_place(said, "what", len(EXPORTS)), said_text(said, "folder")
        if self.value is None or what is None:
            return
        if not folder:
            raise InputError("No folder is named.", remedy="Write the folder that the files are to go into.")
        self.export(EXPORTS[what].what, Path(folder), EXPORTS[what].suffix)

    def export(self, what: str, folder: Path, suffix: str) -> Path:
        """Write the plan into a folder, which is made where there is none; returns the path. These files name people.

        ``what`` and ``suffix`` are as in ``workspace.plans.export``. Raises ``InputError``, ``WorkspaceError``.
        """
        if self.value is None:
            raise InputError("There is no plan to export.", remedy="Solve a scenario first.")
        path = folder.expanduser().resolve() / file_name(self.value, what, suffix)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorkspaceError(
                f"the folder '{path.parent}' cannot be made ({error.strerror}).",
                remedy="Name one that you may write to.",
            ) from error
        written = self._workspace.plans.export(self.value, what, path)
        self.set_trait("exported", str(path))
        self._say(f"Written to {path}: {sum(written.values())} {'entries' if what != 'json' else 'plan'}.")
        return path

    def _approve(self, said: Mapping[str, Any]) -> None:
        by, note = signed(said), said_text(said, "reason")
        if not note:
            raise InputError("An approval needs a reason.", remedy="Write why this plan is to be carried out.")
        self.approve(by, note)

    def approve(self, by: str, note: str) -> None:
        """Keep the plan in the workspace and record that somebody approved it.

        Whoever runs the notebook solved it. Raises ``ConflictError`` where it breaks a limit in the workspace of today,
        they approved it before, or they solved it.
        """
        if self.value is None:
            raise InputError("There is no plan to approve.", remedy="Solve a scenario first.")
        kept = self._kept or self._workspace.plans.keep(self.value, by=system_user() or "a notebook").id
        self._workspace.plans.approve(kept, by=by, note=note)
        self._kept = kept
        self.set_trait("value", self._workspace.plans.get(kept)[1])
        self._say(f"Approved, and kept in the workspace as {kept}.")

    def _say(self, words: str) -> None:
        self._said = f'<div class="aside" role="status">{escape(words)}</div>'
        self._told = words
        self._put(self._write())

    def _complain(self, error: Any) -> None:
        self._said = ""
        self._put(error_html(error) + self._safely_written())

    def __repr__(self) -> str:
        return f"<PlanView: {'no plan' if self.value is None else told_of(self.value.plan)}>"

"""AdviceExplorer: choose a person and a role, see the gap, move the limits, see the recommendations change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import ipywidgets as widgets
import traitlets

from skillmatch.domain.advice.advice import Advice, Limits
from skillmatch.domain.advice.pathway import Pace, Pathway
from skillmatch.domain.base.errors import SkillmatchError
from skillmatch.domain.people.gap import Gap
from skillmatch.domain.people.person import Person
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit import choices
from skillmatch.widgets.kit.debounce import Debouncer
from skillmatch.widgets.kit.html import alert
from skillmatch.widgets.kit.names import hidden
from skillmatch.widgets.person.advice_view import advice_html
from skillmatch.widgets.person.controls import Controls
from skillmatch.widgets.person.gap_view import gap_html
from skillmatch.widgets.person.pathway_view import pathway_html

DEBOUNCE_SECONDS = 0.15

STATE = ("unit", "person_id", "role_id", "max_hours", "max_cost", "hours_per_week", "weeks")


class AdviceExplorer(widgets.VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """One person's way to a role, to look at and to play with; its traits are its whole state.

    Set ``unit`` (None for all), ``person_id`` and ``role_id`` (ours or your own), ``max_hours`` of one credential,
    ``max_cost`` (both None for no limit), ``hours_per_week`` and ``weeks``; read ``value`` (the advice), ``gap`` and
    ``pathway``, which are None while something is wrong. What is set from Python counts at once, a control that is
    moved as soon as it rests.

    ``pseudonyms`` keeps names and ids off the screen, and so out of what is saved with a notebook; it is on unless
    ``SKILLMATCH_NAMES`` says otherwise (``skillmatch lab --names``). People and roles
    are listed as they were when they were first shown. Raises ``WorkspaceError`` when the workspace cannot be read.
    """

    unit = traitlets.Unicode(None, allow_none=True)
    person_id = traitlets.Unicode(None, allow_none=True)
    role_id = traitlets.Unicode(None, allow_none=True)
    max_hours = traitlets.Float(None, allow_none=True)
    max_cost = traitlets.Float(None, allow_none=True)
    hours_per_week = traitlets.Float(4.0)
    weeks = traitlets.Int(26)
    value = traitlets.Instance(Advice, allow_none=True, read_only=True)
    gap = traitlets.Instance(Gap, allow_none=True, read_only=True)
    pathway = traitlets.Instance(Pathway, allow_none=True, read_only=True)

    def __init__(self, workspace: Workspace, *, pseudonyms: bool | None = None, **state: Any) -> None:
        self._workspace = workspace
        self._pseudonyms = hidden(pseudonyms)
        self._units = choices.unit_choices(workspace.people.units())
        self._listed: dict[str | None, tuple[choices.Member, ...]] = {}
        self._roles = choices.role_choices(workspace.roles.all())
        self._settling = False
        self._controls = Controls(self._moved, Debouncer(DEBOUNCE_SECONDS))
        self._gap_view = widgets.HTML()
        self._advice_view = widgets.HTML()
        self._pathway_view = widgets.HTML()
        top = widgets.HBox([self._controls.column(), self._gap_view], layout=widgets.Layout(flex_flow="row wrap"))
        self._gap_view.layout = widgets.Layout(flex="1 1 480px", min_width="0", margin="0 0 0 20px")
        super().__init__([top, self._advice_view, self._pathway_view], **self._first(state))
        self.observe(self._set, names=list(STATE))
        self._refresh("person_id")

    def _first(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The given state, with the first unit, its first person and that person's role where nothing is given."""
        state = dict(given)
        if "unit" not in state:
            found = self._person(state.get("person_id"))
            state["unit"] = found.unit if found else self._units.values[0]
        people = self._people(state["unit"])
        if "person_id" not in state:
            state["person_id"] = people[0].id if people else None
        if "role_id" not in state:
            found = self._person(state["person_id"])
            own = found.role_id if found else None
            state["role_id"] = own if own in self._roles.values else next(iter(self._roles.values), None)
        return state

    def _people(self, unit: str | None) -> tuple[choices.Member, ...]:
        """The people of a unit, or all: read when first wanted, since there may be many."""
        if unit not in self._listed:
            found = self._workspace.people.all(None if unit is None else [unit])
            self._listed[unit] = choices.members(found, pseudonyms=self._pseudonyms)
        return self._listed[unit]

    def _person(self, name: str | None) -> Person | None:
        """The person of an id, or None; what is wrong with an id is told when it is asked about."""
        try:
            return None if name is None else self._workspace.people.get(name)
        except SkillmatchError:
            return None

    # --- what was set, and what follows from it ----------------------------------------------------------

    def _moved(self, moved: Mapping[str, Any]) -> None:
        """Take over what was moved, as one change."""
        with self._settling_traits():
            for name, value in moved.items():
                setattr(self, name, value)
        self._refresh("unit" if "unit" in moved else "person_id")

    def _set(self, change: Mapping[str, Any]) -> None:
        if not self._settling:
            self._refresh(change["name"])

    @contextmanager
    def _settling_traits(self) -> Iterator[None]:
        """Set traits without looking at each by itself."""
        self._settling = True
        try:
            yield
        finally:
            self._settling = False

    def _agree(self, changed: str) -> None:
        """Keep unit and person together: a new unit brings its first person, a new person brings their unit."""
        people = self._people(self.unit)
        found = self._person(self.person_id)
        if self.unit is None or (found is not None and found.unit == self.unit):
            return
        if changed == "unit":
            self.person_id = people[0].id if people else None
        elif changed == "person_id" and found is not None:
            self.unit = found.unit
            self._people(self.unit)

    def _refresh(self, changed: str) -> None:
        """Ask again after ``changed`` was set, then show what is set and what came of it."""
        gap, advice, pathway = None, None, None
        try:
            with self._settling_traits():
                self._agree(changed)
            gap, advice, pathway = self._ask()
        except SkillmatchError as error:
            where = f"{error.place.field} " if error.place.field else ""
            self._show_nothing(alert(f"{where}{error.message}", error.remedy))
        else:
            self._gap_view.value = gap_html(gap, self._name_of(gap.person_id))
            self._advice_view.value = advice_html(advice)
            self._pathway_view.value = pathway_html(pathway, Pace(self.hours_per_week, self.weeks))
        for name, answer in (("gap", gap), ("value", advice), ("pathway", pathway)):
            self.set_trait(name, answer)
        self._show_state(gap)

    def _ask(self) -> tuple[Gap, Advice, Pathway]:
        if self.person_id is None or self.role_id is None:
            lacking, command = ("people", "people") if self.person_id is None else ("roles", "roles")
            raise SkillmatchError(
                f"There are no {lacking} to choose from.",
                remedy=f"Import some with 'skillmatch {command} import', then make a new explorer.",
            )
        person, role = self.person_id, self.role_id
        limits = Limits(hours=self.max_hours, cost=self.max_cost)
        pace = Pace(self.hours_per_week, self.weeks)
        return (
            self._workspace.gap(person, role),
            self._workspace.recommend(person, role, limits=limits),
            self._workspace.pathway(person, role, pace, limits=limits),
        )

    # --- showing -----------------------------------------------------------------------------------------

    def _name_of(self, person_id: str) -> str:
        """What the person is called on the screen; whoever came after the list was read has no number in it yet."""
        listed = self._listed.get(self.unit, ())
        return next((member.label for member in listed if member.id == person_id), "Somebody new")

    def _show_nothing(self, message: str) -> None:
        self._gap_view.value = message
        self._advice_view.value = self._pathway_view.value = ""

    def _show_state(self, gap: Gap | None) -> None:
        """Let the controls show what is set, however it came to be set."""
        controls = self._controls
        controls.offer("unit", self._units, self.unit)
        people = choices.person_choices(self._listed.get(self.unit, ()))
        controls.offer("person_id", people, gap.person_id if gap else self.person_id)
        controls.offer("role_id", self._roles, gap.role_id if gap else self.role_id)
        controls.offer_limits(self.max_hours, self.max_cost)
        controls.slide("hours_per_week", self.hours_per_week)
        controls.slide("weeks", self.weeks)

    def __repr__(self) -> str:
        return f"<AdviceExplorer: {len(self._listed.get(self.unit, ()))} people, {len(self._roles.values)} roles>"

    def _repr_html_(self) -> str:
        """What is on the screen, for pages without widgets."""
        return "".join(view.value for view in (self._gap_view, self._advice_view, self._pathway_view))

    def _repr_mimebundle_(self, **given: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = super()._repr_mimebundle_(**given)
        return {**bundle, "text/html": self._repr_html_()}

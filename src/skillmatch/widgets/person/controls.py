"""Controls: the explorer's lists and sliders; they tell what was moved, show what is set, and compute nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from skillmatch.widgets.kit.choices import COST_STEPS, HOURS_STEPS, Choices, limit_choices
from skillmatch.widgets.kit.debounce import Debouncer
from skillmatch.widgets.kit.keys import CLASS, Keys

Moved = Callable[[dict[str, Any]], None]
"""Called with what was moved, by the name of the trait, once the controls rest."""

_WIDE = {"width": "340px"}
_STYLE = {"description_width": "105px"}


class Controls:
    """One control per trait of the explorer's state.

    Lists and limits are chosen by their place, so that ids and other values never reach the browser.
    """

    def __init__(self, moved: Moved, debouncer: Debouncer) -> None:
        self._moved = moved
        self._debouncer = debouncer
        self._waiting: dict[str, Any] = {}
        self._showing = False
        self._offered: dict[str, Choices[Any]] = {}
        self.unit = _list("Unit", "The unit whose people are listed")
        self.person_id = _list("Person", "The person whose gap is shown")
        self.role_id = _list("Role", "The role that the person is heading for")
        self.max_hours = _steps("Hours each", "Leave out credentials that take more hours than this")
        self.max_cost = _steps("Budget", "Leave out credentials that cost more; the pathway's whole cost stays within")
        self.hours_per_week = widgets.FloatSlider(
            **_labelled("Hours a week", "Hours a week that the person can spend on learning"),
            value=4.0,
            min=0.5,
            max=20.0,
            step=0.5,
            readout_format=".1f",
        )
        self.weeks = widgets.IntSlider(
            **_labelled("Weeks", "Weeks until the pathway has to be done"), value=26, min=1, max=104
        )
        for name in ("unit", "person_id", "role_id", "max_hours", "max_cost"):
            getattr(self, name).observe(lambda change, name=name: self._chosen(name, change["new"]), names="index")
        for name in ("hours_per_week", "weeks"):
            getattr(self, name).observe(lambda change, name=name: self._note(name, change["new"]), names="value")

    def column(self) -> widgets.VBox:
        """The controls below one another, in the order in which they are used."""
        whom = [self.unit, self.person_id, self.role_id]
        limits = [self.max_hours, self.max_cost, self.hours_per_week, self.weeks]
        column = widgets.VBox([_title("Who, and towards what"), *whom, _title("Limits"), *limits, Keys()])
        column.add_class(CLASS)
        return column

    def offer(self, name: str, choices: Choices[Any], value: Any) -> None:
        """Offer these choices, with ``value`` chosen; none when it is not among them."""
        control = getattr(self, name)
        self._showing = True
        try:
            if self._offered.get(name) != choices:
                self._offered[name] = choices
                # A slider always stands somewhere, and must not point past its new options for even a moment.
                control.index = None if isinstance(control, widgets.Dropdown) else 0
                control.options = choices.labels
            control.index = choices.index(value)
        finally:
            self._showing = False

    def offer_limits(self, max_hours: float | None, max_cost: float | None) -> None:
        """Show the limits, each with a step of its own if it lies between the usual ones."""
        self.offer("max_hours", limit_choices(HOURS_STEPS, max_hours, "hours"), max_hours)
        self.offer("max_cost", limit_choices(COST_STEPS, max_cost, ""), max_cost)

    def slide(self, name: str, value: float) -> None:
        """Show a value on its slider, which is made longer where it does not reach."""
        control = getattr(self, name)
        self._showing = True
        try:
            control.max = max(control.max, value)
            control.min = min(control.min, value)
            control.value = value
        finally:
            self._showing = False

    def _chosen(self, name: str, index: int | None) -> None:
        if index is not None:
            self._note(name, self._offered[name].values[index])

    def _note(self, name: str, value: Any) -> None:
        if self._showing:
            return
        self._waiting[name] = value
        self._debouncer.call(self._tell)

    def _tell(self) -> None:
        waiting, self._waiting = self._waiting, {}
        self._moved(waiting)


def _labelled(description: str, tooltip: str) -> dict[str, Any]:
    return {
        "description": description,
        "tooltip": tooltip,
        "layout": widgets.Layout(**_WIDE),
        "style": dict(_STYLE),
    }


def _list(description: str, tooltip: str) -> widgets.Dropdown:
    return widgets.Dropdown(**_labelled(description, tooltip), options=())


def _steps(description: str, tooltip: str) -> widgets.SelectionSlider:
    return widgets.SelectionSlider(**_labelled(description, tooltip), options=("no limit",))


def _title(text: str) -> widgets.HTML:
    return widgets.HTML(f"<strong>{text}</strong>")

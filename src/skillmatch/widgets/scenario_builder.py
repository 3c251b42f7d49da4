"""ScenarioBuilder: what if; a scenario is changed and its plan follows at once, getting better while one looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import traitlets

from skillmatch.domain.errors import InputError, SkillmatchError
from skillmatch.domain.plan import Plan
from skillmatch.domain.scenario import Scenario
from skillmatch.service.live_plan import LivePlan, LiveState, Phase
from skillmatch.service.plan_reading import BEGIN_WEEKS, save_scenario
from skillmatch.service.planning import Search
from skillmatch.service.values import PlanFile
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import choices, scenario_edits, scenario_fields
from skillmatch.widgets.background import Background
from skillmatch.widgets.builder_view import (
    Answer,
    history_html,
    moved_html,
    progress_html,
    refused_html,
    waiting_html,
)
from skillmatch.widgets.forms import button, said_text, text
from skillmatch.widgets.html import box, escape
from skillmatch.widgets.panel import Panel
from skillmatch.widgets.plan_style import BUILDER_STYLE, PLAN_STYLE
from skillmatch.widgets.plan_summary import demands_html, rests_html, summary_html
from skillmatch.widgets.plan_words import told
from skillmatch.widgets.scenario_form import (
    LIMITS,
    STEPS,
    limits_form,
    scope_form,
    start_form,
    wanted_form,
    ways_form,
    wrong_at,
)
from skillmatch.widgets.scenario_words import scenario_html
from skillmatch.widgets.view import Deed, index_of

MOST_ANSWERS = 50
PASSING = 1.5
"""Seconds within which one answer takes the place of another in the history: a slider was on its way."""

FIRST_LOOK = 3.0
"""Seconds that showing the view may wait for its first answer, so that a saved notebook holds one."""


class ScenarioBuilder(Panel):
    """A scenario to play with: set ``scenario``, or move its form; ``plan_file`` and ``value`` are its plan so far.

    It is solved beside the view, each change from where the last plan was; ``phase`` says how far that is, and
    :meth:`stop` ends it with the best plan so far. ``history`` holds the answers of before. ``wait`` waits for the end.
    Close the view when it is not needed any more: it keeps the scenario's people in memory.
    """

    STATE = ("scenario",)

    scenario = traitlets.Instance(Scenario, allow_none=True)
    value = traitlets.Instance(Plan, allow_none=True, read_only=True)
    plan_file = traitlets.Instance(PlanFile, allow_none=True, read_only=True)
    phase = traitlets.UseEnum(Phase, allow_none=True, default_value=None, read_only=True)
    history: Any = traitlets.Tuple(read_only=True)
    contradictions: Any = traitlets.Tuple(read_only=True)

    def __init__(
        self, workspace: Workspace, scenario: Scenario | Path | None = None, *, search: Search | None = None
    ) -> None:
        self._background = Background()
        self._live = LivePlan(workspace, self._heard, search)
        self._state: LiveState | None = None
        self._asked: Scenario | None = None
        self._shown: Answer | None = None
        self._wrong_fields: dict[str, InputError] = {}
        self._templates: tuple[Scenario, ...] = ()
        self._titles: dict[str, str] = {}
        self._roles: choices.Choices[str] = choices.Choices((), ())
        self._units: list[str] = []
        self._seen: dict[str, set[float]] = {name: set(steps) for name, steps in STEPS.items()}
        self._begin = scenario
        super().__init__(workspace, "Build a scenario")

    # --- asking ----------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        snapshot = self._workspace.snapshot()
        self._titles = dict(snapshot.labels) | {role.id: role.title for role in snapshot.roles.values()}
        self._titles |= {item.id: item.title for item in snapshot.catalogue.credentials.values()}
        self._roles = choices.role_choices(self._workspace.roles())
        self._units = sorted(self._workspace.units(), key=str.casefold)
        if self.scenario is None:
            self._templates = self._workspace.scenario_templates()
            begin = self._begin
            self.scenario = self._workspace.read_scenario(begin) if isinstance(begin, Path) else begin
            if self.scenario is None:
                self.scenario = self._templates[0]
        for name in LIMITS:
            value = getattr(self.scenario.limits, name)
            if value is not None:
                self._seen[name].add(float(value))
        if self.scenario is not self._asked:
            self._wrong_fields = {}
            self._asked = self.scenario
            if self._shown is None or self._shown.scenario != self.scenario:
                self._shown = None
                self._live.solve(self.scenario)

    def _forget(self) -> None:
        self.set_trait("value", None)
        self.set_trait("plan_file", None)

    def solve(self) -> None:
        """Solve again, with the workspace as it is now."""
        self._live.refresh()
        self._asked = self._shown = None
        self.refresh()

    def stop(self) -> None:
        """End the search; the best plan so far stays."""
        self._live.stop()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the search has ended; False when that takes longer."""
        return self._background.wait(self._is_over, seconds)

    def _is_over(self) -> bool:
        return self._live.wait(0)

    def close(self) -> None:
        """End the search and take the view away."""
        self._live.close()
        super().close()

    # --- what the search tells -------------------------------------------------------------------------------

    def _heard(self, state: LiveState) -> None:
        self._background.tell(partial(self._hear_state, state))

    def _hear_state(self, state: LiveState) -> None:
        if state.scenario is not self._asked:
            return  # of a scenario that was changed since
        file = state.file
        fresh = file is not None and file is not self.plan_file
        self._state = state
        self.set_trait("phase", state.phase)
        self.set_trait("contradictions", state.contradictions)
        if file is not None:
            self.set_trait("plan_file", file)
            self.set_trait("value", file.plan)
        if state.phase.is_over:
            if state.file is not None and state.phase is not Phase.REFUSED:
                self._remember(Answer(state.scenario, state.file, datetime.now().astimezone()))
            self._told = self._end_told(state)
        with self.hold_sync():
            self._top = self._controls()
            if fresh or state.phase.is_over:
                self._content = self._write()

    def _end_told(self, state: LiveState) -> str:
        if state.phase is Phase.REFUSED:
            return "This scenario cannot be solved as it stands."
        return "" if self.value is None else told(self.value)

    def _remember(self, answer: Answer) -> None:
        kept = list(self.history)
        passed = len(kept) > 1 and (answer.at - kept[-1].at).total_seconds() < PASSING
        if kept and (passed or kept[-1].scenario == answer.scenario):
            kept.pop()
        self.set_trait("history", tuple([*kept, answer][-MOST_ANSWERS:]))
        self._shown = self.history[-1]

    # --- writing ---------------------------------------------------------------------------------------------

    def _offered(self) -> dict[str, choices.Choices[float | None]]:
        currency = "" if self.scenario is None else self.scenario.limits.currency
        units = {
            "budget": currency,
            "hours_per_week": "hours",
            "hours": "hours",
            "weeks": "weeks",
            "most_away": "people",
        }
        return {name: choices.limit_choices(tuple(self._seen[name]), None, units[name]) for name in LIMITS}

    def _controls(self) -> str:
        scenario = self.scenario
        if scenario is None:
            return ""
        wrong = self._everything_wrong()
        busy = self._state is None or not self._state.phase.is_over
        run = (
            '<div class="run"><div class="form">'
            + _press("Stop", "stop", kind="main", disabled=not busy)
            + _press("Solve again", "again", kind="", disabled=busy)
            + f'</div><div class="quiet" data-key="live">{progress_html(self._state)}</div></div>'
        )
        name = f'<div class="form">{text("name", "Name", scenario.name)}</div>{wrong_at("name", wrong)}'
        return (
            f'{PLAN_STYLE}{BUILDER_STYLE}<div class="skillmatch builder">{run}'
            + start_form([item.name for item in self._templates])
            + name
            + wanted_form(scenario, self._titles, self._roles, wrong)
            + limits_form(scenario, self._offered(), self._titles, wrong)
            + ways_form(scenario, wrong)
            + scope_form(scenario, self._units, wrong)
            + "</div>"
        )

    def _everything_wrong(self) -> dict[str, InputError]:
        found = {item.key: InputError(item.message, field=item.key, remedy=item.remedy) for item in self.contradictions}
        return found | self._wrong_fields

    def _write(self, *, live: bool = True) -> str:
        scenario = self.scenario
        if scenario is None:
            return ""
        refused = ""
        if self._state is not None and self._state.phase is Phase.REFUSED:
            refused = refused_html(self._state)
        file = self.plan_file
        lead = "" if live else scenario_html(scenario, self._titles)
        if file is None:
            return box(PLAN_STYLE, lead, refused or waiting_html(self._titles, scenario))
        late = self._state is None or self._state.scenario != scenario or bool(refused)
        stale = '<p class="stale">This is the answer from before the change:</p>' if late else ""
        place = next((turn for turn, item in enumerate(self.history) if item is self._shown), len(self.history))
        previous = self.history[place - 1].file if place else None
        return box(
            PLAN_STYLE,
            BUILDER_STYLE,
            lead,
            refused,
            stale,
            summary_html(file),
            "" if late else moved_html(previous, file),
            demands_html(file),
            rests_html(file),
            history_html(self.history, self._shown, self._titles, live=live),
        )

    # --- what is done in the browser -------------------------------------------------------------------------

    def _choices(self) -> Mapping[str, Callable[[Any], None]]:
        if self.scenario is None:
            return {}
        edits = scenario_fields.edits(self.scenario, self._offered(), self._units)
        return {
            "template": self._begin_with,
            **{name: partial(self._edit, name, edit) for name, edit in edits.items()},
        }

    def _edit(self, name: str, edit: scenario_edits.Edit, value: Any) -> None:
        assert self.scenario is not None  # noqa: S101 - there are edits of a scenario only
        try:
            self.scenario = edit(self.scenario, value)
        except InputError as error:
            key = scenario_fields.key_of(name)
            self._wrong_fields = {key: error}
            with self.hold_sync():
                self._top = self._controls()

    def _begin_with(self, place: Any) -> None:
        found = index_of({"at": place}, "at", len(self._templates))
        if found is not None:
            self.scenario = self._templates[found]

    def _deeds(self) -> Mapping[str, Deed]:
        return {
            **super()._deeds(),
            "stop": lambda _: self.stop(),
            "again": lambda _: self.solve(),
            "open": self._open,
            "save": self._save,
            "back": self._go_back,
            "add_role": self._add_role,
            "add_skill": self._add_skill,
            "add_seats": self._add_seats,
            "remove_demand": self._remove_demand,
            "remove_cover": self._remove_cover,
            "remove_seats": self._remove_seats,
        }

    def _path(self, said: Mapping[str, Any]) -> Path:
        name = said_text(said, "path")
        if not name:
            raise InputError("No file is named.", remedy="Write its name into 'File'.")
        return Path(name).expanduser()

    def _open(self, said: Mapping[str, Any]) -> None:
        self.scenario = self._workspace.read_scenario(self._path(said))

    def save(self, path: Path | str) -> Path:
        """Write the scenario as TOML; 'skillmatch plan solve' reads it. Raises ``InputError``, ``WorkspaceError``."""
        if self.scenario is None:
            raise InputError("There is no scenario to save.")
        target = Path(path).expanduser().resolve()
        save_scenario(self.scenario, target)
        self._told = f"Saved as {target}"
        return target

    def _save(self, said: Mapping[str, Any]) -> None:
        target = self.save(self._path(said))
        note = box(f'<div class="aside" role="status">Saved as <code>{escape(str(target))}</code></div>')
        self._content = note + self._safely_written()

    def _go_back(self, said: Mapping[str, Any]) -> None:
        place = index_of(said, "at", len(self.history))
        if place is not None:
            self.go_back(self.history[place])

    def go_back(self, answer: Answer) -> None:
        """Show an answer of the history again, with its scenario; nothing is solved for it."""
        self._live.stop()
        self._shown = answer
        self._state = LiveState(answer.scenario, Phase.DONE, answer.file)
        with self._settling_traits():
            self.scenario = answer.scenario
            self.set_trait("plan_file", answer.file)
            self.set_trait("value", answer.file.plan)
            self.set_trait("phase", Phase.DONE)
            self.set_trait("contradictions", ())
        self.refresh()

    def _changed(self, key: str, change: Callable[[Scenario], Scenario]) -> None:
        if self.scenario is None:
            return
        try:
            self.scenario = change(self.scenario)
        except SkillmatchError as error:
            self._wrong_fields = {key: InputError(error.message, field=key, remedy=error.remedy)}
            self._top = self._controls()

    def _day(self) -> Any:
        return self._workspace.today() + timedelta(weeks=BEGIN_WEEKS)

    def _add_role(self, said: Mapping[str, Any]) -> None:
        form = said.get("form")
        place = index_of(form, "role", len(self._roles.values)) if isinstance(form, dict) else None
        if place is not None:
            role = self._roles.values[place]
            self._changed("demands", lambda now: scenario_edits.with_role(now, role, self._day()))

    def _add_skill(self, said: Mapping[str, Any]) -> None:
        name = said_text(said, "skill")
        self._changed("covers", lambda now: scenario_edits.with_skill(now, self._workspace.skill(name).id, self._day()))

    def _add_seats(self, said: Mapping[str, Any]) -> None:
        name = said_text(said, "credential")

        def limited(now: Scenario) -> Scenario:
            found = self._workspace.credential(name).id
            return scenario_edits.with_limit(now, seats={**now.limits.seats, found: now.limits.seats.get(found, 10)})

        self._changed("limits.seats", limited)

    def _remove_demand(self, said: Mapping[str, Any]) -> None:
        place = index_of(said, "at", 0 if self.scenario is None else len(self.scenario.demands))
        if place is not None:
            self._changed("demands", lambda now: scenario_edits.without_demand(now, place))

    def _remove_cover(self, said: Mapping[str, Any]) -> None:
        place = index_of(said, "at", 0 if self.scenario is None else len(self.scenario.covers))
        if place is not None:
            self._changed("covers", lambda now: scenario_edits.without_cover(now, place))

    def _remove_seats(self, said: Mapping[str, Any]) -> None:
        place = index_of(said, "at", 0 if self.scenario is None else len(self.scenario.limits.seats))
        if place is not None:
            self._changed("limits.seats", lambda now: scenario_fields.without_seats(now, place))

    # --- without a browser -----------------------------------------------------------------------------------

    def _repr_mimebundle_(self, **given: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        self._background.wait(lambda: self.plan_file is not None or self._is_over(), FIRST_LOOK)
        return super()._repr_mimebundle_(**given)

    def __repr__(self) -> str:
        return f"<ScenarioBuilder: {'nothing yet' if self.value is None else self.value.headline()}>"


def _press(label: str, do: str, *, kind: str, disabled: bool) -> str:
    pressed = button(label, do, key=do, kind=kind)
    return pressed.replace("<button ", "<button disabled ", 1) if disabled else pressed

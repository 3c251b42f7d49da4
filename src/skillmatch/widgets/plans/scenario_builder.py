"""ScenarioBuilder: say what is wanted within which limits; the plan comes at once, gets better, and can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from skillmatch.domain.base.errors import InputError, SkillmatchError
from skillmatch.domain.plans.scenario import Demand, PlanLimits, Scenario
from skillmatch.service.plans.planning import DEFAULT_TIME_LIMIT
from skillmatch.service.plans.scenarios import read_scenario_file, resolved, write_scenario
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit import choices
from skillmatch.widgets.kit.debounce import Debouncer
from skillmatch.widgets.kit.forms import said_text
from skillmatch.widgets.kit.panel import Panel
from skillmatch.widgets.kit.view import Deed, index_of
from skillmatch.widgets.plans.live_plan import LivePlan, News
from skillmatch.widgets.plans.scenario_difference import what_changed
from skillmatch.widgets.plans.scenario_edits import line_deeds, with_set
from skillmatch.widgets.plans.scenario_form import form_html, steps_of
from skillmatch.widgets.plans.scenario_starts import Start, new_scenario, places_to_start
from skillmatch.widgets.plans.scenario_view import Answer, result_html
from skillmatch.widgets.plans.wording import told_of

if TYPE_CHECKING:
    from skillmatch.service.plans.planning import PlanFile

REST_SECONDS = 0.2
"""Changes within so short a time are solved as one (our choice)."""

MOST_ANSWERS = 50


class ScenarioBuilder(Panel):
    """A scenario to work on; ``plan`` is its plan file so far, as ``workspace.plans.session(scenario)`` answers it.

    Set ``scenario`` to a scenario, or the path of one. With ``live`` every change is solved at once, for ``seconds`` at
    most. ``history`` holds the answers so far; ``wait()`` lets a script wait for the end of the search.
    """

    STATE = ("scenario", "live", "seconds")
    LOOK = ("seconds",)

    scenario = traitlets.Any(None, allow_none=True)
    live = traitlets.Bool(True)
    seconds = traitlets.Float(DEFAULT_TIME_LIMIT, min=0.1, max=86_400)
    plan = traitlets.Any(None, allow_none=True, read_only=True)
    history = traitlets.Tuple((), read_only=True)
    busy = traitlets.Bool(False, read_only=True)
    contradictions = traitlets.Tuple((), read_only=True)
    saved = traitlets.Unicode("", read_only=True)

    def __init__(self, workspace: Workspace, scenario: Scenario | Path | None = None, **state: Any) -> None:
        self._live_plan = LivePlan(workspace, self._heard, self._failed)
        self._debouncer = Debouncer(REST_SECONDS)
        self._ladder = steps_of(Scenario("none", (Demand("none", 1, workspace.today()),), PlanLimits()))
        self._roles: choices.Choices[str] = choices.Choices((), ())
        self._titles: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._units: list[str] = []
        self._starts: tuple[Start, ...] = ()
        self._solved: Scenario | None = None
        self._news: News | None = None
        self._error: SkillmatchError | None = None
        self._said = ""
        super().__init__(workspace, "A scenario and its plan", scenario=scenario, **state)

    @property
    def value(self) -> Any:
        """The plan file so far; None before there is one, or where the scenario is another one by now."""
        return self.plan if self.plan is not None and self._fits() else None

    # --- the scenario ----------------------------------------------------------------------------------------

    def _ask(self) -> None:
        snapshot = self._workspace.snapshot()
        self._titles = {role.id: role.title for role in self._workspace.roles.all()}
        self._roles = choices.role_choices([role for role in self._workspace.roles.all() if role.requirements])
        self._units = sorted(self._workspace.people.units(), key=str.casefold)
        self._starts = places_to_start(snapshot.versions.taxonomy, self._roles.values)
        self._error = None
        if self.scenario is None:
            return
        given = self.scenario
        read = read_scenario_file(given) if isinstance(given, Path) else given
        if not isinstance(read, Scenario):
            raise InputError("this is no scenario.", remedy="Give a Scenario, or the path of its file.")
        self.scenario = resolved(read, snapshot, given.name if isinstance(given, Path) else None)
        self._ladder = steps_of(self.scenario, self._ladder)
        skills = snapshot.taxonomy.skills
        self._known = {item.skill_id: skills[item.skill_id].label for item in self.scenario.covers}
        courses = snapshot.catalogue.credentials
        self._known |= {name: courses[name].title for name in self.scenario.limits.seats if name in courses}
        if self.live and not self._fits():
            self._debouncer.call(self.solve)

    def _forget(self) -> None:
        self._debouncer.cancel()
        self._live_plan.stop()

    def _fits(self) -> bool:
        return self._solved is not None and self._solved == self.scenario

    # --- solving ---------------------------------------------------------------------------------------------

    def solve(self) -> None:
        """Solve the scenario in the background; what is being solved ends. Answers arrive in ``plan``."""
        scenario = self.scenario
        if not isinstance(scenario, Scenario):
            raise InputError("There is no scenario.", remedy="Choose where to start from.")
        self._debouncer.cancel()
        self._error, self._said = None, ""
        self.set_trait("contradictions", ())
        self._news = News(scenario, "looking for contradictions", 0.0)
        self.set_trait("busy", True)
        self._put_now()
        self._live_plan.ask(scenario, self.seconds)

    def refresh(self) -> None:
        """Ask the workspace again; what the search finds meanwhile is shown after this is written."""
        with self._live_plan.held():
            super().refresh()

    def stop(self) -> None:
        """End the search; its best plan so far is the answer."""
        self._debouncer.cancel()
        self._live_plan.stop()

    def wait(self, seconds: float | None = None) -> bool:
        """Until the search has ended, for scripts; whether it has."""
        return self._live_plan.wait(seconds)

    def reopen(self) -> None:
        """Read people, roles and catalogue anew before the next search: they have changed since the first one."""
        self._live_plan.forget()
        self._solved = None
        self.refresh()

    def close(self) -> None:
        """Take the view away, and end what it does."""
        self._live_plan.close()
        super().close()

    def _heard(self, news: News) -> None:
        if news.scenario != self.scenario:
            return
        self._news = news
        self.set_trait("busy", not news.final)
        if news.file is not None:
            self._error = None
            self._solved = news.scenario
            self._note(news, news.file)
            self.set_trait("plan", news.file)
            if news.final:
                self._told = told_of(news.file.plan)
        self._put_now()

    def _note(self, news: News, file: PlanFile) -> None:
        """The answer among those so far; a better one for the same scenario takes the place of the one before."""
        history = list(self.history)
        if history and history[-1].scenario == news.scenario:
            history[-1] = replace(history[-1], file=file, seconds=news.seconds)
        else:
            before = history[-1].scenario if history else None
            what = what_changed(before, news.scenario, self._titles | self._known)
            history.append(Answer(news.scenario, what, file, news.seconds))
        self.set_trait("history", tuple(history[-MOST_ANSWERS:]))

    def _failed(self, error: SkillmatchError) -> None:
        self._news = None
        self.set_trait("contradictions", self._live_plan.contradictions)
        self.set_trait("busy", False)
        self._complain(error)

    def _complain(self, error: SkillmatchError) -> None:
        self._error = error
        self._put_now()

    # --- how it is written -----------------------------------------------------------------------------------

    def _wrong_spots(self) -> dict[str, str]:
        """What is wrong, by the key of the scenario's file beside whose field it is said."""
        found = {item.key: f"{item.message} {item.remedy}".strip() for item in self.contradictions}
        if self._error is not None and self._error.place.field:
            found.setdefault(self._error.place.field, f"{self._error.message} {self._error.remedy}".strip())
        return found

    def _put_now(self) -> None:
        if not self._wrong:
            self._put(self._write())

    def _write(self, *, live: bool = True) -> str:
        history = self.history
        return result_html(
            self._news,
            self.plan,
            self._error,
            self.contradictions,
            history,
            fits=self._fits(),
            live=live,
            said=self._said if live else "",
        )

    def _controls(self) -> str:
        return form_html(
            self.scenario if isinstance(self.scenario, Scenario) else None,
            starts=[name for name, _ in self._starts],
            roles=self._roles,
            units=self._units,
            titles=self._known,
            ladder=self._ladder,
            wrong=self._wrong_spots(),
            live=self.live,
            busy=self.busy,
        )

    # --- what is done in the browser -------------------------------------------------------------------------

    def _deeds(self) -> Mapping[str, Deed]:
        return {
            **super()._deeds(),
            "solve": lambda _: self.solve(),
            "stop": lambda _: self.stop(),
            **line_deeds(self._workspace, lambda: self.scenario, self._roles.values, self._change),
            "open": self._open,
            "save": self._save,
            "again": self._again,
        }

    def _choices(self) -> Mapping[str, Callable[[Any], None]]:
        return {"start": self._start, "live": lambda value: setattr(self, "live", bool(value))}

    def _set(self, said: Mapping[str, Any]) -> None:
        name, value = str(said.get("name")), said.get("value")
        scenario = self.scenario
        if name in self._choices() or not isinstance(scenario, Scenario):
            super()._set(said)
            return
        self._change(with_set(scenario, name, value, self._roles.values, self._units, self._ladder))

    def _change(self, scenario: Scenario) -> None:
        """Take a scenario that the controls made; names in it that nobody knows are refused, the one before stays."""
        made = resolved(scenario, self._workspace.snapshot(), None)
        if made != self.scenario:
            self._said = ""
            self.scenario = made
        elif self._error is not None:
            self._error = None
            self._put_now()

    def _start(self, place: Any) -> None:
        found = index_of({"at": place}, "at", len(self._starts))
        if found is not None:
            path = self._starts[found][1]
            self.scenario = (
                new_scenario(self._workspace, self._roles.values) if path is None else read_scenario_file(path)
            )

    def _open(self, said: Mapping[str, Any]) -> None:
        self.scenario = read_scenario_file(Path(_named(said)).expanduser())

    def _save(self, said: Mapping[str, Any]) -> None:
        self.save(Path(_named(said)))

    def save(self, path: Path) -> Path:
        """Write the scenario as TOML; returns where. Raises ``InputError``, ``WorkspaceError``."""
        if not isinstance(self.scenario, Scenario):
            raise InputError("There is no scenario to save.", remedy="Choose where to start from.")
        written = write_scenario(self.scenario, path.expanduser())
        self.set_trait("saved", str(written))
        self._said = self._told = f"Saved as {written}."
        self._put_now()
        return written

    def _again(self, said: Mapping[str, Any]) -> None:
        place = index_of(said, "at", len(self.history))
        if place is not None:
            answer = self.history[place]
            self._solved = answer.scenario
            self._news = self._error = None
            self.set_trait("contradictions", ())
            self.set_trait("plan", answer.file)
            self.scenario = answer.scenario
            self._put_now()

    def __repr__(self) -> str:
        return f"<ScenarioBuilder: {len(self.history)} answers>"


def _named(said: Mapping[str, Any]) -> str:
    path = said_text(said, "path")
    if not path:
        raise InputError("No file is named.", remedy="Write the path of a scenario's file, such as surge.toml.")
    return path

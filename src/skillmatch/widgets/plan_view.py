"""PlanView: a plan as planners read it, price it, hand it over and decide about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import traitlets

from skillmatch.domain.away import Away
from skillmatch.domain.errors import InputError, SkillmatchError
from skillmatch.domain.plan import Assignment, OptionKind, Plan
from skillmatch.domain.plan_views import Prices
from skillmatch.service.plan_folder import HANDOVERS, Handover, hand_over
from skillmatch.service.plan_reading import weeks_away
from skillmatch.service.planning import read_plan_file
from skillmatch.service.values import PlanFile
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.background import Background
from skillmatch.widgets.forms import bar, button, said_place, said_text, select, signed, tabs, text
from skillmatch.widgets.html import box, escape
from skillmatch.widgets.names import Names
from skillmatch.widgets.panel import Panel
from skillmatch.widgets.plan_decide import Written, approve_html, export_html
from skillmatch.widgets.plan_people import MOST_ROWS, matching, people_html
from skillmatch.widgets.plan_prices import prices_html
from skillmatch.widgets.plan_style import PLAN_STYLE
from skillmatch.widgets.plan_summary import demands_html, rests_html, summary_html
from skillmatch.widgets.plan_weeks import weeks_html
from skillmatch.widgets.plan_words import WAYS, has_plan
from skillmatch.widgets.privacy import hidden
from skillmatch.widgets.view import Deed, index_of

VIEWS = {
    "wanted": "What is wanted",
    "people": "Who does what",
    "weeks": "By week",
    "prices": "Prices",
    "decide": "Hand over and decide",
}
FOLDER = "plans"
"""The folder that is suggested for what is handed over, beside the notebook."""


def file_of(given: PlanFile | Path | str, workspace: Workspace) -> PlanFile:
    """A plan from itself, the path of its file, or the id under which the workspace keeps it."""
    if isinstance(given, PlanFile):
        return given
    if isinstance(given, Path):
        return read_plan_file(given)
    return workspace.kept_plan(given)[1]


class PlanView(Panel):
    """A plan: ``value`` is the plan, ``plan_file`` its file (set another one to look at that), ``away`` its calendar.

    ``view`` (see ``VIEWS``) says what is looked at; ``unit``, ``way`` and ``search`` who is listed, ``person_id`` who
    is chosen. ``prices`` are asked for with :meth:`ask_prices`. Approving keeps the plan in the workspace (``kept``).
    """

    STATE = ("plan_file", "view", "unit", "way", "search", "person_id")
    LOOK = ("view", "unit", "way", "search", "person_id")

    plan_file = traitlets.Instance(PlanFile)
    view = traitlets.Enum(list(VIEWS), "wanted")
    unit = traitlets.Unicode(None, allow_none=True)
    way = traitlets.Enum([kind.value for kind in WAYS], None, allow_none=True)
    search = traitlets.Unicode("")
    person_id = traitlets.Unicode(None, allow_none=True)
    value = traitlets.Instance(Plan, allow_none=True, read_only=True)
    away = traitlets.Instance(Away, allow_none=True, read_only=True)
    prices = traitlets.Instance(Prices, allow_none=True, read_only=True)
    kept = traitlets.Unicode("", read_only=True)
    written: Any = traitlets.List(read_only=True)

    def __init__(
        self, workspace: Workspace, plan_file: PlanFile | Path | str, *, pseudonyms: bool | None = None, **state: Any
    ) -> None:
        self._pseudonyms = hidden(pseudonyms)
        self._names = Names(workspace, self._pseudonyms)
        self._background = Background()
        self._pricing = False
        self._known: PlanFile | None = None
        self._called: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._listed: list[Assignment] = []
        super().__init__(workspace, "A plan", plan_file=file_of(plan_file, workspace), **state)

    # --- asking ----------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        file = self.plan_file
        if self._known is not None and self._known.plan is not file.plan:
            self.set_trait("prices", None)
            self.set_trait("kept", "")
            self.set_trait("written", [])
            self.person_id = self.unit = None
        self._called = self._names.of_parts(file.plan.assignments)
        self._titles = _titles(self._workspace)
        self._known = file
        self.set_trait("value", file.plan)
        self.set_trait("away", weeks_away(file))

    def _forget(self) -> None:
        self.set_trait("value", None)
        self.set_trait("away", None)

    def ask_prices(self) -> None:
        """Ask what one more of each limit is worth; the scenario is solved a few times for it, beside the view."""
        if self._pricing:
            return
        self._pricing, file = True, self.plan_file
        self._put(self._write())
        self._background.start(
            lambda: self._workspace.plan_prices(file.scenario, as_of=file.plan.as_of),
            partial(self._priced, file),
            self._not_priced,
        )

    def _priced(self, file: PlanFile, prices: Prices) -> None:
        self._pricing = False
        if file is self.plan_file:
            self.set_trait("prices", prices)
        self._put(self._write())

    def _not_priced(self, error: SkillmatchError) -> None:
        self._pricing = False
        self._complain(error)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for what was asked for; False when that takes longer."""
        return self._background.wait(seconds=seconds)

    # --- writing ---------------------------------------------------------------------------------------------

    def _controls(self) -> str:
        return bar(tabs("view", "What to look at", tuple(VIEWS.values()), list(VIEWS).index(self.view)))

    def _write(self, *, live: bool = True) -> str:
        if self.value is None:
            return ""
        shown = [self.view] if live else [name for name in VIEWS if name != "prices" or self.prices is not None]
        if not has_plan(self.value):
            shown = ["wanted"]
        parts = "".join(self._part(name, live=live) for name in shown)
        return box(PLAN_STYLE, summary_html(self.plan_file), parts, rests_html(self.plan_file))

    def _part(self, name: str, *, live: bool) -> str:
        match name:
            case "wanted":
                return demands_html(self.plan_file)
            case "people":
                return f"<h4>Who does what</h4>{self._filters() if live else ''}{self._people(live=live)}"
            case "weeks":
                return "" if self.away is None else f"<h4>Who is away when</h4>{weeks_html(self.away)}"
            case "prices":
                return f"<h4>What one more is worth</h4>{self._prices(live=live)}"
            case _:
                return export_html(FOLDER, self.written, live=live) + approve_html(
                    self.plan_file.approvals, self.kept, pseudonyms=self._pseudonyms, live=live
                )

    def _units(self) -> list[str]:
        parts = self.plan_file.plan.assignments
        return sorted({item.unit for item in parts if item.kind is not OptionKind.HIRE}, key=str.casefold)

    def _filters(self) -> str:
        units, ways = self._units(), list(WAYS)
        place = units.index(self.unit) + 1 if self.unit in units else 0
        way = next((turn for turn, kind in enumerate(ways, start=1) if kind.value == self.way), 0)
        return (
            '<div class="tools">'
            + select("unit", "Unit", ["All units", *(unit or "No unit" for unit in units)], place)
            + select("way", "How", ["every way", *WAYS.values()], way)
            + text("search", "Search", self.search, hint="a course or person")
            + "</div>"
        )

    def _people(self, *, live: bool) -> str:
        unit, way, search = (self.unit, self.way, self.search) if live else (None, None, "")
        found = matching(self.plan_file.plan.assignments, self._called, unit, way, search)
        if live:
            self._listed = found[:MOST_ROWS]
        wanted = {item.key: item.title for item in self.plan_file.plan.demands}
        currency = self.plan_file.plan.currency
        return people_html(found, self._called, self._titles, wanted, self.person_id, currency, live=live)

    def _prices(self, *, live: bool) -> str:
        if self._pricing:
            return '<p role="status">The scenario is being solved again with a little more of each limit ...</p>'
        if self.prices is not None:
            return prices_html(self.prices, self._titles)
        ask = button("Ask what one more is worth", "price", key="price", kind="main") if live else ""
        return (
            "<p>What one more euro, hour, week or seat would add. For that the scenario is solved again a few times; "
            f"it takes seconds to a minute.</p><p>{ask}</p>"
        )

    # --- what is done in the browser -------------------------------------------------------------------------

    def _choices(self) -> Mapping[str, Callable[[Any], None]]:
        return {"unit": self._choose_unit, "way": self._choose_way, "search": self._look_for}

    def _deeds(self) -> Mapping[str, Deed]:
        return {
            **super()._deeds(),
            "view": self._look_at,
            "choose": self._choose,
            "leave": lambda _: setattr(self, "person_id", None),
            "price": lambda _: self.ask_prices(),
            "export": self._export,
            "export_all": self._export_all,
            "approve": self._approve,
            "check": self._check,
        }

    def _look_at(self, said: Mapping[str, Any]) -> None:
        place = index_of(said, "at", len(VIEWS))
        if place is not None:
            self.view = list(VIEWS)[place]

    def _choose_unit(self, place: Any) -> None:
        units = [None, *self._units()]
        found = index_of({"at": place}, "at", len(units))
        if found is not None:
            self.unit = units[found]

    def _choose_way(self, place: Any) -> None:
        ways = [None, *(kind.value for kind in WAYS)]
        found = index_of({"at": place}, "at", len(ways))
        if found is not None:
            self.way = ways[found]

    def _look_for(self, value: Any) -> None:
        if isinstance(value, str):
            self.search = value[:500]

    def _choose(self, said: Mapping[str, Any]) -> None:
        place = index_of(said, "at", len(self._listed))
        if place is not None:
            self.person_id = self._listed[place].person_id

    def export(self, kind: Handover, folder: Path | str = FOLDER) -> Path:
        """Write one of ``HANDOVERS`` into a folder; returns its path. Raises ``InputError``, ``WorkspaceError``."""
        path, count = hand_over(self._workspace, self.plan_file, Path(folder).expanduser(), kind)
        others = [item for item in self.written if item.path != path]
        self.set_trait("written", [*others, Written(kind.label, path, count)])
        self._told = f"Written to {path}"
        self._put(self._write())
        return path

    def _export(self, said: Mapping[str, Any]) -> None:
        place = said_place(said, "what", len(HANDOVERS))
        if place is not None:
            self.export(HANDOVERS[place], self._folder(said))

    def _export_all(self, said: Mapping[str, Any]) -> None:
        folder = self._folder(said)
        for kind in HANDOVERS:
            self.export(kind, folder)

    def _folder(self, said: Mapping[str, Any]) -> str:
        folder = said_text(said, "folder")
        if not folder:
            raise InputError("No folder is named.", remedy="Write one into 'Folder', then export again.")
        return folder

    def approve(self, by: str, note: str = "") -> None:
        """Keep the plan in the workspace and record who approved it. ``ConflictError`` where it breaks limits."""
        if self.value is None or not has_plan(self.value):
            raise InputError("There is no plan to approve.", remedy="Change the scenario and solve again.")
        kept = self._workspace.keep_plan(self.plan_file, by=by)
        self._workspace.approve_kept_plan(kept.id, by=by, note=note)
        approved = self._workspace.kept_plan(kept.id)[1]
        with self._settling_traits():
            self._known = self.plan_file = approved
            self.set_trait("kept", kept.id)
        self._told = "The plan is approved and kept."
        self.refresh()

    def _approve(self, said: Mapping[str, Any]) -> None:
        self.approve(signed(said), said_text(said, "note"))

    def _check(self, _: Mapping[str, Any]) -> None:
        breaches, changed = self._workspace.check_plan(self.plan_file)
        if breaches:
            raise InputError(
                f"The plan breaks {len(breaches)} rules in the workspace of today.",
                remedy=f"Solve the scenario again. The kinds: {', '.join(sorted({item.rule for item in breaches}))}.",
            )
        told = (
            f"What it rests on has changed since: {', '.join(changed)}."
            if changed
            else "Nothing it rests on has changed."
        )
        self._told = f"The plan holds. {told}"
        self._content = box(f'<div class="aside" role="status">{escape(self._told)}</div>') + self._write()

    def __repr__(self) -> str:
        return f"<PlanView: {'nothing' if self.value is None else self.value.headline()}>"


def _titles(workspace: Workspace) -> dict[str, str]:
    """What roles, skills, credentials and cohorts are called, by id."""
    snapshot = workspace.snapshot()
    found = dict(snapshot.labels) | {role.id: role.title for role in snapshot.roles.values()}
    for credential in snapshot.catalogue.credentials.values():
        found[credential.id] = credential.title
        for cohort in credential.offerings:
            found[cohort.id] = f"{credential.title}, from {cohort.start}"
    return found

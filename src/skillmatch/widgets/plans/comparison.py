"""PlanComparison: two or more plans beside one another; what money buys, what may go wrong, what changed and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import traitlets

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.plans.plan_views import Curve, PlanDiff, Robust
from skillmatch.domain.plans.scenario import Future
from skillmatch.service.plans.planning import CURVE, Search, diff_plan_files
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit.background import Background
from skillmatch.widgets.kit.forms import bar, button, select
from skillmatch.widgets.kit.html import box
from skillmatch.widgets.kit.names import hidden
from skillmatch.widgets.kit.panel import Panel
from skillmatch.widgets.kit.view import Deed, error_html, index_of
from skillmatch.widgets.plans.comparison_view import LETTERS, diff_html, figures_table, named, regret_html, stress_html
from skillmatch.widgets.plans.curve_picture import Mark, curve_html
from skillmatch.widgets.plans.plan_people import plan_given, plan_labels
from skillmatch.widgets.plans.wording import PLAN_STYLE

if TYPE_CHECKING:
    from skillmatch.domain.base.errors import SkillmatchError

SEARCH_SECONDS = 10.0
"""How long each search may take behind the curve and the futures."""

MOST_PLANS = 6

FUTURES = (
    Future("as planned"),
    Future("a quarter more is wanted", demand=1.25),
    Future("prices rise by a quarter", price=1.25),
    Future("many do not finish, some leave", completion=0.75, attrition=0.1),
)
"""What may happen, for scenarios that name fewer than two futures (our assumption; the view says so)."""


class PlanComparison(Panel):
    """Plans side by side; ``value`` are their plan files in the order given.

    Set ``plans`` to plan files, paths, or ids of kept plans. ``first`` and ``second`` are the places of the two
    that are held against each other: ``diff`` is what changed. ``curve``, ``robust``, ``stress`` come
    when asked for.
    """

    STATE = ("plans", "first", "second")

    plans = traitlets.Any(())
    first = traitlets.Int(0)
    second = traitlets.Int(1)
    value = traitlets.Tuple((), read_only=True)
    diff = traitlets.Instance(PlanDiff, allow_none=True, read_only=True)
    curve = traitlets.Instance(Curve, allow_none=True, read_only=True)
    robust = traitlets.Instance(Robust, allow_none=True, read_only=True)
    stress = traitlets.Tuple((), read_only=True)

    def __init__(
        self, workspace: Workspace, plans: Sequence[Any] = (), *, pseudonyms: bool | None = None, **state: Any
    ) -> None:
        self._pseudonyms = hidden(pseudonyms)
        self._labels: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._ours = False
        self._working = ""
        self._behind = Background(self._failed)
        super().__init__(workspace, "Plans compared", plans=tuple(plans), **state)

    def _ask(self) -> None:
        if not isinstance(self.plans, list | tuple) or len(self.plans) > MOST_PLANS:
            raise InputError(f"needs a list of at most {MOST_PLANS} plans.", field="plans", remedy="Give fewer.")
        files = tuple(plan_given(self._workspace, given) for given in self.plans)
        if len(files) != len(self.value) or any(one is not other for one, other in zip(files, self.value, strict=True)):
            self._forget()
            self.set_trait("value", files)
        last = max(len(files) - 1, 0)
        self.first, self.second = min(max(self.first, 0), last), min(max(self.second, 0), last)
        snapshot = self._workspace.snapshot()
        self._titles = {
            **snapshot.labels,
            **{name: item.title for name, item in snapshot.catalogue.credentials.items()},
            **{role.id: role.title for role in self._workspace.roles.all()},
        }
        self.set_trait("diff", None)
        if len(files) < 2:
            return
        old, new = files[self.first], files[self.second]
        self.set_trait("diff", diff_plan_files(old, new))
        parts = {item.person_id: item for item in (*old.plan.assignments, *new.plan.assignments)}
        self._labels = plan_labels(self._workspace, parts.values(), pseudonyms=self._pseudonyms)

    def _forget(self) -> None:
        self._behind.forget()
        self._working = ""
        for name in ("diff", "curve", "robust"):
            self.set_trait(name, None)
        for name in ("value", "stress"):
            self.set_trait(name, ())

    # --- how it is written -----------------------------------------------------------------------------------

    def _write(self, *, live: bool = True) -> str:
        files = self.value
        if not files:
            return box(PLAN_STYLE, "<p>No plans yet. Set <code>plans</code> to two or more of them.</p>")
        parts = [PLAN_STYLE, "<h3>Plans compared</h3>", figures_table(files), self._money(live=live)]
        parts.append(self._risks(live=live))
        if self.diff is not None:
            names = named(files)
            pair = f"{names[self.first]} → {names[self.second]}"
            old, new = files[self.first], files[self.second]
            parts.append(diff_html(old, new, self.diff, self._labels, self._titles, pair))
        return box(*parts)

    def _money(self, *, live: bool) -> str:
        title = "<h4>What each budget covers</h4>"
        if self.curve is not None:
            marks = [
                Mark(letter, file.plan.cost, file.plan.coverage)
                for letter, file in zip(LETTERS, self.value, strict=False)
                if file.plan.assignments
            ]
            return title + curve_html(self.curve, marks, live=live)
        return title + self._offer("curve", f"Draw the curve of {LETTERS[self.first]}") if live else ""

    def _risks(self, *, live: bool) -> str:
        if self.stress:
            futures = "" if self.robust is None else regret_html(self.robust, self._titles, ours=self._ours)
            return stress_html(self.value, self.stress) + futures
        title = "<h4>What may go wrong</h4>"
        return title + self._offer("stress", "Hold them against draws and futures") if live else ""

    def _offer(self, what: str, words: str) -> str:
        if self._working == what:
            return '<p class="busy">Solving again</p>'
        return f"<p>{button(words, what, key=what, off=bool(self._working))}</p>"

    def _controls(self) -> str:
        if len(self.value) < 2:
            return ""
        names = named(self.value)
        return bar(select("first", "What changed from", names, self.first), select("second", "to", names, self.second))

    # --- what is done in the browser -------------------------------------------------------------------------

    def _choices(self) -> Mapping[str, Callable[[Any], None]]:
        return {"first": lambda at: self._choose("first", at), "second": lambda at: self._choose("second", at)}

    def _choose(self, which: str, place: Any) -> None:
        found = index_of({"at": place}, "at", len(self.value))
        if found is None:
            return
        if which == "first" and found != self.first:
            self.set_trait("curve", None)
            self.set_trait("robust", None)
            self.set_trait("stress", ())
        setattr(self, which, found)

    def _deeds(self) -> Mapping[str, Deed]:
        return {**super()._deeds(), "curve": lambda _: self.draw_curve(), "stress": lambda _: self.hold_against()}

    def draw_curve(self) -> None:
        """Ask what each budget would cover in the first plan's scenario; ``curve`` is there when it is done."""
        if not self.value:
            return
        file = self.value[self.first]
        budget = file.scenario.limits.budget or file.plan.cost
        if budget <= 0:
            raise InputError(
                "The first plan has no budget and costs nothing.",
                remedy="Choose one that spends money.",
            )

        most = max(item.plan.cost for item in self.value)  # so that the others lie on the picture too

        def work() -> None:
            budgets = tuple(sorted({*(share * budget for share in CURVE), *_beyond(2 * budget, most)}))
            found = self._workspace.plans.curve(
                file.scenario, budgets=budgets, search=Search(time_limit=SEARCH_SECONDS), as_of=file.plan.as_of
            )
            self._behind.post(lambda: self._arrived(file, curve=found))

        self._start("curve", work)

    def hold_against(self) -> None:
        """Hold the plans against draws of who completes and leaves, the first one's scenario against its futures."""
        if not self.value:
            return
        files, file = self.value, self.value[self.first]
        self._ours = ours = len(file.scenario.futures) < 2

        def work() -> None:
            stress = tuple(self._workspace.plans.stress(item) for item in files)
            scenario = replace(file.scenario, futures=FUTURES) if ours else file.scenario
            robust = self._workspace.plans.robust(
                scenario, search=Search(time_limit=SEARCH_SECONDS), as_of=file.plan.as_of
            )
            self._behind.post(lambda: self._arrived(file, stress=stress, robust=robust))

        self._start("stress", work)

    def wait(self, seconds: float | None = None) -> bool:
        """Until what was asked for is there, for scripts; whether it is."""
        return self._behind.wait(seconds)

    def _start(self, what: str, work: Callable[[], None]) -> None:
        if self._behind.busy:
            return
        self._working = what
        self._put(self._write())
        self._behind.start(work)

    def _arrived(self, file: Any, **found: Any) -> None:
        self._working = ""
        if self.value and self.value[self.first] is file:
            for name, answer in found.items():
                self.set_trait(name, answer)
        self._put(self._write())

    def _failed(self, error: SkillmatchError) -> None:
        self._working = ""
        self._complain(error)

    def _complain(self, error: SkillmatchError) -> None:
        self._put(error_html(error) + self._safely_written())

    def __repr__(self) -> str:
        return f"<PlanComparison: {len(self.value)} plans>"


def _beyond(reached: float, most: float) -> tuple[float, ...]:
    """Budgets beyond those of a curve, up to what the dearest plan costs."""
    if most <= reached:
        return ()
    return tuple(reached + (most - reached) * share for share in (1 / 3, 2 / 3, 1.0))

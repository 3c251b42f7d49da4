"""PlanComparison: two plans or more beside one another, to decide between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import traitlets

from skillmatch.domain.errors import InputError, SkillmatchError
from skillmatch.domain.plan_views import Curve, PlanDiff, Robust, Stress
from skillmatch.domain.scenario import Future
from skillmatch.service.planning import diff_plan_files
from skillmatch.service.values import PlanFile
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.background import Background
from skillmatch.widgets.compare_picture import picture
from skillmatch.widgets.compare_view import (
    curve_table,
    diff_html,
    figures_html,
    plans_table,
    regrets_html,
    stresses_html,
)
from skillmatch.widgets.forms import bar, button, select, tabs
from skillmatch.widgets.html import box
from skillmatch.widgets.names import Names
from skillmatch.widgets.panel import Panel
from skillmatch.widgets.plan_style import PLAN_STYLE
from skillmatch.widgets.plan_view import file_of, titles_of
from skillmatch.widgets.privacy import hidden
from skillmatch.widgets.view import Deed, index_of

VIEWS = {"figures": "Side by side", "cost": "Cost and cover", "futures": "Futures", "changed": "What changed"}

FUTURES = (
    Future("as planned"),
    Future("a quarter more is wanted", demand=1.25),
    Future("prices rise by a quarter", price=1.25),
    Future("many do not finish, some leave", completion=0.75, attrition=0.1),
)
"""What may happen, for scenarios that name fewer than two futures (our assumption; the view says so)."""


class PlanComparison(Panel):
    """Plans beside one another: ``plan_files`` are compared, ``value`` are their plans.

    ``view`` (see ``VIEWS``) says what is looked at. ``of`` is the place of the plan whose scenario the ``curve`` and
    the futures (``robust``, ``stresses``) are asked for, with :meth:`ask_curve` and :meth:`ask_futures`; ``diff`` is
    what changed from the plan at ``before`` to the one at ``after``.
    """

    STATE = ("plan_files", "view", "of", "before", "after")
    LOOK = ("view",)

    plan_files: Any = traitlets.Tuple()
    view = traitlets.Enum(list(VIEWS), "figures")
    of = traitlets.Int(0)
    before = traitlets.Int(0)
    after = traitlets.Int(1)
    value: Any = traitlets.Tuple(read_only=True)
    curve = traitlets.Instance(Curve, allow_none=True, read_only=True)
    robust = traitlets.Instance(Robust, allow_none=True, read_only=True)
    stresses: Any = traitlets.Tuple(read_only=True)
    diff = traitlets.Instance(PlanDiff, allow_none=True, read_only=True)

    def __init__(
        self,
        workspace: Workspace,
        plans: Sequence[PlanFile | Path | str] | Mapping[str, PlanFile | Path | str],
        *,
        pseudonyms: bool | None = None,
        **state: Any,
    ) -> None:
        self._names = Names(workspace, hidden(pseudonyms))
        self._background = Background()
        self._busy = ""
        self._asked_for: PlanFile | None = None
        self._titles: dict[str, str] = {}
        self._given = tuple(plans) if isinstance(plans, Mapping) else ()
        listed = plans.values() if isinstance(plans, Mapping) else plans
        super().__init__(
            workspace, "Plans compared", plan_files=tuple(file_of(item, workspace) for item in listed), **state
        )

    # --- asking ----------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        files = self.plan_files
        if len(files) < 2:
            raise InputError("Two plans are needed to compare.", remedy="Give two or more, and refresh().")
        for name in ("of", "before", "after"):
            if not 0 <= getattr(self, name) < len(files):
                setattr(self, name, 0)
        if files[self.of] is not self._asked_for:
            self._asked_for = files[self.of]
            self.set_trait("curve", None)
            self.set_trait("robust", None)
            self.set_trait("stresses", ())
        self._titles = titles_of(self._workspace)
        self.set_trait("value", tuple(file.plan for file in files))
        self.set_trait("diff", diff_plan_files(files[self.before], files[self.after]))

    def _forget(self) -> None:
        self.set_trait("value", ())
        self.set_trait("diff", None)

    def ask_curve(self) -> None:
        """Ask how far each budget would lead in the chosen plan's scenario; it is solved a few times for it."""
        file = self.plan_files[self.of]
        self._start("curve", lambda: self._workspace.plan_curve(file.scenario, as_of=file.plan.as_of), file)

    def ask_futures(self) -> None:
        """Ask what holds in several futures, and what draws of who finishes and stays make of each plan."""
        file, files = self.plan_files[self.of], self.plan_files

        def asked() -> tuple[Robust, tuple[Stress, ...]]:
            scenario = file.scenario
            if len(scenario.futures) < 2:
                scenario = replace(scenario, futures=FUTURES)
            robust = self._workspace.plan_robust(scenario, as_of=file.plan.as_of)
            return robust, tuple(self._workspace.stress_plan(item) for item in files)

        self._start("futures", asked, file)

    def _start(self, what: str, work: Callable[[], Any], file: PlanFile) -> None:
        if self._busy:
            return
        self._busy = what
        self._put(self._write())
        self._background.start(work, partial(self._answered, what, file), self._not_answered)

    def _answered(self, what: str, file: PlanFile, found: Any) -> None:
        self._busy = ""
        if file is self._asked_for:
            if what == "curve":
                self.set_trait("curve", found)
            else:
                self.set_trait("robust", found[0])
                self.set_trait("stresses", found[1])
        self._put(self._write())

    def _not_answered(self, error: SkillmatchError) -> None:
        self._busy = ""
        self._complain(error)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for what was asked for; False when that takes longer."""
        return self._background.wait(seconds=seconds)

    # --- writing ---------------------------------------------------------------------------------------------

    def _letters(self) -> list[str]:
        return [_letter(place) for place in range(len(self.plan_files))]

    def _labels(self) -> list[str]:
        """What plans are called: as they were given, else by their scenarios; each with its letter."""
        names = (
            self._given
            if len(self._given) == len(self.plan_files)
            else [file.plan.scenario for file in self.plan_files]
        )
        return [f"{letter}  {name}" for letter, name in zip(self._letters(), names, strict=True)]

    def _controls(self) -> str:
        return bar(tabs("view", "What to look at", tuple(VIEWS.values()), list(VIEWS).index(self.view)))

    def _write(self, *, live: bool = True) -> str:
        if not self.value:
            return ""
        asked = {"figures": True, "cost": True, "futures": self.robust is not None, "changed": True}
        shown = [self.view] if live else [name for name, there in asked.items() if there]
        return box(PLAN_STYLE, f"<h3>{len(self.value)} plans</h3>", *(self._part(name, live=live) for name in shown))

    def _part(self, name: str, *, live: bool) -> str:
        match name:
            case "figures":
                return figures_html(self._labels(), self.plan_files)
            case "cost":
                return self._cost(live=live)
            case "futures":
                return self._futures(live=live)
            case _:
                return self._changed(live=live)

    def _choose_of(self) -> str:
        return f'<div class="tools">{select("of", "Of the scenario of", self._labels(), self.of)}</div>'

    def _cost(self, *, live: bool) -> str:
        drawn = picture(self.plan_files, self._letters(), self.curve)
        table = plans_table(self._labels(), self.plan_files)
        if self.curve is not None:
            table += f"<h4>How far each budget leads: {_letter(self.of)}</h4>{curve_table(self.curve)}"
        choose = self._choose_of() if live else ""
        return f"<h4>Cost and cover</h4>{choose}{self._button('curve', live=live)}{drawn}{table}"

    def _futures(self, *, live: bool) -> str:
        ours = len(self.plan_files[self.of].scenario.futures) < 2
        names = ", ".join(item.name for item in FUTURES)
        note = f'<p class="quiet">Its scenario names no futures; taken are: {names}.</p>' if ours else ""
        answer = ""
        if self.robust is not None:
            answer = regrets_html(self.robust, self._titles) + stresses_html(self._labels(), self.stresses)
        choose = self._choose_of() if live else ""
        return f"<h4>What holds in several futures</h4>{choose}{note}{self._button('futures', live=live)}{answer}"

    def _button(self, what: str, *, live: bool) -> str:
        if not live:
            return ""
        if self._busy:
            return '<p role="status">The scenario is being solved for it ...</p>'
        if (self.curve if what == "curve" else self.robust) is not None:
            return ""
        label = "Ask how far each budget would lead" if what == "curve" else "Ask what holds in these futures"
        return f"<p>{button(label, what, key=what, kind='main')}</p>"

    def _changed(self, *, live: bool) -> str:
        if self.diff is None:
            return ""
        files = (self.plan_files[self.before], self.plan_files[self.after])
        parts = [*files[0].plan.assignments, *files[1].plan.assignments]
        called = self._names.of_parts(parts)
        labels = self._labels()
        choose = f"<p>From {_letter(self.before)} to {_letter(self.after)}.</p>"
        if live:
            ends = select("before", "From", labels, self.before) + select("after", "To", labels, self.after)
            choose = f'<div class="tools">{ends}</div>'
        return f"<h4>What changed</h4>{choose}{diff_html(self.diff, files, called, self._titles, live=live)}"

    # --- what is done in the browser -------------------------------------------------------------------------

    def _choices(self) -> Mapping[str, Callable[[Any], None]]:
        return {name: partial(self._choose, name) for name in ("of", "before", "after")}

    def _choose(self, name: str, value: Any) -> None:
        place = index_of({"at": value}, "at", len(self.plan_files))
        if place is not None:
            setattr(self, name, place)

    def _deeds(self) -> Mapping[str, Deed]:
        return {
            **super()._deeds(),
            "view": self._look_at,
            "curve": lambda _: self.ask_curve(),
            "futures": lambda _: self.ask_futures(),
        }

    def _look_at(self, said: Mapping[str, Any]) -> None:
        place = index_of(said, "at", len(VIEWS))
        if place is not None:
            self.view = list(VIEWS)[place]

    def __repr__(self) -> str:
        return f"<PlanComparison: {len(self.plan_files)} plans>"


def _letter(place: int) -> str:
    return chr(ord("A") + place) if place < 26 else f"{place + 1}"

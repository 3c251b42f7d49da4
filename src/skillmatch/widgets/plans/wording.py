"""What planners call the parts of a plan: ways, causes, limits, and shares with the decimals that tell plans apart."""

from __future__ import annotations

from collections.abc import Mapping

from skillmatch.domain.plans.plan import Cause, OptionKind, Plan, PlanStatus

WAYS: Mapping[OptionKind, str] = {
    OptionKind.STAY: "stays",
    OptionKind.MOVE: "moves",
    OptionKind.RECOGNISE: "is recognised",
    OptionKind.TRAIN: "learns",
    OptionKind.HIRE: "is hired",
}

CAUSES: Mapping[Cause, str] = {
    Cause.MONEY: "no money left",
    Cause.HOURS: "too few hours a week",
    Cause.SEATS: "no seats left",
    Cause.DATES: "no dates that fit",
    Cause.NOBODY_CLOSE: "nobody close enough",
    Cause.NOTHING_TEACHES: "nothing in the catalogue teaches it",
    Cause.NOT_DECIDED: "not decided: the search ended before",
}

HELP: Mapping[Cause, str] = {
    Cause.MONEY: "Raise the budget, or ask what more would buy.",
    Cause.HOURS: "Allow more hours a week, or a later day.",
    Cause.SEATS: "Ask the provider for another cohort.",
    Cause.DATES: "Let more be away at once, or set a later day.",
    Cause.NOBODY_CLOSE: "Widen the scope, allow hiring, or lower what counts as ready.",
    Cause.NOTHING_TEACHES: "Add a credential that teaches it, or hire.",
    Cause.NOT_DECIDED: "Let it search on.",
}

ENDS: Mapping[PlanStatus, str] = {
    PlanStatus.OPTIMAL: "Proven: no plan made of the options considered is better.",
    PlanStatus.FEASIBLE: "A plan that keeps every limit; a better one may exist, within the bound.",
    PlanStatus.INFEASIBLE: "No plan keeps all of the limits and musts.",
    PlanStatus.TIMED_OUT: "The time ran out before any plan was found.",
}

LIMITS: Mapping[str, str] = {
    "limits.budget": "Money",
    "limits.hours": "Hours together",
    "limits.hours_per_week": "Hours a week, each",
    "limits.weeks": "Weeks",
    "limits.most_away": "People of a unit away at once",
}


def limit_name(key: str) -> str:
    """What a limit is called; one that has no word of its own by its key."""
    return LIMITS.get(key, key.removeprefix("limits.").replace("_", " "))


def per_cent(value: float) -> str:
    """A share (0-1) with one decimal, rounded down where all of it is not quite there."""
    shown = f"{100 * value:.1f}"
    return "over 99.9 %" if shown == "100.0" and value < 1 else f"{shown} %"


def told_of(plan: Plan) -> str:
    """A plan in one line: how the search ended, what is covered, and what no plan can exceed."""
    if not plan.assignments and plan.status in (PlanStatus.INFEASIBLE, PlanStatus.TIMED_OUT):
        return f"{plan.status.value}, no plan"
    covered, bound = per_cent(plan.coverage), per_cent(plan.coverage_bound)
    return f"{plan.status.value}, covers {covered}; no plan can exceed {bound}"


def places(count: int) -> str:
    """So many places."""
    return "1 place" if count == 1 else f"{count:,} places"


def people(count: int) -> str:
    """So many people."""
    return "1 person" if count == 1 else f"{count:,} people"


PLAN_STYLE = """\
<style>
.skillmatch .proof { font-size: 22px; line-height: 1.25; margin: 8px 0 2px; font-variant-numeric: tabular-nums; }
.skillmatch .proof .then { font-size: 15px; color: var(--jp-content-font-color2, #566072); }
.skillmatch .stack { position: relative; display: block; height: 14px; border-radius: 2px; overflow: hidden;
  margin: 6px 0 4px; background: var(--jp-layout-color3, #dfe4eb); }
.skillmatch .stack i { position: absolute; left: 0; top: 0; bottom: 0; background: #0072b2; }
.skillmatch .stack i.might { background: repeating-linear-gradient(45deg, #5fa8d6 0 3px, transparent 3px 7px); }
.skillmatch .stack i.today, .skillmatch .legend i.today {
  background: color-mix(in srgb, #0072b2 45%, var(--jp-content-font-color1, #10151d)); }
.skillmatch .stack i.over { background: #d55e00; }
.skillmatch .stack b { position: absolute; top: 0; bottom: 0; width: 2px;
  background: var(--jp-content-font-color1, #1c2330); }
.skillmatch td .stack { width: 120px; height: 10px; margin: 4px 0; }
.skillmatch .legend { display: flex; flex-wrap: wrap; gap: 2px 16px; list-style: none; margin: 2px 0 8px; padding: 0;
  color: var(--jp-content-font-color2, #566072); font-size: 12px; }
.skillmatch .legend i { display: inline-block; width: 12px; height: 10px; border-radius: 2px; margin-right: 5px; }
.skillmatch .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 6px 24px;
  margin: 8px 0; padding: 0; list-style: none; }
.skillmatch .figures li { margin: 0; border-top: 2px solid var(--jp-border-color2, #d8dde5); padding-top: 4px; }
.skillmatch .figures strong { display: block; font-size: 16px; font-variant-numeric: tabular-nums; }
.skillmatch .weeks { --label: 190px; margin: 6px 0 8px; }
.skillmatch .weeks .week-row { display: flex; align-items: center; border-top: 1px solid;
  border-color: var(--jp-border-color2, #d8dde5); }
.skillmatch .weeks .unit { width: var(--label); flex: none; padding-right: 10px; overflow-wrap: anywhere; }
.skillmatch .weeks svg { width: 100%; height: 44px; flex: 1; min-width: 0; }
.skillmatch .weeks .axis { position: relative; height: 20px; margin-left: calc(var(--label) + 10px); font-size: 12px;
  color: var(--jp-content-font-color2, #566072); }
.skillmatch .weeks .axis span { position: absolute; white-space: nowrap; padding-left: 3px; border-left: 1px solid; }
.skillmatch svg .bar { fill: #3f8fc4; }
.skillmatch svg .bar.full { fill: #d55e00; }
.skillmatch svg .limit { stroke: var(--jp-content-font-color1, #1c2330); stroke-width: 1.5; stroke-dasharray: 5 3; }
.skillmatch svg .base { stroke: var(--jp-border-color1, #8a94a3); }
.skillmatch svg .bound { fill: none; stroke: var(--jp-content-font-color2, #566072); stroke-width: 1.5;
  stroke-dasharray: 5 3; }
.skillmatch svg .cover { fill: none; stroke: #2b86c2; stroke-width: 2.5; }
.skillmatch svg .dot { fill: #2b86c2; stroke: var(--jp-layout-color1, #ffffff); stroke-width: 1.5; }
.skillmatch svg .dot.own { fill: #d55e00; }
.skillmatch input[type="number"], .skillmatch input[type="date"] { font: inherit; height: 26px; padding: 0 5px;
  color: var(--jp-content-font-color1, #1c2330); background: var(--jp-layout-color1, #ffffff);
  border: 1px solid var(--jp-border-color1, #8a94a3); border-radius: 3px; color-scheme: inherit; }
.skillmatch input[type="number"] { width: 62px; }
.skillmatch input.cost { width: 74px; }
.skillmatch fieldset { border: 1px solid var(--jp-border-color2, #d8dde5); border-radius: 4px; margin: 6px 0;
  padding: 4px 12px 6px; min-width: 0; }
.skillmatch legend { padding: 0 5px; font-weight: 600; }
.skillmatch .editor td, .skillmatch .editor th { padding: 3px 10px 3px 0; }
.skillmatch .editor td label { white-space: nowrap; }
.skillmatch .wrong { padding-left: 8px; margin: 2px 0; border-left: 3px solid #d55e00; }
.skillmatch .wrong:empty { display: none; }
.skillmatch .editor tr.spot td { border: 0; padding: 0; }
.skillmatch .editor tr:has(+ tr.spot) > td { border-bottom: 0; }
.skillmatch .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.skillmatch .stale { border-left: 3px solid #e69f00; padding-left: 10px; }
.skillmatch .busy::before { content: ""; display: inline-block; width: 9px; height: 9px; margin-right: 7px;
  border-radius: 50%; border: 2px solid var(--jp-brand-color1, #1565c0); border-right-color: transparent;
  animation: skillmatch-turn 1s linear infinite; }
@keyframes skillmatch-turn { to { transform: rotate(360deg); } }
@media (prefers-reduced-motion: reduce) { .skillmatch .busy::before { animation: none; } }
@media (max-width: 860px) { .skillmatch .editor select { max-width: 176px; }
  .skillmatch .editor input[type="number"] { width: 42px; } .skillmatch .editor input[type="text"] { width: 130px; }
  .skillmatch .editor input[type="date"] { width: 112px; padding: 0 2px; }
  .skillmatch .editor td, .skillmatch .editor th { padding-right: 5px; }
  .skillmatch .editor thead th { white-space: normal; } .skillmatch .weeks { --label: 120px; }
  .skillmatch td .stack { width: 72px; } }
</style>"""

"""Plans beside one another as HTML: figures, demands, what may go wrong, and who is told something else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from skillmatch.domain.plans.plan import Assignment, OptionKind, PlanStatus
from skillmatch.domain.plans.plan_views import PlanDiff, Robust, Stress
from skillmatch.widgets.kit.html import cell, escape, heads, number, row
from skillmatch.widgets.plans.plan_parts import SCROLLS
from skillmatch.widgets.plans.scenario_difference import differences, key_words, value_words
from skillmatch.widgets.plans.wording import WAYS, limit_name, people, per_cent

if TYPE_CHECKING:
    from skillmatch.service.plans.planning import PlanFile

MOST_PARTS = 100
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def named(files: Sequence[PlanFile]) -> tuple[str, ...]:
    """Each plan's letter and the name of its scenario."""
    return tuple(f"{letter}: {file.plan.scenario}" for letter, file in zip(LETTERS, files, strict=False))


def figures_table(files: Sequence[PlanFile]) -> str:
    """A column for each plan; the best of a line is bold where they differ."""
    lines: list[tuple[str, Callable[[PlanFile], float], Callable[[PlanFile, float], str], int]] = [
        ("Covers", lambda file: file.plan.coverage, lambda _, value: per_cent(value), 1),
        ("No plan can exceed", lambda file: file.plan.coverage_bound, lambda _, value: per_cent(value), 0),
        ("Spent", lambda file: file.plan.cost, lambda file, value: number(round(value), file.plan.currency), -1),
        ("Hours of learning", lambda file: file.plan.hours, lambda _, value: number(round(value)), -1),
        ("People with something new", lambda file: _count(file, OptionKind.STAY, without=True), _plain, 0),
        ("of these to be hired", lambda file: _count(file, OptionKind.HIRE), _plain, 0),
        ("Places that stay empty", lambda file: sum(item.places for item in file.plan.unmet), _plain, -1),
    ]
    body = ""
    for name, of, shown, better in lines:
        values = [of(file) for file in files]
        best = max(values) if better > 0 else min(values)
        cells = []
        for file, value in zip(files, values, strict=True):
            text = escape(shown(file, value))
            wins = better and value == best and len({round(item, 9) for item in values}) > 1
            bar = _bar(file) if name == "Covers" else ""
            cells.append(cell((f"<strong>{text}</strong>" if wins else text) + bar, "number"))
        body += row([f'<th scope="row">{name}</th>', *cells])
    ends = "".join(cell(_ended(file), "number") for file in files)
    body += row(['<th scope="row">The search</th>', ends])
    more = _limits(files) + _demands(files)
    return f'<div class="wide"><table>{_head("", files)}<tbody>{body}{more}</tbody></table></div>'


def _head(first: str, files: Sequence[PlanFile]) -> str:
    return heads(first, *(f">{name}" for name in named(files)))


def _plain(_: PlanFile, value: float) -> str:
    return number(value)


def _count(file: PlanFile, kind: OptionKind, *, without: bool = False) -> int:
    return sum((item.kind is kind) is not without for item in file.plan.assignments)


def _bar(file: PlanFile) -> str:
    plan = file.plan
    return (
        '<span class="stack" aria-hidden="true" style="margin-left:auto">'
        f'<i class="might" style="width:{plan.coverage_bound:.1%}"></i><i style="width:{plan.coverage:.1%}"></i></span>'
    )


def _ended(file: PlanFile) -> str:
    words = {
        PlanStatus.OPTIMAL: "proven best",
        PlanStatus.FEASIBLE: "ended before it was proven",
        PlanStatus.INFEASIBLE: "no plan keeps the limits",
        PlanStatus.TIMED_OUT: "no plan found in time",
    }
    return words[file.plan.status]


def _limits(files: Sequence[PlanFile]) -> str:
    """The limits that are not the same for all of them."""
    body = ""
    for name in ("budget", "hours_per_week", "weeks", "hours", "most_away"):
        values = [getattr(file.scenario.limits, name) for file in files]
        if len(set(values)) > 1:
            cells = [
                cell(escape(value_words(f"limits.{name}", value, file.scenario.limits.currency, {})), "number")
                for file, value in zip(files, values, strict=True)
            ]
            body += row([f'<th scope="row">{limit_name(f"limits.{name}")}</th>', *cells])
    head = f'<th class="group" scope="rowgroup" colspan="{len(files) + 1}">Limits that differ</th>'
    return row([head]) + body if body else ""


def _demands(files: Sequence[PlanFile]) -> str:
    """How many places of each demand are filled; plans of other scenarios have none of some."""
    titles: dict[tuple[str, str], None] = {}
    for file in files:
        titles |= dict.fromkeys((item.key.partition("[")[0], item.title) for item in file.plan.demands)
    body = ""
    for kind, title in titles:
        cells = []
        for file in files:
            mine = [item for item in file.plan.demands if (item.key.partition("[")[0], item.title) == (kind, title)]
            met, wanted = sum(item.met for item in mine), sum(item.wanted for item in mine)
            cells.append(cell(f"{met} of {wanted}" if mine else '<span class="quiet">not asked</span>', "number"))
        body += row([f'<th scope="row">{escape(title)}</th>', *cells])
    head = f'<th class="group" scope="rowgroup" colspan="{len(files) + 1}">Places filled</th>'
    return row([head]) + body if body else ""


def stress_html(files: Sequence[PlanFile], stress: Sequence[Stress]) -> str:
    """What each plan covers when not everybody completes and some leave."""
    if len({item.draws for item in stress}) != 1:
        return ""
    shares = [share for share, _ in stress[0].quantiles]
    body = row(['<th scope="row">on average</th>', *(cell(per_cent(item.mean), "number") for item in stress)])
    for place, share in enumerate(shares):
        name = {0.0: "in the worst draw", 0.5: "in half of the draws at most", 1.0: "in the best draw"}.get(share)
        cells = [cell(per_cent(item.quantiles[place][1]), "number") for item in stress]
        body += row([f'<th scope="row">{name or f"in {100 * share:g} % of the draws at most"}</th>', *cells])
    table = f'<div class="wide"><table>{_head("Covers", files)}<tbody>{body}</tbody></table></div>'
    return (
        f'<h4>When not everybody finishes, and some leave <span class="quiet">{stress[0].draws:,} draws</span></h4>'
        f"{table}"
        '<p class="quiet">With the chances that each scenario states; without any, they make no difference.</p>'
    )


def regret_html(robust: Robust, titles: Mapping[str, str], *, ours: bool) -> str:
    """What each plan gives up in each future, against the best that was found for that future."""
    plans = list(dict.fromkeys(item.plan for item in robust.table))
    futures = list(dict.fromkeys(item.future for item in robust.table))
    found = {(item.plan, item.future): item.regret for item in robust.table}
    body = ""
    for plan in plans:
        mine = [found[plan, future] for future in futures]
        cells = [cell(f"{value:.2f}", "number") for value in (*mine, max(mine))]
        mark = ' class="chosen"' if plan == robust.chosen else ""
        name = "the scenario as it is" if plan == "scenario" else plan
        body += f'<tr{mark}><th scope="row">{escape(name)}</th>{"".join(cells)}</tr>'
    head = heads("Plan", *(f">{name}" for name in futures), ">At worst")
    sure = (
        "<p>No regret: these are in the best plan of every future; start with them.</p>"
        + _titles(robust.no_regret, titles)
        if robust.no_regret
        else "<p>No credential is in the best plan of every future.</p>"
    )
    if robust.single_future:
        bets = [f"{titles.get(name, name)}, if {future}" for name, future in robust.single_future]
        sure += f"<p>Bets on one future:</p>{_titles(bets, {})}"
    said = "Its scenario names no two futures; these are ours, to begin with. " if ours else ""
    return (
        f"<h4>Regret <span class='quiet'>{escape(robust.scenario)}: places given up in each future</span></h4>"
        f'<div class="wide"><table>{head}<tbody>{body}</tbody></table></div>'
        f"<p>{said}Marked: the plan that gives up least at worst, {robust.worst_regret:.2f} places.</p>{sure}"
    )


def _titles(names: Sequence[str], titles: Mapping[str, str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(titles.get(name, name))}</li>' for name in names)}</ul>"


def diff_html(
    old: PlanFile, new: PlanFile, diff: PlanDiff, labels: Mapping[str, str], titles: Mapping[str, str], names: str
) -> str:
    """What went in differently, and whose part is another one, with what that is put down to.

    ``labels`` names the people, ``titles`` roles, skills and credentials by id.
    """
    inputs = "".join(
        row(
            [
                f'<th scope="row" class="long">{escape(item.name)}</th>',
                cell(escape(item.before), "long"),
                cell(escape(item.after), "long"),
            ]
        )
        for item in differences(old.scenario, new.scenario, titles)
    )
    inputs += "".join(
        row(['<th scope="row">Seed of the search</th>', cell(escape(item.before)), cell(escape(item.after))])
        for item in diff.inputs
        if item.what == "search"
    )
    data = ", ".join(escape(item.key) for item in diff.inputs if item.what == "data" and item.key != "scenario")
    went = (
        f'<div class="wide"><table>{heads("What went in", "Before", "After")}<tbody>{inputs}</tbody></table></div>'
        if inputs
        else "<p>The same scenario.</p>"
    )
    if data:
        went += f"<p>Data that changed: {data}.</p>"
    before = {item.person_id: item for item in old.plan.assignments}
    after = {item.person_id: item for item in new.plan.assignments}
    parts = "".join(
        row(
            [
                f'<th scope="row">{escape(labels.get(item.key, "somebody"))}</th>',
                cell(_part(before.get(item.key), titles)),
                cell(_part(after.get(item.key), titles)),
                cell(f'<span class="quiet">{escape(_cause(item.cause, new, titles))}</span>'),
            ]
        )
        for item in diff.parts[:MOST_PARTS]
    )
    told = "<p>Nobody's part is another one.</p>"
    if parts:
        head = heads("Person", "Before", "After", "Put down to")
        more = len(diff.parts) - MOST_PARTS
        rest = f'<p class="quiet">and {more:,} more</p>' if more > 0 else ""
        told = (
            f"<p>{people(len(diff.parts))} would be told something else.</p>"
            f"{SCROLLS}<table>{head}<tbody>{parts}</tbody></table></div>{rest}"
        )
    return f"<h4>What changed, and why <span class='quiet'>{escape(names)}</span></h4>{went}{told}"


def _cause(cause: str, new: PlanFile, titles: Mapping[str, str]) -> str:
    """What a part is put down to: the first key is named, what follows it stays."""
    key, _, more = cause.partition(" and ")
    named_ = key_words(key, new.scenario, titles)
    return f"{named_} and {more}" if more else named_


def _part(item: Assignment | None, names: Mapping[str, str]) -> str:
    if item is None:
        return '<span class="quiet">nothing</span>'
    titles = ", ".join(escape(step.title) for step in item.steps)
    role = f" → {escape(names.get(item.role_id, item.role_id))}" if item.role_id else ""
    return f"{WAYS[item.kind]}{f' {titles}' if titles else ''}{role}"

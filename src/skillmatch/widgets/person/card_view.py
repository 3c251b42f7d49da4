"""A person's card as HTML: gap with intervals and evidence, what to do next and why, pathways, claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from skillmatch.domain.advice.advice import Advice, Exclusion, Reason, Recommendation
from skillmatch.domain.advice.counterfactual import Counterfactual
from skillmatch.domain.advice.pathway import Pace, Pathway
from skillmatch.domain.base.answer import Status
from skillmatch.domain.people.claim_views import ClaimLine, ClaimList
from skillmatch.domain.people.gap import Gap, Profile
from skillmatch.widgets.kit.forms import button
from skillmatch.widgets.kit.html import box, cell, escape, heads, number, row, share
from skillmatch.widgets.kit.states import LOOKS
from skillmatch.widgets.person.lines_view import beyond_html, lines_of_gap
from skillmatch.widgets.person.pathway_view import routes_html

_MOST_LEFT_OUT = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that a card is about; ``words`` says whether what others wrote about the person may be shown."""

    name: str
    unit: str
    gap: Gap
    profile: Profile | None
    advice: Advice | None
    pathway: Pathway | None
    why: Counterfactual | None
    claims: ClaimList | None
    pace: Pace
    labels: Mapping[str, str]
    skill_id: str | None
    words: bool


def card_html(shown: Shown | None, *, live: bool) -> str:
    """The whole card; without a person it says how to choose one."""
    if shown is None:
        return box("<p>Nobody is chosen. Choose a person in the heat map, or set <code>person_id</code>.</p>")
    left = lines_of_gap(shown.gap, words=shown.words, skill_id=shown.skill_id)
    if shown.profile is not None:
        left += beyond_html(shown.profile, shown.gap, shown.labels)
    right = ""
    if shown.advice is not None:
        right += _next(shown.advice, shown.why, live=live)
    if shown.pathway is not None:
        right += routes_html(shown.pathway, shown.pace)
    if shown.claims is not None:
        right += _claims(shown.claims, words=shown.words)
    return box(_head(shown), f'<div class="columns"><div>{left}</div><div>{right}</div></div>')


def _head(shown: Shown) -> str:
    gap = shown.gap
    chips = "".join(
        f'<li><span class="state" style="border-color:{look.colour}" title="{look.meaning}">'
        f'<span aria-hidden="true">{look.sign}</span> {gap.count(state)} {state.value}</span></li>'
        for state, look in LOOKS.items()
        if gap.count(state)
    )
    where = f'<span class="quiet">{escape(shown.unit)}</span>' if shown.unit and shown.unit not in shown.name else ""
    now = "the role they have" if gap.is_current_role else "a role they do not have"
    if gap.status is Status.INSUFFICIENT_DATA:
        covered = (
            "<p>This cannot be judged yet: nothing is known of what the role asks for. Ask what is listed below.</p>"
        )
    else:
        covered = (
            f'<p><span class="meter" aria-hidden="true"><i style="width:{gap.coverage:.0%}"></i></span> '
            f"{share(gap.coverage)} of what the role requires is covered on {gap.as_of}.</p>"
        )
    title = f"<h3>{escape(shown.name)}</h3>{where}<span>{escape(gap.role_title)}, {now}</span>"
    return f'<div class="head">{title}</div>{covered}<ul class="chips">{chips}</ul>'


def _next(advice: Advice, why: Counterfactual | None, *, live: bool) -> str:
    """What to do next, with a button for the reason; below it why the chosen one is there, or is not."""
    title = "<h4>What helps most</h4>"
    listed = advice.recommendations
    if not listed:
        table = f"<p>{_NOTHING.get(advice.status, 'There is nothing to recommend.')}</p>"
    else:
        head = heads("Credential", ">Adds", ">Chance", ">Hours", ">Cost", *(["Why"] if live else []))
        body = "".join(_row(place, item, why, live=live) for place, item in enumerate(listed))
        table = f"<table>{head}<tbody>{body}</tbody></table>"
    told = "" if why is None else _why(why, live=live)
    return title + table + told + _left_out(advice.excluded, len(listed), live=live)


def _row(place: int, item: Recommendation, why: Counterfactual | None, *, live: bool) -> str:
    issuer = f'<br><span class="quiet">{escape(item.issuer)}</span>' if item.issuer else ""
    skills = ", ".join(escape(reason.label) for reason in item.reasons)
    cost = "free" if item.cost == 0 else number(item.cost, item.currency if item.cost is not None else "")
    chosen = why is not None and why.credential_id == item.credential_id
    cells = [
        f'<th scope="row">{escape(item.title)}{issuer}<br><span class="quiet">{skills}</span></th>',
        cell(f'{share(item.gain)}<br><span class="quiet">{share(item.low)} to {share(item.high)}</span>', "number"),
        cell(share(item.chance.both), "number"),
        cell(number(item.hours), "number"),
        cell(cost, "number"),
    ]
    if live:
        cells.append(cell(button("Why", "why", place, title=f"Why {item.title} is recommended")))
    return f'<tr class="chosen">{"".join(cells)}</tr>' if chosen else row(cells)


def _rise(reason: Reason) -> str:
    """From which level to which; nothing for the fit, whose label says it all."""
    levels = reason.level_before, reason.level_after
    return "" if levels[1] is None else f": level {_level(levels[0])} to {_level(levels[1])}"


def _why(why: Counterfactual, *, live: bool) -> str:
    verdict = f"recommended, place {why.place}" if why.recommended else f"not recommended: {escape(why.cause())}"
    close = f" ({escape(why.how_close())})" if why.how_close() else ""
    parts = []
    if why.recommendation is not None:
        reasons = "".join(
            f'<li>{escape(reason.label)}{_rise(reason)} <span class="quiet">+{reason.contribution:.4f}</span></li>'
            for reason in why.recommendation.reasons
        )
        parts.append(f"<ul>{reasons}</ul>")
    if why.changes:
        changes = "".join(f"<li>{escape(change.detail)}</li>" for change in why.changes)
        parts.append(f"<p>The smallest changes that would turn this around:</p><ul>{changes}</ul>")
    else:
        parts.append("<p>No single small change would turn this around.</p>")
    end = button("Close", "enough", key="enough") if live else ""
    return (
        f'<div class="aside"><p><strong>{escape(why.title)}</strong>: {verdict}{close}.</p>{"".join(parts)}{end}</div>'
    )


def _level(level: float | None) -> str:
    return "?" if level is None else number(level)


def _left_out(excluded: tuple[Exclusion, ...], first: int, *, live: bool) -> str:
    if not excluded:
        return ""
    items = "".join(
        f"<li>{escape(item.title)}: {escape(item.detail or item.reason.value)} "
        + (button("Why", "why", first + place, title=f"Why {item.title} is left out") if live else "")
        + "</li>"
        for place, item in enumerate(excluded[:_MOST_LEFT_OUT])
    )
    more = f"<li>and {len(excluded) - _MOST_LEFT_OUT} more</li>" if len(excluded) > _MOST_LEFT_OUT else ""
    return (
        f'<details data-key="left-out"><summary>{len(excluded)} left out that would also help</summary>'
        f"<ul>{items}{more}</ul></details>"
    )


def _claims(claims: ClaimList, *, words: bool) -> str:
    title = "<h4>Claims of prior learning</h4>"
    if not claims.lines:
        return f'{title}<p class="quiet">None was handed in.</p>'
    body = "".join(_claim(line, words=words) for line in claims.lines)
    return f"{title}<table>{heads('Claims', 'Since', 'Decision')}<tbody>{body}</tbody></table>"


def _claim(line: ClaimLine, *, words: bool) -> str:
    claim, made = line.claim, line.claim.decision
    level = "" if claim.level is None else f" at level {number(claim.level)}"
    text = f'<br><span class="quiet">{escape(claim.text)}</span>' if words else ""
    decision = "open" if made is None else f"{made.verdict.value} on {made.on}"
    if made is not None and words:
        decision += f' by {escape(made.by)}<br><span class="quiet">{escape(made.reason)}</span>'
    return row([f'<th scope="row">{escape(line.label)}{level}{text}</th>', cell(f"{claim.submitted}"), cell(decision)])


_NOTHING = {
    Status.NOTHING_TO_CLOSE: "Every requirement of the role is met: there is nothing to close.",
    Status.NOTHING_FITS: "Nothing in the catalogue fits this person and role.",
    Status.NO_RECOMMENDATION: "Nothing in the catalogue that would help may be taken now; below is what was left out.",
    Status.INSUFFICIENT_DATA: "This cannot be judged: complete the role's requirements or the person's evidence first.",
}

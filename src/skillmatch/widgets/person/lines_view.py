"""The lines of a gap with their intervals, what they rest on, and the question that would settle what is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from skillmatch.domain.base.levels import HIGHEST
from skillmatch.domain.people.gap import Gap, GapItem, Profile
from skillmatch.domain.people.person import Evidence, EvidenceSource
from skillmatch.domain.people.question import Question, QuestionKind
from skillmatch.widgets.kit.html import cell, escape, heads, number, row, share
from skillmatch.widgets.kit.states import LOOKS

_URGENCY = {state: place for place, state in enumerate(LOOKS)}
_MOST_BEYOND = 30
_ASKING = {
    QuestionKind.ASK_PERSON: "Ask them",
    QuestionKind.ASK_MANAGER: "Ask manager",
    QuestionKind.ASSESS: "Have it assessed",
}


def lines_of_gap(gap: Gap, *, words: bool, skill_id: str | None) -> str:
    """Essential requirements first, the widest open ones on top; ``words`` shows what others wrote."""
    if not gap.items:
        return "<p>The role has no requirements. Add them to the table of roles and import it again.</p>"
    groups = ((True, "Essential"), (False, "Optional"))
    bodies = "".join(
        _body(name, [item for item in gap.items if item.requirement.essential is kind], words=words, skill_id=skill_id)
        for kind, name in groups
    )
    head = heads("Skill", "State", "Level, of what is wanted", "Rests on")
    return f'<h4>Where they stand</h4><div class="wide"><table>{head}{bodies}</table></div>'


def beyond_html(profile: Profile, gap: Gap, labels: Mapping[str, str]) -> str:
    """What the person can do beyond what the role asks for, and what was said that does not count."""
    asked = {item.requirement.skill_id for item in gap.items}
    others = [item for skill, item in profile.attainments.items() if skill not in asked]
    others.sort(key=lambda item: (-item.level, labels.get(item.skill_id, item.skill_id)))
    parts = ""
    if others:
        body = "".join(
            row(
                [
                    f'<th scope="row">{escape(labels.get(item.skill_id, item.skill_id))}</th>',
                    cell(_scale(item.level, item.low, item.high, None) + number(item.level), "level"),
                    cell(f'<span class="quiet">{_sources(item.evidence)}</span>'),
                ]
            )
            for item in others[:_MOST_BEYOND]
        )
        more = f'<p class="quiet">and {len(others) - _MOST_BEYOND} more</p>' if len(others) > _MOST_BEYOND else ""
        parts += (
            f'<details data-key="beyond"><summary>{_count(len(others), "skill")} beyond the role</summary>'
            f"<table>{heads('Skill', 'Level', 'Rests on')}<tbody>{body}</tbody></table>{more}</details>"
        )
    if profile.ignored:
        items = "".join(
            f"<li>{escape(labels.get(one.evidence.skill_id, one.evidence.skill_id))}: {one.evidence.source.value} of "
            f"{one.evidence.on}, level {number(one.evidence.level)}: {one.reason.value.replace('_', ' ')}</li>"
            for one in profile.ignored[:_MOST_BEYOND]
        )
        parts += (
            f'<details data-key="ignored"><summary>{_count(len(profile.ignored), "piece")} set aside</summary>'
            f"<ul>{items}</ul></details>"
        )
    return parts


def _body(name: str, items: Sequence[GapItem], *, words: bool, skill_id: str | None) -> str:
    if not items:
        return ""
    ordered = sorted(items, key=lambda item: (_URGENCY[item.state], -item.requirement.weight, item.label))
    head = row([f'<th class="group" scope="rowgroup" colspan="4">{name} ({len(items)})</th>'])
    lines = "".join(_line(item, words=words, chosen=item.requirement.skill_id == skill_id) for item in ordered)
    return f"<tbody>{head}{lines}</tbody>"


def _line(item: GapItem, *, words: bool, chosen: bool) -> str:
    look = LOOKS[item.state]
    state = (
        f'<span class="state" style="border-color:{look.colour}" title="{look.meaning}">'
        f'<span aria-hidden="true">{look.sign}</span> {item.state.value}</span>'
    )
    notes = [note for note, holds in (("thin", item.thin), ("contradictory", item.contradictory)) if holds]
    if item.through is not None:
        notes.append(f"from {escape(item.through.label)} ({item.through.kin.value})")
    noted = f'<br><span class="quiet">{", ".join(notes)}</span>' if notes else ""
    cells = [
        f'<th scope="row">{escape(item.label)}</th>',
        cell(state + noted),
        cell(_levels(item), "level"),
        cell(_rests(item, words=words), "rests"),
    ]
    return f'<tr class="chosen" aria-current="true">{"".join(cells)}</tr>' if chosen else row(cells)


def _levels(item: GapItem) -> str:
    needs = item.requirement.level
    if item.attained is None or item.low is None or item.high is None:
        return f"{_scale(None, None, None, needs)}? of {number(needs)}"
    likely = f'<br><span class="quiet">likely {number(round(item.low, 1))} to {number(round(item.high, 1))}'
    chance = "" if item.chance is None else f"<br>met with {share(item.chance)}"
    return (
        f"{_scale(item.attained, item.low, item.high, needs, LOOKS[item.state].colour)}"
        f"{number(round(item.attained, 1))} of {number(needs)}{likely}{chance}</span>"
    )


def _scale(
    level: float | None, low: float | None, high: float | None, needs: float | None, colour: str = "#0072b2"
) -> str:
    """A bar up to the level, the likely range over it, and a mark at what is wanted; repeats what stands beside it."""
    parts = ""
    if level is not None and low is not None and high is not None:
        parts += f'<i style="width:{level / HIGHEST:.0%};background:{colour}"></i>'
        parts += f'<u style="left:{low / HIGHEST:.0%};width:{(high - low) / HIGHEST:.0%}"></u>'
    if needs is not None:
        parts += f'<b style="left:calc({needs / HIGHEST:.0%} - 1px)"></b>'
    return f'<span class="scale" aria-hidden="true">{parts}</span>'


def _rests(item: GapItem, *, words: bool) -> str:
    ask = "" if item.question is None else _ask(item.requirement.skill_id, item.question)
    if not item.evidence:
        return ask or '<span class="quiet">nothing</span>'
    weights = item.weights or (None,) * len(item.evidence)
    pieces = "".join(
        f"<li>{_piece(piece, words=words)}{_weighs(weight)}</li>"
        for piece, weight in zip(item.evidence, weights, strict=True)
    )
    key = escape(f"rests-{item.requirement.skill_id}")
    summary = f"<summary>{_sources(item.evidence)}</summary>"
    return f'<details data-key="{key}">{summary}<ul>{pieces}</ul></details>{ask}'


def _ask(skill_id: str, question: Question) -> str:
    key = escape(f"ask-{skill_id}")
    summary = f"<summary>{_ASKING[question.kind]}, {number(question.minutes)} min</summary>"
    return f'<details class="quiet" data-key="{key}">{summary}{escape(question.text)}</details>'


def _piece(piece: Evidence, *, words: bool) -> str:
    """What one piece says; its note only where it names a course, or where names may be shown."""
    note = escape(piece.note) if piece.note and (words or piece.source is EvidenceSource.AWARD) else ""
    return f"{piece.source.value}, {piece.on}: level {number(piece.level)}" + (f", {note}" if note else "")


def _weighs(weight: float | None) -> str:
    return "" if weight is None else f' <span class="quiet">weighs {weight:.2f}</span>'


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _sources(evidence: Sequence[Evidence]) -> str:
    if not evidence:
        return "nothing"
    latest = max(evidence, key=lambda piece: piece.on)
    more = f" +{len(evidence) - 1}" if len(evidence) > 1 else ""
    return f'{latest.source.value}, <span class="day">{latest.on}</span>{more}'

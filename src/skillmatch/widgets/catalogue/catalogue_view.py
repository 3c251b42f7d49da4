"""The catalogue as HTML: skills with who teaches them, credentials with what is believed of them, briefs."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.domain.base.levels import HIGHEST
from skillmatch.domain.catalogue.credential import Basis
from skillmatch.domain.catalogue.survey import CatalogueSurvey, SurveyedCredential, SurveyedSkill, Teacher
from skillmatch.domain.catalogue.unmet import Unmet
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.widgets.kit.forms import button
from skillmatch.widgets.kit.html import cell, escape, heads, number, row, share

_MOST = 15


def skills_html(
    survey: CatalogueSurvey, skills: Sequence[SurveyedSkill], chosen: str | None, most: int, *, live: bool
) -> str:
    """Skills with how far they are wanted and taught; beside them who teaches the chosen one."""
    head = heads("Skill", ">Roles", "Taught, of what is wanted", ">Credentials")
    body = "".join(
        _line(
            place,
            item.skill_id == chosen,
            f'{escape(item.label)}<br><span class="quiet">{item.type.value}</span>',
            cell(f"{item.roles}", "number")
            + cell(_reach(item), "level")
            + cell(f"{len(item.teachers)}" if item.teachers else "none", "number"),
            live=live,
        )
        for place, item in enumerate(skills[:most])
    )
    found = next((item for item in survey.skills if item.skill_id == chosen), None)
    return _beside(head, body, len(skills), most, "" if found is None else _teachers(survey, found, live=live))


def credentials_html(
    survey: CatalogueSurvey, credentials: Sequence[SurveyedCredential], chosen: str | None, most: int, *, live: bool
) -> str:
    """Credentials with their ratings and what is believed of them; beside them all about the chosen one."""
    head = heads("Credential", ">Wanted", ">Hours", ">Cost", ">Rated", ">Believed")
    body = "".join(
        _line(
            place,
            item.credential_id == chosen,
            _title(item),
            cell(f"{item.wanted} of {len(item.skills)}", "number")
            + cell(number(item.hours), "number")
            + cell(_cost(item), "number")
            + cell(_rated(item), "number")
            + cell("" if item.believed is None else f"{item.believed:.1f}", "number"),
            live=live,
        )
        for place, item in enumerate(credentials[:most])
    )
    found = next((item for item in survey.credentials if item.credential_id == chosen), None)
    return _beside(head, body, len(credentials), most, "" if found is None else _about(survey, found, live=live))


def briefs_html(unmet: Unmet, wanted: str) -> str:
    """What is needed and nobody teaches, most learners first, as briefs for providers."""
    items = [item for item in unmet.items if wanted in fold(item.label)]
    if not items:
        told = unmet.detail or "everything that is needed is taught as far as it is wanted"
        return f"<p>{escape(told[:1].upper() + told[1:])}.</p>"
    body = "".join(
        row(
            [
                f'<th scope="row">{escape(item.label)}</th>',
                cell(f"{'not at all' if item.taught_to is None else number(item.taught_to)} of {number(item.level)}"),
                cell(f"{item.wanted:,}", "number"),
                cell("few" if item.learners is None else f"{item.learners:,}", "number"),
                cell(number(item.hours), "number"),
                cell("too late" if item.latest_start is None else f"{item.latest_start}", "day"),
                cell(f"{item.latest_end}", "day"),
            ]
        )
        for item in items
    )
    head = heads("Skill", "Taught, of level wanted", ">Wanted of", ">Need it", ">Hours each", "Begin by", "Done by")
    return (
        f"<p>{escape(unmet.headline())}. 'few': fewer than five people, not counted.</p>"
        f'<div class="scrolls" data-scroll tabindex="0" role="region" aria-label="Briefs"><table>{head}'
        f"<tbody>{body}</tbody></table></div>"
    )


def _beside(head: str, body: str, count: int, most: int, detail: str) -> str:
    if not body:
        return "<p>Nothing matches. Empty the search.</p>"
    more = f'<p class="quiet">The first {most} of {count:,}; search for others.</p>' if count > most else ""
    hint = '<p class="quiet">Choose a line to see more about it.</p>'
    return (
        '<div class="columns lead"><div><div class="scrolls" data-scroll>'
        f"<table>{head}<tbody data-list>{body}</tbody></table></div>{more}</div><div>{detail or hint}</div></div>"
    )


def _line(place: int, chosen: bool, title: str, cells: str, *, live: bool) -> str:
    mark = ' class="chosen"' if chosen else ""
    act = (
        f' data-row tabindex="{0 if chosen else -1}" data-do="choose" data-at="{place}" data-key="line-{place}"'
        if live
        else ""
    )
    return f'<tr{mark}{act}><th scope="row">{title}</th>{cells}</tr>'


def _reach(item: SurveyedSkill) -> str:
    """How far it is taught and wanted, as a bar with a mark and in numbers."""
    taught, wanted = item.reached or 0.0, item.wanted
    colour = "#d55e00" if item.short else "#009e73"
    mark = "" if wanted is None else f'<b style="left:calc({wanted / HIGHEST:.0%} - 1px)"></b>'
    scale = f'<i style="width:{taught / HIGHEST:.0%};background:{colour}"></i>{mark}'
    words = "not wanted" if wanted is None else f"of {number(wanted)}"
    short = " ✕ short" if item.short else ""
    return f'<span class="scale" aria-hidden="true">{scale}</span>{number(taught)} {words}{short}'


def _teachers(survey: CatalogueSurvey, item: SurveyedSkill, *, live: bool) -> str:
    places = {credential.credential_id: place for place, credential in enumerate(survey.credentials)}
    if not item.teachers:
        listed = "<p>Nobody teaches it. See the demand that nobody teaches for a brief.</p>"
    else:
        body = "".join(_teacher(survey, teacher, places[teacher.credential_id], live=live) for teacher in item.teachers)
        head = heads("Credential", ">To level", "Says who", ">Hours", ">Cost", ">Believed")
        listed = f'<div class="scrolls" data-scroll><table>{head}<tbody>{body}</tbody></table></div>'
    wanted = (
        "No role asks for it."
        if item.wanted is None
        else f"{item.roles} roles ask for it, up to level {number(item.wanted)}."
    )
    return f"<h4>{escape(item.label)}</h4><p>{wanted}</p>{listed}"


def _teacher(survey: CatalogueSurvey, teacher: Teacher, place: int, *, live: bool) -> str:
    item = survey.credentials[place]
    name = button(item.title, "credential", place, kind="link", key=f"open-{place}") if live else escape(item.title)
    basis = "stated" if teacher.basis is Basis.STATED else f"inferred, {share(teacher.probability)} sure"
    gone = "" if item.on_offer else '<br><span class="quiet">not on offer</span>'
    return row(
        [
            f'<th scope="row">{name}{gone}</th>',
            cell(number(teacher.level), "number"),
            cell(basis),
            cell(number(item.hours), "number"),
            cell(_cost(item), "number"),
            cell("" if item.believed is None else f"{item.believed:.1f}", "number"),
        ]
    )


def _about(survey: CatalogueSurvey, item: SurveyedCredential, *, live: bool) -> str:
    places = {skill.skill_id: place for place, skill in enumerate(survey.skills)}
    taught = "".join(
        f"<li>{_skill(survey, places[skill], live=live)} to level {number(level)}</li>"
        for skill, level in item.skills[:_MOST]
        if skill in places
    )
    own = {other.credential_id: place for place, other in enumerate(survey.credentials)}
    overlaps = "".join(
        "<li>"
        + (
            button(
                survey.credentials[own[other]].title, "credential", own[other], kind="link", key=f"other-{own[other]}"
            )
            if live
            else escape(survey.credentials[own[other]].title)
        )
        + f": {share(part)} in common</li>"
        for other, part in item.overlaps
    )
    return (
        f"<h4>{escape(item.title)}</h4><p>{_worth(item)}</p>"
        f"<h4>Teaches</h4>{f'<ul>{taught}</ul>' if taught else '<p>No known skill. Fill in what it teaches.</p>'}"
        f"<h4>Much the same as</h4>{f'<ul>{overlaps}</ul>' if overlaps else '<p>No other one.</p>'}"
    )


def _skill(survey: CatalogueSurvey, place: int, *, live: bool) -> str:
    label = survey.skills[place].label
    return button(label, "skill", place, kind="link", key=f"taught-{place}") if live else escape(label)


def _worth(item: SurveyedCredential) -> str:
    if item.believed is None or item.rating is None:
        return "Nobody rated it: it counts as an ordinary one."
    people = "1 person" if item.rating_count == 1 else f"{item.rating_count:,} people"
    return f"Rated {item.rating:g} by {people}; of that {item.believed:.1f} is believed."


def _title(item: SurveyedCredential) -> str:
    gone = "" if item.on_offer else ", not on offer"
    return f'{escape(item.title)}<br><span class="quiet">{escape(item.issuer)}{gone}</span>'


def _rated(item: SurveyedCredential) -> str:
    if item.rating is None or not item.rating_count:
        return '<span class="quiet">by nobody</span>'
    return f'{item.rating:g}<br><span class="quiet">by {item.rating_count:,}</span>'


def _cost(item: SurveyedCredential) -> str:
    if item.cost == 0:
        return "free"
    return number(item.cost, item.currency if item.cost is not None else "")

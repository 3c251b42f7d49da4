"""A job advert and what it asks for, as HTML: the form it is put into, and each suggestion with its quote."""

from __future__ import annotations

from skillmatch.domain.base.answer import Status
from skillmatch.domain.roles.role_suggestion import RoleSuggestion, SuggestedRequirement
from skillmatch.widgets.kit.forms import area, button, text
from skillmatch.widgets.kit.html import alert, cell, escape, heads, number, row

_BASIS = {"cue": "the advert's words", "years": "the years it asks for", "assumed": "nothing in it: assumed"}
_DEMANDS = {"required": "required", "unstated": "named", "preferred": "preferred", "nice_to_have": "nice to have"}


def advert_form(title: str, *, working: bool, opened: bool) -> str:
    """Where an advert is put in; ``title`` is that of the role shown, which it may be about."""
    for_this = button(f"Suggest for {title}", "suggest", key="suggest", off=working) if title else ""
    called = text("title", "or as another role, called", "", hint="title", field=True, keep=True)
    busy = '<p class="busy">Reading the advert</p>' if working else ""
    return (
        f'<details data-key="advert"{" open" if opened else ""}><summary>From a job advert</summary><div data-form>'
        f"{area('advert', 'The advert', 'Paste its text here.')}"
        f'<div class="tools">{for_this}{called}'
        f"{button('Suggest for that role', 'suggest_new', key='suggest-new', off=working)}</div>{busy}"
        '<p class="quiet">What it asks for becomes a suggestion. What a person governed or rejected stays as it is; '
        "suggestions that it does not name go.</p></div></details>"
    )


def suggestion_html(found: RoleSuggestion | None, *, live: bool) -> str:
    """What the advert asks for, each with the words that it rests on."""
    if found is None:
        return ""
    if found.status is Status.INSUFFICIENT_DATA:
        return alert(
            f"{found.role.title}: {found.detail}.", "Paste the part that says what is required, or add skills."
        )
    body = "".join(_line(item, live=live) for item in found.items)
    head = heads("The advert asks for", "Level, and why", ">Weight", "How", *(["In its words"] if live else []), "")
    partly = f'<p class="quiet">{escape(found.detail)}</p>' if found.detail else ""
    return (
        f"<h4>Read from the advert</h4><p>{escape(found.headline())}.</p>{partly}"
        f'<div class="wide"><table>{head}<tbody>{body}</tbody></table></div>'
    )


def _line(item: SuggestedRequirement, *, live: bool) -> str:
    need = item.requirement
    level = f'{number(need.level)}<br><span class="quiet">{_BASIS.get(item.level_basis, item.level_basis)}</span>'
    quote = [cell(f"<q>{escape(item.quote)}</q>", "long")] if live else []
    return row(
        [
            f'<th scope="row">{escape(item.label)}</th>',
            cell(level),
            cell(number(need.weight), "number"),
            cell(f"{_DEMANDS.get(item.demand.value, item.demand.value)}, {need.kind.value}"),
            *quote,
            cell("" if item.taken else '<span class="quiet">decided otherwise before</span>'),
        ]
    )

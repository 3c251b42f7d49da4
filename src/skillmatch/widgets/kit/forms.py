"""Things to press, choose and move, as HTML for a panel; values stay in the kernel, the browser knows places only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from json import dumps

from skillmatch.domain.base.errors import InputError
from skillmatch.widgets.kit.html import escape
from skillmatch.widgets.kit.view import index_of


def bar(*controls: str) -> str:
    """Controls beside one another."""
    return f'<div class="skillmatch"><div class="tools">{"".join(controls)}</div></div>'


def button(
    label: str, do: str, at: int | None = None, *, key: str = "", kind: str = "", title: str = "", off: bool = False
) -> str:
    """A button; ``at`` is the place that it is about, ``key`` tells it from the others (by default from do and at)."""
    place = "" if at is None else f' data-at="{at}"'
    told = f' title="{escape(title)}" aria-label="{escape(title)}"' if title else ""
    name = escape(key or f"{do}-{at}")
    return (
        f'<button type="button" class="{kind}" data-do="{do}"{place} data-key="{name}"{told}'
        f"{' disabled' if off else ''}>{escape(label)}</button>"
    )


def select(name: str, label: str, options: Sequence[str], index: int | None) -> str:
    """A list to choose from, by place; with ``index`` None nothing is chosen yet."""
    none = '<option value="-1" selected>choose</option>' if index is None else ""
    listed = "".join(
        f'<option value="{place}"{" selected" if place == index else ""}>{escape(text)}</option>'
        for place, text in enumerate(options)
    )
    return f'<label>{escape(label)} <select data-set="{name}" data-key="{name}">{none}{listed}</select></label>'


def steps(name: str, label: str, words: Sequence[str], index: int) -> str:
    """A slider over steps that each have a word."""
    told = escape("|".join(words))
    return (
        f'<label>{escape(label)} <input type="range" min="0" max="{len(words) - 1}" step="1" value="{index}" '
        f'data-set="{name}" data-key="{name}" data-words="{told}"> <output>{escape(words[index])}</output></label>'
    )


def slider(name: str, label: str, value: float, least: float, most: float, step: float, unit: str) -> str:
    """A slider over numbers; it is made longer where the value lies beyond it."""
    ends = f'min="{min(least, value):g}" max="{max(most, value):g}" step="{step:g}" value="{value:g}"'
    return (
        f'<label>{escape(label)} <input type="range" {ends} data-set="{name}" data-key="{name}" '
        f'data-unit="{escape(unit)}"> <output>{value:g} {escape(unit)}</output></label>'
    )


def text(
    name: str, label: str, value: str, *, hint: str = "", enter: str = "", field: bool = False, keep: bool = False
) -> str:
    """A field for words. As a ``field`` it goes along with its form's buttons instead of being told by itself.

    What was typed into one to ``keep`` stays in the browser: neither set from here nor saved with the notebook.
    """
    what = ("data-keep " if keep else "") + ("data-field" if field else "data-set")
    pressed = f' data-enter="{escape(enter)}"' if enter else ""
    return (
        f'<label>{escape(label)} <input type="text" {what}="{name}" data-key="{name}" value="{escape(value)}" '
        f'placeholder="{escape(hint)}" autocomplete="off"{pressed}></label>'
    )


def area(name: str, label: str, hint: str) -> str:
    """A field for a longer text; it goes along with its form's buttons, and stays in the browser."""
    return (
        f'<label class="area"><span>{escape(label)}</span> <textarea rows="6" data-keep data-field="{name}" '
        f'data-key="{name}" placeholder="{escape(hint)}"></textarea></label>'
    )


def field_select(name: str, label: str, options: Sequence[str], index: int) -> str:
    """A list that goes along with its form's buttons, by place."""
    listed = "".join(
        f'<option value="{place}"{" selected" if place == index else ""}>{escape(text)}</option>'
        for place, text in enumerate(options)
    )
    return f'<label>{escape(label)} <select data-field="{name}" data-key="{name}">{listed}</select></label>'


def signature() -> str:
    """The field for who decides; what is typed there stays in the browser and goes along with each decision."""
    return text("author", "Signed by", "", hint="your name", field=True, keep=True)


def signed(said: Mapping[str, object]) -> str:
    """Who decided, from a form. Raises ``InputError`` where nobody says so."""
    form = said.get("form")
    author = form.get("author") if isinstance(form, dict) else None
    if not isinstance(author, str) or not author.strip():
        raise InputError("Nobody has signed.", remedy="Write your name into 'Signed by', then decide again.")
    return author.strip()


def said_text(said: Mapping[str, object], name: str) -> str:
    """What was typed into a field of a form; "" for nothing."""
    form = said.get("form")
    value = form.get(name) if isinstance(form, dict) else None
    return value.strip() if isinstance(value, str) else ""


def said_place(said: Mapping[str, object], name: str, size: int) -> int | None:
    """What was chosen in a list of a form."""
    form = said.get("form")
    return index_of(form, name, size) if isinstance(form, dict) else None


def tick(name: str, label: str, *, on: bool) -> str:
    """A box to tick."""
    checked = " checked" if on else ""
    return f'<label><input type="checkbox" data-set="{name}" data-key="{name}"{checked}> {escape(label)}</label>'


def entry(kind: str, name: str, label: str, value: str, *, more: str = "", seen: bool = True) -> str:
    """A field for a ``number``, ``date``, ``text``, told once it is left; the label may be for screen readers only."""
    told = escape(label) if seen else f'<span class="unseen">{escape(label)}</span>'
    return (
        f'<label>{told} <input type="{kind}" data-set="{name}" data-wait data-key="{name}" value="{escape(value)}" '
        f'autocomplete="off"{more}></label>'
    )


def unseen_select(name: str, label: str, options: Sequence[str], index: int | None) -> str:
    """As :func:`select`, in a table whose head says what it is; the label is for screen readers."""
    made = select(name, label, options, index)
    return made.replace(f"<label>{escape(label)} ", f'<label><span class="unseen">{escape(label)}</span> ', 1)


def tabs(do: str, label: str, words: Sequence[str], index: int) -> str:
    """Buttons of which one is down."""
    buttons = "".join(
        f'<button type="button" class="{"on" if place == index else ""}" data-do="{do}" data-at="{place}" '
        f'data-key="{do}-{place}" aria-pressed="{"true" if place == index else "false"}">{escape(text)}</button>'
        for place, text in enumerate(words)
    )
    return f'<span class="tabs" role="group" aria-label="{escape(label)}">{buttons}</span>'


def keys(pressed: Mapping[str, str]) -> str:
    """An attribute: which key does what inside the element."""
    return f"data-keys='{escape(dumps(dict(pressed)))}'"

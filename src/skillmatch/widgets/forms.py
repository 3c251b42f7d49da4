"""Things to press, choose and move, as HTML for a panel; values stay in the kernel, the browser knows places only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from json import dumps

from skillmatch.widgets.html import escape


def bar(*controls: str) -> str:
    """Controls beside one another."""
    return f'<div class="skillmatch"><div class="tools">{"".join(controls)}</div></div>'


def button(label: str, do: str, at: int | None = None, *, key: str = "", kind: str = "", title: str = "") -> str:
    """A button; ``at`` is the place that it is about, ``key`` tells it from the others (by default from do and at)."""
    place = "" if at is None else f' data-at="{at}"'
    told = f' title="{escape(title)}" aria-label="{escape(title)}"' if title else ""
    name = escape(key or f"{do}-{at}")
    return (
        f'<button type="button" class="{kind}" data-do="{do}"{place} data-key="{name}"{told}>{escape(label)}</button>'
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


def text(name: str, label: str, value: str, *, hint: str = "", enter: str = "", field: bool = False) -> str:
    """A field for words. As a ``field`` it goes along with its form's buttons instead of being told by itself."""
    what = "data-field" if field else "data-set"
    pressed = f' data-enter="{escape(enter)}"' if enter else ""
    return (
        f'<label>{escape(label)} <input type="text" {what}="{name}" data-key="{name}" value="{escape(value)}" '
        f'placeholder="{escape(hint)}" autocomplete="off"{pressed}></label>'
    )


def tick(name: str, label: str, *, on: bool) -> str:
    """A box to tick."""
    checked = " checked" if on else ""
    return f'<label><input type="checkbox" data-set="{name}" data-key="{name}"{checked}> {escape(label)}</label>'


def keys(pressed: Mapping[str, str]) -> str:
    """An attribute: which key does what inside the element."""
    return f"data-keys='{escape(dumps(dict(pressed)))}'"

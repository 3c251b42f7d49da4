"""What one more of each limit is worth: between what is certain and what is possible, in places filled."""

from __future__ import annotations

from collections.abc import Mapping

from skillmatch.domain.plan_views import Price, Prices
from skillmatch.widgets.html import cell, escape, heads, number, row
from skillmatch.widgets.plan_words import limit_words

LEAST = 0.005
"""Places below which a gain is none that anybody would notice."""


def prices_html(prices: Prices, titles: Mapping[str, str]) -> str:
    """Limits with what more of them adds; those that do not hold the plan back say so."""
    if not prices.items:
        return "<p>No limit holds this plan back: nothing that has a price is set.</p>"
    largest = max((item.gain_high for item in prices.items), default=0.0)
    ordered = sorted(prices.items, key=lambda item: (-item.gain_high, item.limit))
    body = "".join(_line(item, largest, titles) for item in ordered)
    head = heads("Limit", ">Now", ">More", "Would add, in places", ">One more adds at most")
    return (
        "<p>Each limit by itself, the others as they are. Solved again with more, the plan gains between the two "
        "numbers; one more unit adds at most what the last column says.</p>"
        f"<table>{head}<tbody>{body}</tbody></table>"
    )


def _line(item: Price, largest: float, titles: Mapping[str, str]) -> str:
    if item.gain_high < LEAST:
        gain = '<span class="quiet">nothing: this is not what holds the plan back</span>'
    else:
        low, high = f"{item.gain_low:.2f}", f"{item.gain_high:.2f}"
        words = high if low == high else f"{low} to {high}"
        width = item.gain_high / largest if largest else 0.0
        bar = f'<span class="scale" aria-hidden="true"><i style="width:{width:.0%};background:#0072b2"></i></span>'
        gain = f"{bar}{words}"
    return row(
        [
            f'<th scope="row">{escape(limit_words(item.limit, dict(titles)))}</th>',
            cell(number(item.now, item.unit), "number"),
            cell(f"+{number(item.step, item.unit)}", "number"),
            cell(gain),
            cell(_each(item), "number"),
        ]
    )


def _each(item: Price) -> str:
    if item.each is None:
        return '<span class="quiet">no single price</span>'
    if item.each * max(1.0, item.step) < LEAST:
        return "0"
    if item.limit == "limits.budget":
        return f"{item.each * 1_000:.3f} for each 1,000 {escape(item.unit)}"
    return f"{item.each:.3f}"

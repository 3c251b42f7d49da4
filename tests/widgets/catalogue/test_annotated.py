"""A text as it was read: nothing of it is lost, and nothing in it runs."""

from __future__ import annotations

import re
from html import unescape

import pytest

from skillmatch.service.workspace import Workspace
from skillmatch.widgets.catalogue.review_view import Annotated

ADVERT = "Requirements\n- Wound care\n- First aid\nWe are an equal opportunity employer.\n"


def test_skills_are_marked_and_what_was_left_out_is_struck_with_its_reason(demo: Workspace) -> None:
    html = Annotated(demo.extract(ADVERT))._repr_html_()
    assert re.search(r"<mark>Wound care <b>\[.+, .+ %\]</b></mark>", html)
    assert "<del>We are an equal opportunity employer.</del>" in html
    assert "(equal opportunity)" in html


HOSTILE = ["<script>window.x=1</script>", "<img src=x onerror=alert(1)>", "</div></mark>&amp;"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_as_it_is(demo: Workspace, hostile: str) -> None:
    found = demo.extract(f"Requirements\n- Wound care {hostile}\n{hostile}\n")
    html = Annotated(found)._repr_html_().rpartition("</style>")[2]
    assert set(re.findall(r"<(\w+)", html)) <= {"div", "p", "mark", "b", "del", "span"}
    plain = unescape(re.sub(r"<[^>]+>", "", html))
    assert plain.count(hostile) >= found.text.count(hostile)

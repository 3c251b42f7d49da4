"""The tables say what the values say, and nothing that comes from data becomes markup."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.advice.advice import Advice, Exclusion, ExclusionReason, Reason, Recommendation
from skillmatch.domain.advice.pathway import Pace, Pathway, Step
from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.catalogue.credential import Basis
from skillmatch.domain.people.gap import Gap, GapItem, GapState
from skillmatch.domain.people.person import Evidence, EvidenceSource, Person
from skillmatch.domain.roles.role import Requirement, RequirementKind, Role
from skillmatch.widgets.kit import choices
from skillmatch.widgets.kit.html import alert, share
from skillmatch.widgets.kit.states import LOOKS
from skillmatch.widgets.person.advice_view import _LEFT_OUT, advice_html
from skillmatch.widgets.person.gap_view import gap_html
from skillmatch.widgets.person.pathway_view import pathway_html

DAY = date(2026, 12, 1)
VERSIONS = Versions("1", "t", "e", "l", "s")
HOSTILE = "<img src=x onerror=alert(1)>\"'&</td></table>"


class Seen(HTMLParser):
    """The text and the tags that a browser would make of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is None:  # not the style's
            self.text += data


def item(
    label: str, state: GapState, attained: float | None, weight: float = 1.0, *, essential: bool = True
) -> GapItem:
    kind = RequirementKind.ESSENTIAL if essential else RequirementKind.OPTIONAL
    evidence = () if attained is None else (Evidence(label, attained, EvidenceSource.PEER, DAY),)
    return GapItem(Requirement(label, 3.0, weight, kind), label, attained, state, evidence)


def gap_of(*items: GapItem, status: Status = Status.OK, title: str = "Role") -> Gap:
    return Gap("own/P", "own/R", title, status, 0.5, items, DAY, VERSIONS)


def advice_of(name: str, *, status: Status = Status.OK) -> Advice:
    reason = Reason("s", name, 0.25, None, 3.0, Basis.INFERRED, 0.7)
    recommended = Recommendation("own/C", name, name, 0.25, 0.5, None, 0.0, name, (reason,))
    excluded = tuple(Exclusion("own/D", name, why, name) for why in ExclusionReason)
    return Advice("own/P", "own/R", name, status, 0.5, (recommended,), excluded, DAY, VERSIONS)


def pathway_of(*steps: Step, status: Status = Status.OK, detail: str = "") -> Pathway:
    return Pathway("own/P", "own/R", "Role", status, detail, steps, 0.25, 0.75, DAY, VERSIONS)


def views(name: str) -> list[str]:
    """Every view, with one text in every place that data can reach."""
    step = Step("own/C", name, DAY, DAY, 8.0, 10.0, None, True, 0.75)
    return [
        gap_html(gap_of(item(name, GapState.PARTIAL, 1.0), title=name), name),
        gap_html(gap_of(title=name), name),
        advice_html(advice_of(name)),
        pathway_html(pathway_of(step, status=Status.INSUFFICIENT_DATA, detail=name), Pace(4.0, 26)),
        pathway_html(pathway_of(status=Status.NO_PATHWAY, detail=name), Pace(4.0, 26)),
        alert(name, name),
    ]


def test_hostile_names_stay_text() -> None:
    for html in views(HOSTILE):
        seen = Seen(html)
        assert "img" not in seen.tags
        assert HOSTILE in seen.text


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00")))
def test_no_name_adds_a_tag(name: str) -> None:
    for html, plain in zip(views(f"x{name}"), views("plain"), strict=True):
        assert Seen(html).tags == Seen(plain).tags


def test_each_state_has_its_word_its_sign_and_its_colour() -> None:
    attained = {GapState.MET: 3.0, GapState.EXCEEDS: 4.0, GapState.PARTIAL: 1.0, GapState.MISSING: 0.0}
    html = gap_html(gap_of(*(item(state.value, state, attained.get(state)) for state in GapState)), "Somebody")

    assert LOOKS.keys() == set(GapState)
    assert len({look.sign for look in LOOKS.values()}) == len({look.colour for look in LOOKS.values()}) == 5
    for state, look in LOOKS.items():
        assert f"</span> {state.value}</span>" in html
        assert look.sign in html
        assert f"border-color:{look.colour}" in html


def test_what_is_most_urgent_stands_on_top_and_essential_before_optional() -> None:
    shuffled = [
        item("light", GapState.MISSING, 0.0, 0.2),
        item("optional", GapState.MISSING, 0.0, 1.0, essential=False),
        item("done", GapState.MET, 3.0),
        item("heavy", GapState.MISSING, 0.0, 0.9),
        item("unsaid", GapState.UNKNOWN, None),
    ]
    text = Seen(gap_html(gap_of(*shuffled), "Somebody")).text

    places = [
        text.index(label) for label in ("Essential (4)", "heavy", "light", "unsaid", "done", "Optional (1)", "optional")
    ]
    assert places == sorted(places)


def test_a_gap_that_cannot_be_judged_never_looks_like_success() -> None:
    empty = Seen(gap_html(gap_of(status=Status.INSUFFICIENT_DATA), "Somebody")).text
    unsaid = Seen(gap_html(gap_of(item("a", GapState.UNKNOWN, None), status=Status.INSUFFICIENT_DATA), "Somebody")).text

    assert "cannot be judged" in empty
    assert "cannot be judged" in unsaid
    assert "%" not in unsaid.partition("Skill")[0]


@pytest.mark.parametrize("status", [Status.NOTHING_TO_CLOSE, Status.NO_RECOMMENDATION, Status.INSUFFICIENT_DATA])
def test_advice_without_recommendations_says_why(status: Status) -> None:
    nothing = Advice("own/P", "own/R", "Role", status, 0.5, (), (), DAY, VERSIONS)
    texts = {
        "nothing_to_close": "there is nothing to close",
        "no_recommendation": "Nothing in the catalogue",
        "insufficient_data": "cannot be judged",
    }
    assert texts[status.value] in Seen(advice_html(nothing)).text


def test_every_reason_for_leaving_out_has_its_words() -> None:
    assert _LEFT_OUT.keys() == set(ExclusionReason)
    assert f"Left out: {len(ExclusionReason)} credentials" in Seen(advice_html(advice_of("plain"))).text


def test_what_is_not_stated_is_not_shown_as_nothing() -> None:
    text = Seen(advice_html(advice_of("plain"))).text
    assert "not stated" in text  # the hours
    assert "free" in text  # a cost of 0 that is stated


def test_assumed_hours_are_marked() -> None:
    step = Step("own/C", "Course", DAY, DAY, 8.0, None, None, False, 0.75)
    text = Seen(pathway_html(pathway_of(step), Pace(4.0, 26))).text
    assert "8*" in text
    assert "assumed" in text


@pytest.mark.parametrize(
    ("value", "words"), [(0.0, "0 %"), (0.004, "under 1 %"), (0.5, "50 %"), (0.996, "over 99 %"), (1.0, "100 %")]
)
def test_little_is_not_nothing_and_nearly_is_not_all(value: float, words: str) -> None:
    assert share(value) == words


# --- choices -----------------------------------------------------------------------------------------------

PEOPLE = [
    Person("own/1", "Ada", "Care"),
    Person("own/2", "Bo", "IT"),
    Person("own/3", "Cy", "Care"),
    Person("own/4", "Di"),
]


def test_a_pseudonym_is_the_unit_and_a_number_in_it() -> None:
    labels = [member.label for member in choices.members(PEOPLE, pseudonyms=True)]
    assert labels == ["Care, person 1", "IT, person 1", "Care, person 2", "No unit, person 1"]


def test_people_of_no_unit_can_be_chosen_apart_from_all() -> None:
    units = choices.unit_choices({"IT": 1, "": 1, "Care": 2})
    assert list(zip(units.labels, units.values, strict=True)) == [
        ("No unit (1)", ""),
        ("Care (2)", "Care"),
        ("IT (1)", "IT"),
        ("All units (4)", None),
    ]


def test_roles_of_one_title_are_told_apart() -> None:
    offered = choices.role_choices([Role("own/2", "Nurse"), Role("own/1", "Nurse"), Role("own/3", "Cook")])
    assert offered.labels == ("Cook", "Nurse (own/1)", "Nurse (own/2)")


def test_a_limit_between_two_steps_gets_its_own() -> None:
    offered = choices.limit_choices((10.0, 20.0), 15.0, "hours")
    assert offered.labels == ("10 hours", "15 hours", "20 hours", "no limit")
    assert offered.values[offered.index(None) or 0] is None

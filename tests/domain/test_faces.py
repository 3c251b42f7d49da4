"""What people and programs see of an answer: one line, an escaped table, a data frame, JSON of a known shape."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from skillmatch.domain.advice.advice import Advice, Exclusion, ExclusionReason, Reason, Recommendation
from skillmatch.domain.advice.pathway import Pathway, Step
from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.base.display import MAX_HTML_ROWS, Tabular, shown
from skillmatch.domain.base.report import Finding, ImportReport, Severity
from skillmatch.domain.catalogue.credential import Basis, Catalogue, Credential, Outcome
from skillmatch.domain.people.gap import Gap, GapItem, GapState, Profile
from skillmatch.domain.people.person import Award, AwardState, Evidence, EvidenceSource
from skillmatch.domain.plans.plan import Cause, Plan, PlanStatus, Unmet
from skillmatch.domain.plans.plan_views import Change, PlanDiff
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.domain.text.link import Link, LinkAnswer, LinkBasis

DAY = date(2026, 3, 2)
VERSIONS = Versions("0.1.0", "t", "e", "l", "s")

HOSTILE = [
    "<script>alert(1)</script>",
    "</td></tr></table><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><svg/onload=alert(1)>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe src=//evil.example></iframe>",
    "<style>*{display:none}</style>",
    "<!-- ",
    "--><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<base href=//evil.example>",
    "<form action=//evil.example><button>OK</button></form>",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "<ScRiPt\n>alert(1)</sCrIpT>",
    "<math><mi xlink:href='javascript:alert(1)'>x",
    "</caption><marquee>hi",
]


def gap(text: str) -> Gap:
    evidence = (Evidence("s", 2, EvidenceSource.SELF, DAY, note=text),)
    item = GapItem(Requirement("s", 4), text, 2.0, GapState.PARTIAL, evidence)
    return Gap(text, "r", text, Status.OK, 0.5, (item,), DAY, VERSIONS)


def advice(text: str) -> Advice:
    reason = Reason("s", text, 0.1, None, 3.0, Basis.STATED, 1.0)
    item = Recommendation("c", text, text, 0.1, 0.2, 10.0, None, "EUR", (reason,))
    excluded = Exclusion("d", text, ExclusionReason.HELD, text)
    return Advice(text, "r", text, Status.OK, 0.5, (item,), (excluded,), DAY, VERSIONS)


def pathway(text: str) -> Pathway:
    step = Step("c", text, DAY, DAY, 2.5, 100.0, None, False, 0.7)
    return Pathway(text, "r", text, Status.OK, text, (step,), 0.5, 0.7, DAY, VERSIONS)


def answer(text: str) -> LinkAnswer:
    return LinkAnswer(text, (Link("s", text, 0.9, 0.8, LinkBasis.EXACT),), abstained=False)


def report(text: str) -> ImportReport:
    return ImportReport(text, text, True, False, findings=(Finding(text, Severity.NOTE, text),))


FACES = [gap, advice, pathway, answer, report]


class Tags(HTMLParser):
    """Collects the tags and attributes that a browser would see, and the text of the page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.tags.add("!--")


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("face", FACES)
def test_html_shows_hostile_text_and_runs_none_of_it(face, hostile):
    seen = Tags(face(hostile)._repr_html_())
    assert seen.tags <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "p"}
    assert seen.attributes <= {"style", "scope"}
    assert hostile in seen.text  # nothing of it is lost either


@pytest.mark.parametrize("face", FACES)
def test_every_face_has_a_line_rows_of_one_shape_and_json(face):
    value = face("Ada")
    assert repr(value) == f"<{type(value).__name__}: {value.caption()}>"
    assert "Ada" in value.headline()
    assert len({tuple(row) for row in value.rows()}) == 1
    assert json.loads(json.dumps(value.to_json(), allow_nan=False)) == value.to_json()


@pytest.mark.parametrize("face", [gap, advice, pathway])
def test_whom_it_is_about_is_not_in_what_a_notebook_saves(face):
    value = replace(face("Ada"), person_id="own/E-17")
    assert "own/E-17" in value.headline()
    assert "own/E-17" not in repr(value) + value._repr_html_()
    assert "this person" in value._repr_html_()


def test_people_in_a_column_get_numbers_in_html_and_keep_their_ids_in_the_rows():
    class Seats(Tabular):
        def headline(self):
            return "Seats"

        def rows(self):
            return [{"seat": seat, "person": who} for seat, who in ((1, "own/E-17"), (2, "own/E-4"), (3, "own/E-17"))]

    html = Seats()._repr_html_()
    assert "own/" not in html
    assert [html.count(f"person {number}<") for number in (1, 2, 3)] == [2, 1, 0]
    assert Seats().rows()[1]["person"] == "own/E-4"


def test_whose_part_of_a_plan_changed_is_not_saved_either():
    diff = PlanDiff(
        (Change("scenario", "limits.budget", "1", "2"),), (Change("part", "own/E-17", "C1", "nothing"),), 1, 2
    )
    assert diff.rows()[1]["key"] == "own/E-17"
    html = diff._repr_html_()
    assert "own/" not in html
    assert "limits.budget" in html
    assert "person 1" in html


def test_places_that_stay_empty_are_counted_with_their_causes():
    plan = Plan(
        "x", PlanStatus.OPTIMAL, (), 0.0, 0.0, unmet=(Unmet("demands[0]", "Carer", 3, Cause.MONEY, "no money"),)
    )
    assert plan.open_places().headline() == "3 places stay empty"
    assert plan.open_places().rows() == [
        {"wanted": "Carer", "places": 3, "cause": Cause.MONEY.value, "detail": "no money"}
    ]


@pytest.mark.parametrize("face", FACES)
def test_a_data_frame_has_the_rows(face):
    pandas = pytest.importorskip("pandas")
    frame = face("Ada").to_frame()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == list(face("Ada").rows()[0])
    assert len(frame) == 1


class Numbers(Tabular):
    def __init__(self, count: int) -> None:
        self.count = count

    def headline(self) -> str:
        return f"{self.count} numbers"

    def rows(self):
        return [{"n": n} for n in range(self.count)]


@pytest.mark.parametrize(
    ("count", "more"), [(0, None), (1, None), (MAX_HTML_ROWS, None), (MAX_HTML_ROWS + 3, "3 more rows")]
)
def test_a_long_table_is_cut_and_says_so(count, more):
    html = Numbers(count)._repr_html_()
    assert html.count("<td") == min(count, MAX_HTML_ROWS)
    assert ("more rows" in html) is (more is not None)
    assert more is None or more in html
    assert f"{count} numbers" in html


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (1.0, "1"),
        (100.0, "100"),
        (0.5, "0.5"),
        (0.126, "0.126"),  # below 1, where scores lie, four decimals
        (0.00126, "0.0013"),
        (0.99999, "1"),
        (1.126, "1.13"),  # from 1 on two
        (-0.126, "-0.126"),
        (0.0, "0"),
        (-0.0, "0"),
        (-0.00001, "0"),  # rounded to nothing, it has no sign either
        (7, "7"),
        (["a", None, 1.5], "a, , 1.5"),
        ((), ""),
        (DAY, "2026-03-02"),
        (Status.OK, "ok"),
    ],
)
def test_a_cell_as_a_person_reads_it(cell, text):
    assert shown(cell) == text


def test_json_of_advice():
    told = advice("Ada").to_json()
    assert list(told) == [
        "person", "role", "role_title", "status", "coverage", "recommendations", "excluded", "next_step",
        "would_fit", "as_of", "versions",
    ]  # fmt: skip
    assert told["recommendations"] == [
        {
            "credential_id": "c",
            "title": "Ada",
            "issuer": "Ada",
            "score": 0.1,
            "gain": 0.2,
            "closure": 0.0,
            "low": 0.0,
            "high": 0.0,
            "fresh": 0.0,
            "chance": {"completing": 1.0, "reaching": 1.0, "low": 1.0, "high": 1.0},
            "hours": 10.0,
            "cost": None,
            "currency": "EUR",
            "reasons": [
                {
                    "kind": "skill",
                    "skill_id": "s",
                    "label": "Ada",
                    "contribution": 0.1,
                    "level_before": None,
                    "level_after": 3.0,
                    "level_required": None,
                    "basis": "stated",
                    "probability": 1.0,
                }
            ],
        }
    ]
    assert told["excluded"] == [{"credential_id": "d", "title": "Ada", "reason": "held", "detail": "Ada"}]


def test_json_of_a_pathway():
    told = pathway("Ada").to_json()
    assert told["steps"] == [
        {
            "credential_id": "c",
            "title": "Ada",
            "start": "2026-03-02",
            "end": "2026-03-02",
            "hours": 2.5,
            "hours_stated": False,
            "cost": 100.0,
            "currency": "EUR",
            "offering_id": None,
            "coverage_after": 0.7,
            "reasons": [],
        }
    ]
    assert (told["costs"], told["cost"], told["gap_to_best"], told["certainty"]) == ({"EUR": 100.0}, 100.0, 0.0, 1.0)
    assert (told["names"], told["alternatives"], told["remarks"]) == ([], [], [])
    assert (told["hours"], told["cost"], told["coverage_before"], told["coverage_after"]) == (2.5, 100.0, 0.5, 0.7)
    assert told["as_of"] == "2026-03-02"


def test_json_of_links():
    assert answer("SQL").to_json() == {
        "text": "SQL",
        "abstained": False,
        "degraded": False,
        "links": [{"skill_id": "s", "label": "SQL", "probability": 0.9, "similarity": 0.8, "basis": "exact"}],
    }


def test_who_abstains_has_no_best_link():
    assert answer("SQL").best is not None
    assert LinkAnswer("x", answer("SQL").links, abstained=True).best is None
    assert LinkAnswer("x", (), abstained=False).best is None
    assert "matches no skill surely enough" in LinkAnswer("x", (), abstained=True).headline()


def test_an_unknown_skill_is_not_level_0():
    assert Profile("p", DAY).level_of("s") is None


def test_a_role_weighs_the_sum_of_its_requirements():
    assert Role("r", "R").total_weight == 0
    assert Role("r", "R", requirements=(Requirement("s", 1, 2.5), Requirement("t", 1, 0.5))).total_weight == 3


def test_a_shortfall_is_what_is_still_wanted():
    def short(attained):
        return GapItem(Requirement("s", 3), "S", attained, GapState.PARTIAL).shortfall

    assert [short(None), short(0.0), short(2.5), short(4.0)] == [3, 3, 0.5, 0]


@pytest.mark.parametrize(
    ("state", "expires", "day", "holds"),
    [
        ("held", None, DAY, True),
        ("held", date(2026, 3, 3), DAY, True),
        ("held", DAY, DAY, False),  # the first day on which it is not valid any more
        ("held", None, date(2026, 3, 1), False),
        ("in_progress", None, DAY, False),
        ("revoked", None, DAY, False),
    ],
)
def test_when_an_award_holds(state, expires, day, holds):
    assert Award("c", AwardState(state), DAY, expires).holds_on(day) is holds


def test_when_a_credential_is_on_offer():
    credential = Credential("c", "C", valid_from=date(2026, 3, 1), valid_until=date(2026, 3, 3))
    offered = [day for day in range(1, 6) if credential.on_offer(date(2026, 3, day))]
    assert offered == [1, 2, 3]
    assert not credential.on_offer(date(2026, 2, 28))
    assert Credential("c", "C").on_offer(date.max)


def test_a_catalogue_is_found_by_what_is_taught():
    first = Credential("b", "B", outcomes=(Outcome("sql", 2),))
    second = Credential("a", "A", outcomes=(Outcome("sql", 3), Outcome("git", 1)))
    catalogue = Catalogue.of([first, second])
    assert list(catalogue.credentials) == ["a", "b"]
    assert catalogue.teaching == {
        "sql": (("a", Outcome("sql", 3)), ("b", Outcome("sql", 2))),
        "git": (("a", Outcome("git", 1)),),
    }

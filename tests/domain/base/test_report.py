"""Errors and reports: where it is, what is wrong, what to do."""

from __future__ import annotations

import pytest

from skillmatch.domain.base.errors import InputError, NotFoundError, Place
from skillmatch.domain.base.report import Finding, ImportReport, Severity, causes_of


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("people.csv", 7, "level"), "people.csv, line 7, field 'level'"),
        (Place("people.csv"), "people.csv"),
        (Place(line=1), "line 1"),
        (Place(field="level"), "field 'level'"),
        (Place(), ""),
    ],
)
def test_a_place_says_what_it_knows(place, text):
    assert str(place) == text


def test_an_error_says_where_what_and_what_to_do():
    error = InputError("is 9.", field="level", remedy="Use 0 to 5.").at(file="people.csv", line=7, field="other")
    assert str(error) == "people.csv, line 7, field 'level': is 9. Use 0 to 5."  # what it knew is kept
    assert str(NotFoundError("role", "Analist", ["Analyst"])) == "no role is called 'Analist'. Did you mean: Analyst?"


def rejected(line: int) -> Finding:
    return Finding.rejected(InputError("is 9.", field="level", remedy="Use 0 to 5.").at(file="f.csv", line=line))


REPORT = ImportReport(
    what="people",
    source="hr",
    applied=False,
    dry_run=False,
    added=1_200,
    changed=2,
    unchanged=3,
    counts={"evidence": 5},
    findings=(rejected(2), Finding("stray_blanks", Severity.CLEANED, "trimmed.", times=40), rejected(9)),
)


def test_a_report_tells_what_was_refused():
    assert [item.place.line for item in REPORT.rejected] == [2, 9]
    assert REPORT.kinds() == {"rejected_row": 2, "stray_blanks": 40}
    assert REPORT.headline() == ("people from hr: nothing written; 1,200 added, 2 changed, 3 unchanged, 2 rejected")


def test_rows_that_are_not_listed_one_by_one_are_counted():
    many = Finding("rejected_row", Severity.REJECTED, "and more like these.", times=500)
    report = ImportReport("people", "hr", applied=False, dry_run=False, findings=(rejected(2), many))
    assert len(report.rejected) == 2
    assert report.rejected_count == 501
    assert "501 rejected" in report.headline()


@pytest.mark.parametrize(
    ("applied", "dry_run", "says"),
    [(True, False, ": imported;"), (False, True, "dry run, nothing written"), (False, False, ": nothing written")],
)
def test_a_report_says_whether_anything_was_written(applied, dry_run, says):
    assert says in ImportReport("roles", "hr", applied, dry_run).headline()


def test_a_report_as_json():
    assert REPORT.to_json() == {
        "what": "people",
        "source": "hr",
        "applied": False,
        "dry_run": False,
        "added": 1_200,
        "changed": 2,
        "unchanged": 3,
        "rejected": 2,
        "counts": {"evidence": 5},
        "kinds": {"rejected_row": 2, "stray_blanks": 40},
        "causes": [cause.to_json() for cause in REPORT.causes],
        "findings": [
            {
                "kind": "rejected_row",
                "severity": "rejected",
                "message": "is 9. Use 0 to 5.",
                "times": 1,
                "file": "f.csv",
                "line": 2,
                "field": "level",
            },
            {
                "kind": "stray_blanks",
                "severity": "cleaned",
                "message": "trimmed.",
                "times": 40,
                "file": None,
                "line": None,
                "field": None,
            },
            {
                "kind": "rejected_row",
                "severity": "rejected",
                "message": "is 9. Use 0 to 5.",
                "times": 1,
                "file": "f.csv",
                "line": 9,
                "field": "level",
            },
        ],
    }


def test_faults_are_counted_by_cause_with_an_example_and_the_remedy() -> None:
    findings = [
        Finding.rejected(
            InputError(f"'{day}' is not a date.", remedy="Write it.", place=Place("f.csv", n, "date")),
            column="Datum",
        )
        for n, day in enumerate(("soon", "later"), start=2)
    ]
    (cause,) = causes_of(findings)
    assert (cause.rows, cause.says, cause.remedy) == (2, "... is not a date.", "Write it.")
    assert cause.told() == "2 rows in 'Datum', such as line 2: 'soon' is not a date. Write it."

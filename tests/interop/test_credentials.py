"""Credentials, offerings and stacks: what rows become, and the finding for every row that becomes nothing."""

from __future__ import annotations

from datetime import date

import pytest

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.report import Severity
from skillmatch.domain.catalogue.credential import Basis, Offering, SkillPrerequisite, Stack
from skillmatch.interop.credentials import read_credentials, read_offerings, read_stacks


def test_a_full_row(drawn) -> None:
    table = drawn(
        "id,title,issuer,description,url,teaches,level,requires_skills,requires_credentials,hours,weeks,cost,currency,"
        "language,mode,assessment,quality_assurance,eqf_level,country,rating,rating_count,valid_from,valid_until,"
        "validity_months,started,completed",
        "B-2,Wound care II,CareBridge,Dressings.,https://x.org/2,care.wound-care@4 | Hygiene,3,care.wound-care@2,B-1,"
        "24,3,180.50,eur,EN,onsite,practical,accredited,4,de,4.6,120,2024-01-01,2027-12-31,24,80,60",
        "B-1,Wound care I,,,,,,,,,,,,,,,,,,,,,,,,",
    )
    batch = read_credentials(table, source="own")
    assert batch.findings == ()
    full, bare = batch.values
    assert (full.id, full.title, full.issuer) == ("own/B-2", "Wound care II", "CareBridge")
    assert [(o.skill_id, o.given, o.level, o.basis, o.probability) for o in full.outcomes] == [
        ("care.wound-care", "care.wound-care", 4, Basis.STATED, 1),
        ("Hygiene", "Hygiene", 3, Basis.STATED, 1),
    ]
    assert full.requires_skills == (SkillPrerequisite("care.wound-care", 2),)
    assert full.requires_credentials == ("own/B-1",)
    assert (full.hours, full.weeks, full.cost, full.currency, full.language) == (24, 3, 180.5, "EUR", "en")
    assert (full.mode, full.assessment, full.quality_assurance) == ("onsite", "practical", "accredited")
    assert (full.eqf_level, full.country, full.rating, full.rating_count) == (4, "DE", 4.6, 120)
    assert (full.valid_from, full.valid_until) == (date(2024, 1, 1), date(2027, 12, 31))
    assert full.validity_months == 24
    assert (full.started, full.completed, bare.started, bare.completed) == (80, 60, None, None)
    assert (bare.hours, bare.cost, bare.rating, bare.rating_count, bare.outcomes) == (None, None, None, 0, ())
    assert [(item.line, item.value.level) for item in batch.items] == [(2, 3), (3, None)]


def test_levels_come_from_the_item_then_the_row_then_are_assumed_and_noted(drawn) -> None:
    table = drawn("id,title,teaches,level", "1,A,x@expert | y,1", "2,B,x | y | z@1,", "3,C,x,")
    batch = read_credentials(table)
    levels = [[outcome.level for outcome in value.outcomes] for value in batch.values]
    assert levels == [[5, 1], [2, 2, 1], [2]]
    (finding,) = batch.findings
    assert (finding.kind, finding.severity, finding.place.line) == ("level_assumed", Severity.NOTE, None)
    assert finding.message == "3 skills come without a level: taken as 2 (basic)."


def test_a_skill_twice_in_a_cell_is_merged_to_the_higher_level(drawn) -> None:
    batch = read_credentials(drawn("id,title,teaches", "1,A,Python@2 | C@1 | python@4 | PYTHON@3"))
    assert [(outcome.given, outcome.level) for outcome in batch.values[0].outcomes] == [("Python", 4), ("C", 1)]
    (finding,) = batch.findings
    assert (finding.kind, finding.severity, finding.place.line) == ("duplicate_outcome", Severity.CLEANED, 2)
    assert "'Python'" in finding.message


def test_look_alikes_are_not_merged(drawn) -> None:
    batch = read_credentials(drawn("id,title,teaches", "1,A,C@1 | C++@2 | C#@3 | Java@1 | JavaScript@1"))
    assert len(batch.values[0].outcomes) == 5
    assert batch.findings == ()


def test_required_credentials_are_whole_ids_once_each(drawn) -> None:
    table = drawn(
        "id,title,requires_credentials",
        "learn/a,A,",
        "learn/b,B,learn/a | lms/x | c | coursera/learn/a",
    )
    batch = read_credentials(table, source="coursera")
    assert batch.values[1].requires_credentials == ("coursera/learn/a", "lms/x", "coursera/c")
    assert [(finding.kind, finding.place.line) for finding in batch.findings] == [("duplicate_prerequisite", 3)]


def test_notes_about_the_file_come_once(drawn) -> None:
    batch = read_credentials(drawn("id,title,cost,colour,size", "1, A ,5,red,1", "2,B,6,blue,2"))
    assert [(finding.kind, finding.message) for finding in batch.findings] == [
        ("unknown_column", "Columns that are not used: colour, size."),
        ("stray_blanks", "1 cells had blanks around their text."),
        ("currency_assumed", "2 credentials state a cost without a currency: taken as EUR."),
    ]


def test_a_missing_column_lists_what_the_file_has(drawn) -> None:
    with pytest.raises(InputError) as caught:
        read_credentials(drawn("course,name", "1,A"))
    message = str(caught.value)
    assert "table.csv, line 1: has no column 'id', which credentials need." in message
    assert "Its columns are: course, name." in message
    assert "column map" in message


REJECTED = [
    ("id", "", "must not be blank"),
    ("id", "x" * 201, "the limit is 200"),
    ("title", " ", "must not be blank"),
    ("title", "x" * 1_001, "the limit is 1,000"),
    ("description", "x" * 20_001, "the limit is 20,000"),
    ("teaches", "Python@6", "the level of 'Python' is 6; it must be between 0 and 5"),
    ("teaches", "Python@0", "the level of 'Python' is 0"),
    ("teaches", "Python@-1", "the level of 'Python' is -1"),
    ("teaches", "Python@nan", "the level of 'Python': 'nan' is not a level"),
    ("teaches", "Python@expret", "the level of 'Python': 'expret' is not a level"),
    ("teaches", "Python@", "'' is not a level"),
    ("teaches", "Design @ Scale", "'Scale' is not a level"),
    ("teaches", "@3", "'@3' names no skill"),
    ("teaches", "x" * 501, "the limit is 500"),
    ("requires_skills", "Python@9", "the level of 'Python' is 9"),
    ("requires_credentials", "1", "cannot require itself"),
    ("level", "9", "is 9; it must be between 0 and 5"),
    ("level", "0", "is 0; it must be between"),
    ("level", "hard", "'hard' is not a level"),
    ("hours", "-1", "is -1; it must be 0 or more"),
    ("hours", '"6,706"', "column map"),
    ("hours", "nan", "'nan' is not a duration"),
    ("hours", "inf", "'inf' is not a duration"),
    ("hours", "1e999", "it must be 0 or more"),
    ("hours", "1_000", "is not a number"),
    ("hours", "٣", "is not a number"),
    ("hours", "ten", "'ten' is not a duration"),
    ("weeks", "-0.5", "is -0.5"),
    ("cost", "-3", "is -3"),
    ("eqf_level", "9", "between 1 and 8"),
    ("eqf_level", "3.5", "3.5 is not a whole number"),
    ("rating", "5.1", "between 1 and 5"),
    ("rating", "0", "between 1 and 5"),
    ("rating_count", "-2", "0 or more"),
    ("language", "Klingonese", "is not a language"),
    ("currency", "Eurro", "is not a currency. Did you mean EUR"),
    ("cost", "$49/mo", "is a price for a time"),
    ("valid_from", "03/02/2024", "can be two days"),
    ("valid_from", "13/13/2024", "'13/13/2024' is not a date. Write it as YYYY-MM-DD"),
    ("valid_from", "2024-02-30", "is not a date"),
    ("valid_from", "2024-01-01 25:00:00", "is not a date"),
    ("valid_from", "0000-01-01", "is not a date"),
    ("valid_until", "2019-12-31", "2019-12-31 lies before 2020-01-01"),
    ("validity_months", "-1", "0 or more"),
    ("started", "-1", "0 or more"),
    ("completed", "5", "not how many started"),
]


@pytest.mark.parametrize(("field", "text", "words"), REJECTED)
def test_a_wrong_cell_rejects_its_row_whole_and_only_its_row(drawn, field: str, text: str, words: str) -> None:
    cells = {"id": "1", "title": "A", "valid_from": "2020-01-01"} | {field: text}
    quoted = [cell if cell.startswith('"') or "," not in cell else f'"{cell}"' for cell in cells.values()]
    blanks = "," * (len(cells) - 2)
    table = drawn(",".join(cells), f"good-1,A{blanks}", ",".join(quoted), f"good-2,B{blanks}")
    batch = read_credentials(table)
    assert [value.id for value in batch.values] == ["own/good-1", "own/good-2"]
    (finding,) = batch.rejected
    assert (finding.place.file, finding.place.line, finding.place.field) == ("table.csv", 3, field)
    assert words in finding.message


def test_two_wrong_cells_in_a_row_are_one_finding(drawn) -> None:
    assert len(read_credentials(drawn("id,title,hours,cost", "1,A,-1,-1")).rejected) == 1


def test_an_id_twice_names_both_lines(drawn) -> None:
    batch = read_credentials(drawn("id,title", "1,A", "2,B", "own/1,C"))
    assert [value.title for value in batch.values] == ["A", "B"]
    (finding,) = batch.rejected
    assert "'own/1' comes twice: on line 2 and on line 4" in finding.message
    assert (finding.place.line, finding.place.field) == (4, "id")


def test_a_rejected_row_does_not_claim_its_id(drawn) -> None:
    batch = read_credentials(drawn("id,title,hours", "1,A,-1", "1,A,1"))
    assert [item.line for item in batch.items] == [3]
    assert [finding.place.line for finding in batch.rejected] == [2]


def test_every_wrong_row_is_listed(drawn) -> None:
    batch = read_credentials(drawn("id,title,teaches", *(f"{n},,x" for n in range(1_500)), "a,A,x@1 | x@2"))
    assert len(batch.items) == 1
    assert [finding.place.line for finding in batch.rejected] == list(range(2, 1_502))


def test_a_flood_is_counted_not_listed(drawn, monkeypatch) -> None:
    monkeypatch.setattr("skillmatch.interop.batch.MAX_REJECTED", 1_000)
    batch = read_credentials(drawn("id,title,teaches", *(f"{n},,x" for n in range(1_500))))
    assert len(batch.rejected) == 1_001
    assert (batch.rejected[-1].message, batch.rejected[-1].times) == ("500 more rows of this kind are not listed.", 500)


def test_sheet_dates_and_numbers_are_taken(drawn) -> None:
    batch = read_credentials(drawn("id,title,valid_from,eqf_level,hours", "1,A,2024-01-01 00:00:00,4.0,1e2"))
    assert batch.findings == ()
    assert (batch.values[0].valid_from, batch.values[0].eqf_level, batch.values[0].hours) == (date(2024, 1, 1), 4, 100)


def test_offerings(drawn) -> None:
    table = drawn(
        "id,credential,start,end,seats",
        "K1,C-1,2026-03-01,2026-04-01,12",
        "K2,lms/C-2,2026-03-01,2026-03-01,",
        "K3,C-1,2026-05-01,2026-04-01,",
        "K4,C-1,,2026-04-01,",
        "K5,C-1,2026-03-01,2026-04-01,-1",
        "K1,C-1,2026-03-01,2026-04-01,",
        "K6,,2026-03-01,2026-04-01,",
    )
    batch = read_offerings(table, source="hr")
    assert batch.values == (
        Offering("hr/K1", "hr/C-1", date(2026, 3, 1), date(2026, 4, 1), 12),
        Offering("hr/K2", "lms/C-2", date(2026, 3, 1), date(2026, 3, 1), None),
    )
    assert [(finding.place.line, finding.place.field) for finding in batch.rejected] == [
        (4, "end"),
        (5, "start"),
        (6, "seats"),
        (7, "id"),
        (8, "credential"),
    ]


def test_stacks(drawn) -> None:
    table = drawn(
        "id,title,issuer,credentials,required,description",
        "S1,Care,CareBridge,C-1 | C-2 | lms/C-3,2,All of it.",
        "S2,Pair,,C-1|C-2,,",
        "S3,One,,C-1,,",
        "S4,Twice,,C-1 | C-1,,",
        "S5,Many,,C-1 | C-2,3,",
        "S6,None,,C-1 | C-2,0,",
    )
    batch = read_stacks(table, source="hr")
    assert batch.values == (
        Stack("hr/S1", "Care", ("hr/C-1", "hr/C-2", "lms/C-3"), "CareBridge", "All of it.", 2),
        Stack("hr/S2", "Pair", ("hr/C-1", "hr/C-2")),
    )
    assert [(finding.place.line, finding.place.field) for finding in batch.rejected] == [
        (4, "credentials"),
        (5, "credentials"),
        (6, "required"),
        (7, "required"),
    ]

"""A plan on paper: tables open, calendars follow their standard, and who is to be hired gets no letter."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from skillmatch.domain.catalogue.credential import Catalogue, Credential
from skillmatch.domain.people.person import Person
from skillmatch.domain.plans.plan import Assignment, OptionKind, Plan, PlanStatus, PlanStep
from skillmatch.domain.plans.scenario import Demand, PlanLimits, Scenario
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.planning.exports import calendar, letters
from skillmatch.planning.plan_file import PlanFile
from skillmatch.service.plans.exports import write_plan

LONG = "Ünïcödé safety; courses, with a title that goes on and on, " * 3
ROLE = Role("R", "Ward lead", requirements=(Requirement("a", 3.0),))
CATALOGUE = Catalogue.of(
    [Credential("C", LONG.strip(), issuer="=Care/Bridge"), Credential("D", "Short", issuer="Civic")]
)
PEOPLE = {
    "own/1": Person("own/1", "Ada Berg", unit="Ward 1/East"),
    "own/2": Person("own/2", "Ben, Cole", unit="Ward 2"),
}


def step(credential: str, start: date, end: date) -> PlanStep:
    return PlanStep(credential, CATALOGUE.credentials[credential].title, start, end, 8.0, 90.0)


PARTS = (
    Assignment("hire/00001", OptionKind.HIRE, "R", demand=0, cost=900.0),
    Assignment(
        "own/1",
        OptionKind.TRAIN,
        "R",
        "Ward 1/East",
        (step("C", date(2026, 3, 2), date(2026, 3, 15)), step("D", date(2026, 3, 16), date(2026, 3, 22))),
        demand=0,
        coverage_before=0.4,
        coverage_after=0.9,
        cost=180.0,
        hours=16.0,
    ),
    # The same course from the same day, but more slowly.
    Assignment("own/2", OptionKind.TRAIN, "", "Ward 2", (step("C", date(2026, 3, 2), date(2026, 3, 29)),), covers=(0,)),
    Assignment("own/9", OptionKind.MOVE, "R", "Ward 2", demand=0),  # has left since
)
PLAN = Plan("Wards", PlanStatus.OPTIMAL, PARTS, 3.0, 3.0, as_of=date(2026, 3, 1), input_hash="abc")
FILE = PlanFile(Scenario("Wards", (Demand("R", 3, date(2026, 6, 30)),), PlanLimits()), PLAN, {})


def write(what: str, path: Path) -> dict[str, int]:
    return write_plan(FILE, what, path, PEOPLE, {"R": ROLE}, CATALOGUE)


def test_the_calendar_follows_its_standard() -> None:
    text = calendar(PLAN, PEOPLE)
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "").split("\r\n")
    events = "\n".join(unfolded).split("BEGIN:VEVENT")[1:]
    assert len(events) == 3
    for event in events:
        for name in ("UID:", "DTSTAMP:", "DTSTART;VALUE=DATE:", "DTEND;VALUE=DATE:", "SUMMARY:"):
            assert event.count(f"\n{name}") == 1
    uids = [line for line in unfolded if line.startswith("UID:")]
    assert len(set(uids)) == len(uids)
    assert "DTEND;VALUE=DATE:20260316" in unfolded  # the day after the last one, as the standard has it
    assert "DESCRIPTION:Ben\\, Cole" in unfolded
    assert any(line.startswith("SUMMARY:Ünïcödé safety\\; courses\\,") for line in unfolded)
    assert calendar(PLAN, PEOPLE) == text


def test_managers_read_names_and_titles_and_who_is_to_be_hired_last(tmp_path: Path) -> None:
    assert write("managers", tmp_path / "m.csv") == {"m.csv": 5}
    with (tmp_path / "m.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["person"] for row in rows] == ["own/1", "own/1", "own/2", "own/9", "hire/00001"]
    assert rows[0]["name"] == "Ada Berg"
    assert rows[0]["for role"] == "Ward lead"
    assert sum(float(row["cost"]) for row in rows) == 90.0 * 3 + 900.0


@pytest.mark.parametrize("what", ["managers", "providers"])
def test_sheets_open_with_a_header_that_stays(tmp_path: Path, what: str) -> None:
    count = write(what, tmp_path / "t.xlsx")["t.xlsx"]
    sheet = load_workbook(tmp_path / "t.xlsx").active
    assert sheet.max_row == count + 1
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].value in ("unit", "provider")
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)  # no formula, whatever it is called


def test_each_manager_and_provider_has_a_file_of_their_own(tmp_path: Path) -> None:
    assert write("managers", tmp_path / "units") == {"Ward_1_East.xlsx": 2, "Ward_2.xlsx": 2, "none.xlsx": 1}
    assert write("providers", tmp_path / "providers") == {"Civic.xlsx": 1, "_Care_Bridge.xlsx": 2}
    assert {path.parent for path in tmp_path.rglob("*.xlsx")} == {tmp_path / "units", tmp_path / "providers"}


def test_letters_go_to_people_who_are_there(tmp_path: Path) -> None:
    assert write("letters", tmp_path / "letters") == {"letters": 2}
    text = (tmp_path / "letters" / "own_1.txt").read_text(encoding="utf-8")
    assert "Dear Ada Berg," in text
    assert "Ward lead" in text
    assert "40% of the role today, and 90% afterwards" in text
    assert "hire" not in "".join(letters(replace(PLAN), PEOPLE, {"R": ROLE}))


def test_the_file_itself_is_exported_unchanged(tmp_path: Path) -> None:
    write("json", tmp_path / "p.json")
    assert (tmp_path / "p.json").read_text(encoding="utf-8") == FILE.to_text()

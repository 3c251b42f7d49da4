"""Cells that a spreadsheet would run: whatever callers stored, no file that they or others download holds a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from skillmatch.api.schemas.plans import PlanPart
from skillmatch.service.workspace import Workspace

from ..calls import ALL, with_things

FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    '"=1"',
    "\uff1d1+1",
    " =1+1",
    "=\n1",
]
STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cells(content: bytes) -> Iterator[str]:
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        yield from row


def runs(cell: str) -> bool:
    """Whether a spreadsheet could take a cell for a formula; a plain number is none."""
    try:
        float(cell)
    except ValueError:
        return cell.lstrip(" ").startswith(STARTS)
    return False


def test_the_list_of_rows_that_were_not_taken_holds_no_formula(own: Workspace, own_client: TestClient) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "name", "role"])
    writer.writerows(["" if number % 2 else formula, formula, formula] for number, formula in enumerate(FORMULAS * 2))
    given = ALL["import_file"].send(own_client, given={"keep_going": "true"}, content=out.getvalue().encode())
    own.jobs.run_next()
    file = own_client.get(f"{given.headers['location']}/files/errors.csv")
    assert file.status_code == 200
    found = list(cells(file.content))
    assert len(found) > len(FORMULAS)
    assert [cell for cell in found if runs(cell)] == []


@pytest.fixture
def approved(own: Workspace, own_client: TestClient) -> str:
    """A plan whose people, units and name are all formulas."""
    for number, person in enumerate(own.people.all()):
        formula = FORMULAS[number % len(FORMULAS)].replace("\r", "").replace("\n", "").replace("\t", "")
        body = {"name": formula, "unit": formula}
        assert own_client.patch(f"/v1/people/{person.id}", json=body, headers={"If-Match": "*"}).status_code == 200
    return with_things(ALL["export_plan"], own).given["plan_id"]


def test_no_part_of_a_plan_holds_a_formula(own_client: TestClient, approved: str) -> None:
    names = 0
    for part in PlanPart:
        file = own_client.get(f"/v1/plans/{approved}/export/{part.value}")
        assert file.status_code == 200, part
        assert file.headers["content-disposition"] == f'attachment; filename="{part.value}"'
        if part.value.endswith(".csv"):
            found = list(cells(file.content))
            names += sum("1+1" in cell or "SUM" in cell for cell in found)
            assert [cell for cell in found if runs(cell)] == [], part
        if part.value.endswith(".xlsx"):
            for sheet in load_workbook(io.BytesIO(file.content)).worksheets:
                for row in sheet.iter_rows():
                    assert [cell.value for cell in row if cell.data_type == "f"] == [], part
    assert names  # what was stored is there, and harmless

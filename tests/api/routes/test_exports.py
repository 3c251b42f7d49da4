"""Exports over HTTP: everything about one person for those who may, and tables that import again and run nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from skillmatch.service.imports.exports import Exportable
from skillmatch.service.workspace import Workspace

Grant = Callable[..., TestClient]

HERE = "/v1/people/own/P-037"
MINE = "Care homes"
KINDS = ["credentials", "offerings", "stacks", "roles", "people", "evidence", "awards"]


def table(client: TestClient, file: str) -> list[dict[str, str]]:
    response = client.get(f"/v1/exports/{file}")
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/csv")
    assert response.headers["content-disposition"] == f'attachment; filename="{file}"'
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_a_person_gets_everything_about_themself_and_who_asked(as_caller: Grant, own: Workspace) -> None:
    as_caller("read").get(f"{HERE}/recommendations?role=R-B03")
    served = own.audit.replay(own.audit.lines().items[-1].seq).answer
    me = as_caller("self", person="own/P-037")

    found = me.get(f"{HERE}/export")

    assert found.status_code == 200, found.text
    document = found.json()
    person = own.people.get("own/P-037")
    assert (document["format"], document["person"]["name"]) == ("skillmatch-person/1", person.name)
    assert len(document["evidence"]) == len(person.evidence) > 0
    assert len(document["awards"]) == len(person.awards)
    assert document["profile"]
    (access,) = [item for item in document["accesses"] if item["action"] == "people.recommend"]
    assert served is not None
    assert access["answer"] == served.decode()
    assert own.audit.lines(person="own/P-037").items[-1].action == "people.export"
    short = me.get(f"{HERE}/export?answers=false").json()
    assert [item["action"] for item in short["accesses"]] == [
        *[item["action"] for item in document["accesses"]],
        "people.export",
    ]
    assert {item["answer"] for item in short["accesses"]} == {None}
    assert me.get("/v1/people/own/P-001/export").status_code == 404


def test_who_asked_is_no_business_of_other_readers(as_caller: Grant) -> None:
    assert as_caller("read").get(f"{HERE}/export").json()["accesses"] is None
    assert as_caller("read", units=[MINE]).get(f"{HERE}/export").json()["accesses"] is None
    assert as_caller("admin").get(f"{HERE}/export").json()["accesses"] != []
    assert as_caller("report").get(f"{HERE}/export").status_code == 403


def test_nothing_is_left_to_export_of_an_erased_person(own_client: TestClient) -> None:
    own_client.delete(HERE, headers={"If-Match": "*"})
    assert own_client.get(f"{HERE}/export").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_is_the_one_that_the_command_line_writes(
    own_client: TestClient, own: Workspace, tmp_path: Path, kind: str
) -> None:

    own.export(Exportable(kind), tmp_path / f"{kind}.csv")
    assert own_client.get(f"/v1/exports/{kind}.csv").content == (tmp_path / f"{kind}.csv").read_bytes()
    sheet = own_client.get(f"/v1/exports/{kind}.xlsx")
    assert sheet.headers["content-type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    rows = list(load_workbook(io.BytesIO(sheet.content), read_only=True).active.values)
    assert len(rows) == len(table(own_client, f"{kind}.csv")) + 1


def test_a_table_that_was_handed_out_imports_again_unchanged(
    own_client: TestClient, own: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_bytes(own_client.get("/v1/exports/people.csv").content)
    report = own.people.import_from(tmp_path / "people.csv")
    assert report.applied
    assert (report.added, report.changed, report.unchanged) == (0, 0, len(own.people.all()))


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2+3", '"=1"'])
def test_formula_cells_are_inert(own_client: TestClient, text: str) -> None:
    assert own_client.put("/v1/people/hris/x", json={"name": text, "unit": text}).status_code == 201
    (row,) = [row for row in table(own_client, "people.csv") if row["id"] == "hris/x"]
    assert (row["name"], row["unit"]) == (f"'{text}", f"'{text}")
    sheet = load_workbook(io.BytesIO(own_client.get("/v1/exports/people.xlsx").content))
    (cells,) = [cells for cells in sheet.active.iter_rows() if cells[0].value == "hris/x"]
    assert "f" not in {cell.data_type for cell in cells}
    assert cells[1].value == f"'{text}"


@pytest.mark.parametrize("kind", ["people", "evidence", "awards"])
def test_tables_about_people_hold_the_granted_units_only(as_caller: Grant, own: Workspace, kind: str) -> None:
    manager = as_caller("read", units=[MINE])
    mine = {person.id for person in own.people.all([MINE])}
    rows = table(manager, f"{kind}.csv")
    ids = {row["id" if kind == "people" else "person"] for row in rows}
    assert ids
    assert ids <= mine
    whole = table(as_caller("read"), f"{kind}.csv")
    assert len(whole) > len(rows)
    lines = own.audit.lines(action="tables.export")
    assert [len(line.subjects) for line in lines.items] == [len(mine), len(own.people.all())]
    assert {lines.people[one] for one in lines.items[0].subjects} == mine


def test_what_is_no_table_is_refused(own_client: TestClient) -> None:
    for file in ("all.csv", "taxonomy.csv", "people", "people.pdf", "..%2Fsecret.csv", "keys.csv"):
        assert own_client.get(f"/v1/exports/{file}").status_code == 422, file


def test_tables_need_the_scope_read(as_caller: Grant) -> None:
    for client in (as_caller("report", "plan"), as_caller("self", person="own/P-037")):
        assert client.get("/v1/exports/credentials.csv").status_code == 403

"""Workbooks that are bombs or lures, handed in over HTTP: the job fails with words, soon, and the server goes on.

How each is told apart stands in ``tests/files/test_sheet.py``.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from starlette.testclient import TestClient

from skillmatch.domain.access.job import JobStatus
from skillmatch.service.workspace import Workspace

from ..calls import ALL

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LURE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "%s">]>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 50 + b'">]>'


def workbook(change: Callable[[str, bytes], bytes] = lambda _, old: old, **more: bytes) -> bytes:
    """A workbook of one person, its members changed."""
    plain, packed = io.BytesIO(), io.BytesIO()
    book = Workbook()
    book.active.append(["id", "name"])
    book.active.append(["xlsx", "Ann"])
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more.items():
            new.writestr(name, content)
    return packed.getvalue()


def in_sheet(change: Callable[[bytes], bytes]) -> Callable[[str, bytes], bytes]:
    return lambda name, old: change(old) if name.endswith("sheet1.xml") else old


BOMBS: dict[str, Callable[[], bytes]] = {
    "a ratio": lambda: workbook(in_sheet(lambda old: old + b" " * 30_000_000)),
    "a size": lambda: workbook(in_sheet(lambda old: old + bytes(range(32, 127)) * 600_000)),
    "a huge dimension": lambda: workbook(
        in_sheet(lambda old: old.replace(b'r="2"', b'r="999999999"').replace(b'r="A2"', b'r="XFD999999999"'))
    ),
    "too many columns": lambda: workbook(in_sheet(lambda old: old.replace(b'r="B2"', b'r="XFD2"'))),
    "an external entity": lambda: workbook(in_sheet(lambda old: LURE % b"file:///etc/passwd" + old)),
    "an entity elsewhere": lambda: workbook(in_sheet(lambda old: LURE % b"http://127.0.0.1:1/" + old)),
    "entities upon entities": lambda: workbook(in_sheet(lambda old: LAUGHS + old)),
    "an entity in the list of sheets": lambda: workbook(
        lambda name, old: LURE % b"file:///etc/passwd" + old if name == "xl/workbook.xml" else old
    ),
    "a zip in a zip": lambda: workbook(**{"xl/x.xlsx": workbook(in_sheet(lambda old: old + b" " * 30_000_000)) * 3}),
    "a member that leads outside": lambda: workbook(**{"../../evil.xml": b"<x/>"}),
    "many members": lambda: workbook(**{f"x{number}.xml": b"" for number in range(10_001)}),
    "no workbook": lambda: b"id,name\n1,Ann\n",
    "an old workbook": lambda: b"\xd0\xcf\x11\xe0" + bytes(5_000),
    "half a workbook": lambda: workbook()[:-100],
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_and_nobody_is_stored(own: Workspace, own_client: TestClient, bomb: str) -> None:
    content = BOMBS[bomb]()
    given = ALL["import_file"].send(own_client, content=content, headers={"Content-Type": XLSX})
    assert given.status_code == 202
    before = len(own.people.all())
    done = own.jobs.run_next()
    assert done is not None
    if done.status is JobStatus.DONE:
        assert bomb == "a zip in a zip"  # which nobody opens
        return
    assert done.status is JobStatus.FAILED
    told = own_client.get(f"/v1/jobs/{done.id}").json()["error"]
    assert told["code"] == "invalid_input"
    assert "root:" not in str(told)
    assert len(own.people.all()) == before
    assert own_client.get("/v1/roles").status_code == 200


def test_a_sound_workbook_is_taken(own: Workspace, own_client: TestClient) -> None:
    ALL["import_file"].send(own_client, content=workbook(), headers={"Content-Type": XLSX})
    own.jobs.run_next()
    assert own_client.get("/v1/people/own/xlsx").json()["name"] == "Ann"

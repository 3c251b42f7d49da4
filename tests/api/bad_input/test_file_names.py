"""Names of files that lead elsewhere: in addresses, in headers of uploads, in archives. Nothing outside is read or
written."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from skillmatch.service.workspace import Workspace

from ..calls import ALL, with_things

PATHS = [
    "../errors.csv",
    "../../workspace.db",
    "..\\..\\workspace.db",
    "....//....//workspace.db",
    "/etc/passwd",
    "C:\\Windows\\win.ini",
    "\\\\evil.example\\share\\x",
    "~root/.ssh/id_rsa",
    "file:///etc/passwd",
    "errors.csv/../../workspace.db",
    "errors.csv\x00.png",
    "errors.csv%00",
    "./errors.csv",
    "errors.csv ",
    "ERRORS.CSV",
    "errors.csv:stream",
    "input.csv",
    "map.toml",
    "progress.json",
    "cancel",
    "worker.lock",
    "...",
    "CON",
    "x" * 99,
    "\u2025/x",
    "\uff0e\uff0e\uff0fworkspace.db",
]


def spellings(path: str) -> set[str]:
    """Ways to write a path as one segment of an address."""
    once = quote(path, safe="", errors="surrogatepass")
    return {once, quote(once, safe=""), once.replace("%2F", "%2f").replace(".", "%2e"), once.replace("%2F", "%c0%af")}


def test_a_file_of_a_job_is_one_that_it_wrote(own: Workspace, own_client: TestClient) -> None:
    call = with_things(ALL["get_job_file"], own)
    assert call.send(own_client).status_code == 200
    job = call.given["job_id"]
    for name in {spelt for path in PATHS for spelt in spellings(path)}:
        for address in (f"/v1/jobs/{job}/files/{name}", f"/v1/jobs/{name}/files/errors.csv", f"/v1/jobs/{name}"):
            response = own_client.get(address)
            assert response.status_code in (400, 404, 422), (address, response.text[:200])
            assert "root:" not in response.text


def test_a_plan_is_exported_under_names_of_ours_only(own_client: TestClient) -> None:
    for name in {spelt for path in PATHS for spelt in spellings(path)}:
        for address in (f"/v1/plans/{name}/export/managers.csv", f"/v1/plans/{name}", f"/v1/plans/x/export/{name}"):
            assert own_client.get(address).status_code in (400, 404, 422), address


@pytest.mark.parametrize("path", PATHS)
def test_the_pages_files_are_those_that_it_has(client: TestClient, path: str) -> None:
    for name in spellings(path):
        for address in (f"/docs/{name}", f"/docs/try/{name}"):
            response = client.get(address)
            malformed = response.status_code == 400 and response.json()["code"] == "malformed_address"
            assert malformed or response.status_code == 404, address


def listing(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


def test_what_an_upload_calls_itself_names_no_file(
    own: Workspace, own_client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The server's own name is used, whatever headers say, and nothing appears outside the job's folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    for path in PATHS:
        before = listing(tmp_path)
        printable = path.encode("ascii", "ignore").decode().replace("\x00", "")
        headers = {
            "Content-Type": f'text/csv; name="{printable}"',
            "Content-Disposition": f'attachment; filename="{printable}"',
            "Slug": printable,
        }
        given = ALL["import_file"].send(own_client, headers=headers)
        assert given.status_code == 202, path
        new = {name for name in listing(tmp_path) - before if not name.startswith(("own/workspace.db", "own/audit.db"))}
        assert new <= {f"own/jobs/{given.json()['id']}/input.csv"}, path


@pytest.mark.parametrize(
    "name", ["../people.csv", "/tmp/people.csv", "..\\people.csv", "C:\\people.csv", "a/../../people.csv"]
)
def test_an_archive_that_unpacks_elsewhere_is_refused(
    own: Workspace, own_client: TestClient, tmp_path: Path, name: str
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "id,name\nzip,Slip\n")
        archive.writestr("people.csv", "id,name\nzip,Slip\n")
    before = listing(tmp_path)
    call = ALL["import_file"]
    given = call.send(own_client, content=packed.getvalue(), headers={"Content-Type": "application/zip"})
    if given.status_code == 202:
        done = own.jobs.run_next()
        assert done is not None and done.status == "failed"
    assert not any("people.csv" in name for name in listing(tmp_path) - before)
    assert own_client.get("/v1/people/own/zip").status_code == 404


@pytest.mark.parametrize("source", ["../x", "a/b", "a:b", "..", "a b", "\\x", "%2e%2e"])
def test_a_source_that_looks_like_a_path_makes_no_file(
    own: Workspace, own_client: TestClient, tmp_path: Path, source: str, as_caller: Callable[..., TestClient]
) -> None:
    before = {name for name in listing(tmp_path) if "/jobs/" not in name}
    ALL["import_file"].send(own_client, given={"source": source})
    own.jobs.run_next()
    own_client.post("/v1/people", json={"source": source, "external_id": "../../x", "name": "X"})
    after = {name for name in listing(tmp_path) if "/jobs/" not in name}
    assert {name for name in after - before if not name.startswith(("own/workspace.db", "own/audit.db"))} == set()

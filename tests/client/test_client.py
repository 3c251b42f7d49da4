"""The client against a live server: documents, pages, tags, errors by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.live_files import seen_elsewhere

from skillmatch.client import (
    ChangedMeanwhileError,
    Client,
    ConflictError,
    InvalidError,
    JobFailedError,
    NoAnswerError,
    NotFoundError,
    Outcome,
    UnauthenticatedError,
)

PERSON = {"name": "Zoe Lind", "unit": "Night shift", "languages": ["en"], "hours_per_week": 3.0}


def test_a_list_is_read_to_its_end_page_by_page(api: Client) -> None:
    found = [person["id"] for person in api.items("/v1/people", limit=7)]
    assert found == sorted(set(found))
    assert len(found) >= 60


def test_an_upsert_adds_changes_and_leaves_alone(api: Client) -> None:
    path = "/v1/people/own/N-1"
    assert api.upsert(path, PERSON) is Outcome.ADDED
    assert api.upsert(path, PERSON) is Outcome.SAME
    assert api.upsert(path, {**PERSON, "unit": "Day shift"}) is Outcome.CHANGED
    assert api.get(path)["unit"] == "Day shift"
    api.delete(path)
    with pytest.raises(NotFoundError) as found:
        api.get(path)
    assert (found.value.status, found.value.code) == (404, "not_found")
    assert found.value.request_id


def test_errors_say_what_where_and_what_to_do(api: Client, live: tuple[str, str]) -> None:
    with pytest.raises(InvalidError) as wrong:
        api.post("/v1/people", {"source": "own", "external_id": "N-2", "name": 5})
    assert wrong.value.errors[0]["pointer"] == "#/name"
    assert wrong.value.remedy
    taken = next(api.items("/v1/people", limit=1))["id"]
    source, external_id = taken.split("/", 1)
    with pytest.raises(ConflictError):
        api.post("/v1/people", {"source": source, "external_id": external_id, "name": "Somebody"})
    with pytest.raises(ChangedMeanwhileError):
        api.request("PUT", f"/v1/people/{taken}", PERSON, headers={"If-Match": '"other"'})
    with pytest.raises(UnauthenticatedError), Client(live[0], "sm_0123456789ab_wrong") as stranger:
        stranger.get("/v1/people")


def test_a_file_is_imported_and_its_job_watched(api: Client, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("id,name,unit\nI-1,Ada Berg,Ward 1\nI-2,Ben Cole,Ward 2\n")
    states: list[str] = []
    job = api.import_file(file, "people", source="hris", dry_run=True)
    done = api.wait_for_job(f"/v1/jobs/{job['id']}", seen=lambda state: states.append(state["job_status"]), every=0.05)
    assert (states[-1], done["result"]["applied"]) == ("done", False)
    job = api.import_file(file, "people", source="hris")
    assert api.wait_for_job(f"/v1/jobs/{job['id']}", every=0.05)["result"]["added"] == 2
    assert api.get("/v1/people/hris/I-2")["name"] == "Ben Cole"
    for external_id in ("I-1", "I-2"):
        api.delete(f"/v1/people/hris/{external_id}")

    file.write_text("id,name\n,Nobody\n")
    broken = api.import_file(file, "people", source="hris")
    with pytest.raises(JobFailedError, match="rows could not be taken") as failed:
        api.wait_for_job(f"/v1/jobs/{broken['id']}", every=0.05)
    assert failed.value.job["files"] == ["errors.csv"]
    with pytest.raises(ValueError, match=r"\.csv"):
        api.import_file(tmp_path / "people.pdf", "people")


def test_nobody_there_is_an_error_after_all_tries() -> None:
    waits: list[float] = []
    with Client("http://127.0.0.1:1", "k", tries=3, sleep=waits.append) as client, pytest.raises(NoAnswerError):
        client.get("/v1/people")
    assert len(waits) == 2


def test_the_recipe_of_the_nightly_sync_works(
    live: tuple[str, str],
    live_folder: Path,
    api: Client,
    repository: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = (repository / "docs" / "recipes" / "nightly-hr-sync.md").read_text()
    program = text.split("```python\n", 1)[1].split("```", 1)[0]
    assert len(program.strip().splitlines()) <= 30
    monkeypatch.setenv("SKILLMATCH_ADDRESS", live[0])
    monkeypatch.setenv("SKILLMATCH_KEY", live[1])
    monkeypatch.chdir(tmp_path)
    staff = tmp_path / "staff.csv"
    told: list[str] = []
    for content, expected in (
        ("id,name,unit,hours\nS-1,Ada Berg,Ward 1,4\nS-2,Ben Cole,Ward 2,\n", "2 added, 0 changed, 0 the same, 0 gone"),
        ("id,name,unit,hours\nS-1,Ada Berg,Ward 1,4\nS-2,Ben Cole,Ward 1,\n", "0 added, 1 changed, 1 the same, 0 gone"),
        ("id,name,unit,hours\nS-1,Ada Berg,Ward 1,4\n", "0 added, 0 changed, 1 the same, 1 gone"),
    ):
        staff.write_text(content)
        exec(compile(program, "nightly-hr-sync.md", "exec"), {"print": told.append, "__name__": "__main__"})
        assert told[-1] == expected
    assert api.get("/v1/people/hris/S-1")["hours_per_week"] == 4.0
    with pytest.raises(NotFoundError):
        api.get("/v1/people/hris/S-2")
    verdicts, people = seen_elsewhere(live_folder)
    assert set(verdicts) == {"ok"}
    assert {one for one in people if one.startswith("hris/")} == {"hris/S-1"}

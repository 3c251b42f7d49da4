"""Files handed in over HTTP: taken as jobs, followed, refused; others' jobs are as if they were not there."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from tests.api.conftest import Grant

from skillmatch.service.workspace import Workspace

CSV = {"Content-Type": "text/csv"}
PEOPLE = "id,name,unit,role\nP-900,Ada Berg,Care homes,own/R-B03\n"


def test_a_file_of_people_is_taken_and_answers_know_them(own: Workspace, own_client: TestClient) -> None:
    handed_in = own_client.post("/v1/imports?what=people&source=hris", content=PEOPLE, headers=CSV)
    assert handed_in.status_code == 202
    assert handed_in.json()["job_status"] == "queued"

    own.jobs.run_next()

    job = own_client.get(handed_in.headers["Location"]).json()
    assert (job["job_status"], job["error"], job["result"]["added"]) == ("done", None, 1)
    assert own_client.get("/v1/people/hris/P-900").json()["name"] == "Ada Berg"


def test_rows_that_cannot_be_taken_are_in_a_file_and_nothing_is_written(own: Workspace, own_client: TestClient) -> None:
    rows = PEOPLE + "P-901,=cmd(),Care homes,No such role\n"
    job = own_client.post("/v1/imports?what=people&source=hris", content=rows, headers=CSV).json()
    own.jobs.run_next()

    ended = own_client.get(f"/v1/jobs/{job['id']}").json()
    assert ended["job_status"] == "failed"
    assert ended["error"]["code"] == "rows_rejected"
    file = own_client.get(f"/v1/jobs/{job['id']}/files/errors.csv")
    assert "No such role" in file.text
    assert file.headers["content-type"].startswith("text/csv")
    assert own_client.get("/v1/people/hris/P-900").status_code == 404


def test_a_dry_run_writes_nothing(own: Workspace, own_client: TestClient) -> None:
    job = own_client.post("/v1/imports?what=people&dry_run=true", content=PEOPLE, headers=CSV).json()
    own.jobs.run_next()
    assert own_client.get(f"/v1/jobs/{job['id']}").json()["job_status"] == "done"
    assert own_client.get("/v1/people/own/P-900").status_code == 404


def test_the_same_file_sent_again_with_its_key_is_one_job(own: Workspace, own_client: TestClient) -> None:
    headers = CSV | {"Idempotency-Key": "nightly-1"}
    first, again = (own_client.post("/v1/imports?what=people", content=PEOPLE, headers=headers) for _ in range(2))
    assert again.content == first.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(own.jobs.all().items) == 1
    other = own_client.post("/v1/imports?what=people", content=PEOPLE + "P-902,B\n", headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


@pytest.mark.parametrize(
    ("query", "kind", "status", "code"),
    [
        ("what=people", "text/html", 415, "unsupported_media_type"),
        ("what=cats", "text/csv", 422, "invalid_input"),
        ("", "text/csv", 422, "invalid_input"),
        ("what=people&column_map=%5B", "text/csv", 202, ""),  # what is wrong with the map is told by the job
    ],
)
def test_what_is_no_import_is_refused(own_client: TestClient, query: str, kind: str, status: int, code: str) -> None:
    answer = own_client.post(f"/v1/imports?{query}", content=PEOPLE, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json().get("code", "")) == (status, code), answer.text


def test_a_waiting_job_can_be_cancelled_once(own_client: TestClient) -> None:
    job = own_client.post("/v1/imports?what=people", content=PEOPLE, headers=CSV).json()
    assert own_client.post(f"/v1/jobs/{job['id']}/cancel").json()["job_status"] == "cancelled"
    assert own_client.get("/v1/jobs?status=cancelled").json()["items"][0]["id"] == job["id"]


def test_jobs_come_page_by_page_the_latest_first(own_client: TestClient) -> None:
    made = [own_client.post("/v1/imports?what=people", content=PEOPLE, headers=CSV).json()["id"] for _ in range(5)]
    seen, address = [], "/v1/jobs?limit=2"
    while address:
        page = own_client.get(address)
        seen += [item["id"] for item in page.json()["items"]]
        address = page.links.get("next", {}).get("url", "")
    assert seen == made[::-1]
    assert own_client.get("/v1/jobs?cursor=YQ").status_code == 422


def test_the_jobs_of_others_are_as_if_they_were_not_there(own: Workspace, as_caller: Grant) -> None:
    mine, other, admin = as_caller("write"), as_caller("write"), as_caller("admin")
    job = mine.post("/v1/imports?what=people", content=PEOPLE, headers=CSV).json()["id"]
    assert mine.get(f"/v1/jobs/{job}").status_code == 200
    unknown = other.get("/v1/jobs/job-0000000000000000").json()
    hidden = other.get(f"/v1/jobs/{job}").json()
    assert (hidden["status"], hidden["code"]) == (unknown["status"], unknown["code"]) == (404, "not_found")
    assert other.post(f"/v1/jobs/{job}/cancel").status_code == 404
    assert other.get("/v1/jobs").json()["items"] == []
    assert [item["id"] for item in admin.get("/v1/jobs").json()["items"]] == [job]


def test_callers_bound_to_units_import_no_files(as_caller: Grant) -> None:
    answer = as_caller("write", units=["Care homes"]).post("/v1/imports?what=people", content=PEOPLE, headers=CSV)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    assert as_caller("read").post("/v1/imports?what=people", content=PEOPLE, headers=CSV).status_code == 403

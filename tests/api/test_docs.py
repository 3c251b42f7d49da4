"""The description is complete, its examples run, and the page that shows it stands on its own."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from skillmatch.api import schemas
from skillmatch.api.app import create_app
from skillmatch.api.http.problems import KINDS
from skillmatch.api.openapi.description import describe, example_of, name_of
from skillmatch.api.openapi.operations import address, answer_of
from skillmatch.api.schemas.envelope import Envelope
from skillmatch.api.schemas.plans import EXAMPLE_SCENARIO
from skillmatch.api.schemas.webhooks import EXAMPLE_WEBHOOK
from skillmatch.domain.access.audit import AccessNote
from skillmatch.domain.access.webhook import Webhook, WebhookEvent
from skillmatch.domain.skills.feedback import Verdict
from skillmatch.domain.skills.overlay import OverlayChange
from skillmatch.service.access.outbound import HOSTS
from skillmatch.service.workspace import Workspace

SHOWN = {"127.0.0.1:8000", "hooks.example.org", "example.org"}  # where the page is, and examples, which are no links

PERSON = "/v1/people/{source}/{external_id}"

ROLE = "/v1/roles/{source}/{external_id}"

OPERATIONS = {
    "accept_requirements": f"{ROLE}/requirements/accept",
    "add_credential": "/v1/credentials",
    "add_evidence": f"{PERSON}/evidence",
    "add_offering": "/v1/offerings",
    "add_overlay_entry": "/v1/overlay/entries",
    "add_person": "/v1/people",
    "add_role": "/v1/roles",
    "add_stack": "/v1/stacks",
    "add_webhook": "/v1/webhooks",
    "approve_plan": "/v1/plans/{plan_id}/approvals",
    "cancel_job": "/v1/jobs/{job_id}/cancel",
    "check_plan": "/v1/plans/{plan_id}/check",
    "check_scenario": "/v1/scenarios/check",
    "compare_roles": f"{ROLE}/comparison",
    "complete_skill": "/v1/skills/autocomplete",
    "create_key": "/v1/keys",
    "decide_claim": f"{PERSON}/claims/{{thing_id}}/decision",
    "decide_dispute": f"{PERSON}/disputes/{{thing_id}}/decision",
    "diff_plans": "/v1/plans/{plan_id}/diff/{other_id}",
    "erase_person": PERSON,
    "export_person": f"{PERSON}/export",
    "export_plan": "/v1/plans/{plan_id}/export/{part}",
    "export_table": "/v1/exports/{file}",
    "extract": "/v1/skills/extract",
    "gap": "/v1/gap",
    "get_answer": "/v1/audit/{line}/answer",
    "get_credential": "/v1/credentials/{source}/{external_id}",
    "get_evidence": f"{PERSON}/evidence/{{piece_id}}",
    "get_feedback": "/v1/feedback/{number}",
    "get_gaps": "/v1/gaps",
    "get_job": "/v1/jobs/{job_id}",
    "get_job_file": "/v1/jobs/{job_id}/files/{name}",
    "get_key": "/v1/keys/{key_id}",
    "get_occupation": "/v1/occupations/{occupation}",
    "get_offering": "/v1/offerings/{source}/{external_id}",
    "get_overlay_entry": "/v1/overlay/entries/{number}",
    "get_person": PERSON,
    "get_person_grid": "/v1/team/people",
    "get_plan": "/v1/plans/{plan_id}",
    "get_profile": f"{PERSON}/profile",
    "get_role": "/v1/roles/{source}/{external_id}",
    "get_skill": "/v1/skills/{skill}",
    "get_stack": "/v1/stacks/{source}/{external_id}",
    "get_team": "/v1/team",
    "get_unit_grid": "/v1/team/grid",
    "get_unmet": "/v1/team/unmet",
    "get_webhook": "/v1/webhooks/{id}",
    "give_feedback": "/v1/feedback",
    "govern_requirement": f"{ROLE}/requirements/govern",
    "health": "/v1/health",
    "import_file": "/v1/imports",
    "list_audit": "/v1/audit",
    "list_awards": f"{PERSON}/awards",
    "list_claims": f"{PERSON}/claims",
    "list_credentials": "/v1/credentials",
    "list_deliveries": "/v1/webhooks/{id}/deliveries",
    "list_disputes": f"{PERSON}/disputes",
    "list_evidence": f"{PERSON}/evidence",
    "list_feedback": "/v1/feedback",
    "list_jobs": "/v1/jobs",
    "list_keys": "/v1/keys",
    "list_occupations": "/v1/occupations",
    "list_offerings": "/v1/offerings",
    "list_overlay": "/v1/overlay",
    "list_people": "/v1/people",
    "list_plans": "/v1/plans",
    "list_roles": "/v1/roles",
    "list_stacks": "/v1/stacks",
    "list_taxonomies": "/v1/taxonomies",
    "list_taxonomy_changes": "/v1/taxonomies/changes",
    "list_webhooks": "/v1/webhooks",
    "normalise": "/v1/skills/normalise",
    "patch_credential": "/v1/credentials/{source}/{external_id}",
    "patch_offering": "/v1/offerings/{source}/{external_id}",
    "patch_person": PERSON,
    "patch_role": ROLE,
    "patch_stack": "/v1/stacks/{source}/{external_id}",
    "pathway": "/v1/pathway",
    "person_adjacent": f"{PERSON}/adjacent",
    "person_gap": f"{PERSON}/gap",
    "person_pathway": f"{PERSON}/pathway",
    "person_recommendations": f"{PERSON}/recommendations",
    "person_why": f"{PERSON}/why",
    "price_scenario": "/v1/scenarios/prices",
    "put_credential": "/v1/credentials/{source}/{external_id}",
    "put_evidence": f"{PERSON}/evidence",
    "put_offering": "/v1/offerings/{source}/{external_id}",
    "put_person": PERSON,
    "put_role": ROLE,
    "put_stack": "/v1/stacks/{source}/{external_id}",
    "raise_dispute": f"{PERSON}/disputes",
    "recommendations": "/v1/recommendations",
    "reject_requirement": f"{ROLE}/requirements/reject",
    "related_skills": "/v1/skills/{skill}/related",
    "remove_credential": "/v1/credentials/{source}/{external_id}",
    "remove_evidence": f"{PERSON}/evidence/{{piece_id}}",
    "remove_offering": "/v1/offerings/{source}/{external_id}",
    "remove_plan": "/v1/plans/{plan_id}",
    "remove_role": ROLE,
    "remove_stack": "/v1/stacks/{source}/{external_id}",
    "remove_webhook": "/v1/webhooks/{id}",
    "replay_answer": "/v1/audit/{line}/replay",
    "replay_webhook": "/v1/webhooks/{id}/replay",
    "rotate_webhook": "/v1/webhooks/{id}/rotate",
    "revoke_key": "/v1/keys/{key_id}/revocation",
    "role_history": f"{ROLE}/history",
    "rotate_key": "/v1/keys/{key_id}/rotation",
    "search_skills": "/v1/skills",
    "solve_plan": "/v1/plans",
    "stress_plan": "/v1/plans/{plan_id}/stress",
    "submit_claim": f"{PERSON}/claims",
    "suggest_from_occupation": "/v1/roles/from-occupation",
    "suggest_from_text": "/v1/roles/from-text",
    "take_events": "/v1/learning-events",
    "verify_audit": "/v1/audit/verification",
    "withdraw_overlay_entry": "/v1/overlay/entries/{number}/withdrawal",
}


FIRST = {"remove_credential": "add_credential", "remove_role": "add_role"}
"""Operations whose example speaks of what the example of another one adds."""


def every_operation(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, spec) for path, methods in document["paths"].items() for method, spec in methods.items()]


def test_every_address_is_described(app: FastAPI) -> None:
    document = describe(app)

    assert document["openapi"].startswith("3.1")
    assert {spec["operationId"]: path for path, _, spec in every_operation(document)} == OPERATIONS
    for _, _, spec in every_operation(document):
        assert spec["summary"]
        assert spec["description"]
        assert all(parameter.get("description") for parameter in spec.get("parameters", ()))
        assert {"404", "422", "503"} <= spec["responses"].keys()


def examples_of(spec: dict[str, Any], place: tuple[str, ...], *, required: bool) -> dict[str, str]:
    return {
        part["name"]: str(part["schema"]["examples"][0])
        for part in spec.get("parameters", ())
        if part["in"] in place and "examples" in part["schema"] and (part.get("required") or not required)
    }


def things_made(own: Workspace, path: str) -> dict[str, str]:
    """The ids of things that an address speaks of and whose ids nobody can know before: a job, a kept plan."""
    if "{job_id}" in path:
        asked: dict[str, Any] = {"what": "people", "keep_going": True}
        with TemporaryDirectory() as folder:
            file = Path(folder) / "people.csv"
            file.write_text("id,name\nP-900,Ada Berg\n,Nobody\n")
            job = own.jobs.submit("import", asked, by="open", file=file)
        if "files" in path:
            own.jobs.run_next()
        return {"job_id": job.id}
    if "overlay/entries/{number}" in path:
        words = f"talking well, {len(own.taxonomy.overlay.all().lines)}"  # an alias that is there cannot be made again
        made = own.taxonomy.overlay.change(OverlayChange.alias("Communication", words), author="Mia Holt")
        return {"number": str(made.number)}
    if "audit/{line}" in path:
        return {"line": str(own.audit.record(AccessNote("open", "people.gap", ("own/P-037",)), b"{}").seq)}
    if "{key_id}" in path:
        return {"key_id": own.keys.create("HR sync", ["read"], by="open").key.id}
    if "feedback/{number}" in path:
        given = own.matching.feedback.give(Verdict.ACCEPT, "talking well", "Communication", author="Mia Holt")
        return {"number": str(given.entry.number)}
    if "claims/{thing_id}" in path:
        text = f"Seen, {len(own.claims.all('own/P-037').lines)}."  # the same claim again would be the one there is
        made_claim = own.claims.submit("own/P-037", skill="Conflict resolution", level=3, text=text)
        return {"thing_id": made_claim.claim.id}
    if "disputes/{thing_id}" in path:
        reason = f"Long ago, {len(own.disputes.all('own/P-037').lines)}."
        return {"thing_id": own.disputes.submit("own/P-037", skill="Dementia care", reason=reason).dispute.id}
    if "{plan_id}" in path:
        own.jobs.submit("plan", {"scenario": EXAMPLE_SCENARIO}, by="key:planner")  # another than who asks here
        done = own.jobs.run_next()
        assert done is not None and done.result is not None
        return dict.fromkeys(("plan_id", "other_id"), done.result["plan"]["id"])
    return {}


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_the_example_of_every_operation_runs(
    own: Workspace, own_client: TestClient, app: FastAPI, operation_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOSTS, "hooks.example.org")
    with own._context.store.writing() as change:
        url, events = "https://hooks.example.org/other", frozenset({WebhookEvent.JOB_FINISHED})
        change.add_webhook(Webhook(EXAMPLE_WEBHOOK, url, events, datetime(2026, 12, 1, tzinfo=UTC), "open"), "secret")
    document = describe(app)
    if operation_id in FIRST:
        first = next(item for item in every_operation(document) if item[2]["operationId"] == FIRST[operation_id])
        sent = example_of(first[2]["requestBody"]["content"]["application/json"]["schema"], document)
        assert own_client.request(first[1], first[0], json=sent).status_code == 201
    path, method, spec = next(item for item in every_operation(document) if item[2]["operationId"] == operation_id)
    made = things_made(own, path)
    sent_as = spec.get("requestBody", {}).get("content", {}).get("text/csv", {})
    body = spec.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    sent = example_of(body, document) if body else None
    answer = answer_of(spec)

    for required in (True, False) if method == "get" else (False,):
        given = examples_of(spec, ("path", "query"), required=required)
        given |= {name: made[name] for name in given if name in made}
        headers = examples_of(spec, ("header",), required=required)
        if sent_as:
            content, headers = sent_as["schema"]["examples"][0], headers | {"Content-Type": "text/csv"}
            response = own_client.request(method, address(spec, path, given), content=content, headers=headers)
        else:
            response = own_client.request(method, address(spec, path, given), json=sent, headers=headers)

        assert str(response.status_code) in spec["responses"], response.text
        assert response.is_success, response.text
        if answer is None:
            assert bool(response.content) == ("200" in spec["responses"])  # a file, or nothing
        else:
            shape = getattr(schemas, name_of(answer))
            assert shape.model_validate(response.json()).model_dump(mode="json") == response.json()
            assert issubclass(shape, Envelope)


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_the_example_of_every_answer_fits_its_shape(app: FastAPI, operation_id: str) -> None:
    document = describe(app)
    spec = next(spec for _, _, spec in every_operation(document) if spec["operationId"] == operation_id)
    schema = answer_of(spec)
    if schema is None:
        return

    example = example_of(schema, document)

    assert getattr(schemas, name_of(schema)).model_validate(example).model_dump(mode="json") == example


def test_every_change_says_what_else_it_may_answer(app: FastAPI) -> None:
    for _, method, spec in every_operation(describe(app)):
        names = {part["name"] for part in spec.get("parameters", ())}
        assert spec["security"], spec["operationId"]
        assert {"401", "403", "429"} <= spec["responses"].keys()
        assert ("Idempotency-Key" in names) == (method != "get")
        assert ("304" in spec["responses"]) == ("if-none-match" in names and method == "get")
        assert ({"412", "428"} <= spec["responses"].keys()) == ("if-match" in names)


class Page(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def all(self, wanted: str) -> list[str]:
        return [value for _, name, value in self.attributes if name == wanted]


@pytest.fixture
def page(client: TestClient) -> Page:
    return Page(client.get("/docs").text)


def test_the_page_for_keys_has_one_script_of_our_own(client_of: Any, own: Workspace) -> None:
    client = client_of(create_app(own, allow_remote=False))
    text = client.get("/docs").text
    page = Page(text)

    assert page.tags.count("script") == 1
    assert ("script", "src", "/docs/try.js") in page.attributes
    assert re.search(r"<script[^>]*></script>", text)
    assert "//" not in "".join(page.all("src"))
    script = client.get("/docs/try.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "innerHTML" not in script.text
    assert "localStorage" not in script.text


def test_the_page_needs_no_other_host_and_no_scripts(client: TestClient, page: Page) -> None:
    text = client.get("/docs").text + client.get("/docs/style.css").text

    others = {urlsplit(found).netloc for found in re.findall(r"https?://[^\s'\"<>)]+", text)} - SHOWN
    assert not others
    assert "//" not in "".join(page.all("src") + page.all("href") + page.all("action"))
    assert "script" not in page.tags
    assert "@import" not in text
    assert "url(" not in text
    assert not [name for _, name, _ in page.attributes if name.startswith("on") or name == "style"]


def test_what_the_page_links_to_is_there(client: TestClient, page: Page) -> None:
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    for link in page.all("href"):
        if link.startswith("#"):
            assert link[1:] in ids
        else:
            assert client.get(link).status_code == 200
    assert {f"problem-{code}" for code in KINDS} <= set(ids)


def test_every_field_of_a_form_has_its_label(page: Page) -> None:
    labelled = {value for tag, name, value in page.attributes if tag == "label" and name == "for"}
    inputs = {value for tag, name, value in page.attributes if tag == "input" and name == "id"}
    assert inputs
    assert inputs == labelled


def test_a_form_leads_to_the_address_it_means(client: TestClient) -> None:
    filled = {"person": "own/P-037", "role": "own/R-B03", "as_of": "", "unknown": "x"}

    response = client.get("/docs/try/gap", params=filled, follow_redirects=False)

    assert response.status_code == 303
    target = urlsplit(response.headers["location"])
    assert (target.netloc, target.path) == ("", "/v1/gap")
    assert parse_qs(target.query) == {"person": ["own/P-037"], "role": ["own/R-B03"]}
    assert client.get("/docs/try/gap", params=filled).json()["person"] == "own/P-037"


@pytest.mark.parametrize(
    "given", ["//evil.example", "https://evil.example/", "../../docs", "a\r\nSet-Cookie: b", "x?y#z"]
)
def test_a_form_never_leads_away(client: TestClient, given: str) -> None:
    response = client.get("/docs/try/get_skill", params={"skill": given}, follow_redirects=False)

    location = response.headers["location"]
    assert location.startswith("/v1/skills/")
    assert "/" not in location.removeprefix("/v1/skills/")
    assert "set-cookie" not in response.headers


def test_only_get_operations_can_be_tried(client: TestClient) -> None:
    assert client.get("/docs/try/normalise").status_code == 404
    assert client.get("/docs/try/nothing").status_code == 404


def test_the_root_leads_to_the_page(client: TestClient) -> None:
    assert client.get("/").url.path == "/docs"
